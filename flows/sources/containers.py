"""Files that hold many documents: archives, tables of rows, web archives. Each member has an address of its own."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

from copydesk.warehouse.errors import PermanentError

NAMES = {
    "text": ("text", "body", "content", "article", "maintext", "full_text"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_on", "publication_date", "date_publish", "pubdate"),
    "url": ("url", "link", "source_url"),
}
"""Names of columns that are understood without being told."""

MOST_MEMBERS = 1_000_000
CSV_FIELD = 16 * 1024 * 1024
DEEPEST_RATIO = 200
"""A member of an archive that unpacks to more than so many times its packed size is not unpacked."""

LARGE = 1024 * 1024


@dataclass(frozen=True)
class Member:
    """A document in a container: its place there, its name (whose ending says its kind) or media type, how to read it."""

    fragment: str
    name: str
    read: Callable[[int], tuple[bytes, int, str | None, str | None]]
    """Gives, for a limit, the bytes kept, the size of the whole, and why the rest was not taken, as slug and sentence."""

    media_type: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None


Reader = Callable[[Path, Mapping[str, str]], Iterator[Member]]


def container_kind(path: PurePath) -> str | None:
    """The kind of container by a file's name, null for a single document.

    >>> container_kind(Path("a.tar.gz")), container_kind(Path("b.warc.gz")), container_kind(Path("c.txt.gz"))
    ('archive', 'warc', None)
    """
    name = path.name.lower().removesuffix(".gz")
    ending = name.rpartition(".")[2] if "." in name else ""
    if ending in ("zip", "tar", "tgz") or path.name.lower().endswith((".tar.bz2", ".tar.xz")):
        return "archive"
    return {"jsonl": "rows", "ndjson": "rows", "csv": "rows", "parquet": "rows", "warc": "warc"}.get(ending)


def members(path: Path, kind: str, columns: Mapping[str, str]) -> Iterator[Member]:
    """The documents of a container in their order.

    Raises PermanentError that names the file where it is broken or has no column of text.
    """
    try:
        yield from itertools.islice(READERS[kind](path, columns), MOST_MEMBERS)
    except PermanentError:
        raise
    except Exception as error:  # each library has errors of its own for what is broken
        raise PermanentError(f"{path}: it cannot be read as {kind}: {error}. Mend the file or take it away.") from error


def _archive(path: Path, columns: Mapping[str, str]) -> Iterator[Member]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for info in packed.infolist():
                if not info.is_dir():
                    yield Member(info.filename, info.filename, _zip_reader(packed, info))
        return
    with tarfile.open(path) as tar:
        for entry in tar:
            if entry.isfile():
                yield Member(entry.name, entry.name, _tar_reader(tar, entry))


def _zip_reader(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], tuple[bytes, int, str | None, str | None]]:
    def read(limit: int) -> tuple[bytes, int, str | None, str | None]:
        if info.flag_bits & 1:
            return b"", info.file_size, "encrypted", f"{info.filename} is encrypted. Unpack it and take the file in itself."
        if info.file_size > limit or info.file_size > DEEPEST_RATIO * max(1, info.compress_size) > LARGE:
            return b"", info.file_size, "too_large", f"{info.filename} would unpack to {info.file_size:,} bytes."
        with packed.open(info) as file:
            return _bounded(file, limit, info.filename)

    return read


def _tar_reader(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Callable[[int], tuple[bytes, int, str | None, str | None]]:
    def read(limit: int) -> tuple[bytes, int, str | None, str | None]:
        if entry.size > limit:
            return b"", entry.size, "too_large", f"{entry.name} would unpack to {entry.size:,} bytes."
        file = tar.extractfile(entry)
        if file is None:
            return b"", 0, "unreadable", f"{entry.name} is no file that can be read."
        with file:
            return _bounded(file, limit, entry.name)

    return read


def _bounded(file: Any, limit: int, name: str) -> tuple[bytes, int, str | None, str | None]:
    data = file.read(limit + 1)
    if len(data) > limit:
        return data[:limit], len(data), "too_large", f"{name} has more than {limit:,} bytes. Raise max_bytes to take it."
    return data, len(data), None, None


def _rows(path: Path, columns: Mapping[str, str]) -> Iterator[Member]:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        records = _parquet(path)
    elif name.endswith(".csv"):
        records = _csv(path)
    else:
        records = _jsonl(path)
    for number, record in enumerate(records):
        yield _row(path, number, record, columns)


def _jsonl(path: Path) -> Iterator[Mapping[str, Any]]:
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise PermanentError(f"{path}: line {number} is no JSON: {error}. Mend the line or take it out.") from error
                if not isinstance(record, dict):
                    raise PermanentError(f"{path}: line {number} is no object with named values. Mend the line or take it out.")
                yield record


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(CSV_FIELD)
    with _opened(path) as file:
        yield from csv.DictReader(file)


def _opened(path: Path) -> io.TextIOWrapper:
    if path.name.lower().endswith(".gz"):
        return io.TextIOWrapper(gzip.GzipFile(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    with closing(pq.ParquetFile(path)) as file:
        for batch in file.iter_batches(batch_size=500):
            yield from batch.to_pylist()


def _row(path: Path, number: int, record: Mapping[str, Any], columns: Mapping[str, str]) -> Member:
    text = _column(record, "text", columns)
    if text is None:
        wanted = columns.get("text")
        raise PermanentError(
            f"{path}: row {number + 1} has no column {wanted or ' or '.join(NAMES['text'])}, "
            f"only {', '.join(map(str, record))}. "
            'Name the column of the text in sources.toml: columns = {text = "…"}'
        )
    data = str(record[text] or "").encode()
    html = data.lstrip()[:1] == b"<" and b"</" in data[-2000:]
    title, printed, url = (_value(record, name, columns) for name in ("title", "date", "url"))

    def read(limit: int) -> tuple[bytes, int, str | None, str | None]:
        return _bounded(io.BytesIO(data), limit, f"row {number + 1}")

    media = "text/html" if html else "text/plain"
    return Member(str(number + 1), "", read, media, url, title, _day(printed))


def _column(record: Mapping[str, Any], what: str, columns: Mapping[str, str]) -> str | None:
    if what in columns:
        return columns[what] if columns[what] in record else None
    low = {str(name).casefold(): name for name in record}
    return next((low[name] for name in NAMES[what] if name in low), None)


def _value(record: Mapping[str, Any], what: str, columns: Mapping[str, str]) -> str | None:
    name = _column(record, what, columns)
    value = record.get(name) if name else None
    return str(value).strip() or None if value is not None else None


def _day(text: str | None) -> date | None:
    """The day that a column prints; one that is no ISO date is left to the text."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _warc(path: Path, columns: Mapping[str, str]) -> Iterator[Member]:
    """The HTML and text responses of a web archive, read one after the other."""
    from warcio.archiveiterator import ArchiveIterator

    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            media = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
            if (
                media not in ("text/html", "text/plain", "application/xhtml+xml")
                or record.http_headers.get_statuscode() != "200"
            ):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            identity = record.rec_headers.get_header("WARC-Record-ID") or url
            kind = "text/plain" if media == "text/plain" else "text/html"
            stream = record.content_stream()

            def read(limit: int, stream: Any = stream, name: str = url) -> tuple[bytes, int, str | None, str | None]:
                return _bounded(stream, limit, name)

            yield Member(identity, "", read, kind, url)


READERS: dict[str, Reader] = {"archive": _archive, "rows": _rows, "warc": _warc}
