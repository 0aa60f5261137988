"""What a printed time means that is counted from the day of publication or up to a day: `in two weeks`, `the year to March`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from copydesk.transforms.dates.bounds import AHEAD, Bounds, Reader, count, full_year, make, month_bounds, nearest, to_come
from copydesk.transforms.dates.patterns import MONTHS

DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}
MONTHS_IN = {"quarter": 3, "half": 6, "half-year": 6, "year": 12}


def _months_to(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the three months to June 30`, `the year ended March 2023`: whole months up to that day, or the end of that month."""
    number = MONTHS[part["month"] or part["month2"]]
    unit = part["unit"].lower()
    many = count(part["many"]) if part["many"] else 1
    months = many * MONTHS_IN.get(unit, 1)
    printed = part["day"] or part["day2"]
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        near = nearest(reference, number, int(printed) if printed else 1)
        year = near.year if near is not None else reference.year
    else:
        return None
    last = make(year, number, int(printed)) if printed else month_bounds(year, number)[1]
    if last is None or (not part["many"] and unit.startswith("month")):
        return None
    if reference is not None and last > reference and not part["year"] and not to_come(part, before):
        last = _moved(last, -12)
    if last.day == calendar.monthrange(last.year, last.month)[1]:
        return _moved(last.replace(day=1), 1 - months), last
    return _moved(last, -months) + timedelta(days=1), last


def _moved(day: date, months: int) -> date:
    """The same day so many months later, the last of its month where that has fewer days."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _within(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`earlier this month` is over, `later this year` is to come."""
    if reference is None:
        return None
    first, last = _around(reference, part["unit"].lower())
    return (first, reference) if part["which"].lower() == "earlier" else (reference, last)


def _part_of(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """The year of `by the end of the year` and `since the beginning of the year`."""
    return _around(reference, part["unit"].lower()) if reference is not None else None


def _around(reference: date, unit: str) -> tuple[date, date]:
    """The week, month, year or decade of a day."""
    if unit == "week":
        monday = reference - timedelta(days=reference.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = reference.replace(day=1)
        return first, _moved(first, 1) - timedelta(days=1)
    year = reference.year if unit == "year" else reference.year // 10 * 10
    return date(year, 1, 1), date(year + (0 if unit == "year" else 9), 12, 31)


def _coming(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`over the next two months`, `in the coming weeks`: from the day of publication, with an open end where none is said."""
    if reference is None:
        return None
    if part["vague"]:
        return reference, _ahead(reference, 1, "decade") if part["vague"].lower() == "decade" else None
    return reference, _ahead(reference, count(part["count"]), part["unit"].lower().rstrip("s"))


def _ahead(reference: date, many: int, unit: str) -> date:
    if unit in ("month", "year", "decade"):
        return _moved(reference, many * {"month": 1, "year": 12, "decade": 120}[unit])
    return reference + timedelta(days=round(many * DAYS[unit]))


def _in_so_many(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`will retire in two years` is that year; `was built in two years` is how long it took."""
    if reference is None or AHEAD.search(before) is None or not (many := count(part["count"])):
        return None
    unit = part["unit"].lower().rstrip("s")
    day = _ahead(reference, many, unit)
    return (day, day) if unit == "day" else _around(day, unit)


def _year_before(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the year-ago period`."""
    return (date(reference.year - 1, 1, 1), date(reference.year - 1, 12, 31)) if reference is not None else None


def _nth_day(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the 20th of this month`."""
    if reference is None:
        return None
    month = _moved(reference.replace(day=1), {"last": -1, "next": 1}.get(part["which"].lower(), 0))
    day = make(month.year, month.month, int(part["day"]))
    return (day, day) if day is not None else None


def _dmy_short(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`14 Apr 90`, as old wires date themselves."""
    day = make(full_year(part["two"], reference), MONTHS[part["month"]], int(part["day"]))
    return (day, day) if day is not None else None


def _short_year(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in ’94`; `since` and `by` open a side."""
    year = full_year(part["two"], reference)
    how = part["how"].lower()
    first, last = date(year, 1, 1), date(year, 12, 31)
    if how in ("since", "after"):
        return first, None
    return (None, last) if how in ("by", "until", "till", "before") else (first, last)


def _this_time(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`this time last year`: the same day, a year before."""
    if reference is None:
        return None
    unit = (part["unit"] or part["unit2"]).lower()
    day = reference - timedelta(days=7) if unit == "week" else _moved(reference, -12 if unit == "year" else -1)
    return day, day


COUNTED: dict[str, Reader] = {
    "months_to": _months_to,
    "within": _within,
    "part_of": _part_of,
    "coming": _coming,
    "in_so_many": _in_so_many,
    "this_time": _this_time,
    "year_before": _year_before,
    "nth_day": _nth_day,
    "short_year": _short_year,
    "dmy_short": _dmy_short,
}
"""The reader of each pattern of a time that is counted."""
