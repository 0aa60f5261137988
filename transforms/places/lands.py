"""Seas, rivers, lakes, mountains, deserts, islands and parts of the world: places that have no people of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copydesk.transforms.places.place import Place
from copydesk.transforms.places.spelling import place_key

LAND = 1e6
"""A land or water is known as well as a town of so many people that shares its name."""


def lands(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[Place, ...]]:
    """The places of rows (name, also, country_code, latitude, longitude) by the keys of their names.

    >>> row = {"name": "Lake Sarn", "also": "Sarn Water", "country_code": "", "latitude": "1.5", "longitude": "-2"}
    >>> [(key, place.name, place.kind) for key, (place,) in lands([row]).items()]
    [('lake sarn', 'Lake Sarn', 'region'), ('sarn water', 'Lake Sarn', 'region')]
    """
    found: dict[str, tuple[Place, ...]] = {}
    for row in rows:
        at = float(row["latitude"]), float(row["longitude"])
        place = Place(row["name"], row["country_code"] or None, *at, LAND, "region", land=True)
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            key = place_key(name)
            found[key] = (*found.get(key, ()), place)
    return found
