"""Which place of a sentence is nearest to what is counted, by steps in the parse, and which places stand in one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.locations import NEARBY
from copydesk.transforms.facts.place_words import (
    FIRM,
)


def nearest(clauses: Clauses, counted: int, found: Sequence[Location], saying: frozenset[int]) -> Location | None:
    """The place that holds for what is counted: the fewest steps away in the tree, firm prepositions first.

    `saying` are the sentence's verbs of saying: where somebody spoke is not where it happened.
    """
    best: tuple[float, Location] | None = None
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    for location in found:
        if clauses.token(location.token).head in saying:
            continue
        way = steps(clauses, mine, location.token)
        if way is None:
            continue
        token = clauses.token(location.token)
        own = token.head == counted
        cost = way + (0.0 if location.preposition in FIRM else 3.0) + (location.preposition == NEARBY)
        if own and location.preposition == "from":
            cost += 6
        if location.place is not None:
            cost -= 0.5
        if best is None or cost < best[0]:
            best = (cost, location)
    return best[1] if best is not None else None


LISTED = re.compile(r"\s*,?\s*(?:and|or|as\ well\ as|,)\s+(?:in\s+|the\s+)*")
"""What stands between two places of a list."""

OPENS_CLAUSE = re.compile(r"\b(?:and|while|but)\s+(?:in|at|near)\s+")

NEXT_CLAUSE = re.compile(r"\s+(?:the|an?|at\s+least|about|some|more|another|\d)")
"""What stands before and behind a place that opens a clause of its own."""


def beside(location: Location, found: Sequence[Location], text: str) -> list[Location]:
    """The places of the list that a place stands in, itself among them: `in Sarn, Dalmir and Kesh`."""
    ordered = sorted(found, key=lambda one: one.start)
    at = first = last = ordered.index(location)
    while first and _joins(text, ordered[first - 1], ordered[first]):
        first -= 1
    while last + 1 < len(ordered) and _joins(text, ordered[last], ordered[last + 1]):
        last += 1
    several = ordered[first : last + 1]
    joined = any("nd" in text[one.end : other.start] or "or" in text[one.end : other.start] for one, other in pairwise(several))
    return several if joined else ordered[at : at + 1]


def _joins(text: str, one: Location, other: Location) -> bool:
    """Whether two places stand in a list, and not in two clauses: `in Sarn, and in Kesh the toll rose`."""
    return LISTED.fullmatch(text, one.end, other.start) is not None and not (
        OPENS_CLAUSE.search(text, one.end, other.start) and NEXT_CLAUSE.match(text, other.end)
    )


def steps(clauses: Clauses, mine: dict[int, int], token: int) -> float | None:
    """The steps between two tokens of the tree; a step down into another clause counts three."""
    down = 0.0
    for number in clauses.up(token):
        if number in mine:
            return mine[number] + down
        relation = clauses.token(number).relation
        down += 3 if relation in ("acl:relcl", "advcl", "ccomp", "parataxis", "acl", "appos") else 1
    return None
