"""Files and folders."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flows.sources.containers import Member, container_kind, members
from flows.sources.found import UNOPENED, Content, Found, Known
from warehouse.errors import PermanentError

MEDIA = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
CHUNK = 1 << 20
EMPTY = hashlib.sha256().hexdigest()
PARTIAL = (".part", ".tmp", ".crdownload")
"""Endings of files that somebody is still writing."""


class FolderSource:
    """Reads files, folders with all that is in them, and the containers among them, in the order of their paths.

    Hidden files, links that lead out of their folder and files of other kinds are skipped and counted; so are,
    where `settle` is not 0, files that changed in the last so many seconds: they are still being written.
    `only` names the one kind of container that is read; `columns` the columns of tables.
    """

    def __init__(
        self,
        name: str,
        paths: Sequence[Path],
        settle: float = 0.0,
        only: str | None = None,
        columns: Mapping[str, str] | None = None,
        outlet: str | None = None,
        language: str | None = None,
    ) -> None:
        self.name = name
        self.skipped: dict[str, int] = Counter()
        self.memory: dict[str, Any] = {}
        self._paths = paths
        self._settle = settle
        self._only = only
        self._columns = columns or {}
        self._outlet, self._language = outlet, language

    def discover(self, known: Known) -> Iterator[Found]:
        """The documents that are there.

        Raises PermanentError for a path that does not exist, a named file of a kind that is not read, a broken container.
        """
        for path in self._paths:
            if not path.exists():
                raise PermanentError(f"{path}: there is no such file or folder.")
            if path.is_dir():
                for file in self._walk(path, path.resolve()):
                    yield from self._documents(file, known)
            elif media_type(path) is None and container_kind(path) is None:
                raise PermanentError(
                    f"{path}: only {', '.join(MEDIA)}, each also as .gz, and .zip .tar .jsonl .csv .parquet .warc are read."
                )
            else:
                yield from self._documents(path, known)

    def _walk(self, folder: Path, root: Path) -> Iterator[Path]:
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
            elif media_type(path) is not None or container_kind(path) is not None:
                yield path
            elif entry.name.endswith(PARTIAL):
                self.skipped["being_written"] += 1
            else:
                self.skipped["other_kind"] += 1

    def _documents(self, path: Path, known: Known) -> Iterator[Found]:
        """A file's one document, or those of a container."""
        uri, version, changed = _seen(path)
        if self._settle and time.time() - changed < self._settle:
            self.skipped["being_written"] += 1
            return
        kind = container_kind(path)
        if self._only is not None and kind != self._only:
            self.skipped["other_kind"] += 1
        elif kind is None:
            resolved = path.resolve()
            read = partial(read_file, resolved)
            yield Found(uri, media_type(path) or "", version, read, outlet=self._outlet, language=self._language)
        elif known(uri, version):
            self.skipped["unchanged_container"] += 1
        else:
            yield from self._members(path, kind, uri, version)

    def _members(self, path: Path, kind: str, uri: str, version: str) -> Iterator[Found]:
        found = members(path, kind, self._columns)
        while True:
            try:
                member = next(found, None)
            except PermanentError as error:
                problem = Content(b"", path.stat().st_size, EMPTY, "broken_container", str(error))
                yield Found(uri, UNOPENED, version, lambda limit, problem=problem: problem)  # type: ignore[misc]
                return
            if member is None:
                break
            media = member.media_type or media_type(Path(member.name))
            if media is None:
                self.skipped["other_kind"] += 1
                continue
            yield Found(
                f"{uri}#{quote(member.fragment)}",
                media,
                "",
                partial(_content, member),
                member.url,
                self._outlet,
                self._language,
                member.title,
                member.published,
            )
        yield Found(uri, kind, version, lambda limit: Content(b"", 0, EMPTY), ends=True)


def _content(member: Member, limit: int) -> Content:
    data, size, problem, detail = member.read(limit)
    return Content(data, size, hashlib.sha256(data).hexdigest(), problem, detail)


def _seen(path: Path) -> tuple[str, str, float]:
    """A file's canonical address, its version by size and time, and when it was changed."""
    resolved = path.resolve()
    try:
        stat = resolved.stat()
    except OSError:
        return resolved.as_uri(), "", 0.0
    return resolved.as_uri(), f"{stat.st_size}:{stat.st_mtime_ns}", stat.st_mtime


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
        return Content(b"", 0, EMPTY, "vanished", f"{path.name} was listed and then gone.")
    except OSError as error:
        detail = f"{path.name} could not be read: {error.strerror}. Check its permissions and run again."
        return Content(bytes(kept), size, digest.hexdigest(), "unreadable", detail)
    if size > limit:
        detail = f"{path.name} has {size:,} bytes; the limit is {limit:,}. Raise max_bytes to take it; its first part is kept."
        return Content(bytes(kept), size, digest.hexdigest(), "too_large", detail)
    return Content(bytes(kept), size, digest.hexdigest())
