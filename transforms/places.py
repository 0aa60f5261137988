"""Place names: a gazetteer that spellings meet in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ARTICLES = re.compile(r"^(?:the|al|el|ar|as|ash|at)[ -]", re.IGNORECASE)


def place_key(name: str) -> str:
    """What two spellings of a place share: no accents, no marks, no leading article.

    >>> place_key("al-Qarara") == place_key("Al Qarara"), place_key("São Tomé")
    (True, 'sao tome')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    plain = re.sub(r"[’'`ʿ]", "", plain).replace("-", " ")
    return ARTICLES.sub("", re.sub(r"[^\w ]+", " ", plain)).strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its one name here, its country (ISO 3166 alpha-2) and coordinates in degrees."""

    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    weight: float = 0.0


@dataclass(frozen=True)
class Gazetteer:
    """Places by key; where a key names several the heaviest (people, or a table's row) is kept."""

    places: Mapping[str, Place] = field(default_factory=dict)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], more: Iterable[tuple[str, Place]] = ()) -> Gazetteer:
        """From the rows of `territories` (name, also, country_code, latitude, longitude), which win, and `more`."""
        places: dict[str, Place] = {}
        for name, place in more:
            key = place_key(name)
            if key and (key not in places or places[key].weight < place.weight):
                places[key] = place
        for row in rows:
            place = Place(row["name"], row["country_code"] or None, _number(row["latitude"]), _number(row["longitude"]), 1e12)
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                places[place_key(name)] = place
        return cls(places)

    def find(self, name: str) -> Place | None:
        """The place of that spelling, `None` where the gazetteer has none."""
        return self.places.get(place_key(name))


def _number(text: str) -> float | None:
    return float(text) if text else None
