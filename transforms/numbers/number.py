"""The record of a number that a text states."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.transforms.vocabulary import Qualifier

GREATEST = 1e18
"""Nothing that news counts is more: what is printed as a greater number is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number stated at text[start:end], hedge included.

    `low` and `high` are inclusive bounds, `None` where open. `at` is the offset where the bare numeral begins,
    after hedge and opening word. `currency` is the sign printed before it. `kind` says how it is written: digits,
    words, vague (`dozens`), fraction (`a third`), oneinto (`one in four`) or range.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    hedge: str | None = None
    qualifier: str = Qualifier.EXACT
    at: int = 0
    currency: str | None = None
    kind: str = "digits"
