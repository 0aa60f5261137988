"""Forty ways in which one of five items is bad: files, members of archives, rows, records. Each writes four good ones beside it."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import brotli
import pyarrow as pa
import pyarrow.parquet as pq

from tests.texts import distinct

Way = Callable[[Path, Sequence[str]], None]
LIMIT = 200_000
"""The limit in bytes that the run has."""

GARBAGE = bytes(range(256)) * 8


def single(name: str, data: bytes) -> Way:
    """Four files of text, and a bad one."""

    def write(path: Path, good: Sequence[str]) -> None:
        path.mkdir()
        for number, text in enumerate(good):
            (path / f"good-{number}.txt").write_text(text, encoding="utf-8")
        (path / name).write_bytes(data)

    return write


def zipped(harm: Callable[[bytes], bytes], bad: str | None = None, method: int = zipfile.ZIP_DEFLATED) -> Way:
    """Four members, and one between them whose text or packed bytes are harmed; all its bytes stand below `bad.txt`."""

    def write(path: Path, good: Sequence[str]) -> None:
        with zipfile.ZipFile(path.with_suffix(".zip"), "w", method) as packed:
            for number, text in enumerate(good[:2]):
                packed.writestr(f"{number}.txt", text)
            packed.writestr("bad.txt", bad if bad is not None else distinct(900_001))
            for number, text in enumerate(good[2:], 2):
                packed.writestr(f"{number}.txt", text)
        path.with_suffix(".zip").write_bytes(harm(path.with_suffix(".zip").read_bytes()))

    return write


def flipped(offset: int) -> Callable[[bytes], bytes]:
    """Turns a byte of the bad member's data."""

    def harm(data: bytes) -> bytes:
        at = data.index(b"bad.txt") + len("bad.txt") + offset
        return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]

    return harm


def headers_set(local: int, central: int, value: bytes) -> Callable[[bytes], bytes]:
    """Sets bytes in the bad member's header and its entry of the directory, so far before its name."""

    def harm(data: bytes) -> bytes:
        first, last = data.index(b"bad.txt"), data.rindex(b"bad.txt")
        for at in (first - 30 + local, last - 46 + central):
            data = data[:at] + value + data[at + len(value) :]
        return data

    return harm


def tarred(bad: bytes, harm: Callable[[bytes], bytes] = bytes, ending: str = ".tar") -> Way:
    """Four members, and a bad one as the third or, with an empty text, none."""

    def write(path: Path, good: Sequence[str]) -> None:
        kept = io.BytesIO()
        with tarfile.open(fileobj=kept, mode="w") as tar:
            texts = [text.encode() for text in good]
            for name, data in zip("01b23" if bad else "0123", texts[:2] + [bad] * bool(bad) + texts[2:], strict=True):
                info = tarfile.TarInfo(f"{name}.txt")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        path.with_suffix(ending).write_bytes(harm(kept.getvalue()))

    return write


def lined(bad: bytes, ending: str = ".jsonl", last: bool = False) -> Way:
    """Four objects, and a line that is bad."""

    def write(path: Path, good: Sequence[str]) -> None:
        lines = [json.dumps({"text": text}).encode() for text in good]
        lines.insert(4 if last else 2, bad)
        path.with_suffix(ending).write_bytes(b"\n".join(lines))

    return write


def columned(bad: str, mark: str = ",") -> Way:
    """Four rows of a CSV, and a bad one."""

    def write(path: Path, good: Sequence[str]) -> None:
        rows = [f"T{mark}{_quoted(text)}{mark}x\n" for text in good]
        rows.insert(2, bad)
        path.with_suffix(".csv").write_text(mark.join(("title", "text", "kind")) + "\n" + "".join(rows), encoding="utf-8")

    return write


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def parquet(bad: object, harm: bool = False) -> Way:
    """Four rows of a Parquet file, each a row group, and a bad one."""

    def write(path: Path, good: Sequence[str]) -> None:
        values: list[object] = [*good[:2], bad, *good[2:]]
        encoded = [value.encode() if isinstance(value, str) else value for value in values]
        file = path.with_suffix(".parquet")
        pq.write_table(pa.table({"text": pa.array(encoded, pa.binary())}), file, row_group_size=1, compression="gzip")
        if harm:
            column = pq.read_metadata(file).row_group(2).column(0)
            at = min(column.data_page_offset, column.dictionary_page_offset or column.data_page_offset)
            data = bytearray(file.read_bytes())
            data[at : at + column.total_compressed_size] = b"\xff" * column.total_compressed_size
            file.write_bytes(bytes(data))

    return write


def page(text: str) -> bytes:
    return (
        "<html><body><article>" + "".join(f"<p>{part}</p>" for part in text.split("\n\n")) + "</article></body></html>"
    ).encode()


def record(body: bytes, number: int, extra: str = "", length: int = 0, headers: str = "") -> bytes:
    """A response; `extra` stands in its HTTP headers, `headers` in its own, `length` is added to its true length."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{extra}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{number}\r\n{headers}"
    return f"{head}Content-Type: application/http\r\nContent-Length: {len(http) + length}\r\n\r\n".encode() + http + b"\r\n\r\n"


def archived(bad: bytes, packed: bool = False, harm: Callable[[bytes], bytes] = bytes, last: bool = False) -> Way:
    """Four records, and one that is bad; `harm` is done to the bad one as it is written, packed or not."""

    def write(path: Path, good: Sequence[str]) -> None:
        pack = gzip.compress if packed else bytes
        records = [pack(record(page(text), number)) for number, text in enumerate(good)]
        records.insert(4 if last else 2, harm(pack(bad)))
        path.with_suffix(".warc.gz" if packed else ".warc").write_bytes(b"".join(records))

    return write


def _middle(data: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + b"\xff\x00\xff\x00" + data[half + 4 :]


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _with_a_cut_member(data: bytes) -> bytes:
    info = tarfile.TarInfo("c.txt")
    info.size = 5000
    return data.rstrip(b"\0") + b"\0" * (-len(data.rstrip(b"\0")) % 512) + info.tobuf() + b"x" * 700


BODY = page(distinct(900_002))
WAYS: dict[str, Way] = {
    "empty-file": single("bad.txt", b""),
    "blank-file": single("bad.txt", b" \n\t\n"),
    "binary-file": single("bad.txt", GARBAGE),
    "short-file": single("bad.txt", b"Not much of a text."),
    "cut-gzip-file": single("bad.txt.gz", gzip.compress(distinct(900_003).encode())[:150]),
    "bomb-gzip-file": single("bad.html.gz", gzip.compress(b"0" * 9_000_000)),
    "large-file": single("bad.md", distinct(900_004).encode() * 1000),
    "no-zip": single("bad.zip", b"PK\x03\x04 no archive"),
    "no-tar": single("bad.tar.gz", gzip.compress(b"no archive" * 300)),
    "no-parquet": single("bad.parquet", b"PAR1 no table"),
    "no-warc": single("bad.warc.gz", gzip.compress(b"no web archive")),
    "no-column": single("bad.csv", b"name;story\nA;B\n"),
    "zip-checksum": zipped(flipped(40), method=zipfile.ZIP_STORED),
    "zip-damaged-deflate": zipped(flipped(0)),
    "zip-deflate64": zipped(headers_set(8, 10, struct.pack("<H", 9))),
    "zip-encrypted": zipped(headers_set(6, 8, struct.pack("<H", 1))),
    "zip-ratio": zipped(bytes, bad="0" * 4_000_000),
    "zip-large": zipped(bytes, bad="".join(f"{number:07d} " for number in range(40_000)), method=zipfile.ZIP_STORED),
    "tar-damaged-header": tarred(distinct(900_005).encode(), lambda data: data.replace(b"b.txt", b"c.txt")),
    "tar-large": tarred(b"x" * (LIMIT + 1)),
    "tar-cut-in-a-member": tarred(b"", _with_a_cut_member),
    "line-no-json": lined(b'{"text": "The town'),
    "line-no-object": lined(b'["The town", "council"]'),
    "line-nested-deeply": lined(b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    "line-without-text": lined(b'{"story": "The town"}'),
    "line-unknown-structure": lined(b'{"text": {"nodes": [1, 2]}}'),
    "line-large": lined(json.dumps({"text": "The town. " * 30_000}).encode()),
    "line-empty-text": lined(b'{"text": null}'),
    "line-endless-number": lined(b'{"text": ' + b"1" * 10_000 + b"}"),
    "line-cut-at-the-end": lined(b'{"text": "The', ending=".ndjson", last=True),
    "row-too-many-fields": columned('T,"The town, the sea",x,y,z\n'),
    "row-open-quote": columned('T,"The town and the sea,x\n'),
    "row-too-few-fields": columned("T\n", mark=";"),
    "row-bytes": parquet(GARBAGE),
    "row-group-damaged": parquet(b"The town", harm=True),
    "record-damaged": archived(record(BODY, 9), packed=True, harm=_middle),
    "record-too-long": archived(record(BODY, 9, length=300)),
    "record-too-short": archived(record(BODY, 9, length=-300)),
    "record-cut": archived(record(BODY, 9), packed=True, harm=_half, last=True),
    "record-body-cut": archived(record(gzip.compress(BODY)[:200], 9, "Content-Encoding: gzip\r\n")),
    "record-body-twice": archived(record(gzip.compress(gzip.compress(BODY)), 9, "Content-Encoding: gzip, gzip\r\n")),
    "record-body-brotli-cut": archived(record(brotli.compress(BODY)[:-9], 9, "Content-Encoding: br\r\n")),
    "record-cut-by-crawler": archived(record(BODY, 9, headers="WARC-Truncated: length\r\n")),
}
