"""Small coins, the hundredth or thousandth parts of a currency: `40 paise`, `23 Sri Lankan cents`, `15 fils`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Coins:
    """The small coins of `small_coins.csv`."""

    names: Mapping[str, str]
    """The coin by each of its words: `paisa` is `paise`."""

    parts: Mapping[tuple[str, str], int]
    """How many of a coin make one of a currency (ISO 4217): 100 paise a rupee, 1000 fils a dinar."""

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> Self:
        """The coins of a table with `words`, `coin`, `currency`, `countries`, `parts`.

        >>> Coins.parse([{"words": "paisa|paise", "coin": "paise", "currency": "INR", "parts": "100"}]).names["paisa"]
        'paise'
        """
        rows = list(rows)
        return cls(
            names={word: row["coin"] for row in rows for word in row["words"].split("|")},
            parts={(row["coin"], row["currency"]): int(row["parts"]) for row in rows},
        )


def as_currencies(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Coins as rows of `currencies.csv`, one for each word and country; the empty country holds for all others.

    >>> as_currencies([{"words": "sen", "currency": "MYR", "countries": "|MY"}])[1]
    {'word': 'sen', 'countries': 'MY', 'currency': 'MYR'}
    """
    return [
        {"word": word, "countries": country, "currency": row["currency"]}
        for row in rows
        for word in row["words"].split("|")
        for country in row["countries"].split("|")
    ]
