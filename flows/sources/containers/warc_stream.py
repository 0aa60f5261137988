"""The bytes of a web archive, plain or in gzip members, with a way back to a place and on to the next record."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from copydesk.flows.sources.containers.bounds import MEBIBYTE, STEP, Budget

GZIP = b"\x1f\x8b\x08"
LONGEST_HEADERS = MEBIBYTE
"""Bytes of lines that a record's headers may have together."""

BEGINS = b"WARC/"


class Damaged(Exception):
    """The packing of the file is damaged at this place."""


class Cut(Damaged):
    """The file ends in the middle of a gzip member."""


@dataclass(frozen=True)
class Place:
    """Where a byte of the unpacked archive is: the member's offset in the file, and how far into that member."""

    member: int
    offset: int


class WarcStream:
    """Reads a web archive forwards. `place` is where the next byte comes from."""

    def __init__(self, path: Path, budget: Budget) -> None:
        self._file: IO[bytes] = path.open("rb")
        self._budget = budget
        self._packed = self._file.read(2) == GZIP[:2]
        self.allowance = LONGEST_HEADERS
        self.restart(Place(0, 0))

    def close(self) -> None:
        self._file.close()

    def restart(self, place: Place) -> None:
        """Goes to a place."""
        self._begin(place.member if self._packed else place.offset)
        if self._packed:
            left = place.offset
            while left and (chunk := self.read(min(left, STEP))):
                left -= len(chunk)
        else:
            self._member, self._given = 0, place.offset

    def _begin(self, offset: int) -> None:
        """A new gzip member begins at an offset of the file."""
        self._file.seek(offset)
        self._member, self._given = offset, 0
        self._ready = b""
        self._raw = b""
        self._unpacker = zlib.decompressobj(31) if self._packed else None

    @property
    def place(self) -> Place:
        return Place(self._member, self._given)

    def _fill(self, across: bool = True) -> bool:
        """Unpacks some more; whether there is anything. With `across`, goes on in the next member where one ends.

        Raises Damaged where the packing is.
        """
        while not self._ready:
            if self._unpacker is None:
                self._ready = self._file.read(STEP)
                if not self._ready:
                    return False
            elif self._unpacker.eof:
                if not across or not self._next_member():
                    return False
            else:
                self._unpack()
        return True

    def _unpack(self) -> None:
        assert self._unpacker is not None  # noqa: S101  # only called where there is one
        if not self._raw:
            self._raw = self._file.read(STEP)
            if not self._raw:
                raise Cut("the file ends in the middle of a gzip member")
        try:
            self._ready = self._unpacker.decompress(self._raw, STEP)
        except zlib.error as error:
            raise Damaged(f"the gzip data is damaged: {error}") from error
        self._raw = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail

    def _next_member(self) -> bool:
        """Goes to the member after this one; whether there is one. Zeros between them are passed over."""
        at = self._file.tell() - len(self._raw)
        raw = self._raw or self._file.read(STEP)
        while raw and not raw.strip(b"\0"):
            at += len(raw)
            raw = self._file.read(STEP)
        at += len(raw) - len(raw.lstrip(b"\0"))
        if not raw:
            return False
        self._begin(at)
        return True

    def ended(self) -> bool:
        """Whether a member ends here, or the file: what follows, if anything, begins with a new record or is damage."""
        return not self._fill(across=False)

    def peek(self) -> bytes:
        """What is unpacked and not given yet: empty only at the end of the file."""
        return self._ready if self._fill() else b""

    def read(self, count: int) -> bytes:
        """At most `size` bytes, fewer where a member or a lot of unpacked data ends; none only at the end of the file."""
        if count <= 0 or not self._fill():
            return b""
        data, self._ready = self._ready[:count], self._ready[count:]
        self._given += len(data)
        self._budget.spend(len(data))
        return data

    def readline(self, limit: int | None = None) -> bytes:
        """A line with its end, at most `limit` bytes of it.

        Raises Damaged where the headers of a record have more bytes than headers have.
        """
        most = self.allowance if limit is None else min(limit, self.allowance)
        line = bytearray()
        while len(line) < most and self._fill():
            end = self._ready.find(b"\n") + 1
            line += self.read(min(end or len(self._ready), most - len(line)))
            if line.endswith(b"\n"):
                break
        self.allowance -= len(line)
        if self.allowance <= 0:
            raise Damaged("its headers have no end")
        return bytes(line)

    def tell(self) -> int:
        """warcio asks for it where a record says no length."""
        return self._given

    def find_member(self, after: int) -> bool:
        """Goes to the next gzip member behind an offset of the file that begins with a record; whether there is one."""
        if not self._packed:
            return False
        at = after + 1
        while (at := self._find(GZIP, at)) >= 0:
            self._file.seek(at)
            try:
                if zlib.decompressobj(31).decompress(self._file.read(4096), 64).startswith(BEGINS):
                    self._begin(at)
                    return True
            except zlib.error:
                pass
            at += 1
        return False

    def _find(self, wanted: bytes, at: int) -> int:
        self._file.seek(at)
        before = b""
        while chunk := self._file.read(STEP):
            self._budget.spend(len(chunk))
            found = (before + chunk).find(wanted)
            if found >= 0:
                return at - len(before) + found
            at += len(chunk)
            before = chunk[-len(wanted) + 1 :]
        return -1
