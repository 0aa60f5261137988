"""Dates that are meant for machines: ISO, RFC 822, Unix, and printed ones that are believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from copydesk.transforms.cleaning.printed_dates import EARLIEST, NEVER, DateReader
from copydesk.transforms.dates.order import DateOrder

DIGIT = re.compile(r"\d")
COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?$")
EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
OFFSET = re.compile(r"\s*([+-]\d\d):?(\d\d)$")

LONGEST_LINE = 150
"""A text of more letters is read for no date."""


class Stamp(NamedTuple):
    """A day, and the moment of it with the zone that is printed, `None` where no time is."""

    day: date
    moment: datetime | None


LANGUAGE = re.compile(r"(?:de|fr|it|nl|pl|cs|sk|hu|sl|hr|da|sv|nb|no)(?![a-z])(?!-ca)", re.IGNORECASE)
"""The languages of Central Europe's clock."""

FIRST_SUMMER, LAST_SUMMER = 4, 10
"""The months in which that clock is two hours ahead of Greenwich; in October but for its last days."""


@dataclass(frozen=True)
class StampReader:
    """Reads dates that are meant for machines, and printed ones: none before 1900 or after `latest`."""

    latest: date
    reader: DateReader
    order: DateOrder

    def read(self, text: str | None) -> Stamp | None:
        """The stamp of an ISO, RFC 822, Unix or printed date; `None` where the text is none."""
        value = (text or "").strip()
        if not DIGIT.search(value) or len(value) > LONGEST_LINE:
            return None
        for form in (_iso, _compact, _epoch, _mail):
            if (moment := form(value)) is not None:
                midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
                return self.believed(Stamp(moment.date(), None if midnight else moment))
        printed = self.reader.read(value, self.latest, self.order)
        return self.believed(Stamp(printed.day, printed.moment)) if printed else None

    def is_midnight(self, stamp: Stamp) -> bool:
        """Whether a moment of Greenwich's clock is the next midnight of Central Europe, whose languages the page has.

        A day without a time is stored so: `2022-11-06T23:00:00Z` is the 7th of November.
        """
        language = next(iter(self.order.tags), "")
        if stamp.moment is None or stamp.moment.utcoffset() != timedelta(0) or not LANGUAGE.match(language):
            return False
        summer = FIRST_SUMMER <= stamp.moment.month <= LAST_SUMMER
        return stamp.moment.timetz().replace(tzinfo=None) == time(22 if summer else 23)

    def believed(self, stamp: Stamp) -> Stamp | None:
        return stamp if stamp.day.year >= EARLIEST and stamp.day <= self.latest and stamp.day not in NEVER else None


def _iso(value: str) -> datetime | None:
    """`2024-05-03T10:00:00Z`, and with a blank before `+0100`."""
    if not value[:4].isdigit() or value[4:5] != "-":
        return None
    try:
        return datetime.fromisoformat(OFFSET.sub(r"\1:\2", value) if "T" in value or ":" in value else value)
    except ValueError:
        return None


def _compact(value: str) -> datetime | None:
    """`20240503` and `20240503T101500`."""
    found = COMPACT.match(value)
    try:
        return datetime(*(int(part) for part in found.groups() if part)) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _epoch(value: str) -> datetime | None:
    """Seconds or thousandths of a second since 1970."""
    return datetime.fromtimestamp(int(value[:10]), UTC) if EPOCH.match(value) else None


def _mail(value: str) -> datetime | None:
    """`Fri, 03 May 2024 10:00:00 GMT`, as RFC 822 has it."""
    if ":" not in value or not value[:1].isalpha() or "," not in value[:10]:
        return None
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
