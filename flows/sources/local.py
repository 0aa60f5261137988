"""The files of this machine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from copydesk.flows.sources.containers import container_kind
from copydesk.flows.sources.files import PARTIAL, File, media_type, read_content
from copydesk.flows.sources.found import Content
from copydesk.flows.sources.opening import named_as, open_resolved


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
    return File(
        uri=resolved.as_uri(),
        name=path.name,
        version=version,
        size=size,
        changed=changed,
        read=partial(read_file, resolved),
        local=partial(named_as, resolved, path.name),
    )


def read_file(path: Path, limit: int) -> Content:
    """The content of a file of this machine at a resolved path, up to `limit` bytes."""
    return read_content(lambda: open_resolved(path), path.name, limit)


def _walk(folder: Path, root: Path, skipped: Counter[str]) -> Iterator[Path]:
    """The files below a folder in the order of their paths, however deep it goes."""
    open_folders = [_listed(folder, skipped)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif _is_open(entry):
            open_folders.append(_listed(Path(entry.path), skipped))
        elif _is_read(entry, root, skipped):
            yield Path(entry.path)


def _listed(folder: Path, skipped: Counter[str]) -> Iterator[os.DirEntry[str]]:
    try:
        return iter(sorted(os.scandir(folder), key=lambda entry: entry.name))
    except OSError:
        skipped["unreadable_folder"] += 1
        return iter(())


def _is_open(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder to go into."""
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def _is_read(entry: os.DirEntry[str], root: Path, skipped: Counter[str]) -> bool:
    """Whether an entry is a file that is read; any other is counted by the reason."""
    path = Path(entry.path)
    if entry.name.startswith("."):
        reason = "hidden"
    elif entry.is_symlink() and not _inside(path, root):
        reason = "link_out"
    elif _kind(path, Path.is_dir):
        reason = "link"
    elif media_type(path) is not None or container_kind(path) is not None:
        if _kind(path, Path.is_file) or not path.exists():
            return True
        reason = "not_a_file"
    else:
        reason = "being_written" if entry.name.endswith(PARTIAL) else "other_kind"
    skipped[reason] += 1
    return False


def _kind(path: Path, asked: Callable[[Path], bool]) -> bool:
    try:
        return asked(path)
    except OSError:
        return False


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
