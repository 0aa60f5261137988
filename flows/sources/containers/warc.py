"""Web archives: the pages and texts in them. A damaged record is a reject, and reading goes on at the next one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from copydesk.flows.sources.containers.bodies import BodyError, dechunked, unpacked_body
from copydesk.flows.sources.containers.bounds import LINE_COST, STEP, OverBound
from copydesk.flows.sources.containers.member import Member, Part, Reading, bad_member, bounded, over, printable, sentence
from copydesk.flows.sources.containers.warc_stream import BEGINS, LONGEST_HEADERS, Cut, Damaged, Place, WarcStream
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import without_login

READ = ("text/html", "application/xhtml+xml", "text/plain")
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
AGAIN = "Fetch the archive again, or take the page from where it was."


@dataclass(kw_only=True)
class Record:
    """A record: where it begins, its headers and those of HTTP, its content, and what reading it to its end told."""

    begins: Place
    headers: Any
    http: Any
    content: Any
    """warcio's stream of the content that is left, which counts down from the length that the record says."""

    trouble: str | None = None
    cut: bool = False


def read_warc(reading: Reading) -> Iterator[Member]:
    """The responses, resources and conversions of a web archive that are HTML or text; other records are counted.

    Raises PermanentError where nothing in the file is a record.
    """
    number = 0
    with closing(WarcStream(reading.path, reading.budget)) as stream:
        while True:
            begins = stream.place
            try:
                begins = _beginning(stream)
                record = _next(stream)
                if record is None:
                    break
                number += 1
                member = _member(reading, record, stream, number)
                if member is not None:
                    yield member
                _finish(record, stream)
                if record.trouble and member is None:
                    yield _told(number, record.trouble, record.cut)
            except Damaged as error:
                number += 1
                yield _told(number, str(error), isinstance(error, Cut))
                if not _go_on(reading, stream, begins):
                    break
            else:
                if record.trouble and not _go_on(reading, stream, record.begins):
                    break
    if number == 0 and reading.path.stat().st_size:
        raise PermanentError(f"{reading.path}: it holds no record of a web archive. Mend the file or take it away.")


def _told(number: int, trouble: str, cut: bool) -> Member:
    told = f"Record {number} of the archive cannot be read: {trouble}. {AGAIN}"
    return bad_member(f"record-{number}", "broken_container" if cut else "broken_member", told)


def _beginning(stream: WarcStream) -> Place:
    """Where the next record begins: behind the empty lines that part it from the one before."""
    while stream.peek()[:1] in (b"\r", b"\n"):
        stream.read(1)
    return stream.place


def _next(stream: WarcStream) -> Record | None:
    """The next record, its headers read; None at the end of the file.

    Raises Damaged where there is something else.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParserException

    if not stream.peek():
        return None
    begins = stream.place
    stream.allowance = LONGEST_HEADERS
    try:
        record = ArcWarcRecordLoader().parse_record_stream(stream, known_format="warc")
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError) as error:
        if not stream.peek():
            raise Cut("the file ends in its headers") from error
        raise Damaged(f"there is no record where one should begin: {sentence(error)}") from error
    length = record.rec_headers.get_header("Content-Length")
    if not length and not stream.peek():
        raise Cut("the file ends in its headers")
    if not (length or "").strip().isdigit():
        raise Damaged(f"its Content-Length is {printable(str(length))}")
    return Record(begins=begins, headers=record.rec_headers, http=record.http_headers, content=record.raw_stream)


def _finish(record: Record, stream: WarcStream) -> None:
    """Reads what is left of a record, and sees whether it ends where it says.

    Sets its trouble where it does not. Raises Damaged where the packing is damaged.
    """
    while record.trouble is None and record.content.limit > 0:
        _chunk(record, stream, STEP)
    if record.trouble is None:
        _check_end(record, stream)


def _chunk(record: Record, stream: WarcStream, count: int) -> bytes:
    """Some of a record's content; none where it has ended, with the trouble set where that is too early."""
    if record.trouble is not None or record.content.limit <= 0:
        return b""
    try:
        if stream.ended():
            head = stream.peek()
            if not head or head.startswith(BEGINS):
                record.cut = not head
                where = "the file ends" if record.cut else "the next record begins"
                record.trouble = f"{where} {record.content.limit:,} bytes before the end that its Content-Length says"
                return b""
        return bytes(record.content.read(min(count, record.content.limit)))
    except Damaged as error:
        record.trouble, record.cut = str(error), isinstance(error, Cut)
        return b""


def _check_end(record: Record, stream: WarcStream) -> None:
    """After a record stand empty lines, then the next one or the end: else its length is not true."""
    try:
        head = b"" if stream.ended() else stream.peek()
        if head and not (head.startswith((b"\r", b"\n")) or head.startswith(BEGINS)):
            record.trouble = "its content goes on beyond the end that its Content-Length says"
    except Damaged as error:
        record.trouble, record.cut = str(error), isinstance(error, Cut)


def _go_on(reading: Reading, stream: WarcStream, begins: Place) -> bool:
    """Goes to the next record after a damaged one that began at a place; whether there is one.

    The damaged one is searched too, since one with a wrong length may hold the next.
    """
    try:
        stream.restart(Place(begins.member, begins.offset))
        stream.allowance = 1 << 62
        stream.readline(len(BEGINS))
        while stream.peek():
            reading.budget.spend(LINE_COST)
            if stream.readline(STEP).endswith(b"\n") and stream.peek().startswith(BEGINS):
                return True
            if stream.ended() and stream.peek().startswith(BEGINS):
                return True
    except Damaged:
        return stream.find_member(stream.place.member)
    return False


def _member(reading: Reading, record: Record, stream: WarcStream, number: int) -> Member | None:
    """The document of a record; None, counted, for one that is no page."""
    media, charset, reason = _kind(record)
    if reason is not None:
        reading.skipped[reason] += 1
        return None
    url = without_login(record.headers.get_header("WARC-Target-URI") or "") or None
    name = printable(url or f"record {number}")
    identity = record.headers.get_header("WARC-Record-ID") or url or f"record-{number}"
    cut = record.headers.get_header("WARC-Truncated")
    if cut:
        told = f"{name} was cut short by the crawler ({printable(cut)}): its end is missing. {AGAIN}"
        return bad_member(identity, "truncated", told)
    return Member(
        fragment=identity,
        read=partial(_read, record, stream, name),
        media_type=f"{media}; charset={charset}" if charset else media,
        url=url,
    )


def _kind(record: Record) -> tuple[str, str | None, str | None]:
    """The media type of a record that is read, its charset, or the reason why it is passed over."""
    kind = (record.headers.get_header("WARC-Type") or "untyped").strip().lower()
    if kind == "response":
        if record.http is None:
            return "", None, "warc_not_http"
        status = record.http.get_statuscode()
        if status != "200":
            return "", None, "partial_content" if status == "206" else "http_status"
        told = record.http.get_header("Content-Type") or ""
    elif kind in ("resource", "conversion"):
        told = record.headers.get_header("Content-Type") or ""
    else:
        return (
            "",
            None,
            f"warc_{kind}" if kind in ("revisit", "request", "metadata", "warcinfo", "continuation") else "warc_other",
        )
    media = told.split(";")[0].strip().lower()
    if media not in READ:
        return "", None, "other_kind"
    charset = "utf-8" if kind == "conversion" and "charset" not in told.lower() else charset_of(told)
    return ("text/plain" if media == "text/plain" else "text/html"), charset, None


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type names, where Python knows it.

    >>> charset_of('text/html; Charset="Windows-1251"'), charset_of("text/html; charset=none")
    ('windows-1251', None)
    """
    found = CHARSET.search(content_type)
    try:
        return codecs.lookup(found[1]) and found[1].lower() if found else None
    except LookupError:
        return None


def _read(record: Record, stream: WarcStream, name: str, limit: int) -> Part:
    """The body of a record, out of its chunks and unpacked, or why it is not whole."""
    data = bytearray()
    try:
        while len(data) <= limit and (chunk := _chunk(record, stream, STEP)):
            data += chunk
        if len(data) > limit:
            return Part(bytes(data[:limit]), len(data), "too_large", over(name, limit))
        if record.trouble is None:
            _check_end(record, stream)
        if record.trouble is not None:
            reason = "broken_container" if record.cut else "broken_member"
            return Part(b"", len(data), reason, f"{name} is not whole: {record.trouble}. {AGAIN}")
        return bounded(_body(record, bytes(data), limit), limit, name)
    except BodyError as error:
        return Part(b"", len(data), error.reason, f"{name}: {error} {AGAIN}")
    except OverBound as error:
        return Part(b"", len(data), error.reason, f"{name}: {error}")


def _body(record: Record, data: bytes, limit: int) -> bytes:
    if record.http is None:
        return data
    header = record.http.get_header
    if "chunked" in (header("Transfer-Encoding") or "").lower():
        data = dechunked(data)
    elif (header("Content-Length") or "").strip().isdigit() and not header("Content-Encoding"):
        said = int(header("Content-Length"))
        if len(data) < said:
            raise BodyError("truncated", f"it has {len(data):,} of the {said:,} bytes that its server announced.")
    return unpacked_body(data, header("Content-Encoding") or "", limit)
