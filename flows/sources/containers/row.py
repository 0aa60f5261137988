"""A row of a table as a document: its text, and what its other columns say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from copydesk.flows.sources.containers.columns import Columns
from copydesk.flows.sources.containers.dates import Stamp, language_code, stamp_of
from copydesk.flows.sources.containers.member import Member, Reading, bad_member, bounded, printable
from copydesk.flows.sources.containers.values import BadValue, body_text, people, short_text
from copydesk.warehouse.passwords import without_login

LONGEST = {"title": 2000, "url": 4000, "outlet": 300, "author": 200}
MOST_AUTHORS = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row: its place (from 1), its named values, or why it cannot be read. `line` is where it begins, if known."""

    number: int
    record: Mapping[str, Any] | None = None
    line: int | None = None
    problem: str = "broken_row"
    detail: str = ""
    fragment: str | None = None

    @property
    def where(self) -> str:
        return f"row {self.number}" + (f", line {self.line}," if self.line else "")


def member_of(row: Row, columns: Columns, reading: Reading) -> Member:
    """The document of a row, or one with a problem where the row cannot be read."""
    fragment = row.fragment or str(row.number)
    if row.record is None:
        return bad_member(fragment, row.problem, f"{row.where} {row.detail}")
    try:
        text = _text(row, columns)
    except BadValue as error:
        remedy = 'Name another column of the text in sources.toml: columns = {text = "…"}'
        return bad_member(fragment, error.reason, f"{row.where} {error} {remedy}")
    data = text.encode("utf-8", "replace")
    html = data.lstrip()[:1] == b"<" and b"</" in data[-2000:]
    record = row.record
    stamp = _stamp(record, columns, reading)
    address = _first(record, "url", columns)
    return Member(
        fragment=fragment,
        read=partial(bounded, data, name=row.where.rstrip(",")),
        media_type="text/html; charset=utf-8" if html else "text/plain; charset=utf-8",
        url=without_login(address) if address and _is_address(address) else None,
        title=_first(record, "title", columns),
        published=stamp.day,
        published_at=stamp.moment,
        authors=_authors(record, columns),
        language=_language(record, columns),
        outlet=_first(record, "outlet", columns),
    )


def _text(row: Row, columns: Columns) -> str:
    """The first column of text that holds something.

    Raises BadValue where there is no such column, or the only one that is filled holds no text.
    """
    bad: BadValue | None = None
    column = None
    for name, value in columns.values(row.record or {}, "text"):
        column = name
        try:
            text = body_text(value)
        except BadValue as error:
            bad = bad or BadValue(error.reason, f"has a column {printable(name)} that {error}")
            continue
        if text.strip():
            return text
    if bad is not None:
        raise bad
    if column is None:
        raise BadValue("broken_row", f"has no column {columns.told('text')}, only {_listed(row.record or {})}.")
    return ""


def _listed(record: Mapping[str, Any]) -> str:
    return ", ".join(printable(str(name)) for name in list(record)[:40]) or "none"


def _first(record: Mapping[str, Any], what: str, columns: Columns) -> str | None:
    """The first column for it that says something; one that is far too long is no such thing."""
    texts = (short_text(value) for _, value in columns.values(record, what))
    return next((text for text in texts if text and len(text) <= LONGEST[what]), None)


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).netloc) and " " not in text
    except ValueError:
        return False


def _authors(record: Mapping[str, Any], columns: Columns) -> tuple[str, ...]:
    for _, value in columns.values(record, "authors"):
        if names := tuple(name for name in people(value) if len(name) <= LONGEST["author"]):
            return names[:MOST_AUTHORS]
    return ()


def _language(record: Mapping[str, Any], columns: Columns) -> str | None:
    codes = (language_code(short_text(value)) for _, value in columns.values(record, "language"))
    return next((code for code in codes if code), None)


def _stamp(record: Mapping[str, Any], columns: Columns, reading: Reading) -> Stamp:
    """When the row says that it was published; a date that cannot be read, or may be two days, is counted and left out."""
    language = reading.options.language or _language(record, columns)
    has_date = False
    for _, value in columns.values(record, "date"):
        printed = value if isinstance(value, date | datetime) else short_text(value)
        if printed is None:
            continue
        has_date = True
        clock = next((short_text(hour) for _, hour in columns.values(record, "time") if short_text(hour)), None)
        stamp = stamp_of(printed, language, clock)
        if stamp.day is not None:
            return stamp
    if has_date:
        reading.skipped["date_not_read"] += 1
    return Stamp()
