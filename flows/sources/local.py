"""The files of this machine."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from copydesk.flows.sources.containers import container_kind
from copydesk.flows.sources.files import PARTIAL, File, media_type, read_content
from copydesk.flows.sources.found import Content


def local_files(path: Path, skipped: Counter[str]) -> Iterator[File]:
    """A file, or those of a folder with all that is in it that are of a kind that is read, in the order of their paths.

    Hidden files, links that lead out of the folder and files of other kinds are skipped and counted.
    """
    if not path.is_dir():
        yield local_file(path, path.resolve())
        return
    root = path.resolve()
    for file in _walk(root, root, skipped):
        yield local_file(file, file.resolve() if file.is_symlink() else file)


def local_file(path: Path, resolved: Path) -> File:
    """A file of this machine as a listing gives it: named as it is there, at the address of what it is a link to."""
    try:
        stat = resolved.stat()
        version, size, changed = f"{stat.st_size}:{stat.st_mtime_ns}", stat.st_size, stat.st_mtime
    except OSError:
        version, size, changed = "", 0, 0.0
    read = partial(read_file, resolved)
    return File(resolved.as_uri(), path.name, version, size, changed, read, lambda: contextlib.nullcontext(path))


def read_file(path: Path, limit: int) -> Content:
    """The content of a file of this machine, up to `limit` bytes."""
    return read_content(lambda: path.open("rb"), path.name, limit)


def _walk(folder: Path, root: Path, skipped: Counter[str]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        skipped["unreadable_folder"] += 1
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            skipped["hidden"] += 1
        elif entry.is_symlink() and not _inside(path, root):
            skipped["link_out"] += 1
        elif entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(path, root, skipped)
            else:
                skipped["link"] += 1
        elif media_type(path) is not None or container_kind(path) is not None:
            yield path
        elif entry.name.endswith(PARTIAL):
            skipped["being_written"] += 1
        else:
            skipped["other_kind"] += 1


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
