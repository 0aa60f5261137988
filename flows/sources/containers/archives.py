"""Archives of files: ZIP, and TAR as it is or packed with gzip, bzip2 or xz."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.flows.sources.containers.member import Member, Reading


def read_archive(reading: Reading) -> Iterator[Member]:
    """The files in an archive that are documents; hidden ones, those that a Mac adds, and other kinds are counted."""
    if reading.path.name.lower().endswith(".zip"):
        from copydesk.flows.sources.containers.zips import read_zip

        return read_zip(reading)
    from copydesk.flows.sources.containers.tars import read_tar

    return read_tar(reading)
