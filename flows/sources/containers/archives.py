"""Archives of files: ZIP, and TAR as it is or packed with gzip, bzip2 or xz."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from copydesk.flows.sources.containers.member import Member, Reading


def read_archive(reading: Reading) -> Iterator[Member]:
    """The files in an archive that are documents; hidden ones, those that a Mac adds, and other kinds are counted."""
    if reading.path.name.lower().endswith(".zip"):
        from copydesk.flows.sources.containers.zips import read_zip

        return read_zip(reading)
    from copydesk.flows.sources.containers.tars import read_tar

    return read_tar(reading)


def hidden(name: str) -> bool:
    """Whether a member is hidden: a part of its path begins with a stop, or a Mac put it beside the real one.

    >>> hidden("__MACOSX/a.txt"), hidden("news/.a.txt"), hidden("../up.txt")
    (True, True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)


def passed_over(reading: Reading, name: str) -> bool:
    """Whether a member is no document, which is counted: hidden, a container in the container, of another kind."""
    from copydesk.flows.sources.containers.kinds import container_kind
    from copydesk.flows.sources.files import media_type

    path = PurePosixPath(name)
    if hidden(name):
        reading.skipped["hidden"] += 1
    elif media_type(path) is not None:
        return False
    else:
        reading.skipped["nested_container" if container_kind(path) else "other_kind"] += 1
    return True
