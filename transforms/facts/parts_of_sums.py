"""The currency that small coins are parts of: the 23 cents of a page that tells sums in rand are of the rand."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.numbers import Number

HUNDREDTHS = 100
CODE = 3
"""Letters of a code of ISO 4217."""


def whole_currency(reading: Reading, number: Number, coin: str, printed: str) -> tuple[str, int]:
    """The currency (ISO 4217) that a coin beside a number is a part of, and how many of the coin make one of it.

    `printed` is its code where the text names the country (`23 Sri Lankan cents`), else the coin's word. A coin that
    several currencies have is of the one that the last sum before is told in, else of the next sum's, else of the
    article's country.
    """
    parts = reading.lexicon.coins.parts
    named = [printed] if printed.isupper() and len(printed) == CODE else _of_sums(reading, number)
    code = next((code for code in named if (coin, code) in parts), None)
    code = code or reading.lexicon.currency(coin, reading.country(coin))
    return code, parts.get((coin, code), HUNDREDTHS)


def _of_sums(reading: Reading, number: Number) -> Iterator[str]:
    """The currencies of the sums with a sign before a number, from behind, then of those behind it."""
    before = [one for one in reading.numbers if one.end <= number.start]
    for one in [*reversed(before), *reading.numbers[len(before) :]]:
        if one.currency is not None:
            yield reading.lexicon.currency(one.currency, reading.country(one.currency))
