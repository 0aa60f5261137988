"""Where the files of a home lie: in its folder, or in an object store that fsspec knows."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from copydesk.warehouse.errors import PermanentError

READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
"""Permissions of files that are never changed: nobody writes to them by accident; to delete one takes the folder's alone."""


class Store(Protocol):
    """Files under paths relative to the home: written whole under new names, read, listed, deleted."""

    def address(self, path: str) -> str:
        """The file's absolute address, as DuckDB opens it."""
        ...

    def open(self, path: str) -> IO[bytes]:
        """The file, to read. Raises FileNotFoundError."""
        ...

    def writing(self, path: str) -> contextlib.AbstractContextManager[Path]:
        """Writes a file atomically: gives a local path to write to, and puts the file at `path` when the block ends.

        On an error there is no file at `path`.
        """
        ...

    def exists(self, path: str) -> bool: ...

    def names(self, folder: str) -> list[str]:
        """The paths of the files in a folder, in order; none where there is no such folder."""
        ...

    def delete(self, path: str) -> None:
        """Deletes the file if it is there."""
        ...


class FolderStore:
    """A folder of this machine, or one that machines share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _at(self, path: str) -> Path:
        """The full address of a path of the home. Raises PermanentError for one that leads out of the home."""
        if not is_inside(path):
            raise PermanentError(f"{path!r} leads out of the home {self._root}: its log was not written by copydesk.")
        return self._root / path

    def address(self, path: str) -> str:
        return str(self._root.resolve() / path)

    def open(self, path: str) -> IO[bytes]:
        return open_regular(self._at(path))

    @contextlib.contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        target = self._at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole(target, READ_ONLY) as aside:
            yield aside

    def exists(self, path: str) -> bool:
        return self._at(path).exists()

    def names(self, folder: str) -> list[str]:
        place = self._at(folder)
        return [f"{folder}/{name}" for name in sorted(path.name for path in place.iterdir())] if place.is_dir() else []

    def delete(self, path: str) -> None:
        self._at(path).unlink(missing_ok=True)


class ObjectStore:
    """A prefix of an object store. A file is put in one request at its end: nobody sees half of it."""

    def __init__(self, address: str) -> None:
        self._base = address.rstrip("/")
        self.filesystem, self._prefix = filesystem_of(self._base)
        # What others wrote a moment ago is to be seen.
        self.filesystem.use_listings_cache = False

    def _at(self, path: str) -> str:
        return f"{self._prefix}/{path}"

    def address(self, path: str) -> str:
        return f"{self._base}/{path}"

    def open(self, path: str) -> IO[bytes]:
        file: IO[bytes] = self.filesystem.open(self._at(path), "rb")
        return file

    @contextlib.contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            aside = Path(folder) / path.rpartition("/")[2]
            yield aside
            self.filesystem.put_file(str(aside), self._at(path))

    def exists(self, path: str) -> bool:
        self.filesystem.invalidate_cache()
        return bool(self.filesystem.exists(self._at(path)))

    def names(self, folder: str) -> list[str]:
        self.filesystem.invalidate_cache()
        start = len(self._prefix) + 1
        try:
            return sorted(str(found)[start:] for found in self.filesystem.find(self._at(folder)))
        except FileNotFoundError:
            return []

    def delete(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.filesystem.rm_file(self._at(path))


def open_regular(path: Path) -> IO[bytes]:
    """A file, to read. Raises OSError for what is no file, such as a pipe or a device, which might never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return os.fdopen(descriptor, "rb")


def is_inside(path: str) -> bool:
    """Whether a path is relative and stays below where it begins.

    >>> is_inside("data/raw/a.parquet"), is_inside("../a"), is_inside("/etc/a"), is_inside("data/../../a")
    (True, False, False, False)
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts


def is_remote(address: str) -> bool:
    """Whether an address names an object store and no path.

    >>> is_remote("s3://desk/home"), is_remote("data/home")
    (True, False)
    """
    return "://" in address


@functools.cache
def store_at(root: Path, remote: str | None) -> Store:
    """The store of a home: its folder, or the object store at `remote`. Raises PermanentError as `filesystem_of` does."""
    return ObjectStore(remote) if remote else FolderStore(root)


def filesystem_of(address: str) -> tuple[Any, str]:
    """The fsspec filesystem of an address and the path in it.

    Raises PermanentError where its kind is not known, or the package that knows it is not installed.
    """
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        remedy = "s3:// is read as it is; others need the package that fsspec names."
        raise PermanentError(f"{address}: {error}. {remedy}") from error
    return filesystem, str(path)


@contextlib.contextmanager
def whole(path: Path, mode: int | None = None) -> Iterator[Path]:
    """Gives a temporary name to write a file under; at the end the file is synced and renamed to `path`.

    `mode` are the permissions that the file gets before it is renamed. On an error the temporary file is removed.
    """
    # Absolute: libraries take a relative name that begins with `file:` for an address.
    aside = path.absolute().with_name(f".{path.name}.part")
    try:
        aside.unlink(missing_ok=True)
        yield aside
        with open(aside, "rb") as written:
            os.fsync(written.fileno())
        if mode is not None:
            aside.chmod(mode)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def measured(file: IO[bytes]) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file, read to its end."""
    digest = hashlib.sha256()
    size = 0
    for chunk in _chunks(file):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _chunks(file: IO[bytes], size: int = 1 << 20) -> Iterable[bytes]:
    while chunk := file.read(size):
        yield chunk
