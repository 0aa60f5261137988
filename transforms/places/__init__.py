"""Place names: a gazetteer that spellings meet in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Protocol

ARTICLES = re.compile(r"^(?:the|al|el|ar|as|ash|at)[ -]", re.IGNORECASE)


POSSESSIVE = re.compile(r"[’']s?$")

NO_PLACE = re.compile(
    r"""
    (?:the\s+)?
    (?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
      | January|February|March|April|May|June|July|August|September|October|November|December
      | Christmas|Ramadan|Easter|God|Covid|Congress|Parliament|Senate
      | Twitter|Facebook|Instagram|Telegram|YouTube|X
      | No|Yes|So|Or|If|As|We|He|It|My|Me|Is|Do|Go                    # heads of sentences
      | English|French|Arabic|Spanish|Earth|Moon|Mars|Internet|Government|State
    )s?\b(?!\s+[A-Z])                                              # not: March Creek
    """,
    re.VERBOSE,
)
"""Days, months, feasts, bodies, languages and small words whose names are places' somewhere."""

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


COMPASS = re.compile(r"(?:the\s+)?(?:(?:North|South)(?:east|west)?ern|Eastern|Western|Central)\s+(?=[A-Z])")
"""A part of the world that a name opens with."""

PARENT = re.compile(r",\s+(?:in\s+)?(?P<parent>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})(?=[\s,.;:)]|$)")


def parent_after(text: str, end: int) -> str | None:
    """The name behind a comma that may be the state or country of the place before text[end:].

    >>> parent_after("in Springfield, Illinois, on Monday", 14)
    'Illinois'
    """
    found = PARENT.match(text, end)
    return found["parent"] if found else None


def is_no_place(name: str) -> bool:
    """Whether a name that may be a place's is that of a day, a month, a body or a language.

    >>> is_no_place("March"), is_no_place("March Creek"), is_no_place("Sundays")
    (True, False, True)
    """
    return NO_PLACE.match(name) is not None


@lru_cache(16384)
def place_key(name: str) -> str:
    """What two spellings of a place share: no accents, no marks, no leading article.

    >>> place_key("al-Qarara") == place_key("Al Qarara"), place_key("São Tomé")
    (True, 'sao tome')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    plain = re.sub(r"[’'`ʿ]", "", plain).replace("-", " ")
    return ARTICLES.sub("", re.sub(r"[^\w ]+", " ", plain)).strip()


COUNTRY, TERRITORY, TOWN = 1e10, 1e12, 0.0
"""Weights of a country, of a row of `territories`, and of a town of no people, where places share a name."""

LEAST_PEOPLE = 15_000
"""A smaller town is meant only where the article names its country: too many share their name with something else."""

LEAST_DISTRICT = 100_000
"""The same of a district."""

SIZEABLE = 0.3
"""A town of this share of its region's people is meant by the name of both: Paris, New York."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its one name here, its country (ISO 3166 alpha-2) and coordinates in degrees."""

    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    weight: float = TOWN
    """People, or more where the name is not to be taken for another place."""

    kind: str = "town"
    """`country`, `region` (a state, a province), `district` or `town`."""

    place_id: int | None = None
    """Its GeoNames id."""

    admin1: str | None = None
    """The state or province that it lies in or is."""

    admin2: str | None = None
    """The district or county that it lies in or is."""


class Listed(Protocol):
    """A table of the world's places."""

    def candidates(self, key: str) -> Sequence[Place]:
        """The places of a key."""
        ...


@dataclass(frozen=True)
class Gazetteer:
    """Places by key: countries and territories in `places`, the many others in `listed`."""

    places: Mapping[str, Place] = field(default_factory=dict)
    peoples: Mapping[str, Place] = field(default_factory=dict)
    """Countries by the word for their people: `Kenyan`, `Kenyans`."""

    listed: Listed | None = None
    votes: Mapping[str, int] = field(default_factory=dict)
    """How often the article that is read names each country (ISO 3166 alpha-2)."""

    @classmethod
    def parse(
        cls, rows: Iterable[Mapping[str, str]], more: Iterable[tuple[str, Place]] = (), listed: Listed | None = None
    ) -> Gazetteer:
        """From the rows of `territories` (name, also, country_code, latitude, longitude), which win, `more` and `listed`."""
        places: dict[str, Place] = {}
        for name, place in more:
            key = place_key(name)
            if key and (key not in places or places[key].weight < place.weight):
                places[key] = place
        table = cls(places, listed=listed)
        for row in rows:
            place = table._territory(row)
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                places[place_key(name)] = place
        return table

    def _territory(self, row: Mapping[str, str]) -> Place:
        """The place of a row: what the other tables know of it, under the row's name and point."""
        country = row["country_code"] or None
        known = self.places.get(place_key(row["name"]))
        if known is None or known.country_code != country:
            listed = self.listed.candidates(place_key(row["name"])) if self.listed is not None else ()
            same = [place for place in listed if place.country_code == country]
            known = max(same, key=lambda place: (place.weight, str(place.place_id)), default=None)
        at = (_number(row["latitude"]), _number(row["longitude"]))
        if known is None:
            return Place(row["name"], country, *at, TERRITORY, "region", admin1=row["name"] if country else None)
        return replace(known, name=row["name"], latitude=at[0], longitude=at[1], weight=TERRITORY)

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
        return replace(self, places=places, peoples=peoples)

    def within(self, votes: Mapping[str, int]) -> Gazetteer:
        """The gazetteer as an article reads it that names each country so often: a name that places share is its country's."""
        return replace(self, votes=votes)

    def people(self, name: str) -> Place | None:
        """The country of a people."""
        return self.peoples.get(name)

    def nation(self, name: str) -> Place | None:
        """The country of that name, `None` where the name is of a town or of nothing."""
        place = self.places.get(place_key(name))
        return place if place is not None and place.kind == "country" else None

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166 alpha-2 code."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {str(place.country_code): place for place in self.places.values() if place.kind == "country"}

    def find(self, name: str, parent: str | None = None) -> Place | None:
        """The place of that spelling, `None` where the gazetteer has none or none that this article can mean.

        `parent` is the state or country that is printed behind it: `Springfield, Illinois`.
        """
        key = place_key(name)
        own = self.places.get(key)
        listed = self.listed.candidates(key) if self.listed is not None else ()
        if own is None and self.listed is not None and key.startswith("st "):
            listed = self._saint(key)
        if own is None or own.kind == "country":
            inside = self._inside(listed, parent) if parent else []
            rivals = [place for place in listed if own is not None and self._rivals(place, own)]
            found = _likeliest(inside or rivals or ([] if own is not None else self._meant(listed)), self.votes)
            return found or own
        return own

    def _saint(self, key: str) -> Sequence[Place]:
        """The places of a saint, as one of the spellings has them; first those in countries that the article names."""
        spelt = [self.listed.candidates(other) for other in _saints(key)] if self.listed is not None else []
        here = [found for found in spelt if any(self.votes.get(str(place.country_code)) for place in found)]
        return next((found for found in [*here, *spelt] if found), ())

    def division(self, name: str) -> Place | None:
        """The state, province, district or county of a name, no town; `None` where the gazetteer has none that is meant."""
        listed = self.listed.candidates(place_key(name)) if self.listed is not None else ()
        return _likeliest([place for place in self._meant(listed) if place.kind != "town"], self.votes)

    def town(self, name: str) -> Place | None:
        """The town of a name, no state that is called the same; `None` where the gazetteer has none that is meant."""
        listed = self.listed.candidates(place_key(name)) if self.listed is not None else ()
        return _likeliest([place for place in self._meant(listed) if place.kind == "town"], self.votes)

    def of_part(self, name: str) -> Place | None:
        """The state or country of a name with a capital part: `Southern California`, not `Northern Ireland`."""
        found = COMPASS.match(name)
        whole = self.find(name[found.end() :]) if found and self.find(name) is None else None
        return whole if whole is not None and whole.kind in ("country", "region") else None

    def _inside(self, listed: Sequence[Place], parent: str) -> list[Place]:
        """The places that lie in a state or country of a name."""
        key = place_key(parent)
        nation = self.places.get(key)
        code = nation.country_code if nation is not None and nation.kind == "country" else None
        states = [place for place in listed if place.admin1 and place.kind != "region" and place_key(place.admin1) == key]
        return states or [place for place in listed if code is not None and place.country_code == code]

    def _rivals(self, place: Place, own: Place) -> bool:
        """Whether an article means a large state of another country by the name of a country: Georgia beside Florida."""
        if place.kind != "region" or place.country_code == own.country_code or place.weight < LARGE:
            return False
        return self.votes.get(str(place.country_code), 0) > max(1, self.votes.get(str(own.country_code), 0))

    def _meant(self, listed: Sequence[Place]) -> list[Place]:
        """The places that are large enough to be meant, or lie in a country that the article names."""
        out = []
        for place in listed:
            least = {"town": LEAST_PEOPLE, "district": LEAST_DISTRICT}.get(place.kind, 0)
            if place.weight >= least or self.votes.get(str(place.country_code), 0):
                out.append(place)
        return out


LARGE = 1e6
"""People of a state that a country's name may mean."""

NAMED = 100.0
"""How much a place gains where the article names its country most; others that are named gain a tenth of it."""


def _likeliest(places: Sequence[Place], votes: Mapping[str, int]) -> Place | None:
    """The place that a name means: by its people, by how often the article names its country; a town before its own region."""
    most = max(votes.values(), default=0)

    def weight(place: Place) -> tuple[float, bool, int]:
        named = votes.get(str(place.country_code), 0)
        gain = NAMED if named and named == most else NAMED / 10 if named else 1.0
        return place.weight * gain, place.kind == "town", -(place.place_id or 0)

    best = max(places, key=weight, default=None)
    if best is None or best.kind == "town":
        return best
    towns = [
        place
        for place in places
        if place.kind == "town" and place.country_code == best.country_code and place.weight >= SIZEABLE * best.weight
    ]
    return max(towns, key=weight, default=best)


def _saints(key: str) -> tuple[str, str, str]:
    """The keys of a saint's place: as `St. Karm`, `St Karm` and `Saint Karm` have it."""
    name = key[3:].strip()
    return f"st  {name}", f"st {name}", f"saint {name}"


def _number(text: str) -> float | None:
    return float(text) if text else None
