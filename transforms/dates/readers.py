"""What a printed date means: the days from first to last, against the day of publication, as news means it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from copydesk.transforms.dates.patterns import MONTHS, SMALL, WEEKDAYS

Bounds = tuple[date | None, date | None]
"""The first and the last day, inclusive; `None` for an open side."""

Reader = Callable[[re.Match[str], date | None, str], Bounds | None]
"""Makes bounds of a match, the day of publication and the text before it; `None` where it is no date."""

SPANS = {"day": 1, "week": 7}
SHIFTS = {
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "overnight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "earlier today": 0,
}
"""Days from the reference."""

TOLD_OF = re.compile(
    r"\b(?:in|since|until|by|last|of|during|early|late|mid|from|to|through|and|this|next|before|after)[\s-]+$", re.IGNORECASE
)
"""What stands before a month that is a date: `in May`, not `May we go`."""

AHEAD = re.compile(r"\b(?:will|would|due|scheduled|planned|expected|set)\b[^.;]*$")
"""`the ferry will sail on Monday` speaks of the coming Monday."""

MOST_AHEAD, MOST_BACK = 60, 305
"""Days after and before the reference within which a day without a year is taken for the reference's year."""


def _full(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May 3, 2019` and `3 May 2019`."""
    day = _make(int(part["year"]), MONTHS[part["month"]], int(part["day"]))
    return (day, day) if day else None


def numeric(part: re.Match[str], month_first: bool) -> Bounds | None:
    """`3/5/2019` by the order of the page's country; dots stand between day and month, and a 13 is no month."""
    one, two, year = int(part["one"]), int(part["two"]), int(part["year"])
    first = month_first and part["mark"] == "/"
    if (first and one > 12) or (not first and two > 12):
        first = not first
    day = _make(year, one, two) if first else _make(year, two, one)
    return (day, day) if day else None


def _two_days(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May 30 to June 2, 2019`, `3 to 5 May`: the year of the end holds for the beginning; without one the nearest does."""
    groups = part.groupdict()
    month = MONTHS[groups.get("month2") or groups["month"]]
    year = groups.get("year2") or groups.get("year")
    day = int(groups.get("day2") or groups["day"])
    last = _make(int(year), month, day) if year else _nearest(reference, month, day) if reference is not None else None
    if last is None:
        return None
    first = _make(int(groups.get("year") or last.year), MONTHS[groups["month"]], int(groups["day"]))
    if first is not None and first > last and not groups.get("year"):
        first = _make(last.year - 1, first.month, first.day)
    return (first, last) if first else None


def _two_months(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`from May to July 2019`: the first day of the one to the last of the other."""
    first, second = MONTHS[part["month"]], MONTHS[part["month2"]]
    if part["year2"] or part["year"]:
        last_year = int(part["year2"] or part["year"])
    elif reference is not None:
        last_year = reference.year if second <= reference.month else reference.year - 1
    else:
        return None
    first_year = int(part["year"] or (last_year if first <= second else last_year - 1))
    return _month_bounds(first_year, first)[0], _month_bounds(last_year, second)[1]


def _two_weekdays(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`from Monday to Wednesday`: the last Wednesday, and the Monday before it."""
    if reference is None:
        return None
    last = reference - timedelta(days=(reference.weekday() - WEEKDAYS[part["weekday2"]]) % 7)
    return last - timedelta(days=(last.weekday() - WEEKDAYS[part["weekday"]]) % 7), last


def _iso(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`2019-05-03`."""
    day = _make(int(part["year"]), int(part["m"]), int(part["day"]))
    return (day, day) if day else None


def _month_day(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """A day without a year: the one nearest before the reference, or shortly after it."""
    if reference is None:
        return None
    first = _nearest(reference, MONTHS[part["month"]], int(part["day"]))
    second = part.groupdict().get("day2")
    if first and second:
        last = _make(first.year, first.month, int(second))
        return (first, last) if last else None
    return (first, first) if first else None


def _month_year(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    return _month_bounds(int(part["year"]), MONTHS[part["month"]])


def _month(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in May`: the last one, this year's or the year's before; the coming one after a word of the future."""
    if reference is None or not TOLD_OF.search(before):
        return None
    number = MONTHS[part["month"]]
    if AHEAD.search(before) and number != reference.month:
        return _month_bounds(reference.year + (number < reference.month), number)
    return _month_bounds(reference.year if number <= reference.month else reference.year - 1, number)


def _weekday(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """In news a bare weekday is the last one, or the coming one after `next` or a word of the future."""
    if reference is None:
        return None
    number = WEEKDAYS[part["weekday"]]
    back = (reference.weekday() - number) % 7
    if (part["which"] or "").lower() in ("next", "this coming", "coming"):
        day = reference + timedelta(days=(number - reference.weekday() - 1) % 7 + 1)
    elif AHEAD.search(before) and back:
        day = reference + timedelta(days=7 - back)
    elif (part["which"] or "").lower() == "last" and back == 0:
        day = reference - timedelta(days=7)
    else:
        day = reference - timedelta(days=back)
    return day, day


def _near(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`yesterday`, `this morning`."""
    if reference is None:
        return None
    shift = SHIFTS[" ".join(part[0].lower().split())]
    day = reference + timedelta(days=shift)
    return day, day


PARTS_OF_YEAR = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""The first month of a season in the north."""


def _quarter(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the first quarter of 2019`, `the second half of last year`."""
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        year = reference.year - ((part["this"] or "").lower() == "last")
    else:
        return None
    months = 3 if part["part"].lower() == "quarter" else 6
    number = PARTS_OF_YEAR.get(part["nth"].lower(), 12 // months)
    if number * months > 12:
        return None
    return date(year, (number - 1) * months + 1, 1), _month_bounds(year, number * months)[1]


def _part_of_month(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the first two weeks of June`, `the second half of May`, `the last three days of April`."""
    number = MONTHS[part["month"]]
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        year = reference.year if number <= reference.month else reference.year - 1
    else:
        return None
    length = calendar.monthrange(year, number)[1]
    nth = part["nth"].lower()
    many = _count(part["many"]) if part["many"] else 1
    unit = (part["unit"] or "").lower().rstrip("s")
    days = 15 if part["half"] else 10 if part["third"] else many * SPANS[unit]
    if nth == "second" and not part["half"]:
        return (_make(year, number, days + 1), _make(year, number, 2 * days)) if not part["many"] else None
    if nth == "first":
        return _make(year, number, 1), _make(year, number, min(days, length))
    start = days + 1 if part["half"] else max(1, length - days + 1)
    return _make(year, number, start), _make(year, number, length)


def _season(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the summer of 2019`."""
    first = SEASONS[part["season"].lower()]
    return date(int(part["year"]), first, 1), _month_bounds(int(part["year"]), first + 2)[1]


def _month_which(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May last year`, `this past May`, `next May`."""
    if reference is None:
        return None
    which, number = part["which"].lower(), MONTHS[part["month"]]
    if part[0].lower().endswith("year"):
        return _month_bounds(reference.year - (which == "last"), number)
    if which == "next":
        return _month_bounds(reference.year + (number <= reference.month), number)
    if which == "this":
        return _month_bounds(reference.year, number)
    return _month_bounds(reference.year - (number >= reference.month), number)


def _span(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """Last, this or next week, month, year, weekend; weeks run Monday to Sunday."""
    if reference is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[part["which"].lower()]
    unit = part["unit"].lower()
    if unit in ("week", "weekend"):
        monday = reference - timedelta(days=reference.weekday()) + timedelta(days=7 * step)
        return (monday + timedelta(days=5) if unit == "weekend" else monday), monday + timedelta(days=6)
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + step
        return _month_bounds(months // 12, months % 12 + 1)
    return date(reference.year + step, 1, 1), date(reference.year + step, 12, 31)


def _ago(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`three weeks ago`: that week, Monday to Sunday."""
    if reference is None or not (count := _count(part["count"])):
        return None
    unit = part["unit"].lower().rstrip("s")
    if unit in SPANS:
        day = reference - timedelta(days=count * SPANS[unit])
        if unit == "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        return day, day
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 - count
        return _month_bounds(months // 12, months % 12 + 1)
    return date(reference.year - count, 1, 1), date(reference.year - count, 12, 31)


def _past(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """The past 24 hours, the last three weeks: up to the reference."""
    if reference is None or not (count := _count(part["count"])):
        return None
    unit = part["unit"].lower().rstrip("s")
    days = {"hour": count / 24, "day": count, "week": 7 * count, "month": 30.44 * count, "year": 365.25 * count}[unit]
    return reference - timedelta(days=round(days)), reference


def _year_span(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    return date(int(part["year"]), 1, 1), date(int(part["year2"]), 12, 31)


def _decade(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    first = int(part["decade"])
    return date(first, 1, 1), date(first + 9, 12, 31)


def _year(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in 2019`; not `in 2019 boats`, but at the head of a sentence: `In 2019 floods came`."""
    counts = re.match(r"\s+[a-z]+s\b", part.string[part.end() : part.end() + 30]) is not None
    if counts and re.search(r"\b[a-z]+\s*$", before):
        return None
    return date(int(part["year"]), 1, 1), date(int(part["year"]), 12, 31)


def _year_of(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the 2019 election`."""
    return date(int(part["year"]), 1, 1), date(int(part["year"]), 12, 31)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(reference: date, month: int, day: int) -> date | None:
    """That day of the year, at most two months ahead of the reference, else the one before it."""
    this = _make(reference.year, month, day)
    if this is not None and this > reference + timedelta(days=MOST_AHEAD):
        return _make(reference.year - 1, month, day)
    if this is not None and this < reference - timedelta(days=MOST_BACK):
        return _make(reference.year + 1, month, day)
    return this or _make(reference.year - 1, month, day)


def _month_bounds(year: int, month: int) -> Bounds:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _count(word: str) -> int:
    return int(word) if word.isdigit() else SMALL.get(word.lower(), 0)


READERS: dict[str, Reader] = {
    "two_md": _two_days,
    "two_dm": _two_days,
    "dm_range": _two_days,
    "md_range_year": _two_days,
    "month_range": _two_months,
    "weekday_range": _two_weekdays,
    "iso": _iso,
    "full_mdy": _full,
    "full_dmy": _full,
    "md_range": _month_day,
    "md": _month_day,
    "dm": _month_day,
    "quarter": _quarter,
    "part_of_month": _part_of_month,
    "season": _season,
    "month_which": _month_which,
    "which_month": _month_which,
    "year_of": _year_of,
    "month_year": _month_year,
    "weekday": _weekday,
    "near": _near,
    "span": _span,
    "ago": _ago,
    "past": _past,
    "year_span": _year_span,
    "decade": _decade,
    "year": _year,
    "month": _month,
}
"""The reader of each pattern in `patterns.PATTERNS`, by its name."""
