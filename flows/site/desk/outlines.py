"""Land and borders of the world as lines: Natural Earth at 1:50 million, as the package world-atlas has it in TopoJSON."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "world/countries-50m.json"
MARGIN = 40.0
"""Pixels around the picture in which lines go on as they are; farther out they run along its edge."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

TURNS = (-360.0, 0.0, 360.0)
"""Degrees by which a line is turned, since what lies beyond 180 degrees lies at the other edge too."""

STEP = 1.4
"""Pixels between two points of a line at least; land that is smaller is left out."""


@dataclass(frozen=True, kw_only=True)
class View:
    """What a map shows: degrees, and how they become pixels. North is up; degrees are as long as in its middle."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    width: int
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands, in pixels."""
        return (longitude - self.west) * self.scale_x, (self.north - latitude) * self.scale_y

    @property
    def east(self) -> float:
        """Its right edge, in degrees."""
        return self.west + self.width / self.scale_x

    @property
    def south(self) -> float:
        """Its lower edge, in degrees."""
        return self.north - self.height / self.scale_y

    def size(self, box: Sequence[float]) -> float:
        """How many pixels a box of degrees is wide and high together."""
        return (box[2] - box[0]) * self.scale_x + (box[3] - box[1]) * self.scale_y

    def meets(self, box: Sequence[float]) -> bool:
        """Whether a box of degrees (west, south, east, north) has a part in it."""
        return box[0] <= self.east and box[2] >= self.west and box[1] <= self.north and box[3] >= self.south


@dataclass(frozen=True, kw_only=True)
class Ring:
    """The edge of a piece of land, as numbers of arcs; a number below 0 is that arc backwards."""

    arcs: Sequence[int]
    box: Box


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country's name and the middle of its largest piece."""

    name: str
    number: int
    longitude: float
    latitude: float
    box: Box


@dataclass(frozen=True, kw_only=True)
class World:
    """The lines of the world, each a row of degrees: longitude, latitude, longitude, and so on."""

    arcs: Sequence[array[float]]
    land: Sequence[Ring]
    borders: Sequence[int]
    countries: Sequence[Country]

    def land_in(self, view: View) -> str:
        """The land that a map shows, as the path of an SVG."""
        seen = [ring for ring in self.land if view.size(ring.box) > STEP]
        return "".join(
            self._path(ring.arcs, view, turn) + "Z" for turn in TURNS for ring in seen if view.meets(turned(ring.box, turn))
        )

    def borders_in(self, view: View) -> str:
        """The borders between countries that a map shows, as the path of an SVG."""
        boxes = {one: _box(self.arcs[one]) for one in self.borders}
        return "".join(
            self._path([one], view, turn) for turn in TURNS for one, box in boxes.items() if view.meets(turned(box, turn))
        )

    def names_in(self, view: View) -> Iterator[tuple[str, float, float]]:
        """The names of the countries of which the middle is in a map, the largest first, each with its place in pixels."""
        inside = [one for one in self.countries if view.meets((one.longitude, one.latitude) * 2)]
        for one in sorted(inside, key=lambda one: (-(one.box[2] - one.box[0]) * (one.box[3] - one.box[1]), one.name)):
            yield one.name, *view.at(one.longitude, one.latitude)

    def _path(self, numbers: Sequence[int], view: View, turn: float) -> str:
        told: list[str] = []
        before = (float("inf"), float("inf"))
        for x, y in points_of(numbers, self.arcs):
            across, down = view.at(x + turn, y)
            across = min(max(across, -MARGIN), view.width + MARGIN)
            down = min(max(down, -MARGIN), view.height + MARGIN)
            if abs(across - before[0]) + abs(down - before[1]) >= STEP:
                told.append(f"{' ' if told else 'M'}{across:.1f},{down:.1f}")
                before = across, down
        return "".join(told) if len(told) > 1 else ""


def points_of(numbers: Sequence[int], arcs: Sequence[array[float]]) -> Iterator[tuple[float, float]]:
    """The points of a line in degrees. One that crosses the line of dates goes on beyond 180 degrees."""
    turn, before = 0.0, None
    for number in numbers:
        arc = arcs[~number if number < 0 else number]
        points = zip(arc[::2], arc[1::2], strict=True)
        for x, y in reversed(list(points)) if number < 0 else points:
            if before is not None and abs(x + turn - before) > 180:
                turn += 360.0 if before > x + turn else -360.0
            before = x + turn
            yield before, y


def turned(box: Box, turn: float) -> Box:
    """A box of degrees, turned eastwards."""
    return box[0] + turn, box[1], box[2] + turn, box[3]


@cache
def world() -> World:
    """The lines of the world; read once."""
    told = json.loads((files("copydesk.flows.site.desk") / FILE).read_text(encoding="utf-8"))
    arcs = [_decoded(arc, told["transform"]) for arc in told["arcs"]]
    countries = told["objects"]["countries"]["geometries"]
    used = Counter(number for one in countries for number in {~n if n < 0 else n for ring in _rings(one) for n in ring})
    land = [_ring(ring, arcs) for one in told["objects"]["land"]["geometries"] for ring in _rings(one)]
    return World(
        arcs=arcs,
        land=land,
        borders=sorted(number for number, times in used.items() if times > 1),
        countries=[_country(one, arcs) for one in countries if one.get("arcs")],
    )


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> array[float]:
    """An arc in degrees: in the file each point is the steps from the one before."""
    (step_x, step_y), (first_x, first_y) = transform["scale"], transform["translate"]
    made, x, y = array("d"), 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        made.extend((x * step_x + first_x, y * step_y + first_y))
    return made


def _rings(geometry: Mapping[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry.get("arcs", ()) for ring in polygon]


def _ring(numbers: Sequence[int], arcs: Sequence[array[float]]) -> Ring:
    return Ring(arcs=numbers, box=_box(array("d", [one for point in points_of(numbers, arcs) for one in point])))


def _country(geometry: Mapping[str, Any], arcs: Sequence[array[float]]) -> Country:
    rings = [_ring(ring, arcs) for ring in _rings(geometry)]
    largest = max(rings, key=lambda ring: (ring.box[2] - ring.box[0]) * (ring.box[3] - ring.box[1]))
    west, south, east, north = largest.box
    return Country(
        name=geometry["properties"]["name"],
        number=int(geometry.get("id") or 0),
        longitude=(west + east) / 2,
        latitude=(south + north) / 2,
        box=largest.box,
    )


def _box(arc: array[float]) -> Box:
    return min(arc[::2]), min(arc[1::2]), max(arc[::2]), max(arc[1::2])
