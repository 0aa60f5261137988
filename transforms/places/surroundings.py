"""What an article names that tells places of one name apart: countries, states, towns of names that no others share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from copydesk.transforms.places import Gazetteer, Place, parent_after
from copydesk.transforms.places.ranking import State, Surroundings
from copydesk.transforms.places.spelling import place_key

Read = Callable[[str, Gazetteer], tuple[Place, bool] | None]
"""Reads a name: its place, and whether it names that by its people."""

WIDE = ("country", "region")
KNOWN_TOWN = 50_000
"""People of a town that speaks for its state and for what lies near it."""

MOST_POINTS = 12
"""Towns of an article that others are near to."""


def surrounded(text: str, names: Sequence[tuple[str, int]], gazetteer: Gazetteer, home: str | None, read: Read) -> Gazetteer:
    """The gazetteer as an article reads it that prints these names, each with its offset in the text.

    Names that places of several countries share are asked for last, when the others have told what is near.
    """
    first = gazetteer.within(Surroundings(home=home))
    around = _found(text, [one for one in names if not gazetteer.is_shared(one[0])], first, home, read)
    second = gazetteer.within(around)
    shared = [one for one in names if gazetteer.is_shared(one[0])]
    return gazetteer.within(_found(text, shared, second, home, read, around)) if shared else second


def _found(
    text: str,
    names: Sequence[tuple[str, int]],
    gazetteer: Gazetteer,
    home: str | None,
    read: Read,
    before: Surroundings | None = None,
) -> Surroundings:
    """What names tell, beside what was told before."""
    countries: Counter[str] = Counter(before.countries if before else {})
    states: dict[State, frozenset[str]] = dict(before.states if before else {})
    points = dict(before.points if before else {})
    told = dict(before.told if before else {})
    for name, start in names:
        parent = parent_after(text, start + len(name))
        state = gazetteer.provinces.get(place_key(parent)) if parent and parent.endswith(".") else None
        if state is not None:
            countries[state[0]] += 1
        found = read(name, gazetteer)
        if found is None or not found[0].country_code:
            continue
        place, country, key = found[0], found[0].country_code, place_key(name)
        if place.kind in WIDE and not (place.kind == "region" and not found[1] and key in told):
            countries[country] += 1
        if place.kind == "region" and not found[1]:
            told.setdefault(key, country)
        if place.admin1 and not found[1] and (place.kind == "region" or place.weight >= KNOWN_TOWN):
            within = (country, place.admin1)
            states[within] = states.get(within, frozenset()) | {key}
        known = before is None and place.kind == "town" and place.weight >= KNOWN_TOWN and len(points) < MOST_POINTS
        if known and place.latitude is not None and place.longitude is not None:
            points[key] = (place.latitude, place.longitude)
    return Surroundings(countries, states, points, home, told=told)
