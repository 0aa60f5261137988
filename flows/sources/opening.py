"""Opening the very file that was checked: no link that somebody puts in its way in the meantime is followed."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PASSING = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""A folder on the way is only passed through: it need not be readable."""

LAST = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""Without waiting, so that a pipe which took the file's name holds nobody up."""

DESCRIPTORS = Path("/proc/self/fd")


def open_resolved(path: Path) -> BinaryIO:
    """Opens a file at an absolute path that was resolved: its folders and itself are taken as they are, no link is followed.

    Raises OSError where a link, a pipe or a folder stands there now.
    """
    descriptor = _walked(path) if os.open in os.supports_dir_fd else os.open(path, LAST)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "It is no file any more", str(path))
    return os.fdopen(descriptor, "rb")


def _walked(path: Path) -> int:
    """The descriptor of a file, opened folder by folder from the root."""
    at = os.open(path.anchor, PASSING)
    try:
        for name in path.parts[1:-1]:
            below = os.open(name, PASSING, dir_fd=at)
            os.close(at)
            at = below
        return os.open(path.name, LAST, dir_fd=at)
    except OSError as error:
        told = "A link stands in its way" if error.errno in (errno.ELOOP, errno.ENOTDIR) else error.strerror
        raise OSError(error.errno, told, str(path)) from error
    finally:
        os.close(at)


@contextlib.contextmanager
def named_as(path: Path, name: str) -> Iterator[Path]:
    """A path with this name, at which the file that stands at a resolved path can be opened as often as is wanted.

    It leads to the opened file itself; where the system has no such paths, to a copy.
    """
    with open_resolved(path) as file, tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        at = Path(folder) / name
        opened = DESCRIPTORS / str(file.fileno())
        if opened.exists():
            at.symlink_to(opened)
        else:
            with at.open("wb") as copy:
                shutil.copyfileobj(file, copy)
        yield at
