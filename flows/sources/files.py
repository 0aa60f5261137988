"""A file on any store: what its name says of it, and its content read up to a limit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO

from copydesk.flows.sources.found import Content

MEDIA = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
CHUNK = 1 << 20
EMPTY = hashlib.sha256().hexdigest()
PARTIAL = (".part", ".tmp", ".crdownload")
"""Endings of files that somebody is still writing."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that a listing found: its canonical address, its name, its version by size and time or tag, when it changed."""

    uri: str
    name: str
    version: str
    size: int
    changed: float
    """Seconds since 1970; 0 where the store does not say."""

    read: Callable[[int], Content] = field(repr=False)
    """Gives, for a limit in bytes, the content."""

    local: Callable[[], AbstractContextManager[Path]] = field(repr=False)
    """Gives the file as one of this machine's, for as long as its members are read."""


def media_type(path: PurePath) -> str | None:
    """The kind of a file by its name, None for one that is not read.

    >>> media_type(Path("a/b.HTML.gz")), media_type(Path("photo.jpg"))
    ('text/html+gzip', None)
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = MEDIA.get(suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else "")
    return f"{kind}+gzip" if kind and packed else kind


def read_content(opened: Callable[[], IO[bytes]], name: str, limit: int) -> Content:
    """The content of a file, hashed whole, kept up to `limit` bytes; a file that cannot be read is no error."""
    digest, size, kept = hashlib.sha256(), 0, bytearray()
    try:
        with opened() as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                kept += chunk[: max(0, limit - len(kept))]
    except FileNotFoundError:
        return Content(b"", 0, EMPTY, "vanished", f"{name} was listed and then gone.")
    except OSError as error:
        detail = f"{name} could not be read: {error.strerror or error}. Check its permissions and run again."
        return Content(bytes(kept), size, digest.hexdigest(), "unreadable", detail)
    if size > limit:
        detail = f"{name} has {size:,} bytes; the limit is {limit:,}. Raise max_bytes to take it; its first part is kept."
        return Content(bytes(kept), size, digest.hexdigest(), "too_large", detail)
    return Content(bytes(kept), size, digest.hexdigest())
