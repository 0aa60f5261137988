"""Days and months of the calendar: what the readers of dates have in common."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from copydesk.transforms.dates.patterns import SMALL

Bounds = tuple[date | None, date | None]
"""The first and the last day, inclusive; `None` for an open side."""

Reader = Callable[[re.Match[str], date | None, str], Bounds | None]
"""Makes bounds of a match, the day of publication and the text before it; `None` where it is no date."""

AHEAD = re.compile(r"\b(?:will|would|due|scheduled|planned|expected|set)\b[^.;]*$")
"""`the ferry will sail on Monday` speaks of the coming Monday."""

MOST_AHEAD, MOST_BACK = 60, 305
"""Days after and before the reference within which a day without a year is taken for the reference's year."""


def make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(reference: date, month: int, day: int) -> date | None:
    """That day of the year, at most two months ahead of the reference, else the one before it."""
    this = make(reference.year, month, day)
    if this is not None and this > reference + timedelta(days=MOST_AHEAD):
        return make(reference.year - 1, month, day)
    if this is not None and this < reference - timedelta(days=MOST_BACK):
        return make(reference.year + 1, month, day)
    return this or make(reference.year - 1, month, day)


def month_bounds(year: int, month: int) -> Bounds:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def count(word: str) -> int:
    return int(word) if word.isdigit() else SMALL.get(word.lower(), 0)
