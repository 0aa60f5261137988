"""Containers made to harm, each of a few kilobytes: what they say of themselves is thousands of times what they are."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pyarrow as pa
import pyarrow.parquet as pq
from backports import zstd

from tests.conftest import article

MEBIBYTE = 1024 * 1024
ZEROS = b"0" * MEBIBYTE
POISONS: dict[str, Callable[[Path], None]] = {}


def poison(name: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Registers what writes a poisoned file of that name."""

    def register(write: Callable[[Path], None]) -> Callable[[Path], None]:
        POISONS[name] = write
        return write

    return register


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def repeated(pack: Callable[[bytes], bytes], mebibytes: int, before: bytes = b"", fill: bytes = ZEROS) -> bytes:
    """So many mebibytes, packed as one stream after another."""
    return pack(before) + pack(fill * 64) * (mebibytes // 64)


@poison("twenty-gigabytes.tar.bz2")
def _(path: Path) -> None:
    path.write_bytes(repeated(bz2.compress, 20 * 1024, header("photo.jpg", 20 * 1024 * MEBIBYTE)))


@poison("four-gigabytes.tar.xz")
def _(path: Path) -> None:
    path.write_bytes(repeated(lambda data: lzma.compress(data, preset=0), 4096, header("photo.jpg", 4096 * MEBIBYTE)))


@poison("long-note.tar.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 3072, header("note", 3072 * MEBIBYTE, tarfile.XHDTYPE)))


@poison("million-members.tar.gz")
def _(path: Path) -> None:
    path.write_bytes(gzip.compress(header("a.txt", 0) * 20_000) * 60)


@poison("overlapping.zip")
def _(path: Path) -> None:
    """Three hundred members that all reach into one kernel of 2 MiB packed to some kilobytes."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = deflater.compress(b"".join(b"%07d\n" % n for n in range(250_000))) + deflater.flush()
    heads, ends = [], []
    for number in range(300):
        name = b"%03d.txt" % number
        sizes = struct.pack("<LLL", 0, len(kernel), 2_000_000)
        heads.append(struct.pack("<4s5H", b"PK\3\4", 20, 0, 8, 0, 0) + sizes + struct.pack("<2H", len(name), 0) + name)
    body = b"".join(heads) + kernel
    at = 0
    for number, head in enumerate(heads):
        name = b"%03d.txt" % number
        sizes = struct.pack("<LLL", 0, len(body) - at - len(head), 2_000_000)
        ends.append(
            struct.pack("<4s6H", b"PK\1\2", 20, 20, 0, 8, 0, 0)
            + sizes
            + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, at)
            + name
        )
        at += len(head)
    directory = b"".join(ends)
    path.write_bytes(body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 300, 300, len(directory), len(body), 0))


@poison("deep-ratio.zip")
def _(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(20):
            packed.writestr(f"{number}.txt", ZEROS * 30)


@poison("lying-size.zip")
def _(path: Path) -> None:
    """A member of 400 MiB by bzip2 that says it has 1,000 bytes, and one by LZMA."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", ZEROS * 400, zipfile.ZIP_BZIP2)
        packed.writestr("b.txt", ZEROS * 100, zipfile.ZIP_LZMA)
    data = path.read_bytes()
    for size in (400, 100):
        data = data.replace(struct.pack("<L", size * MEBIBYTE), struct.pack("<L", 1000))
    path.write_bytes(data)


@poison("million-entries.zip")
def _(path: Path) -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    path.write_bytes(directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), 0, 0))


@poison("one-line.jsonl.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 3072, b'{"text": "'))


@poison("empty-lines.jsonl.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 2048, fill=b"\n" * MEBIBYTE))


@poison("many-objects.jsonl")
def _(path: Path) -> None:
    path.write_text('{"text": [' + "{}," * 2_700_000 + "{}]}\n" + json.dumps({"text": article(1)}) + "\n", encoding="utf-8")


@poison("deep.jsonl")
def _(path: Path) -> None:
    path.write_text('{"text": ' + "[" * 3_000_000 + "\n" + json.dumps({"text": article(1)}) + "\n", encoding="utf-8")


@poison("one-line.csv.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 3072, b"title,text\nA,"))


@poison("open-quote.csv.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 2048, b'title,text\nA,"', fill=(b"0" * 1023 + b"\n") * 1024))


@poison("all-open-quotes.csv")
def _(path: Path) -> None:
    path.write_bytes(b"title,text\n" + b'A,"b c\nd,e\n' * 200_000)


@poison("dictionary.parquet")
def _(path: Path) -> None:
    """Forty-five hundred rows of one text of a mebibyte, which stands in the file once, packed."""
    indices = pa.array([0] * 4500, pa.int32())
    column = pa.DictionaryArray.from_arrays(indices, pa.array(["0" * MEBIBYTE]))
    pq.write_table(pa.table({"text": column}), path, compression="zstd")


@poison("long-list.parquet")
def _(path: Path) -> None:
    pq.write_table(pa.table({"text": pa.array([["a"] * 30_000_000])}), path, compression="zstd")


@poison("long-value.parquet")
def _(path: Path) -> None:
    pq.write_table(pa.table({"text": ["0" * (700 * MEBIBYTE)]}), path, compression="zstd", use_dictionary=False)


def record(body: bytes, length: int | None = None, encoding: str = "") -> bytes:
    """A response of a web archive; `length` is what its HTTP part says to be long."""
    coded = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coded}\r\n".encode() + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/1\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {length if length is not None else len(http)}\r\n\r\n".encode()
        + http
        + b"\r\n\r\n"
    )


@poison("long-record.warc.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 3072, record(b"", 3072 * MEBIBYTE)[:-4]))


@poison("endless-headers.warc.gz")
def _(path: Path) -> None:
    path.write_bytes(repeated(gzip.compress, 2048, b"WARC/1.0\r\n", fill=b"a: b\r\n" * 170_000))


@poison("lying-lengths.warc")
def _(path: Path) -> None:
    path.write_bytes(record(b"<p>a</p>", 3_000_000) * 20_000)


@poison("packed-bodies.warc")
def _(path: Path) -> None:
    """Bodies of a gigabyte each by brotli, Zstandard, gzip and gzip twice."""
    zeros = ZEROS * 1024
    squeezed = gzip.compress(zeros)
    bodies = {"br": brotli.compress(zeros, quality=1), "zstd": zstd.compress(zeros), "gzip": squeezed}
    made = [record(body, encoding=name) for name, body in bodies.items()]
    path.write_bytes(b"".join([*made, record(gzip.compress(squeezed), encoding="gzip, gzip")]))


MEASURED = """
import json, re, sys, time
from pathlib import Path
from copydesk.flows.sources.folder import FolderSource

def peak():
    # the most memory that this process had; what getrusage says begins with what its parent had
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

before = peak()
source = FolderSource("poison", [Path(sys.argv[1])])
began, whole, problems = time.process_time(), 0, {}
for found in source.discover():
    content = found.read(32 * 1024 * 1024)
    whole += content.problem is None
    if content.problem:
        problems[content.problem] = problems.get(content.problem, 0) + 1
print(json.dumps({
    "whole": whole, "problems": problems, "skipped": dict(source.skipped), "seconds": round(time.process_time() - began, 1),
    "before": before, "megabytes": peak()}))
"""
"""A program that reads a container as a run does and prints what it took, in processor seconds and mebibytes at the most."""
