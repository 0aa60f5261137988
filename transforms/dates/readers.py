"""What a printed date means: the days from first to last, against the day of publication, as news means it."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from copydesk.transforms.dates.bounds import AHEAD, MOST_AHEAD, Bounds, Reader, make, month_bounds, nearest, to_come
from copydesk.transforms.dates.counted import COUNTED
from copydesk.transforms.dates.holidays import holiday
from copydesk.transforms.dates.patterns import MONTHS, WEEKDAYS
from copydesk.transforms.dates.periods import PERIODS

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
    "day before yesterday": -2,
    "day after tomorrow": 2,
    "earlier today": 0,
}
"""Days from the reference."""

DAY_NAMED = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b")
TOLD_OF = re.compile(
    r"\b(?:in|since|until|by|last|of|during|early|late|mid|from|to|through|and|this|next|before|after|than|versus|compared\s+with)[\s-]+$",
    re.IGNORECASE,
)
"""What stands before a month that is a date: `in May`, not `May we go`."""


def _full(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May 3, 2019` and `3 May 2019`."""
    day = make(int(part["year"]), MONTHS[part["month"]], int(part["day"]))
    return (day, day) if day else None


def numeric(part: re.Match[str], month_first: bool) -> Bounds | None:
    """`3/5/2019` by the order of the page's country; dots stand between day and month, and a 13 is no month."""
    one, two, year = int(part["one"]), int(part["two"]), int(part["year"])
    first = month_first and part["mark"] == "/"
    if (first and one > 12) or (not first and two > 12):
        first = not first
    day = make(year, one, two) if first else make(year, two, one)
    return (day, day) if day else None


def _two_days(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May 30 to June 2, 2019`, `3 to 5 May`: the year of the end holds for the beginning; without one the nearest does."""
    groups = part.groupdict()
    month = MONTHS[groups.get("month2") or groups["month"]]
    year = groups.get("year2") or groups.get("year")
    day = int(groups.get("day2") or groups["day"])
    last = make(int(year), month, day) if year else nearest(reference, month, day) if reference is not None else None
    if last is None:
        return None
    first = make(int(groups.get("year") or last.year), MONTHS[groups["month"]], int(groups["day"]))
    if first is not None and first > last and not groups.get("year"):
        first = make(last.year - 1, first.month, first.day)
    return (first, last) if first else None


def _two_months(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`from May to July 2019`: the first day of the one to the last of the other."""
    pair = part["pair"].split() if part["pair"] else []
    first = MONTHS[pair[0] if pair else part["month"] or part["month3"]]
    second = MONTHS[pair[-1] if pair else part["month2"] or part["month4"]]
    year = part["year2"] or part["year"] or part["year4"] or part["year5"]
    if year:
        last_year = int(year)
    elif reference is not None:
        last_year = reference.year if second <= reference.month else reference.year - 1
    else:
        return None
    first_year = int(part["year"] or part["year3"] or (last_year if first <= second else last_year - 1))
    return month_bounds(first_year, first)[0], month_bounds(last_year, second)[1]


def _two_weekdays(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`from Monday to Wednesday`, `on Tuesday and Wednesday`: the last Wednesday, and the day that opens the range."""
    if reference is None:
        return None
    pair = [word for word in part["pair"].split() if word in WEEKDAYS] if part["pair"] else []
    last = reference - timedelta(days=(reference.weekday() - WEEKDAYS[pair[-1] if pair else part["weekday2"]]) % 7)
    if pair and to_come(part, before):
        last += timedelta(days=7)
    return last - timedelta(days=(last.weekday() - WEEKDAYS[pair[0] if pair else part["weekday"]]) % 7), last


def _iso(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`2019-05-03`."""
    day = make(int(part["year"]), int(part["m"]), int(part["day"]))
    return (day, day) if day else None


def _month_day(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """A day without a year: the one nearest before the reference, or shortly after it."""
    if reference is None:
        return None
    if of_year := part.groupdict().get("of_year"):
        day = make(reference.year - (of_year.lower() == "last"), MONTHS[part["month"]], int(part["day"]))
        return (day, day) if day is not None else None
    first = nearest(reference, MONTHS[part["month"]], int(part["day"]))
    if (named := DAY_NAMED.match(part.group())) is not None and (fits := _on_weekday(reference, part, named[1])) is not None:
        first = fits
    elif first is not None and first < reference and to_come(part, before):
        first = make(first.year + 1, first.month, first.day) or first
    second = part.groupdict().get("day2")
    if first and second:
        last = make(first.year, first.month, int(second))
        return (first, last) if last else None
    return (first, first) if first else None


def _on_weekday(reference: date, part: re.Match[str], named: str) -> date | None:
    """The day of a month that falls on the weekday printed with it, in the year before, of or after the reference."""
    days = (make(reference.year + step, MONTHS[part["month"]], int(part["day"])) for step in (0, -1, 1))
    fits = [day for day in days if day is not None and calendar.day_name[day.weekday()].startswith(named)]
    return min(fits, key=lambda day: abs((day - reference).days), default=None)


def _month_year(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    return month_bounds(int(part["year"]), MONTHS[part["month"]])


def _month(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in May`: the last one, this year's or the year's before; the coming one after a word of the future."""
    if reference is None or not TOLD_OF.search(before):
        return None
    number = MONTHS[part["month"]]
    if to_come(part, before) and number != reference.month:
        return month_bounds(reference.year + (number < reference.month), number)
    return month_bounds(reference.year if number <= reference.month else reference.year - 1, number)


def _weekday(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """In news a bare weekday is the last one, or the coming one after `next` or a word of the future."""
    if reference is None:
        return None
    number = WEEKDAYS[part["weekday"]]
    back = (reference.weekday() - number) % 7
    if (part["which"] or "").lower() in ("next", "this coming", "coming"):
        day = reference + timedelta(days=(number - reference.weekday() - 1) % 7 + 1)
    elif (part["which"] or "").lower() == "this":
        day = reference + timedelta(days=number - reference.weekday())
    elif to_come(part, before) and back:
        day = reference + timedelta(days=7 - back)
    elif (part["which"] or "").lower() == "last" and back == 0:
        day = reference - timedelta(days=7)
    else:
        day = reference - timedelta(days=back)
    return day, day


SCHEDULED = re.compile(r"\s+(?:\w+\s+){0,2}?(?:elections?|referendum|games|census)\b")
"""Events of a month that are told of beforehand."""

MONTHS_AHEAD = 6


def _month_event(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the November election` is the coming one where that is near; `the November flood` the last one."""
    if reference is None:
        return None
    number = MONTHS[part["month"]]
    ahead = (number - reference.month) % 12
    coming = ahead and (AHEAD.search(before) or (ahead <= MONTHS_AHEAD and SCHEDULED.match(part.string, part.end())))
    months = reference.year * 12 + reference.month - 1 + (ahead if coming or not ahead else ahead - 12)
    return month_bounds(months // 12, months % 12 + 1)


def _near(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`yesterday`, `this morning`."""
    if reference is None:
        return None
    shift = SHIFTS[" ".join(part[0].lower().removeprefix("the ").split())]
    day = reference + timedelta(days=shift)
    return day, day


def _month_which(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`May last year`, `this past May`, `next May`."""
    if reference is None:
        return None
    which, number = part["which"].lower(), MONTHS[part["month"]]
    if part[0].lower().endswith("year"):
        return month_bounds(reference.year - (which == "last"), number)
    if which == "next":
        return month_bounds(reference.year + (number <= reference.month), number)
    if which == "this":
        return month_bounds(reference.year, number)
    return month_bounds(reference.year - (number >= reference.month), number)


def numeric_short(part: re.Match[str], reference: date | None, month_first: bool) -> Bounds | None:
    """`3/5/19`: a year without its century is the last one of that ending."""
    if reference is None:
        return None
    one, two, short = int(part["one"]), int(part["two"]), int(part["year"])
    year = reference.year // 100 * 100 + short
    year -= 100 if year > reference.year + 1 else 0
    if (month_first and one > 12) or (not month_first and two > 12):
        month_first = not month_first
    day = make(year, one, two) if month_first else make(year, two, one)
    return (day, day) if day else None


def _week_of(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the week of May 6`, Monday to Sunday; `the week beginning 7 May`, `the week ending 7 May`."""
    month, number = MONTHS[part["month"] or part["month2"]], int(part["day"] or part["day2"])
    day = make(int(part["year"]), month, number) if part["year"] else nearest(reference, month, number) if reference else None
    if day is None:
        return None
    how = part["how"].lower()
    if how == "ending":
        return day - timedelta(days=6), day
    first = day - timedelta(days=day.weekday()) if how == "of" else day
    return first, first + timedelta(days=6)


def _weekday_of_week(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`Monday of last week`, `Tuesday next week`."""
    if reference is None:
        return None
    step = {"last": -7, "this": 0, "next": 7}[part["which"].lower()]
    day = reference - timedelta(days=reference.weekday() - WEEKDAYS[part["weekday"]]) + timedelta(days=step)
    return day, day


def _holiday(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """A holiday of a year; without one the nearest, at most two months ahead."""
    if part["year"]:
        day = holiday(part["name"], int(part["year"]))
        return day, day
    if reference is None:
        return None
    days = [holiday(part["name"], reference.year + step) for step in (-1, 0, 1)]
    which = (part["which"] or "").lower()
    if which == "next" or (not which and AHEAD.search(before)):
        day = next(day for day in days if day >= reference)
    else:
        ahead = timedelta(days=0 if which == "last" else MOST_AHEAD)
        day = [day for day in days if day <= reference + ahead][-1]
    return day, day


READERS: dict[str, Reader] = {
    **PERIODS,
    **COUNTED,
    "two_md": _two_days,
    "two_dm": _two_days,
    "dm_range": _two_days,
    "md_range_year": _two_days,
    "month_range": _two_months,
    "weekday_range": _two_weekdays,
    "iso": _iso,
    "dmy_hyphens": _full,
    "full_mdy": _full,
    "full_dmy": _full,
    "md_range": _month_day,
    "md": _month_day,
    "dm": _month_day,
    "week_of": _week_of,
    "holiday": _holiday,
    "month_which": _month_which,
    "which_month": _month_which,
    "month_event": _month_event,
    "month_year": _month_year,
    "weekday_of_week": _weekday_of_week,
    "weekday": _weekday,
    "near": _near,
    "month": _month,
}
"""The reader of each pattern in `patterns.PATTERNS`, by its name; those of `numeric` ask for the order of day and month too."""
