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
    """,
    re.VERBOSE,
)
"""What a number counts right behind it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A numeral with what stands around it; `word` is the numeral as printed, `digits` whether it is digits alone."""

    number: Number
    word: str
    before: str
    after: str
    digits: bool
