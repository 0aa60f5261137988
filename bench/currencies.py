"""Writes `seeds/tables/currency_names.csv`: every currency of ISO 4217, those of old among them, by the nouns that news prints.

    pip install babel
    python -m bench.currencies

The names, the countries and the years are those of the Unicode CLDR as babel has them. Signs, short forms and further nouns
(`crowns` for kronor) are in `currencies.csv`, which is kept by hand and goes before this table.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from babel.core import get_global
from babel.numbers import get_currency_name

NO_MONEY = re.compile(
    r"\bpeso ley|unit|ounce|right|currency|unknown|\bgold\b|account|WIR|UIC|day\)|indexed|offshore|financial|\(convertible\)"
)
"""Names in the CLDR that nobody pays with."""

OF_THE_NOUN = frozenset("new hard convertible silver readjusted reformed socialist kupon".split())
"""Words of a name that news leaves out."""

OTHER_THINGS = frozenset(
    "mark real sol won som dram lev lek lats kip gourde quetzal guarani balboa austral sucre colon inti tala zaire afghani "
    "leone ley cupon larit hwan".split()
)
"""Nouns that are words, peoples or names too: money only with an adjective or a scale."""

FIRST_YEAR = 1950
"""A currency that ended earlier is not told of in news."""

TODAY = 9999
"""The last year of what is still paid with."""


def _until(last: int) -> str:
    return "" if last == TODAY else str(last)


def _alone(nouns: set[str]) -> str:
    return "no" if nouns & OTHER_THINGS else ""


def _plain(word: str) -> str:
    """The word without accents: `colón` as `colon`."""
    parts = unicodedata.normalize("NFD", word.replace("ʻ", "’"))
    return unicodedata.normalize("NFC", "".join(letter for letter in parts if not unicodedata.combining(letter)))


def _plurals(noun: str) -> set[str]:
    if noun.endswith("s"):
        return {noun}
    return {noun, f"{noun}es" if noun[-1] in "lnr" and noun != _plain(noun) else f"{noun}s"}


def _spellings(nouns: set[str]) -> set[str]:
    """The nouns as English and American papers spell them, with and without their accents."""
    both = nouns | {noun.replace("ruble", "rouble") for noun in nouns} | {noun.replace("rouble", "ruble") for noun in nouns}
    return both | {_plain(noun) for noun in both}


def _held() -> dict[str, dict[str, int]]:
    """The countries of every currency, with the last year in which it was legal tender there.

    One that is gone is that of the country that its code is made of: francs are French of old, and not of every former colony.
    """
    held: dict[str, dict[str, int]] = {}
    for country, spans in get_global("territory_currencies").items():
        for code, _, until, legal in spans:
            last = until[0] if until else TODAY
            if legal and last >= FIRST_YEAR and (last == TODAY or code.startswith(country)):
                held.setdefault(code, {})[country] = last
    return held


class Row(NamedTuple):
    """A line of the table."""

    currency: str
    nouns: str
    owner: str
    countries: str
    until: str
    alone: str
    """`no` where the nouns mean something else too."""

    why: str


def _rows() -> Iterator[Row]:
    """The currencies by code; a country under one noun has the currency that it paid with last."""
    found, latest, owned = [], dict[tuple[str, str], int](), dict[tuple[str, str], int]()
    for code, held in sorted(_held().items()):
        one, many = (get_currency_name(code, count, locale="en") for count in (1, 2))
        if NO_MONEY.search(one) or NO_MONEY.search(many):
            continue
        before, _, noun = re.sub(r"\s*\(.*?\)", "", one).rpartition(" ")
        plural = re.sub(r"\s*\(.*?\)", "", many).rpartition(" ")[2]
        words = before.lower().split()
        while words and words[-1] in OF_THE_NOUN:
            words.pop()
        owner = " ".join(words)
        nouns = _spellings({noun.lower(), plural.lower()} | _plurals(noun.lower()))
        found.append((code, nouns, owner, held, one))
        for country, last in held.items():
            for word in nouns:
                latest[word, country] = max(last, latest.get((word, country), 0))
                owned[word, owner] = max(last, owned.get((word, owner), 0))
    for code, nouns, owner, held, name in found:
        countries = [country for country, last in held.items() if all(latest[word, country] == last for word in nouns)]
        until = max(held.values())
        if countries or all(owned[word, owner] == until for word in nouns):
            yield Row(
                code, "|".join(sorted(nouns)), owner, "|".join(sorted(countries)), _until(until), _alone(nouns), f"CLDR: {name}"
            )


def main() -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(_rows())


if __name__ == "__main__":
    main()
