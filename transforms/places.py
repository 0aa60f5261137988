"""Place names: a gazetteer that spellings meet in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

ARTICLES = re.compile(r"^(?:the|al|el|ar|as|ash|at)[ -]", re.IGNORECASE)


POSSESSIVE = re.compile(r"[’']s?$")

NO_PLACE = re.compile(
    r"""
    (?:the\s+)?
    (?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
      | January|February|March|April|May|June|July|August|September|October|November|December
      | Christmas|Ramadan|Easter|God|Covid|Congress|Parliament|Senate
      | Twitter|Facebook|Instagram|Telegram|YouTube|X
      | English|French|Arabic|Spanish|Earth|Moon|Mars|Internet|Government|State
    )s?\b(?!\s+[A-Z])                                              # not: March Creek
    """,
    re.VERBOSE,
)
"""Days, months, feasts, bodies and languages whose names are places' somewhere."""

PARTS = (
    r"(?:(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|upper|lower|greater|occupied|coastal|downtown"
    r"|nearby|neighbou?ring|remote|rural|city|town|village|port|region|province|district|outskirts|state|area|part)"
)
PART_OF = re.compile(rf"(?:the\s+)?(?:{PARTS}\s+(?:of\s+)?(?:the\s+)?)*")
"""Words for a part or kind of a place before its name: `the southern`, `the northern town of`."""


def bare_name(name: str) -> str:
    """A place's name without the words for its part.

    >>> bare_name("the southern Gaza Strip"), bare_name("town of Sellin")
    ('Gaza Strip', 'Sellin')
    """
    found = PART_OF.match(name)
    return name[found.end() :] if found and found.end() < len(name) else name


def is_no_place(name: str) -> bool:
    """Whether a name that may be a place's is that of a day, a month, a body or a language.

    >>> is_no_place("March"), is_no_place("March Creek"), is_no_place("Sundays")
    (True, False, True)
    """
    return NO_PLACE.match(name) is not None


def place_key(name: str) -> str:
    """What two spellings of a place share: no accents, no marks, no leading article.

    >>> place_key("al-Qarara") == place_key("Al Qarara"), place_key("São Tomé")
    (True, 'sao tome')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    plain = re.sub(r"[’'`ʿ]", "", plain).replace("-", " ")
    return ARTICLES.sub("", re.sub(r"[^\w ]+", " ", plain)).strip()


COUNTRY, STATE, TOWN = 1e10, 1e8, 0.0
"""Weights of a country, of a state of the United States, and of a town of no people, where places share a name.

Texas is no town elsewhere, but Georgia is the country."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its one name here, its country (ISO 3166 alpha-2) and coordinates in degrees."""

    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    weight: float = TOWN
    kind: str = "town"
    """`country`, `region` or `town`."""


@dataclass(frozen=True)
class Gazetteer:
    """Places by key; where a key names several the heaviest (people, or a table's row) is kept."""

    places: Mapping[str, Place] = field(default_factory=dict)
    peoples: Mapping[str, Place] = field(default_factory=dict)
    """Countries by the word for their people: `Kenyan`, `Kenyans`."""

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], more: Iterable[tuple[str, Place]] = ()) -> Gazetteer:
        """From the rows of `territories` (name, also, country_code, latitude, longitude), which win, and `more`."""
        places: dict[str, Place] = {}
        for name, place in more:
            key = place_key(name)
            if key and (key not in places or places[key].weight < place.weight):
                places[key] = place
        for row in rows:
            known = places.get(place_key(row["name"]))
            kind = "country" if known is not None and known.kind == "country" else "region"
            at = (_number(row["latitude"]), _number(row["longitude"]))
            place = Place(row["name"], row["country_code"] or None, *at, 1e12, kind)
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                places[place_key(name)] = place
        return cls(places)

    def with_peoples(self, rows: Iterable[Mapping[str, str]]) -> Gazetteer:
        """With the rows of `demonyms` (country_code, demonyms, also): names of countries in news, and of their people."""
        nations = {place.country_code: place for place in self.places.values() if place.kind == "country"}
        places, peoples = dict(self.places), {}
        for row in rows:
            nation = nations.get(row["country_code"])
            if nation is None:
                continue
            for name in filter(None, row["also"].split("|")):
                places[place_key(name)] = nation
            for name in filter(None, row["demonyms"].split("|")):
                peoples[name] = peoples[f"{name}s"] = nation
        return Gazetteer(places, peoples)

    def people(self, name: str) -> Place | None:
        """The country of a people."""
        return self.peoples.get(name)

    def nation(self, name: str) -> Place | None:
        """The country of that name, `None` where the name is of a town or of nothing."""
        place = self.find(name)
        return place if place is not None and place.kind == "country" else None

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166 alpha-2 code."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {str(place.country_code): place for place in self.places.values() if place.kind == "country"}

    def find(self, name: str) -> Place | None:
        """The place of that spelling, `None` where the gazetteer has none."""
        return self.places.get(place_key(name))


def _number(text: str) -> float | None:
    return float(text) if text else None
