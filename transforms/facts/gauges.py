"""Numbers whose unit is told by a word that is no unit: magnitudes, temperatures, years of a life expectancy."""

from __future__ import annotations

import re

from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import Measure

EXPECTANCY = re.compile(
    r"\b(?P<item>life\s+expectancy)(?:\s+(?:at\s+birth|there|of|is|was|at|to|fell|rose|had|has|risen|fallen|reached|stood)){1,4}\s+$",
    re.IGNORECASE,
)
"""A number of years that is said without the word: `a life expectancy of over 70`."""

MAGNITUDE = re.compile(
    r"""
    \bmagnitudes?[\s-]+
    (?:(?:(?:is|was|estimated|measured|put|given|recorded)\s+)*(?:of|at|as|was|is)\s+)?     # put its magnitude at
    (?:about\s+|around\s+|up\ to\s+)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
ON_SCALE = re.compile(
    r"\s+(?:on|in|by)\s+(?:the\s+)?(?:open[\s-]ended\s+)?(?:Richter|moment[\s-]magnitude|magnitude)(?:[’']s)?(?:\s+scale)?\b|\s+Richter\b"
)
"""The scale behind a magnitude: `6.0 on the Richter scale`."""

QUAKE = re.compile(
    r"""
    \b(?:earth)?(?:quakes?|tremors?|aftershocks?|temblors?|shocks?)\b (?:[^.;]|\.\d){0,80}? \bmeasur(?:ed|ing|es)\s+
    (?:\d\.\d\b(?:[^.;]|\.\d){0,120}?(?:,|\band)\s+)?$                             # measured 6.8, the board said, and
    """,
    re.VERBOSE,
)
"""A quake that a number measures, or a second one behind the first: `measured 6.8 here and 6.6 elsewhere`."""

STRONGEST = 10
"""No quake has a greater magnitude."""

HEAT = re.compile(
    r"""
    \b(?:temperatures?|mercury|heat\s+ind(?:ex|exes|ices)|wind\s+chills?|thermometers?)\b            # temperatures
    (?:\s+(?:in|of|at|to|near|from|that|which|will|would|could|had|have|has|were|was|is|are|[a-z]+ed|[a-z]+ing     # that topped
      |reach|hit|hits|rose|fell|rise|fall|drop|climb|soar|touch|top|stay|shot|sank|plunge|as|high|low|well|the|past  # rose past
      |up|down|(?-i:[A-Z][\w’'-]+))\b){0,5}\s+$                                                                  # in Sarn
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before degrees that are not called so: `temperatures topping 100`."""

HOTTEST = 150
REACH = 30
FAR = 240
"""Characters before a number in which these words stand."""


def gauged(text: str, number: Number, start: int, limit: int) -> Noun | None:
    """The unit of a number that a word before or behind it tells; `start` and `limit` bound the sentence."""
    marked = (MAGNITUDE.search(text, max(start, before - REACH), before) for before in (number.at, number.start))
    if any(marked) or ON_SCALE.match(text, number.end, limit) or _quake(text, number, start):
        return _unit("magnitude", Measure.MEASUREMENT, number.start, number.end, None)
    low = max(start, number.start - 3 * REACH)
    if (age := EXPECTANCY.search(text, low, number.start)) is not None:
        return _unit("years", Measure.DURATION, age.start(), age.end("item"), age["item"])
    bound = number.low if number.low is not None else number.high
    if (number.kind in ("digits", "range") or bound == 0) and bound is not None and abs(bound) <= HOTTEST:
        heat = HEAT.search(text, low, number.start)
        return _unit("degrees", Measure.MEASUREMENT, heat.start(), number.start, None) if heat is not None else None
    return None


def _quake(text: str, number: Number, start: int) -> bool:
    """Whether a number is how strong a quake was by the verb before it."""
    if number.kind != "digits" or number.low is None or number.low > STRONGEST:
        return False
    return QUAKE.search(text, max(start, number.start - FAR), number.start) is not None


def _unit(word: str, measure: str, start: int, end: int, item: str | None) -> Noun:
    return Noun(start=start, end=end, word=word, item=item, table="unit", measure=measure, unit=word)
