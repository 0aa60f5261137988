"""The lines of a table as text: unpacked, decoded, each of bounded length, whatever the file says of itself."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import charset_normalizer

from copydesk.flows.sources.containers.bounds import LINE_COST, MEBIBYTE, STEP, Budget, Metered
from copydesk.flows.sources.containers.member import Reading

LONGEST_LINE = 8 * MEBIBYTE
"""Characters of a line, and of a row of a CSV; what is longer is no article. Parsed, such a line takes up to 250 MB."""

SAMPLE = 256 * 1024
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
SPARSE = 0.2
"""Texts in the Latin alphabet have a smaller share of bytes beyond ASCII than this."""

EUROPEAN = ["cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15"]
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@contextlib.contextmanager
def opened(reading: Reading) -> Iterator[tuple[io.TextIOWrapper, bytes, str]]:
    """The text of a file, its first bytes, and its encoding. Bytes that are no UTF-8 become escapes, to be mended a value."""
    with io.BufferedReader(Metered(_unpacked(reading.path), reading.budget), SAMPLE) as stream:
        sample = b""
        with contextlib.suppress(OSError, EOFError):
            sample = stream.peek(SAMPLE)
        encoding = encoding_of(sample)
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        yield io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=""), sample, encoding


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]


def encoding_of(sample: bytes) -> str:
    """The encoding of a table by its first bytes: its mark, UTF-8, UTF-16 without a mark, else what a library makes of it.

    >>> encoding_of("text,Überfall".encode("utf-16")), encoding_of("title\\ttext".encode("utf-16-le"))
    ('utf-16', 'utf-16-le')
    """
    for mark, name in BOMS:
        if sample.startswith(mark):
            return name
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 3 and sample[offset : SAMPLE // 64 : 2].count(0) > len(sample[: SAMPLE // 64]) * 0.3:
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return _likely(sample)


def _likely(sample: bytes) -> str:
    """UTF-8 where only few letters are no UTF-8, else the single-byte or East Asian encoding that fits best."""
    beyond = len(BEYOND_ASCII.findall(sample))
    bad = sum("\udc80" <= letter <= "\udcff" for letter in sample.decode("utf-8", "surrogateescape"))
    if bad * 10 < beyond:
        return "utf-8-sig"
    sparse = beyond < len(sample) * SPARSE
    matches = list(charset_normalizer.from_bytes(sample, cp_isolation=EUROPEAN if sparse else None))
    if sparse and any("cp1252" in match.could_be_from_charset and match.chaos <= matches[0].chaos + 0.02 for match in matches):
        return "cp1252"
    return matches[0].encoding if matches else "utf-8-sig"


def lines(stream: io.TextIOWrapper, budget: Budget) -> Iterator[str | None]:
    """The lines of a text with their ends; None for one that is longer than LONGEST_LINE, of which the rest is passed over."""
    while line := stream.readline(LONGEST_LINE):
        budget.spend(LINE_COST)
        if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
            yield line
            continue
        while (rest := stream.readline(STEP)) and not rest.endswith(("\n", "\r")):
            pass
        yield None
