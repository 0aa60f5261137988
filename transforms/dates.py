"""Dates in running text, against the printed publication date, in the sense that news gives them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from copydesk.transforms.words import matches

MONTHS = (
    {name: n for n, name in enumerate(calendar.month_name) if n}
    | {name: n for n, name in enumerate(calendar.month_abbr) if n}
    | {"Sept": 9}
)
WEEKDAYS = {name: n for n, name in enumerate(calendar.day_name)}
SMALL = {w: n for n, w in enumerate(("one two three four five six seven eight nine ten eleven twelve").split(), 1)} | {
    "a": 1,
    "an": 1,
}
SPANS = {"day": 1, "week": 7}

MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH = rf"(?P<month>(?-i:{MONTH_NAMES}))\b\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)"
YEAR = r"(?P<year>(?:19|20)\d\d)"
WEEKDAY = rf"(?P<weekday>(?-i:{'|'.join(WEEKDAYS)}))"
COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(SMALL)}|two and a half)"
PART = r"(?:(?:the\s+)?(?:early|late|mid)[\s-]+|(?:on\s+)?(?:the\s+)?(?:morning|afternoon|evening|night)s?\s+of\s+)?"

Bounds = tuple[date | None, date | None]
Reader = Callable[[re.Match[str], date | None, str], Bounds | None]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days that text[start:end] names, `first` to `last` inclusive, null for an open side."""

    start: int
    end: int
    first: date | None
    last: date | None


def find_dates(text: str, reference: date | None) -> list[DateSpan]:
    """The dates of a text in order. Without `reference` relative dates and months without a year are left out.

    >>> found = find_dates("killed on Monday, since October 7", date(2024, 4, 10))
    >>> [(str(d.first), str(d.last)) for d in found]
    [('2024-04-08', '2024-04-08'), ('2023-10-07', 'None')]
    """
    spans: list[DateSpan] = []
    for found in matches(PATTERN, BEGINS, text):
        name = next(n for n in READERS if found.group(n) is not None)
        part = RULES[name][0].fullmatch(found.group(name))
        if part is None:
            continue
        bounds = RULES[name][1](part, reference, text[max(0, found.start() - 60) : found.start()])
        if bounds is None:
            continue
        start, bounds = _since(text, found.start(), bounds)
        spans.append(DateSpan(start, found.end(), *bounds))
    return spans


NEAR = 40
SINCE = re.compile(r"\b(since|from|until|till|before|by|after)\s+(?:the\s+|at least\s+)?$", re.IGNORECASE)


def _since(text: str, start: int, bounds: Bounds) -> tuple[int, Bounds]:
    """`since` opens the end, `until` and `before` the beginning."""
    found = SINCE.search(text, max(0, start - NEAR), start)
    if not found:
        return start, bounds
    word = found[1].lower()
    if word in ("since", "after"):
        return found.start(), (bounds[0], None)
    if word in ("until", "till", "by", "before"):
        return found.start(), (None, bounds[1])
    return start, bounds


def _full(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    day = _make(int(part["year"]), MONTHS[part["month"]], int(part["day"]))
    return (day, day) if day else None


def _iso(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
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
    if reference is None or not re.search(
        r"\b(?:in|since|until|by|last|of|during|early|late|mid|from|to|through|and|this|next|before|after)[\s-]+$",
        before,
        re.IGNORECASE,
    ):
        return None
    number = MONTHS[part["month"]]
    return _month_bounds(reference.year if number <= reference.month else reference.year - 1, number)


def _weekday(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """In news a bare weekday is the last one, or the coming one after `next` or a word of the future."""
    if reference is None:
        return None
    number = WEEKDAYS[part["weekday"]]
    back = (reference.weekday() - number) % 7
    if (part["which"] or "").lower() in ("next", "this coming", "coming"):
        day = reference + timedelta(days=(number - reference.weekday() - 1) % 7 + 1)
    elif re.search(r"\b(?:will|would|due|scheduled|planned|expected|set)\b[^.;]*$", before) and back:
        day = reference + timedelta(days=7 - back)
    elif (part["which"] or "").lower() == "last" and back == 0:
        day = reference - timedelta(days=7)
    else:
        day = reference - timedelta(days=back)
    return day, day


def _near(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    if reference is None:
        return None
    shift = {
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
    }[" ".join(part[0].lower().split())]
    day = reference + timedelta(days=shift)
    return day, day


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
    return date(int(part["year"]), 1, 1), date(int(part["year"]), 12, 31)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(reference: date, month: int, day: int) -> date | None:
    """That day of the year, at most two months ahead of the reference, else the one before it."""
    this = _make(reference.year, month, day)
    if this is not None and this > reference + timedelta(days=60):
        return _make(reference.year - 1, month, day)
    if this is not None and this < reference - timedelta(days=305):
        return _make(reference.year + 1, month, day)
    return this or _make(reference.year - 1, month, day)


def _month_bounds(year: int, month: int) -> Bounds:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _count(word: str) -> int:
    return int(word) if word.isdigit() else SMALL.get(word.lower(), 0)


RULES: dict[str, tuple[re.Pattern[str], Reader]] = {
    name: (re.compile(pattern, re.IGNORECASE), reader)
    for name, pattern, reader in (
        ("iso", rf"{YEAR}-(?P<m>[01]\d)-(?P<day>[0-3]\d)", _iso),
        ("full_mdy", rf"{PART}{MONTH}\s+{DAY},?\s+{YEAR}", _full),
        ("full_dmy", rf"{PART}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}", _full),
        (
            "md_range",
            rf"(?:between\s+)?{PART}{MONTH}\s+{DAY}\s*(?:and|to|-|–)\s*(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)",
            _month_day,
        ),
        ("md", rf"{PART}{MONTH}\s+{DAY}", _month_day),
        ("dm", rf"{PART}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}", _month_day),
        ("month_year", rf"{MONTH},?\s+(?:of\s+)?{YEAR}", _month_year),
        (
            "weekday",
            rf"(?:(?P<which>last|next|this coming|coming|this)\s+)?{PART}{WEEKDAY}(?!['’]s\s+[A-Z])"
            r"(?:\s+(?:morning|afternoon|evening|night))?",
            _weekday,
        ),
        (
            "near",
            r"yesterday|earlier today|today|tonight|tomorrow|last night|overnight|this (?:morning|afternoon|evening)",
            _near,
        ),
        ("span", r"(?:the\s+)?(?P<which>last|past|this|next|previous|coming)\s+(?P<unit>weekend|week|month|year)", _span),
        ("ago", rf"{COUNT}\s+(?P<unit>days?|weeks?|months?|years?)\s+(?:ago|earlier)", _ago),
        (
            "past",
            rf"(?:in|over|during|within)\s+(?:the\s+)?(?:last|past|previous)\s+{COUNT}\s+(?P<unit>hours?|days?|weeks?|months?|years?)",
            _past,
        ),
        (
            "year_span",
            r"(?:from\s+|between\s+)?(?P<year>(?:19|20)\d\d)\s*(?:to|and|-|–|until)\s*(?P<year2>(?:19|20)\d\d)",
            _year_span,
        ),
        ("decade", r"(?:the\s+)?(?P<decade>(?:1[789]|20)\d0)s", _decade),
        (
            "year",
            rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\buntil )|(?<=\bby )|(?<=\bduring )){YEAR}(?![\d,.]\d|\s+[a-z]+s\b)",
            _year,
        ),
        ("month", rf"(?:[Ee]arly\s+|[Ll]ate\s+|mid-)?{MONTH}(?!\s+\d|[a-z])", _month),
    )
}
READERS = tuple(RULES)


def _anonymous(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


PATTERN = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{_anonymous(rule[0].pattern)})(?!\w))" for name, rule in RULES.items()), re.IGNORECASE
)

_PARTS = "early|late|mid|(?:morning|afternoon|evening|night)s?"
BEGINS = re.compile(
    rf"(?<!\w)(?=\d|(?-i:{MONTH_NAMES}|{'|'.join(WEEKDAYS)})|yesterday|today|tonight|tomorrow|overnight|earlier\s|between\s|from\s+\d"
    rf"|(?:the\s+)?(?:last|past|this|next|previous|coming)\s|the\s+(?:\d|{_PARTS})|on\s+(?:the\s+)?(?:{_PARTS})|{_PARTS}"
    r"|(?:in|over|during|within)\s+(?:the\s+)?(?:last|past|previous)\s"
    rf"|(?:{'|'.join(SMALL)}|two and a half)\s+(?:day|week|month|year))",
    re.IGNORECASE,
)
"""Where a date may begin: all of `PATTERN` is tried there alone."""
