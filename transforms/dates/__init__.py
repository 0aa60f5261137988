"""Dates in running text, against the printed publication date, in the sense that news gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from copydesk.transforms.dates.patterns import BEGINS, FORMS, PATTERN, PATTERNS
from copydesk.transforms.dates.readers import READERS, Bounds
from copydesk.transforms.words import matches

__all__ = ["DateSpan", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days that text[start:end] names, `first` to `last` inclusive, `None` for an open side."""

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
        name = next(n for n in PATTERNS if found.group(n) is not None)
        part = FORMS[name].fullmatch(found.group(name))
        if part is None:
            continue
        bounds = READERS[name](part, reference, text[max(0, found.start() - BEFORE) : found.start()])
        if bounds is None:
            continue
        start, bounds = _since(text, found.start(), bounds)
        spans.append(DateSpan(start, found.end(), *bounds))
    return spans


BEFORE = 60
"""Characters before a date that its reader may look at."""

REACH = 40
"""Characters before a date in which `since` or `until` stands."""

SINCE = re.compile(r"\b(since|from|until|till|before|by|after)\s+(?:the\s+|at least\s+)?$", re.IGNORECASE)


def _since(text: str, start: int, bounds: Bounds) -> tuple[int, Bounds]:
    """`since` opens the end, `until` and `before` the beginning."""
    found = SINCE.search(text, max(0, start - REACH), start)
    if not found:
        return start, bounds
    word = found[1].lower()
    if word in ("since", "after"):
        return found.start(), (bounds[0], None)
    if word in ("until", "till", "by", "before"):
        return found.start(), (None, bounds[1])
    return start, bounds
