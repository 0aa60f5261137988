"""Printed dates of head lines: the day, the time with its zone, and whether it is the day of a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from copydesk.transforms.dates.calendars import ERAS, SOLAR_MONTHS, from_era, from_solar, gregorian_year, plain_digits
from copydesk.transforms.dates.order import UNKNOWN_ORDER, DateOrder
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import matches

CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])\s?[:.h時时시]\s?([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\b\.?)?(?![\d%])", re.IGNORECASE
)
ZONES = {
    **{"gmt": 0, "utc": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3},
    **{"trt": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9},
}
"""Hours from UTC of the zones that head lines print; names that several zones share are left out."""
ZONE = re.compile(
    rf"""
    (?:\s?Uhr)?\s?\(?                                             # 7.30 Uhr (MEZ)
    (?:(?P<name>{"|".join(sorted(ZONES, key=len, reverse=True))})\b)?
    (?:(?P<sign>[+−-])(?P<hours>[01]?\d)(?::?(?P<minutes>[0-5]\d))?)?  # UTC+3, +05:30
    (?<=[\w])\)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
YEAR = r"(?:19|20|25)\d\d"
DAY_FIRST = (
    r"(?P<d1>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?(?:\s+(?:de|of))?[\s./-]+(?:[^\W\d_]{{3,10}}(?:day|tag|woch|abend)\s+)?"
    rf"(?P<m1>{{m}})\.?,?(?:\s+de[l]?)?[\s,./-]+(?P<y1>{YEAR})"
)
MONTH_FIRST = r"(?P<m2>{m})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\.?,?\s*(?P<y2>(?:19|20)\d\d)(?!\d|:)"
ISO = r"(?P<y3>(?:19|20)\d\d)[-/.](?P<n3>[01]?\d)[-/.](?P<d3>[0-3]?\d)(?!\d)"
DIGITS = r"^\s*(?P<y10>(?:19|20)\d\d)(?P<n10>0[1-9]|1[0-2])(?P<d10>0[1-9]|[12]\d|3[01])\s*$"
"""`20240504`, where nothing else stands on the line."""
NUMERIC = (
    r"(?P<a4>[0-3]?\d)(?P<sep>[./-])\s?(?P<b4>[0-3]?\d)(?P=sep)\s?"
    rf"(?:(?P<y4>{YEAR}|\d\d(?![\d./-]))(?!\d)|(?P<y0>{YEAR})(?=\d\d?[./-]\d\d?[./-]{YEAR}(?!\d)))"  # 19.11.202119.11.2021
)
WIDE_DATE = r"(?P<y5>(?:19|20)\d\d)\s*[年년]\s*(?P<n5>[01]?\d)\s*[月월]\s*(?P<d5>[0-3]?\d)\s*[日일]"
ERA_DATE = rf"(?P<era>{'|'.join(ERAS)})\s*(?P<y6>\d\d?|元)\s*年\s*(?P<n6>[01]?\d)\s*月\s*(?P<d6>[0-3]?\d)\s*日"
VIETNAMESE = r"(?P<d7>[0-3]?\d)\s+tháng\s+(?P<n7>[01]?\d)(?:,|\s+năm)?\s+(?P<y7>(?:19|20)\d\d)"
SOLAR = rf"(?P<d8>[0-3]?\d)\s+(?P<m8>{'|'.join(SOLAR_MONTHS)})\s*(?:ماه\s*)?[،,]?\s*(?P<y8>1[34]\d\d)"
YEAR_FIRST = r"(?P<y9>(?:19|20)\d\d)[.,]?\s+(?P<m9>{m})\.?\s+(?P<d9>[0-3]?\d)(?!\d)"

DATED = re.compile(r"(?:19|20|25)\d\d|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d|年|1[34]\d\d")
"""What every printed date has; a line without it is not looked at further."""

DATE_BEGINS = re.compile(r"(?<!\d)(?=\d)|(?=[^\W\d_a-z])|(?<![^\W\d_])(?=[a-z])")
"""Where a printed date may begin: at a number, a capital, a letter of another script, or a small letter that begins a word."""

EARLIEST = 1900
"""Dates before this year are taken for something else."""

NEVER = frozenset({date(1970, 1, 1), date(1900, 1, 1)})
"""The days that machines print for a date which they do not know."""


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed: the day, the time with its zone as far as printed, and where it stands."""

    day: date
    clock: time | None
    start: int
    end: int
    """`clock` has its zone where one is printed beside it."""
    updated: bool = False
    """Whether a word before it says that it is the day of a change: `Updated 4 May 2024`."""

    @property
    def moment(self) -> datetime | None:
        return datetime.combine(self.day, self.clock) if self.clock else None

    @property
    def stamp(self) -> datetime:
        """The moment, midnight where no time is printed."""
        return datetime.combine(self.day, self.clock or time())


class DateReader:
    """Finds printed dates in head lines, in the languages of the months table."""

    def __init__(self, lexicon: Lexicon) -> None:
        names = "|".join(re.escape(name) for name in sorted(lexicon.months, key=len, reverse=True))
        by_name = (form.format(m=names) for form in (DAY_FIRST, MONTH_FIRST, YEAR_FIRST))
        forms = (*by_name, ISO, DIGITS, NUMERIC, WIDE_DATE, ERA_DATE, VIETNAMESE, SOLAR)
        self._pattern = re.compile("|".join(forms), re.IGNORECASE)
        self._months = lexicon.months
        self._updated = lexicon.updated

    def read(self, text: str, latest: date | None = None, order: DateOrder = UNKNOWN_ORDER) -> PrintedDate | None:
        """The first date printed in `text` that is not later than `latest`; `None` where none is.

        One that a word marks as the day of a change comes only where there is no other.
        """
        found = self.read_all(text, latest, order)
        first = next(found, None)
        if first is None or not first.updated:
            return first
        return next((one for one in found if not one.updated), first)

    def read_all(self, text: str, latest: date | None = None, order: DateOrder = UNKNOWN_ORDER) -> Iterator[PrintedDate]:
        """The dates printed in `text` that are not later than `latest`, in order."""
        plain = plain_digits(text)
        if not DATED.search(plain):
            return
        before = 0
        for found in matches(self._pattern, DATE_BEGINS, plain):
            day = self._day(found.groupdict(), latest, order)
            if day and (latest is None or day <= latest) and day.year >= EARLIEST and day not in NEVER:
                clock, end = _clock(plain, found.start(), found.end())
                end = max(end, found.end())
                updated = bool(self._updated.search(plain, before, found.start()))
                yield PrintedDate(day, clock, found.start(), end, updated)
                before = end

    def says_updated(self, text: str) -> bool:
        """Whether a word of the text says that a date beside it is the day of a change."""
        return bool(self._updated.search(text))

    def _day(self, part: dict[str, str | None], latest: date | None, order: DateOrder) -> date | None:
        for n in "129":
            if part[f"y{n}"]:
                return _date(part[f"y{n}"], self._months[str(part[f"m{n}"]).casefold()], part[f"d{n}"])
        for n in ("3", "5", "7", "10"):
            if part[f"y{n}"]:
                return _date(part[f"y{n}"], part[f"n{n}"], part[f"d{n}"])
        if part["era"]:
            year = 1 if part["y6"] == "元" else int(part["y6"] or 0)
            return _date(from_era(str(part["era"]), year), part["n6"], part["d6"])
        if part["y8"]:
            return from_solar(int(part["y8"]), SOLAR_MONTHS[str(part["m8"])], int(part["d8"] or 0))
        return _numeric(part, latest, order)


def _numeric(part: dict[str, str | None], latest: date | None, order: DateOrder) -> date | None:
    """`03/05/2024`: the month first where the page's country has it so, and never where that is no day or one to come."""
    first, second = int(part["a4"] or 0), int(part["b4"] or 0)
    year = int(part["y4"] or part["y0"] or 0)
    if year < 100:
        year += 2000 if latest is None or 2000 + year <= latest.year else 1900
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if latest is not None:
        day_first, month_first = (day if day and day <= latest else None for day in (day_first, month_first))
    if day_first and month_first and part["sep"] != "." and first != second:
        return month_first if order.month_first else day_first
    return day_first or month_first


def _date(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    try:
        return date(gregorian_year(int(year or 0)), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _clock(text: str, start: int, end: int) -> tuple[time | None, int]:
    """The time of day beside the date at text[start:end]."""
    found = CLOCK.search(text, end, end + 30) or CLOCK.search(text[:start], max(0, start - 25))
    if not found:
        return None, end
    hour = int(found[1])
    half = (found[3] or "").casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    zone = ZONE.match(text, found.end())
    zone = zone if zone and (zone["name"] or zone["sign"]) else None
    return time(hour, int(found[2]), tzinfo=_zone(zone) if zone else None), max(end, zone.end() if zone else found.end())


def _zone(found: re.Match[str]) -> timezone:
    """The offset that a printed zone stands for: `GMT`, `CEST`, `UTC+3`, `+05:30`."""
    hours, minutes = ZONES.get((found["name"] or "utc").casefold(), 0), 0
    if found["sign"]:
        sign = -1 if found["sign"] in "-−" else 1
        hours, minutes = hours + sign * int(found["hours"]), sign * int(found["minutes"] or 0)
    return timezone(timedelta(hours=hours, minutes=minutes))
