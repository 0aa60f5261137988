"""The country that a sentence speaks of without its name: `nationwide`, `the country’s counties`, `across the nation`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.transforms.facts.clauses import SUBJECT, Clauses
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.place_words import ACTORS, FIRM
from copydesk.transforms.places import POSSESSIVE, Gazetteer, Place

WHOLE = frozenset("nationwide nation-wide countrywide country-wide nationally".split())
"""Words that say that something holds in the whole country."""

COUNTRY = frozenset({"country", "nation"})
NAME = re.compile(r"\b[A-Z][\w’'-]*\w(?:\s+(?:of\s+)?[A-Z][\w’'-]*\w)*")


def home_words(clauses: Clauses, text: str, gazetteer: Gazetteer, home: Place | None) -> Iterator[Location]:
    """The words of a sentence for a country that it names before them, else for `home`, the country of the article."""
    for number, token in enumerate(clauses.tokens):
        preposition = _preposition(clauses, number)
        if preposition is None:
            continue
        start, end = token.start + clauses.offset, token.end + clauses.offset
        place = _named_before(text, clauses.offset, start, gazetteer) or home
        if place is not None:
            yield Location(start=start, end=end, token=number, preposition=preposition, place=place, home=True)


def _preposition(clauses: Clauses, number: int) -> str | None:
    """What stands before a word for the country, `None` where a word is none for it."""
    token = clauses.token(number)
    word = token.text.casefold()
    if word in WHOLE:
        return "across"
    if word not in COUNTRY or token.lemma.casefold() not in COUNTRY:
        return None
    if not any(clauses.token(child).text.casefold() in ("the", "entire", "whole") for child in clauses.children(number)):
        return None
    if token.relation == "nmod:poss":
        return "’s" if clauses.token(token.head).lemma.casefold() not in ACTORS else None
    own = next((clauses.token(child).text.casefold() for child in clauses.children(number, "case")), "")
    return own if own in FIRM else None


def _named_before(text: str, first: int, last: int, gazetteer: Gazetteer) -> Place | None:
    """The last country that text[first:last] names."""
    for found in reversed(list(NAME.finditer(text, first, last))):
        words = found.group().split()
        starts = (POSSESSIVE.sub("", " ".join(words[:size])) for size in range(len(words), 0, -1))
        nation = next((nation for name in starts if (nation := gazetteer.nation(name)) is not None), None)
        if nation is not None:
            return nation
    return None


def without_opening(clauses: Clauses, found: list[Location]) -> list[Location]:
    """The places without one that opens a sentence about a whole country: `In Sarn, the toll of nationwide floods`."""
    if not any(one.home for one in found):
        return found
    subject = next((token.start for token in clauses.tokens if token.relation in SUBJECT), 0) + clauses.offset
    return [one for one in found if one.home or one.start >= subject]
