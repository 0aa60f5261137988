"""What an article names that tells places of one name apart: countries, states, towns of names that no others share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from copydesk.transforms.places import Gazetteer, Place, parent_after
from copydesk.transforms.places.parents import IN_LIST, lying_in
from copydesk.transforms.places.ranking import Surroundings
from copydesk.transforms.places.spelling import place_key
from copydesk.transforms.places.support import State, foremost, state_of, together

Read = Callable[[str, Gazetteer], tuple[Place, bool] | None]
"""Reads a name: its place, and whether it names that by its people."""

WIDE = ("country", "region")
KNOWN_TOWN = 50_000
"""People of a town that speaks for its state and for what lies near it."""

LISTED = re.compile(r"(?:,\s+[A-Z][\w.’'-]+(?:\s[A-Z][\w’'-]+)?)*,?\s+(?:and|or)\s+[A-Z]")
"""What stands behind the second name of a list: `Indiana, Pennsylvania and Ohio`."""

SEAT = ("US", "District of Columbia")
"""The state that papers of all countries name for a government: it does not tell that they name towns of its country."""

SHORT = 3
"""Letters below which the short name of a state may be a word as well: `OK`."""

MOST_NAMES = 100
"""Names of an article that are weighed together."""

MOST_POINTS = 12
"""Towns of an article that others are near to."""


def surrounded(
    text: str,
    names: Sequence[tuple[str, int]],
    gazetteer: Gazetteer,
    home: str | None,
    read: Read,
    owners: Sequence[str] = (),
    persons: frozenset[str] = frozenset(),
) -> Gazetteer:
    """The gazetteer as an article reads it that prints these names, each with its offset in the text.

    `owners` are names of places that stand in names of bodies: they speak for what is near, and are no places themselves.
    `persons` are the keys of the last words of persons' names.
    Names that places of several countries share are asked for last, when the others have told what is near.
    """
    first = Surroundings(home=home, persons=persons)
    first = replace(first, **_printed(text, names, gazetteer))
    readings = _readings([*(name for name, _ in names), *owners], gazetteer, first)
    first = replace(first, support=together(readings, (), together(readings, ())))
    around = _found(text, [one for one in names if not gazetteer.is_shared(one[0])], gazetteer.within(first), read)
    shared = [one for one in names if gazetteer.is_shared(one[0])]
    around = replace(around, support=together(readings, around.countries, around.support))
    around = _found(text, shared, gazetteer.within(around), read, last=True) if shared else around
    return gazetteer.within(around)


def _printed(text: str, names: Sequence[tuple[str, int]], gazetteer: Gazetteer) -> dict[str, Any]:
    """What is printed behind the comma after names: the parents of each, and which names are so printed as states."""
    parents: dict[str, str] = {}
    states: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for name, start in names:
        key, parent = place_key(name), parent_after(text, start + len(name))
        seen[key] += 1
        if parent is None:
            continue
        inside = gazetteer.inside(gazetteer.sharing(name), parent)
        listed = gazetteer.state(name) is not None and LISTED.match(text, text.index(parent, start) + len(parent)) is not None
        if inside or listed:
            parents.setdefault(key, IN_LIST if listed else parent)
        state = gazetteer.state(parent)
        if state is not None and not listed and (parent.endswith(".") or lying_in(inside, [state])):
            states[place_key(parent)] += 1
    printed = frozenset(key for key, times in states.items() if 2 * times >= seen[key] + (len(key) < SHORT))
    return {"parents": parents, "as_states": printed}


def _readings(names: Iterable[str], gazetteer: Gazetteer, around: Surroundings) -> dict[str, Sequence[Place]]:
    """The places of names that are no country's, by their keys; of a name printed with its state those of that state alone."""
    readings: dict[str, Sequence[Place]] = {}
    for name in names:
        key = place_key(name)
        if key not in readings and len(readings) < MOST_NAMES and key not in around.as_states and key not in gazetteer.places:
            if key in around.persons:
                continue
            state, parent = gazetteer.state(name), around.parents.get(key)
            places = gazetteer.sharing(name) if state is None or parent else (state,)
            if places:
                readings[key] = foremost((gazetteer.inside(places, parent) if parent else ()) or places)
    return readings


def _found(
    text: str, names: Sequence[tuple[str, int]], gazetteer: Gazetteer, read: Read, *, last: bool = False
) -> Surroundings:
    """What names tell, beside what was told before."""
    before = gazetteer.around
    countries: Counter[str] = Counter(before.countries)
    states: dict[State, frozenset[str]] = dict(before.states)
    points, told = dict(before.points), dict(before.told)
    for name, start in names:
        parent = parent_after(text, start + len(name))
        state = gazetteer.state(parent) if parent and parent.endswith(".") else None
        if state is not None and state.country_code and parent:
            countries[state.country_code] += 1
            _speak(states, state, place_key(parent))
        found = read(name, gazetteer)
        if found is None or not found[0].country_code:
            continue
        place, country, key = found[0], found[0].country_code, place_key(name)
        seat = state_of(place) == SEAT
        if place.kind in WIDE and not seat and not (place.kind == "region" and not found[1] and key in told):
            countries[country] += 1
        if place.kind == "region" and not found[1]:
            told.setdefault(key, country)
        sure = before.support.is_sure(place, key)
        if place.admin1 and not found[1] and (place.kind == "region" or (sure and place.weight >= KNOWN_TOWN)):
            _speak(states, place, key)
        known = not last and sure and place.kind == "town" and place.weight >= KNOWN_TOWN and len(points) < MOST_POINTS
        if known and place.latitude is not None and place.longitude is not None:
            points[key] = (place.latitude, place.longitude)
    return replace(before, countries=countries, states=states, points=points, told=told)


def _speak(states: dict[State, frozenset[str]], place: Place, key: str) -> None:
    """Counts a name, by its key, among those that speak for the state of a place."""
    if (state := state_of(place)) is not None:
        states[state] = states.get(state, frozenset()) | {key}
