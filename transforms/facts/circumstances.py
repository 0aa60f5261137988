"""When, how often and how far a figure holds."""

from __future__ import annotations

import re
from datetime import date

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.times import times
from copydesk.transforms.types import Sentence
from copydesk.transforms.vocabulary import Scope

RATE = re.compile(
    r"""
    ^[\s,]*
    (?: (?:every|each|per|an?)\s+(?:single\s+)?(?P<unit>hour|day|week|month|year)\b   # 500 boats a day
        (?!\s+(?:earlier|ago|before|later|after|old)\b)                              # not: 500 boats a year earlier
      | (?P<adverb>daily|hourly|weekly|monthly|annually|yearly)\b                     # 500 boats daily
      | /(?P<short>day|week|month|year)                                               # 500 boats/day
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
ADVERBS = {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}
NEW = re.compile(r"^(?:another|a further|an additional)\b", re.IGNORECASE)
NEW_AFTER = re.compile(
    r"^\s+(?:more|fewer|less)\s+than\b"
    r"|^[^.;]{0,60}\b(?:in|over|during)\s+(?:the\s+)?(?:last|past|previous)?\s*(?:24|48)\s+hours\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(?:since|so far|in total|in all|toll|altogether)\b", re.IGNORECASE)


def rate_after(text: str, end: int) -> str | None:
    """`hour`, `day`, … where the words after a figure make it a rate.

    >>> rate_after("500 trucks a day", 10)
    'day'
    """
    found = RATE.match(text[end : end + 30])
    if not found:
        return None
    return (found["unit"] or found["short"] or ADVERBS[found["adverb"].lower()]).lower()


def scope(text: str, start: int, end: int, sentence: Sentence, toll: bool) -> str | None:
    """`new` for an increment, `total` for a running total, `None` where the text does not say."""
    if NEW.match(text[start:end]) or NEW_AFTER.match(text[end : sentence.span_end]):
        return Scope.NEW
    return Scope.TOTAL if toll or TOTAL.search(text, end, min(sentence.span_end, end + 90)) else None


def when(reading: Reading, start: int, end: int, sentence: Sentence) -> tuple[date | None, date | None, date | None]:
    """The dates that the figure at text[start:end] is about (start, end), and the date of the saying.

    A paragraph that a date opens (`May 3, 2019: The ferry sank.`) is about that day where its sentences name no other.
    """
    clauses = reading.clauses.get(sentence.ordinal)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is None or counted is None:
        return None, None, None
    inside = [found for found in reading.dates if sentence.span_start <= found.start < sentence.span_end]
    found = times(clauses, counted, inside, reading.sources_in(sentence.ordinal), reading.text, end)
    if found == (None, None, None) and (entry := reading.entry_date(sentence)) is not None:
        return entry.first, entry.last, None
    return found
