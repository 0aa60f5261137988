"""ZIP archives: each member is read by itself, so that a damaged one spoils no other."""

from __future__ import annotations

import bz2
import itertools
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from copydesk.flows.sources.containers.bounds import DEEPEST_RATIO, MEBIBYTE, STEP, OverBound
from copydesk.flows.sources.containers.kinds import passed_over
from copydesk.flows.sources.containers.member import Member, Part, Reading, over, printable, sentence
from copydesk.warehouse.errors import PermanentError

MOST_DIRECTORY = 12 * MEBIBYTE
"""Bytes of the directory at the end: room for 100,000 members of usual names, and about 300 MB of memory at the worst."""

END, END_SIZE, COMMENT = b"PK\x05\x06", 22, 65535
LOCATOR, LOCATOR_SIZE, END64 = b"PK\x06\x07", 20, b"PK\x06\x06"
LOCAL_HEADER = 30
READ_WHOLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SMALL_STEP = 4096
"""Packed bytes given to LZMA and bzip2 in one call: zipfile does not bound what they unpack to, for LZMA about 30 MB."""

ENCRYPTED = 1
METHODS: dict[int, str] = vars(zipfile)["compressor_names"]


class _BoundedBzip2:
    """Unpacks bzip2 for zipfile, which asks for all that some bytes unpack to: a few of them may be gigabytes."""

    def __init__(self, most: int) -> None:
        self._unpacker, self._left, self._most = bz2.BZ2Decompressor(), most, most

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    def decompress(self, data: bytes) -> bytes:
        """The unpacked bytes.

        Raises OverBound where there are more than may be.
        """
        out = self._unpacker.decompress(data, self._left + 1)
        self._left -= len(out)
        if self._left < 0:
            raise OverBound("too_large", f"it unpacks to more than {self._most:,} bytes. Raise max_bytes to take it.")
        return out


def read_zip(reading: Reading) -> Iterator[Member]:
    """The documents of a ZIP archive in the order of its directory."""
    _check_directory(reading.path)
    try:
        archive = zipfile.ZipFile(reading.path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise PermanentError(
            f"{reading.path}: the directory at its end is missing or damaged: {sentence(error)}. Fetch the file again."
        ) from error
    with archive as packed:
        entries = packed.infolist()
        overlapping = _overlapping(entries)
        for entry in entries:
            if not entry.is_dir() and not passed_over(reading, entry.filename):
                shared = entry.header_offset in overlapping
                yield Member(fragment=entry.filename, name=entry.filename, read=partial(_read, reading, packed, entry, shared))


def _read(reading: Reading, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, shared: bool, limit: int) -> Part:
    name = printable(entry.filename)
    if reason := _refused(entry, shared, limit):
        return Part(b"", entry.file_size, reason[0], f"{name} {reason[1]}")
    try:
        with packed.open(entry) as file:
            if entry.compress_type == zipfile.ZIP_BZIP2:
                vars(file)["_decompressor"] = _BoundedBzip2(limit)
            return _unpacked(reading, file, entry, limit, name)
    except OverBound as error:
        return Part(b"", entry.file_size, error.reason, f"{name}: {error}")
    except Exception as error:  # noqa: BLE001  # zipfile, zlib, lzma and bz2 each have errors of their own
        detail = f"{name} is damaged: {_explained(error)}. The others are read; make the archive again to take it."
        return Part(b"", entry.file_size, "broken_member", detail)


def _refused(entry: zipfile.ZipInfo, shared: bool, limit: int) -> tuple[str, str] | None:
    """Why a member is not unpacked, as slug and end of a sentence; None where it is."""
    if entry.flag_bits & ENCRYPTED:
        return "encrypted", "is encrypted. Unpack it and take the file in itself."
    if entry.compress_type not in (*READ_WHOLE, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        method = METHODS.get(entry.compress_type, "unknown")
        told = (
            f"is packed by method {entry.compress_type} ({method}), which is not read. Unpack it and take the file in itself."
        )
        return "unsupported_compression", told
    if shared:
        return (
            "broken_member",
            "reaches into the bytes of another member. It is not unpacked; make the archive again to take it.",
        )
    if entry.file_size > limit:
        return "too_large", f"would unpack to {entry.file_size:,} bytes; the limit is {limit:,}. Raise max_bytes to take it."
    if entry.file_size > MEBIBYTE and entry.file_size > DEEPEST_RATIO * max(1, entry.compress_size):
        return "too_large", f"would unpack to {entry.file_size:,} bytes, more than {DEEPEST_RATIO} times its packed size."
    return None


def _unpacked(reading: Reading, file: IO[bytes], entry: zipfile.ZipInfo, limit: int, name: str) -> Part:
    step = STEP if entry.compress_type in READ_WHOLE else SMALL_STEP
    data = bytearray()
    while chunk := file.read(step):
        reading.budget.spend(len(chunk))
        data += chunk
        if len(data) > limit:
            return Part(bytes(data[:limit]), len(data), "too_large", over(name, limit))
    if len(data) < entry.file_size:
        detail = f"{name} ends after {len(data):,} of {entry.file_size:,} bytes. Make the archive again to take it."
        return Part(b"", entry.file_size, "broken_member", detail)
    return Part(bytes(data), len(data))


def _explained(error: Exception) -> str:
    return "its checksum fails" if "Bad CRC-32" in str(error) else sentence(error)


def _overlapping(entries: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Where members begin that reach into another one: no honest archive has such, and a bomb is nothing else."""
    found = set()
    places = sorted((entry.header_offset, entry.header_offset + LOCAL_HEADER + entry.compress_size) for entry in entries)
    for (start, end), (following, _) in itertools.pairwise(places):
        if end > following:
            found.add(start)
    return frozenset(found)


def _check_directory(path: Path) -> None:
    """Raises OverBound where the directory is so large that reading it alone would fill the memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_SIZE - COMMENT - LOCATOR_SIZE))
        tail = file.read()
        at = tail.rfind(END)
        if at < 0 or at + END_SIZE > len(tail):
            return
        directory = struct.unpack_from("<L", tail, at + 12)[0]
        if tail[max(0, at - LOCATOR_SIZE) :].startswith(LOCATOR):
            file.seek(min(size, struct.unpack_from("<Q", tail, at - LOCATOR_SIZE + 8)[0]))
            head = file.read(56)
            if len(head) == 56 and head.startswith(END64):
                directory = max(directory if directory != 0xFFFFFFFF else 0, struct.unpack_from("<Q", head, 40)[0])
    if min(directory, size) > MOST_DIRECTORY:
        told = f"its directory has {directory:,} bytes, more than {MOST_DIRECTORY:,}: too many members to hold at once. "
        raise OverBound("too_many_members", told + "Unpack it yourself and take its folder in.")
