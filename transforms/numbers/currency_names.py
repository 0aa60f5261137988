"""Currencies by the nouns that news prints: `12 million tolars`, `133,000 Swiss francs`, `4 billion Swedish kronor`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

WORD = re.compile(r"[\s\u00a0-]+(?P<word>[^\W\d_][\w’'&-]*(?:\.[^\W\d_]+)*\.?)")
MOST_WORDS = 5
"""Words in which the noun of a currency stands, those that say whose it is among them: `Papua New Guinean kina`."""

OWN_WORDS = frozenset("new old convertible hard".split())
"""Words in small letters that may stand before the noun: `new shekels`, `old roubles`."""

PHRASE_ENDS = re.compile(
    r"\s*(?:[.,;:)(”\"’—–]|$)|\s+(?:in|on|for|to|from|of|and|or|per|at|each|as|was|were|is|are|has|had|worth|with|after|last|this)\b"
)
"""What stands behind a noun that means something else too, where it is money: `2 million marks for the bridge`."""

SHARED_BY_THE_WORLD = frozenset("dollar dollars pound pounds euro euros".split())
"""Nouns that are the dollar, pound or euro best known wherever an article is, but for the countries kept by hand."""


class MoneyNoun(NamedTuple):
    """The noun of a currency up to text[:end]; the lexicon knows it by `word`: a noun that countries share, or the code."""

    end: int
    word: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Currencies:
    """The currencies of the world by noun."""

    shared: Mapping[tuple[str, str], str]
    """Codes by word and country of the article; the country is empty where the word holds for all others."""
    tender: Mapping[tuple[str, str], str]
    """Codes by noun and country where the text itself names the country: `Jamaican dollars`."""
    nouns: frozenset[str]
    """The nouns that some country's currency has."""
    owners: Mapping[str, str]
    """Countries by the adjectives in the names of their currencies: `zairean`."""
    other_things: frozenset[str]
    """Nouns that are no money unless an adjective or a scale says so: marks, won."""

    @classmethod
    def parse(cls, by_hand: Iterable[Mapping[str, str]], names: Iterable[Mapping[str, str]]) -> Self:
        """The currencies of `currencies.csv` (word, countries, currency), and of `currency_names.csv` where it says nothing."""
        kept = {(row["word"], row["countries"]): row["currency"] for row in by_hand}
        shared, tender = dict[tuple[str, str], str](), dict[tuple[str, str], str]()
        codes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        other, owners = set[str](), dict[str, str]()
        for row in names:
            for noun in row["nouns"].split("|"):
                codes[noun].append((row["until"] or "now", row["currency"]))
                other.update({noun} if row["alone"] else ())
                owners[row["owner"]] = row["currency"][:2]
                if row["owner"] and (not row["until"] or (f"{row['owner']} {noun}", "") not in shared):
                    shared[f"{row['owner']} {noun}", ""] = row["currency"]
                for country in filter(None, row["countries"].split("|")):
                    tender[noun, country] = row["currency"]
        of_country = {key: code for key, code in tender.items() if key[0] not in SHARED_BY_THE_WORLD and len(codes[key[0]]) > 1}
        alone = {(noun, ""): code for noun, found in codes.items() if (code := _last(found)) is not None}
        tender |= {key: code for key, code in kept.items() if key[1]}
        return cls(
            shared=of_country | alone | shared | kept,
            tender=tender,
            nouns=frozenset(noun for noun, _ in tender),
            owners=owners,
            other_things=frozenset(other),
        )

    def noun_at(
        self, text: str, at: int, limit: int, *, scaled: bool, country: Callable[[str], str | None]
    ) -> MoneyNoun | None:
        """The noun of a currency right behind an amount that ends at `at`, with what says whose it is.

        `scaled` where the amount ends in `million` or the like; `country` gives the country of an adjective or a name.
        """
        owner: list[str] = []
        for _ in range(MOST_WORDS):
            found = WORD.match(text, at, limit)
            if found is None:
                return None
            printed = found["word"].rstrip(".’'")
            at = found.start("word") + len(printed)
            word = printed.lower()
            if (money := self._money(owner, word, country)) is not None and text[at : at + 1] != "-":
                code, key = money
                sure = word not in self.other_things or owner or (scaled and PHRASE_ENDS.match(text, at))
                return MoneyNoun(at, key, code) if printed.islower() and sure else None
            if not (printed[:1].isupper() or word in OWN_WORDS):
                return None
            owner.append(found["word"])
            at = found.end("word")
        return None

    def _money(self, owner: list[str], noun: str, country: Callable[[str], str | None]) -> tuple[str, str] | None:
        """Code and key of a noun behind the words that say whose it is; `None` where they make no currency."""
        names = [word for word in owner if word.lower() not in OWN_WORDS or word[:1].isupper()]
        if not names:
            code = self.shared.get((noun, ""))
            return (code, noun) if code is not None and len(noun) > 2 else None
        whole = " ".join([*names, noun]).lower()
        if (code := self.shared.get((whole, ""))) is not None:
            return code, whole
        owner_name = " ".join(names)
        of = country(owner_name) or self.owners.get(owner_name.lower()) if noun in self.nouns else None
        found = self.tender.get((noun, of)) if of is not None else None
        return (found, found) if found is not None else None


def _last(found: list[tuple[str, str]]) -> str | None:
    """The code that was in use last, `None` where several share it; `found` has (year of its end or `now`, code)."""
    last = max(until for until, _ in found)
    codes = {code for until, code in found if until == last}
    return codes.pop() if len(codes) == 1 else None
