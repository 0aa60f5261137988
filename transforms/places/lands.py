"""Seas, rivers, mountains, islands and parts of the world, and regions that a gazetteer of towns lacks or spells otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copydesk.transforms.places.place import Place
from copydesk.transforms.places.spelling import place_key

LAND = 1e6
"""A land, a water or a region is known as well as a town of so many people that shares its name."""


def lands(rows: Iterable[Mapping[str, str]], regions: Iterable[Mapping[str, str]] = ()) -> dict[str, tuple[Place, ...]]:
    """The places of rows (name, also, country_code, latitude, longitude) by the keys of their names.

    `regions` are rows of provinces and districts, which people govern.

    >>> row = {"name": "Lake Sarn", "also": "Sarn Water", "country_code": "", "latitude": "1.5", "longitude": "-2"}
    >>> [(key, place.name, place.kind) for key, (place,) in lands([row]).items()]
    [('lake sarn', 'Lake Sarn', 'region'), ('sarn water', 'Lake Sarn', 'region')]
    """
    found: dict[str, tuple[Place, ...]] = {}
    for row, land in [*((row, True) for row in rows), *((row, False) for row in regions)]:
        at = float(row["latitude"]), float(row["longitude"])
        first = None if land else row["name"]
        place = Place(row["name"], row["country_code"] or None, *at, LAND, "region", admin1=first, land=land)
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            key = place_key(name)
            found[key] = (*found.get(key, ()), place)
    return found
