"""Ages: numerals that say how old somebody is."""

from __future__ import annotations

import re

from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.setting import COUNTS_AFTER, Setting

AGE_AFTER = re.compile(
    r"(?:\s*(?:,|and|or|,\s*and)\s+(?:an?\s+)?\d{1,3})*[-\s]years?[-\s]old|[-\s](?:month|week|day)s?[-\s]old"
    r"|\s+years?\s+old|\s+years\s+of\s+age",
    re.IGNORECASE,
)
AGE_BEFORE = re.compile(
    r"""
      \b(?:aged?|ages)\s+(?:of\s+)?(?:between\s+|from\s+)?
      (?:\d{1,3}\s*(?:,|and|to|-|–|or|&|,\s*and)\s*)*$          # aged 14, 32 and 58
    | \bas\s+(?:young|old)\s+as\s+$                            # as young as 14
    | \b(?:I[’']m|you[’']re|(?:he|she|who)[’']s)\s+(?:only\s+|just\s+|about\s+|now\s+)?$  # You’re 22.
    | \b[Nn]ow\s+(?:aged\s+)?$                                 # Now 24, she
    """,
    re.IGNORECASE | re.VERBOSE,
)
AGE_COMMAS = re.compile(
    r"\b(?:[A-Z][\w’'-]+|(?:grand)?(?:daughter|son|mother|father)|brother|sister|wife|husband|widow|nephew|niece|cousin|man|woman|boy|girl"
    r"|driver|pilot|suspect|victim|teenager|student|farmer),\s+$"
)
NAMED = re.compile(r"(?:\b[A-Z][\w’'-]+\s){1,2}[A-Z][\w’'-]+,\s+$")
AND_NAMED = re.compile(r"\s+and\s+[A-Z]|\s?[-–—]")
DASHED = re.compile(r"\s?[-–—]\s?(?:was|were|is|are|who|and|had|have)\b")
"""A name before and behind: `Ida Ferrell, 40 and Ann Moss, 39`."""

OF_AGE = re.compile(r"\b(?:(?:he|she|they|i|who)\s+(?:was|is|were|turned|turns)|turned|turning|turns)\s+$", re.IGNORECASE)
OLDEST = 110
"""A number from this on is nobody's age, in years."""

ELDERS = re.compile(
    r"""
    (?<!of\s)(?<!of\sthe\s)
    \b(?:residents|people|persons|patients|victims|villagers|women|men|voters|citizens|those|dead           # residents
      |children|kids|boys|girls|pupils|infants|youngsters|adults|anyone|everyone|workers|drivers)\s+        # children
    (?:(?:is|are|was|were)\s+)?(?:mostly\s+|all\s+)?(?:aged\s+)?
    (?:over|under|above|below|older\s+than|younger\s+than)\s+$                                              # are over
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Persons before a limit of age: `many residents are over 65`."""

ELDERS_END = re.compile(
    r"[.,;:)]|\s+(?:and|or|who|in|with|at|is|was|are|were|have|had|will|can|could|should|must|makes?|made|account\w*|lived?|gets?|got"
    r"|died?|needs?|pay|paid|voted?|to|from|on|by|may)\b|$"
)


YOUNG = re.compile(r"(?:\s*(?:,|and|or|to|-|–)\s*\d{1,2})*[-\s](?P<unit>month|week|day)s?[-\s]old", re.IGNORECASE)


def age_unit(text: str, number: Number) -> str:
    """What an age counts.

    >>> from copydesk.transforms.numbers import read_numbers
    >>> [age_unit(text, read_numbers(text)[0]) for text in ("an 8-month-old", "Ida Ferrell, 28, said")]
    ['months', 'years']
    """
    found = YOUNG.match(text, number.end)
    return f"{found['unit'].lower()}s" if found is not None else "years"


def is_age(one: Setting) -> bool:
    """`a 14-year-old`, `aged 14`, `she was 14.`, `Ida Ferrell, 28, said`."""
    number = one.number
    if AGE_AFTER.match(one.after):
        return True
    if AGE_BEFORE.search(one.before) and (number.low or 0) < OLDEST and not COUNTS_AFTER.match(one.after):
        return True
    if (one.before.casefold().endswith(("over-", "under-")) or number.hedge in ("over", "under")) and one.after.startswith("s"):
        return True
    plain = one.digits or number.kind == "words"
    if plain and (number.low or number.high or 0) < OLDEST and ELDERS.search(one.before) and ELDERS_END.match(one.after):
        return True
    if number.low is None or number.low >= OLDEST:
        return False
    if OF_AGE.search(one.before) and (one.after[:1] in ",.;)" or one.after.startswith(" when ")):
        return True
    if number.kind == "digits" and NAMED.search(one.before) and AND_NAMED.match(one.after):
        return True
    closed = one.after[:1] in ",.)\n" or DASHED.match(one.after) is not None
    return number.kind in ("digits", "words") and closed and AGE_COMMAS.search(one.before) is not None
