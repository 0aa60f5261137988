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

AHEAD = re.compile(
    r"""
    \b(?:will|would|due|scheduled|planned|expected|set|must|shall|expires?|tak(?:es?|ing)\s+effect)\b[^.;]*$     # will sail on
    | \bto\s+[a-z]+\s+(?:[\w’'-]+\s+){0,4}by\s+(?:the\s+)?$                                                      # to follow by
    """,
    re.VERBOSE,
)
"""`the ferry will sail on Monday` speaks of the coming Monday."""

OPENS = re.compile(r"(?:^|[.;:]\s+|\n|,\s+)(?:(?:and\s+|but\s+)?(?:on|in|by|from|until|this|next)\s+)?\Z", re.IGNORECASE)
FOLLOWED = re.compile(r",?\s+(?:[\w’'-]+\s+){1,6}?(?:will|shall)\b")
"""What stands around a date that opens a clause of what is to come: `On Monday the ferry will sail`."""

LAST_SHORT = 2030
"""The year up to which a year without its century is of this one, where nothing says when an article was printed."""

MOST_AHEAD, MOST_BACK = 60, 305
"""Days after and before the reference within which a day without a year is taken for the reference's year."""


def to_come(part: re.Match[str], before: str) -> bool:
    """Whether the clause of a date speaks of what is to come, by the words before it, or behind one that opens it."""
    if AHEAD.search(before) is not None:
        return True
    return OPENS.search(before) is not None and FOLLOWED.match(part.string, part.end()) is not None


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
    """The value of a small number as a date has it: `3`, `three`, `a couple of`; 0 where that is none."""
    if word.isdigit():
        return int(word)
    return 2 if "couple" in word.lower() else SMALL.get(word.lower(), 0)


def full_year(two: str, reference: date | None) -> int:
    """The year of its last two digits: the last one of that ending, or the next.

    >>> full_year("94", date(2024, 5, 15)), full_year("08", None)
    (1994, 2008)
    """
    last = (reference.year if reference is not None else LAST_SHORT) + 1
    return last - (last - int(two)) % 100
