"""Dates in running text, against the printed publication date, in the sense that news gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from copydesk.transforms.dates.bounds import Bounds
from copydesk.transforms.dates.patterns import BEGINS, FORMS, PATTERN, PATTERNS
from copydesk.transforms.dates.readers import READERS, numeric, numeric_short
from copydesk.transforms.words import matches, small_letters

__all__ = ["DateSpan", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days that text[start:end] names, `first` to `last` inclusive, `None` for an open side."""

    start: int
    end: int
    first: date | None
    last: date | None


def find_dates(text: str, reference: date | None, month_first: bool = True) -> list[DateSpan]:
    """The dates of a text in order. Without `reference` relative dates and months without a year are left out.

    `month_first` says how `3/5/2019` is read. A date beyond the ends of the calendar is none.

    >>> found = find_dates("killed on Monday, since October 7", date(2024, 4, 10))
    >>> [(str(d.first), str(d.last)) for d in found]
    [('2024-04-08', '2024-04-08'), ('2023-10-07', 'None')]
    """
    spans: list[DateSpan] = []
    for found in matches(PATTERN, BEGINS, text, small_letters(text)):
        name = next(n for n in PATTERNS if found.group(n) is not None)
        part = FORMS[name].fullmatch(text, found.start(name), found.end(name)) or FORMS[name].match(text, found.start(name))
        if part is None:
            continue
        bounds = _bounds(name, part, reference, text[max(0, found.start() - BEFORE) : found.start()], month_first)
        if bounds is None:
            continue
        start, bounds = _since(text, found.start(), _so_far(text, found.start(), found.end(), bounds, reference), reference)
        spans.append(DateSpan(start, found.end(), *bounds))
    return list(_joined(text, spans))


def _joined(text: str, spans: list[DateSpan]) -> Iterator[DateSpan]:
    """The dates with two that a range has at its ends as one: `from 3 May, the week after the storm, to 5 June`."""
    last: DateSpan | None = None
    for found in spans:
        if last is not None:
            opened = text[last.start : last.end].casefold().startswith("from ") or OPENED.search(text, 0, last.start)
            whole = last.first is not None and last.last is not None and found.last is not None and last.first <= found.last
            if opened and whole and BETWEEN.fullmatch(text, last.end, found.start):
                last = DateSpan(last.start, found.end, last.first, found.last)
                continue
            yield last
        last = found
    if last is not None:
        yield last


def _bounds(name: str, part: re.Match[str], reference: date | None, before: str, month_first: bool) -> Bounds | None:
    """What a reader makes of a date; `None` where that is no day of the calendar, or ends before it begins."""
    try:
        if name == "numeric_short":
            bounds = numeric_short(part, reference, month_first)
        else:
            bounds = numeric(part, month_first) if name == "numeric" else READERS[name](part, reference, before)
    except (OverflowError, ValueError):
        return None
    if bounds is not None and bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        return None
    return bounds


def _so_far(text: str, start: int, end: int, bounds: Bounds, reference: date | None) -> Bounds:
    """A time that is not over ends with the reference where it is told so: `so far this year`, `this year so far`."""
    first, last = bounds
    if reference is None or first is None or last is None or not first <= reference < last:
        return bounds
    told = SO_FAR_BEFORE.search(text, max(0, start - REACH), start) or SO_FAR_BEHIND.match(text, end)
    return (first, reference) if told is not None else bounds


SO_FAR_BEFORE = re.compile(r"\b(?:so|thus)\s+far(?:\s+(?:in|during|over))?\s+(?:the\s+)?$", re.IGNORECASE)
SO_FAR_BEHIND = re.compile(r"\s+(?:so\s+far|to\s+date)\b")

BEFORE = 60
"""Characters before a date that its reader may look at."""

REACH = 40
"""Characters before a date in which `since` or `until` stands."""

FAR = 80
SINCE_CLAUSE = re.compile(r"\bsince\s+(?:[\w’'-]+\s+){1,7}?(?:in|on)\s+(?:the\s+)?$", re.IGNORECASE)
"""`since the group took up arms in 1964` goes on too."""

SINCE = re.compile(
    r"\b(since|from|until|till|before|by|after|starting|beginning|as of)\s+"
    r"(?:on\s+|in\s+)?(?:the\s+)?(?:(?P<part>end|start|beginning|middle)\s+of\s+)?(?:the\s+|at least\s+)?$",
    re.IGNORECASE,
)
LEADING_UP = re.compile(
    r"\b(?P<unit>day|week|month|year|24\s+hours)\s+(?:(?:leading\s+)?up\s+to|to|ending(?:\s+on)?)\s+(?:the\s+)?$", re.IGNORECASE
)
"""`in the week leading up to 7 May`."""

OPENED = re.compile(r"\bfrom\s+(?:the\s+)?$")
BETWEEN = re.compile(r",\s[^,.;]{1,60},\s(?:to|until|through)\s(?:the\s)?")
"""What a range has between its ends, when more is said of the first."""

DAYS = {"24 hours": 2, "day": 1, "week": 7, "month": 30, "year": 365}


def _since(text: str, start: int, bounds: Bounds, reference: date | None) -> tuple[int, Bounds]:
    """`since` opens the end, `until` and `before` the beginning; `from` and `as of` a day to come open the end too."""
    found = SINCE.search(text, max(0, start - REACH), start)
    if not found:
        if bounds[0] is not None and (up := LEADING_UP.search(text, max(0, start - REACH), start)) is not None:
            return up.start(), (bounds[0] - timedelta(days=DAYS[" ".join(up["unit"].lower().split())] - 1), bounds[0])
        open_end = SINCE_CLAUSE.search(text, max(0, start - FAR), start) is not None and bounds[1] is not None
        return start, (bounds[0], None) if open_end else bounds
    word = found[1].lower()
    if word in ("since", "after", "starting", "beginning"):
        return found.start(), (bounds[0], None)
    if word in ("until", "till", "by", "before"):
        return found.start(), (None, bounds[1])
    if reference is not None and bounds[0] is not None and bounds[0] >= reference and bounds[0] == bounds[1]:
        return found.start(), (bounds[0], None)
    return start, bounds
