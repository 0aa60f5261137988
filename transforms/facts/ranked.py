"""What the numbers in brackets behind names count, by a ranking in their sentence: `the most cases were in Sarn (68)`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.nouns import noun_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number

RANKING = re.compile(
    r"""
    \b(?: (?:highest|largest|biggest|lowest|smallest|greatest|maximum)\s+(?:number|count|total|toll)\s+of  # the highest toll of
        | (?<=\bthe\s)(?:most|fewest)                                     # the most
      )\s+
    (?P<item>(?:(?!of\b)[a-z-]+\s+){0,2}?[a-z]{3,}s)\b                    # deaths
    """,
    re.VERBOSE,
)
REACH = 240
"""Characters around a number in which the ranking stands."""


def ranked_noun(text: str, number: Number, start: int, limit: int, lexicon: Lexicon) -> Noun | None:
    """The noun of the ranking whose places have their numbers in brackets; `start` and `limit` bound the sentence."""
    if text[number.start - 1 : number.start] != "(" or text[number.end : number.end + 1] != ")":
        return None
    before, behind = max(start, number.start - REACH), min(limit, number.end + REACH)
    found = RANKING.search(text, before, number.start) or RANKING.search(text, number.end, behind)
    return noun_of(text, found.start("item"), found.end("item"), lexicon) if found is not None else None
