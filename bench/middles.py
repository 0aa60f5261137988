"""The middle of the land that points span, for the regions of a gazetteer that knows only their towns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import cos, radians
from statistics import fmean

Point = tuple[float, float]

NEIGHBOURS = 5
"""Towns nearest to one that tell whether it is of its region."""

LEAST_AREA = 1e-6
"""Square degrees below which points span no land."""


def middle(points: Sequence[Point]) -> Point:
    """The middle of the area that points (latitude, longitude) span; of one or two, or of some in a line, their mean.

    The mean of Ontario's towns lies beside Lake Ontario, 630 km from the middle of Ontario.

    >>> middle([(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.1, 0.1), (0.2, 0.2)])
    (2.0, 2.0)
    >>> middle([(1.0, 1.0), (3.0, 3.0)])
    (2.0, 2.0)
    """
    around = hull(points)
    area = lat = lon = 0.0
    for (lat_1, lon_1), (lat_2, lon_2) in pairwise((*around, *around[:1])):
        cross = lat_1 * lon_2 - lat_2 * lon_1
        area, lat, lon = area + cross, lat + (lat_1 + lat_2) * cross, lon + (lon_1 + lon_2) * cross
    if len(around) < 3 or abs(area) < LEAST_AREA:
        return fmean(point[0] for point in points), fmean(point[1] for point in points)
    return lat / (3 * area), lon / (3 * area)


def without_strays(points: Sequence[Point], towns: Mapping[Point, frozenset[int]], region: int) -> list[Point]:
    """The points of a region but those that lie far out among the towns of others, and are wrongly counted among its own.

    `towns` are all points of the country with the numbers of their regions. One town of Hebei by its code lies in Tibet.
    """
    kept = list(points)
    while len(kept) > NEIGHBOURS:
        strays = {point for point in hull(kept) if not _among_its_own(point, towns, region)}
        if not strays:
            break
        kept = [point for point in kept if point not in strays]
    return kept or list(points)


def _among_its_own(point: Point, towns: Mapping[Point, frozenset[int]], region: int) -> bool:
    """Whether one of the towns nearest to a point is of its region."""
    wide = cos(radians(point[0])) ** 2

    def far(other: Point) -> float:
        return (other[0] - point[0]) ** 2 + wide * (other[1] - point[1]) ** 2

    near = nsmallest(NEIGHBOURS, (town for town in towns if town != point), key=far)
    return any(region in towns[town] for town in near)


def hull(points: Sequence[Point]) -> list[Point]:
    """The points that lie around all others, in order.

    >>> hull([(0.0, 0.0), (0.0, 2.0), (2.0, 0.0), (0.5, 0.5)])
    [(0.0, 0.0), (2.0, 0.0), (0.0, 2.0)]
    """
    ordered = sorted(set(points))
    return ordered if len(ordered) < 3 else _side(ordered) + _side(ordered[::-1])


def _side(points: Sequence[Point]) -> list[Point]:
    """One side of the hull, without its last point, which opens the other."""
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept[:-1]


def _turn(one: Point, two: Point, three: Point) -> float:
    """More than 0 where the way from the first point over the second to the third turns left."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
