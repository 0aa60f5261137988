"""Dates in running text, against the printed publication date, in the sense that news gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from copydesk.transforms.dates.patterns import BEGINS, FORMS, PATTERN, PATTERNS
from copydesk.transforms.dates.readers import READERS, Bounds, numeric
from copydesk.transforms.words import matches

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
    for found in matches(PATTERN, BEGINS, text):
        name = next(n for n in PATTERNS if found.group(n) is not None)
        part = FORMS[name].fullmatch(text, found.start(name), found.end(name))
        if part is None:
            continue
        bounds = _bounds(name, part, reference, text[max(0, found.start() - BEFORE) : found.start()], month_first)
        if bounds is None:
            continue
        start, bounds = _since(text, found.start(), bounds)
        spans.append(DateSpan(start, found.end(), *bounds))
    return spans


def _bounds(name: str, part: re.Match[str], reference: date | None, before: str, month_first: bool) -> Bounds | None:
    """What a reader makes of a date; `None` where that is no day of the calendar, or ends before it begins."""
    try:
        bounds = numeric(part, month_first) if name == "numeric" else READERS[name](part, reference, before)
    except (OverflowError, ValueError):
        return None
    if bounds is not None and bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        return None
    return bounds


BEFORE = 60
"""Characters before a date that its reader may look at."""

REACH = 40
"""Characters before a date in which `since` or `until` stands."""

FAR = 80
SINCE_CLAUSE = re.compile(r"\bsince\s+(?:[\w’'-]+\s+){1,7}?(?:in|on)\s+(?:the\s+)?$", re.IGNORECASE)
"""`since the group took up arms in 1964` goes on too."""

SINCE = re.compile(r"\b(since|from|until|till|before|by|after)\s+(?:the\s+|at least\s+)?$", re.IGNORECASE)


def _since(text: str, start: int, bounds: Bounds) -> tuple[int, Bounds]:
    """`since` opens the end, `until` and `before` the beginning."""
    found = SINCE.search(text, max(0, start - REACH), start)
    if not found:
        open_end = SINCE_CLAUSE.search(text, max(0, start - FAR), start) is not None and bounds[1] is not None
        return start, (bounds[0], None) if open_end else bounds
    word = found[1].lower()
    if word in ("since", "after"):
        return found.start(), (bounds[0], None)
    if word in ("until", "till", "by", "before"):
        return found.start(), (None, bounds[1])
    return start, bounds
