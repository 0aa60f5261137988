"""The rows of the table of territories, which win over what a gazetteer has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from copydesk.transforms.places.place import TERRITORY, Place
from copydesk.transforms.places.spelling import place_key


class Listed(Protocol):
    """A table of the world's places."""

    def candidates(self, key: str) -> Sequence[Place]:
        """The places of a key."""
        ...


def territory(row: Mapping[str, str], places: Mapping[str, Place], listed: Listed | None) -> Place:
    """The place of a row: what the other tables know of it, under the row's name and point."""
    country = row["country_code"] or None
    known = places.get(place_key(row["name"]))
    if known is None or known.country_code != country:
        among = listed.candidates(place_key(row["name"])) if listed is not None else ()
        same = [place for place in among if place.country_code == country]
        known = max(same, key=lambda place: (place.weight, str(place.place_id)), default=None)
    at = (_number(row["latitude"]), _number(row["longitude"]))
    if known is None:
        return Place(row["name"], country, *at, TERRITORY, "region", admin1=row["name"] if country else None)
    return replace(known, name=row["name"], latitude=at[0], longitude=at[1], weight=TERRITORY)


def _number(text: str) -> float | None:
    return float(text) if text else None
