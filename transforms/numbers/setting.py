"""A numeral with what stands around it, as the rules on numerals that are no figure see it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.transforms.numbers.number import Number

COUNTS_AFTER = re.compile(
    r"""
      \s+(?:[a-z-]+\s+){0,2}[a-z]+s\b                           # The 14 rescued sailors
    | -(?!(?:style|like|based|type|size|era|class|series|powered|free|related)\b)[a-z]{3,}      # After 14-hour talks
    | \s+(?:people|children|women|men|percent|per\ cent)\b
    | %
    | \s+to\s+\d[\d.,]*\s?(?:%|percent\b|per\ cent\b|pc\b|points?\b)                           # Moss beat Fenn 46 to 40 percent
    """,
    re.VERBOSE,
)
"""What a number counts right behind it."""


NUMBERED = (
    "channel no. nos. number article section resolution chapter phase game flight route highway room group level page "
    "paragraph act proposition vol. volume. part unit district zone boeing airbus gate apollo covid area round week day "
    "stage type class size region grade seat row train model version figure table category lot bus line platform "
    "terminal pier local vision bowl agenda horizon"
).split()
"""Nouns that a number names rather than counts: `Channel 4`, `Boeing 737`; a stop is optional."""

NAME_BEFORE = re.compile(
    rf"""
    \b(?:{"|".join(word.replace(".", "[.]?") for word in NUMBERED)})
    (?:\s+|[-–]?)$                                               # Channel 4, Covid-19; not: last week - two boats
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A numeral with what stands around it; `word` is the numeral as printed, `digits` whether it is digits alone."""

    number: Number
    word: str
    before: str
    after: str
    digits: bool
