"""The narrower place that is meant where a wider one stands nearest: an inner one, one described, one named later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.place_words import COMPASS_NOUNS, HIT, POINTING
from copydesk.transforms.facts.titles import ORG_WORDS
from copydesk.transforms.facts.whereabouts.mentions import LONGEST_NAME, STRONG, Mention, places_of
from copydesk.transforms.places import Place, bare_name
from copydesk.transforms.vocabulary import PlaceFrom

APPOSED = re.compile(
    r",\s+(?:the|an?)\s+(?:[\w’-]+\s+){0,4}?(?:city|town|village|region|province|district|state|area|port|suburb|island|neighbou?rhood|camp)"
    r"\s+(?:of|in|on|near|at)\s+(?:the\s+)?"
)
DESCRIBED = re.compile(rf"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}){APPOSED.pattern}$")
CLAUSE_OF_PLACE = re.compile(r"[\w\s]{0,20}?(?:\s+(?:where|that|which|home\s+to|with)\b|[’']s\s+home\s+to\b)")
"""What tells more of the place that stands before an apposition."""

WITHIN = re.compile(r"\s+in\s+(?:the\s+)?")
NESTED = re.compile(
    r"(?:\s+(?:town|village|city|district|area))?\s*,?\s+(?:(?:in|of|near)\s+)?(?:the\s+)?|,\s+(?:in\s+)?(?:the\s+)?"
)
"""What stands between a place and the wider one that it lies in."""

VILLAGES = frozenset("village town hamlet settlement community suburb township neighbourhood neighborhood city camp".split())
"""Nouns of places that an article may name later on."""

SEVERAL = frozenset("provinces districts regions states counties areas parts islands cities towns villages".split())
"""Nouns of several places, which have no name together: `the southern districts`."""

SENTENCES_LATER = 3
"""Sentences behind one in which the name of its village is looked for."""

SENTENCES_NARROWER = 2
"""Sentences behind one about a part of a country in which the town or state is looked for."""

PART_OF_COUNTRY = re.compile(
    r"\b(?:(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|remote|rural|mountainous|coastal)\s+[A-Z]"
)
"""A part of a country: `western Nepal`, `the southern Philippines`."""


@dataclass(frozen=True)
class Where:
    """A place as printed, how it normalises, and from what it was taken: `sentence`, `before`, …"""

    printed: str | None
    place: Place | None
    source: str | None

    @property
    def points(self) -> bool:
        """Whether it is printed as a noun that only points to one named elsewhere: `the province`, `the southern towns`."""
        if self.printed is None or (words := self.printed.removeprefix("the ").split()) == []:
            return False
        return " ".join(words) in POINTING | COMPASS_NOUNS or (self.printed.islower() and words[-1] in SEVERAL | POINTING)

    @property
    def meant(self) -> Place | None:
        """The place as one of the gazetteer, with its name alone where that has none; `None` where no place is told."""
        if self.place is not None:
            return self.place
        return Place(self.name, None, None, None) if self.name else None

    @property
    def name(self) -> str | None:
        """The name of the place; `None` where only a noun points to it: `the province`."""
        if self.place is not None:
            return self.place.name
        return bare_name(self.printed) if self.printed and not self.points else None


def inner(best: Location, found: Sequence[Location], text: str) -> Location:
    """The place that lies in a state or country that is printed behind it: `rode into Sarn in Kesh State`."""
    if best.home or best.place is None or best.place.kind not in ("country", "region"):
        return best
    return next((one for one in found if one.end < best.start and WITHIN.fullmatch(text, one.end, best.start)), best)


def described(reading: Reading, best: Location, found: Sequence[Location], start: int) -> Location:
    """The place that an apposition describes by another one: in `Sarn, the city in Tarvia where 12 live`, Sarn.

    It need be nothing else in its own clause: `shelled Sarn, the city in Tarvia where 12 live`.
    """
    text = reading.text
    if start < best.end or CLAUSE_OF_PLACE.match(text, best.end) is None:
        return best
    for one in found:
        if one.end < best.start and APPOSED.fullmatch(text, one.end, best.start):
            return one
    named = DESCRIBED.search(text[max(0, best.start - LONGEST_NAME - 80) : best.start])
    place = reading.gazetteer.find(named["name"]) if named is not None else None
    if named is None or place is None:
        return best
    begin = max(0, best.start - LONGEST_NAME - 80) + named.start("name")
    return replace(best, start=begin, end=begin + len(named["name"]), place=place)


def narrower(reading: Reading, sentence: int, start: int, end: int, wide: Place | None) -> Place | None:
    """The town, district or state that is named behind a part of a country: `in western Nepal`, then `the village of Sarn`.

    It is looked for in the rest of the sentence and in the two behind it.
    """
    part = PART_OF_COUNTRY.search(reading.text, max(0, start - LONGEST_NAME), end)
    if wide is None or wide.kind != "country" or part is None or part.end() < start:
        return None
    for number in range(sentence, min(len(reading.sentences), sentence + 1 + SENTENCES_NARROWER)):
        named = [found for found in places_of(reading, reading.sentences[number], number) if found.start >= end]
        for at, found in enumerate(named):
            outer = named[at + 1] if at + 1 < len(named) and _holds(reading, found, named[at + 1]) else None
            place = found.place if found.place is not None else outer.place if outer is not None else None
            known = place is not None and place.kind != "country" and place.country_code == wide.country_code
            told = found.place is None and found.printed != bare_name(found.printed)
            if found.preposition not in STRONG or ORG_WORDS.search(found.printed) or not (known or told):
                continue
            return found.place or Place(bare_name(found.printed), wide.country_code, None, None)
    return None


def _holds(reading: Reading, inner: Mention, outer: Mention) -> bool:
    """Whether a place is printed right before the one that it lies in: `Damba in northwestern Kesh state`."""
    return NESTED.fullmatch(reading.text, inner.end, outer.start) is not None


def village_named_later(reading: Reading, sentence: int, best: Location) -> Where | None:
    """The town that a sentence soon behind names where this one has `a village` and no narrower place than a state."""
    if best.place is not None and best.place.kind not in ("country", "region"):
        return None
    clauses = reading.clauses[sentence]
    if not any(_is_some_village(clauses, number) for number in range(len(clauses.tokens))):
        return None
    code = best.place.country_code if best.place is not None else None
    for number in range(sentence + 1, min(len(reading.sentences), sentence + 1 + SENTENCES_LATER)):
        for found in places_of(reading, reading.sentences[number], number):
            wide = found.place is not None and found.place.kind in ("country", "region")
            abroad = found.place is not None and code is not None and found.place.country_code != code
            if not wide and not abroad and found.preposition in STRONG and not ORG_WORDS.search(found.printed):
                return Where(None, found.place or Place(bare_name(found.printed), code, None, None), PlaceFrom.ARTICLE)
    return None


def _is_some_village(clauses: Clauses, number: int) -> bool:
    """Whether a word is a town that is not named: `in a village`."""
    token = clauses.token(number)
    some = any(clauses.token(child).text.casefold() in ("a", "an") for child in clauses.children(number, "det"))
    named = any(clauses.token(child).pos == "PROPN" for child in clauses.children(number, "compound", "appos", "flat"))
    named = named or any(
        clauses.token(child).pos == "PROPN" and clauses.cased(child, "of", "called")
        for child in clauses.children(number, "nmod")
    )
    hit = token.relation == "obj" and clauses.token(token.head).lemma.casefold() in HIT
    placed = hit or clauses.cased(number, "in", "at", "on", "near", "outside")
    return token.lemma.casefold() in VILLAGES and some and not named and placed
