"""Ranges: two numbers that a dash, `to`, `or` or `between … and …` make one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.worth import SCALES, SHORT
from copydesk.transforms.vocabulary import Qualifier

NO_BOUND = ("vague", "oneinto")
"""Kinds that are no bound of a range."""

REACH = 40
"""Characters before a range in which `between` or `from` stands."""

OPENS_RANGE = re.compile(r"\b(between|from)\s+(?:(?:last\s+)?\w+[’']s\s+)?$", re.IGNORECASE)
JOINTS = ("to", "and", "or", "-", "–", "—", "-to-", "-or-")
UNIT_REPEATED = re.compile(
    r"(?P<unit>\s?%|\s?°[CF]?|[\s-]?[a-z]+(?:[/\s-][a-z]+){0,2})\s*(?P<joint>\bto\b|\band\b|\bor\b|[-–—])\s*", re.IGNORECASE
)
"""`5%-10%`, `one month or 1½ months`: the unit stands after the first bound too."""

RISES = re.compile(
    r"""
    \b(?: rose|ris(?:e|es|en|ing)|gr(?:ew|ows?|own|owing)|increas\w+|climb\w*|jump\w*|soar\w*|surg\w+         # the fee rose
        | rais\w+|enhanc\w+|expand\w*|doubl\w+|tripl\w+|swell\w*|swollen|accelerat\w+|upgrad\w+|extend\w*|hik\w+|boost\w*|up
        | fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|cut(?:s|ting)?|reduc\w+|lower\w+|slip\w*|slump\w*  # it fell
        | plung\w+|shr[aiu]nk\w*|eas\w+|slow\w*|downgrad\w+|narrow\w*|down
        | went|go(?:es|ing)?|gone|chang\w+|mov\w+|edg\w+|revis\w+|improv\w+|widen\w*|shift\w*|bring\w*|brought   # it moved
    )\b
    [^.;:]{0,70}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A change before `from 5 to 15` makes two figures of it, not one range."""

YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_BEFORE = re.compile(r"\b(?:of|in|since|by|early|late|mid)[\s-](?:19|20)\d\d$")
"""A year that is no bound of what stands behind it: `from 10,000 in 2020 to 68,000`."""

MOVED = re.compile(
    r"\b(?:dropped|fell|rose|climbed|lost|gained|added|slid|slipped|jumped|tumbled|sank|advanced|declined|eased|shed|plunged|dipped|surged"
    r"|soared|grew|edged\s+(?:up|down)|(?:is|was|were|closed|ended|finished)\s+(?:up|down))\s+$"
)
"""`fell $2 to $23` says by how much and to what."""

AMOUNT_LOST = re.compile(r"\b(?:lost|gained|added|shed)\s+$")
"""Verbs whose two sums may be one range: `lost $3bn to $5bn`."""

TO = re.compile(r"(?:p|¢)?\s+to\s+")
"""What stands between how much something moved and where it came to: `fell 4p to 88p`."""

BY = re.compile(r"\bby\s+(?:(?:about|around|some|nearly|almost|at least|more than|another|over)\s+)?$", re.IGNORECASE)
"""`rose by three to 15` says two things."""

DASHES = ("-", "–", "—")

WIDEST_STEP = 2.5
"""`by 3 to 4 metres` is a range; where the second number is over so many times the first it is what was reached."""

COUNTS = re.compile(r"\s?%|\s?°|[\s-](?!(?:in|on|at|from|by|as|and|or|after|since|when|while|this|last|with|over|for)\b)[a-z]+")
"""What two numbers of a step both count."""

TALLY = re.compile(r"\b(?:toll|number|count|total|figure|tally)\b", re.IGNORECASE)

RATIO = re.compile(r"\s+(?:ratio|vote|odds|margin|advantage|majority|split|score|decision|win|loss|lead)\b")
"""What `a two-to-three vote` has behind it and a range has not."""

BUT = re.compile(r",?\s+(?:and|but|or)\s+(?:(?:possibly|perhaps|maybe|probably|still|likely),?\s+)?")
"""What stands between a lower and an upper bound of the same: `at least 12 and possibly as many as 20`."""

WIDEST_OR = 0.6
"""`20 or 30 boats` is a range; `2 or 30 boats` is not: the gap is over this share of the upper bound."""


def ranged(text: str, bare: list[Number]) -> Iterator[Number]:
    """The numbers of a text in order, two that make a range as one."""
    at = 0
    while at < len(bare):
        joined = _twice(text, bare[at], bare[at + 1]) or _range(text, bare[at], bare[at + 1]) if at + 1 < len(bare) else None
        yield joined or bare[at]
        at += 2 if joined else 1


def between_bounds(text: str, found: list[Number]) -> Iterator[Number]:
    """The numbers of a text, hedges read; a lower and an upper bound in a row as one: `at least 12 and up to 20 boats`."""
    at = 0
    while at < len(found):
        joined = _between(text, found[at], found[at + 1]) if at + 1 < len(found) else None
        yield joined or found[at]
        at += 2 if joined else 1


def _between(text: str, low: Number, high: Number) -> Number | None:
    """The range between a lower and an upper bound, `None` where two numbers are no such bounds."""
    bounds = low.qualifier == Qualifier.AT_LEAST and high.qualifier == Qualifier.AT_MOST and low.kind != "vague"
    if not bounds or BUT.fullmatch(text, low.end, high.start) is None or low.low is None or high.high is None:
        return None
    if low.low >= high.high:
        return None
    return replace(low, end=high.end, high=high.high, hedge=None, qualifier=Qualifier.RANGE, kind="range")


def _twice(text: str, left: Number, right: Number) -> Number | None:
    """A number in words that digits in brackets repeat as one: `seven (7) houses`."""
    same = left.low == right.low and left.kind == "words" and right.kind == "digits"
    if not same or text[left.end : right.start] not in (" (", "(") or text[right.end : right.end + 1] != ")":
        return None
    return replace(left, end=right.end + 1)


def _range(text: str, left: Number, right: Number) -> Number | None:
    """The range of two neighbours, `None` where they are two numbers."""
    if left.kind in NO_BOUND or right.kind in NO_BOUND or left.low is None or right.low is None:
        return None
    if (left.kind == "fraction") != (right.kind == "fraction"):
        return None  # `a third — 31%` says one thing twice
    opened = OPENS_RANGE.search(text, max(0, left.start - REACH), left.start)
    word = text[left.end : right.start].strip().lower()
    if not _joined(text, left, right, opened) or _changes(text, left, right, opened):
        return None
    if word.startswith("-") and len(word) > 1 and RATIO.match(text, right.end):
        return None
    if YEAR_BEFORE.search(text, max(0, left.start - REACH), left.end) and not YEAR.fullmatch(text, right.at, right.end):
        return None
    low, high = left.low, right.low
    if high > low and high >= 1000 and low < 1000 and _scale(text, right) > 1 and _scale(text, left) == 1:
        low *= _scale(text, right)
    elif low < 1000 <= high and text[right.at : right.end].endswith(",000") and low * 1000 < high and word in ("-", "–", "to"):
        low *= 1000
    if low > high and ((opened and opened[1].lower() == "between") or low <= 0):
        low, high = high, low
    if not low < high or (word == "or" and high - low > WIDEST_OR * high and high > 3):
        return None
    return Number(
        start=opened.start() if opened and word == "and" else left.start,
        end=right.end,
        low=low,
        high=high,
        qualifier=Qualifier.RANGE,
        at=left.at,
        currency=left.currency or right.currency,
        kind="fraction" if left.kind == "fraction" else "range",
    )


def _joined(text: str, left: Number, right: Number, opened: re.Match[str] | None) -> bool:
    """Whether what stands between two numbers joins them: `20 and 30` only after `between`."""
    gap = text[left.end : right.start]
    word = gap.strip().lower()
    if word == "and":
        return opened is not None and opened[1].lower() == "between"
    if word in JOINTS:
        return True
    unit = UNIT_REPEATED.fullmatch(gap)
    if unit is not None:
        between = opened is not None and opened[1].lower() == "between"
        repeated = unit["unit"].strip(" -").rstrip("s")
        behind = text[right.end : right.end + 30].lstrip(" -")
        return (unit["joint"].lower() != "and" or between) and bool(repeated) and behind.startswith(repeated)
    return False


def _changes(text: str, left: Number, right: Number, opened: re.Match[str] | None) -> bool:
    """Whether two numbers are the ends of a change: `rose from 5 to 15`, `rose by three to 15`."""
    before = text[max(0, left.start - 90) : left.start]
    if MOVED.search(before) and TO.fullmatch(text, left.end, right.start) and not _is_step(text, left, right, before):
        return True
    if BY.search(before):
        return text[left.end : right.start].strip() not in DASHES and not _is_step(text, left, right, before)
    return (
        opened is not None and opened[1].lower() == "from" and RISES.search(before[: before.lower().rfind("from")]) is not None
    )


def _is_step(text: str, left: Number, right: Number, before: str) -> bool:
    """Whether both numbers behind `by` say how much: `rose by 3 to 4 metres`; not `rose by three to 15`."""
    if left.low is None or right.low is None or left.kind != right.kind:
        return False
    signed = left.currency is not None and right.currency is not None and AMOUNT_LOST.search(before) is None
    near = left.low < right.low <= WIDEST_STEP * left.low and not signed
    counts = right.currency is not None or COUNTS.match(text, right.end) is not None
    return near and counts and TALLY.search(before) is None


def _scale(text: str, number: Number) -> float:
    """What the last word of a number multiplies by: `2 million` by 1e6; 1 where it has no such word."""
    word = re.search(r"([a-z]+)\s*$", text[number.at : number.end].lower())
    return SCALES.get(word[1], SHORT.get(word[1], 1.0)) if word else 1.0
