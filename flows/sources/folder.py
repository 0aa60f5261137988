"""Files and folders."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.sources.found import Content, Found
from warehouse.errors import PermanentError

MEDIA = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
CHUNK = 1 << 20


class FolderSource:
    """Reads files, and folders with all that is in them, in the order of their paths.

    Hidden files, links that lead out of their folder and files of other kinds are skipped and counted.
    """

    def __init__(self, name: str, paths: Sequence[Path]) -> None:
        self.name = name
        self.skipped: dict[str, int] = Counter()
        self._paths = paths

    def discover(self) -> Iterator[Found]:
        """The files that are there.

        Raises PermanentError for a path that does not exist, or a named file of a kind that is not read.
        """
        for path in self._paths:
            if not path.exists():
                raise PermanentError(f"{path}: there is no such file or folder.")
            if path.is_dir():
                yield from self._walk(path, path.resolve())
            elif (media := media_type(path)) is not None:
                yield _found(path, media)
            else:
                raise PermanentError(f"{path}: only {', '.join(MEDIA)} are read, each also as .gz.")

    def _walk(self, folder: Path, root: Path) -> Iterator[Found]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self.skipped["unreadable_folder"] += 1
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                self.skipped["hidden"] += 1
            elif entry.is_symlink() and not _inside(path, root):
                self.skipped["link_out"] += 1
            elif entry.is_dir():
                if not entry.is_symlink():
                    yield from self._walk(path, root)
                else:
                    self.skipped["link"] += 1
            elif (media := media_type(path)) is not None:
                yield _found(path, media)
            else:
                self.skipped["other_kind"] += 1


def media_type(path: Path) -> str | None:
    """The kind of a file by its name, null for one that is not read.

    >>> media_type(Path("a/b.HTML.gz")), media_type(Path("photo.jpg"))
    ('text/html+gzip', None)
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = MEDIA.get(suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else "")
    return f"{kind}+gzip" if kind and packed else kind


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _found(path: Path, media: str) -> Found:
    resolved = path.resolve()
    try:
        stat = resolved.stat()
        version = f"{stat.st_size}:{stat.st_mtime_ns}"
    except OSError:
        version = ""
    return Found(resolved.as_uri(), media, version, lambda limit: read_file(resolved, limit))


def read_file(path: Path, limit: int) -> Content:
    """The content of a file, hashed whole, kept up to `limit` bytes; a file that cannot be read is no error."""
    digest, size, kept = hashlib.sha256(), 0, bytearray()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                kept += chunk[: max(0, limit - len(kept))]
    except FileNotFoundError:
        return Content(b"", 0, hashlib.sha256().hexdigest(), "vanished", f"{path.name} was listed and then gone.")
    except OSError as error:
        detail = f"{path.name} could not be read: {error.strerror}. Check its permissions and run again."
        return Content(bytes(kept), size, digest.hexdigest(), "unreadable", detail)
    if size > limit:
        detail = f"{path.name} has {size:,} bytes; the limit is {limit:,}. Raise max_bytes to take it; its first part is kept."
        return Content(bytes(kept), size, digest.hexdigest(), "too_large", detail)
    return Content(bytes(kept), size, digest.hexdigest())
