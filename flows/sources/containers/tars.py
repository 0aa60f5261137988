"""TAR archives, read from front to back: what comes before damage is kept, and reading goes on at the next header."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from copydesk.flows.sources.containers.bounds import MEBIBYTE, MEMBER_COST, STEP, Metered, OverBound
from copydesk.flows.sources.containers.kinds import passed_over
from copydesk.flows.sources.containers.member import Member, Part, Reading, printable, sentence
from copydesk.warehouse.errors import PermanentError

MOST_DAMAGED = 20_000
"""Blocks of 512 bytes that are searched for the next header after a damaged one."""

DAMAGE = (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError)
NOTES = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
"""Types of headers that hold a name or other notes about the member after them, which tarfile reads whole."""

_FINISHED: type[Exception] = vars(tarfile)["EOFHeaderError"]
_INVALID: type[Exception] = vars(tarfile)["InvalidHeaderError"]
"""Errors that tarfile has and the type checker's description of it lacks."""


class _Walk:
    """One walk through an archive: how many headers were damaged, whether a reject already says that it is cut, whether the
    mark of its end was read. Another archive may follow that mark."""

    def __init__(self) -> None:
        self.members = self.damaged = self.in_a_row = 0
        self.told = self.ended = False

    def count_damage(self, damaged: bool) -> None:
        """Counts a block that should be a header and is none.

        Raises ReadError where so many came one after another that no header will come any more.
        """
        self.damaged += damaged
        self.in_a_row += 1
        if self.in_a_row > MOST_DAMAGED:
            raise tarfile.ReadError("no header follows any more")

    def header(self) -> type[tarfile.TarInfo]:
        """A kind of header that counts the damaged ones, of which tarfile says nothing, and refuses those made to harm."""
        walk = self

        class Header(tarfile.TarInfo):
            @classmethod
            def frombuf(cls, buf: Any, encoding: str, errors: str) -> Any:
                try:
                    header = super().frombuf(buf, encoding, errors)
                except _FINISHED:
                    walk.ended = True
                    raise
                except tarfile.HeaderError:
                    walk.count_damage(bool(buf))
                    raise
                if header.size < 0 or (header.type in NOTES and header.size > MEBIBYTE):
                    walk.count_damage(True)
                    raise _INVALID("bad size")
                return header

        return Header


def read_tar(reading: Reading) -> Iterator[Member]:
    """The documents of a TAR archive in their order; links and devices are counted.

    Raises PermanentError where the archive is cut or a header is damaged, once what can be read was given.
    """
    walk = _Walk()
    with io.BufferedReader(Metered(_unpacked(reading.path), reading.budget), STEP) as stream:
        try:
            yield from _walked(reading, stream, walk)
        except OverBound:
            raise
        except DAMAGE as error:
            if not walk.told:
                raise PermanentError(
                    f"{reading.path}: it is damaged or cut after {walk.members} members: {sentence(error)}. What came before "
                    "is kept. Fetch the file again."
                ) from error
    if walk.damaged and not walk.told:
        raise PermanentError(
            f"{reading.path}: beside {walk.members} sound members it has damaged headers; the members below them are missing. "
            "Fetch the file again."
        )
    if not walk.ended and not walk.told:
        raise PermanentError(
            f"{reading.path}: it ends without the mark of its end, so that members may be missing. The {walk.members} that it "
            "has are kept. Fetch the file again, or make the archive again."
        )


def _walked(reading: Reading, stream: IO[bytes], walk: _Walk) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=walk.header(), ignore_zeros=True) as tar:
        while (entry := _next(tar, walk)) is not None:
            tar.members.clear()  # type: ignore[attr-defined]  # it remembers every member otherwise
            walk.members += 1
            walk.in_a_row = 0
            reading.budget.spend(MEMBER_COST)
            if entry.isdir():
                continue
            if not entry.isfile():
                reading.skipped["link" if entry.issym() or entry.islnk() else "not_a_file"] += 1
            elif not passed_over(reading, entry.name):
                yield Member(fragment=entry.name, name=entry.name, read=partial(_read, reading, tar, entry, walk))


def _next(tar: tarfile.TarFile, walk: _Walk) -> tarfile.TarInfo | None:
    """The next member; None at the end. A header that is damaged behind the notes that belong to it is passed over.

    Raises ReadError where the archive is cut, or no header follows any more.
    """
    while True:
        before = walk.damaged
        try:
            return tar.next()
        except tarfile.ReadError:
            if walk.damaged == before or walk.in_a_row > MOST_DAMAGED:
                raise
            tar.offset = tar.fileobj.tell()  # it would go back to the notes otherwise


def _read(reading: Reading, tar: tarfile.TarFile, entry: tarfile.TarInfo, walk: _Walk, limit: int) -> Part:
    name = printable(entry.name)
    if entry.size > limit:
        detail = f"{name} would unpack to {entry.size:,} bytes; the limit is {limit:,}. Raise max_bytes to take it."
        return Part(b"", entry.size, "too_large", detail)
    try:
        file = tar.extractfile(entry)
        data = file.read() if file else b""
    except OverBound as error:
        return Part(b"", entry.size, error.reason, f"{name}: {error}")
    except DAMAGE as error:
        walk.told = True
        detail = f"The archive is damaged or cut in {name}: {sentence(error)}. What came before is kept. Fetch the file again."
        return Part(b"", entry.size, "broken_container", detail)
    return Part(data, len(data))


def _unpacked(path: Path) -> IO[bytes]:
    """The archive as a plain stream, by the letters that it begins with."""
    with path.open("rb") as file:
        head = file.read(6)
    if head.startswith(b"\x1f\x8b"):
        return gzip.open(path)  # type: ignore[return-value]
    if head.startswith(b"BZh"):
        return bz2.open(path)
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.open(path)
    return path.open("rb")
