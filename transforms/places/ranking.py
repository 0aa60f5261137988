"""Which of the places that share a name an article means: by what else it names, by how near that is, by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import asin, cos, degrees, radians, sin, sqrt

from copydesk.transforms.places.place import Place
from copydesk.transforms.places.support import UNCOUNTED, State, Support, people_by

LEAST_PEOPLE = 15_000
"""A smaller town is meant only where the article names its country: too many share their name with something else."""

LEAST_DISTRICT = 100_000
"""The same of a district."""

LEAST_REGION = 500_000
"""The same of a state or province, where the article names other countries."""

SIZEABLE, SIZEABLE_TOWN = 0.25, 0.1
"""A town of this share of its region’s people is meant by the name of both: in states of a federation, and elsewhere."""

FEDERAL = frozenset("US CA AU IN MX BR AR NG DE".split())
"""Countries whose states are called by their bare names."""

LARGE = 1e6
"""People of a state that a country’s name may mean; no state of a country that is not named counts for more."""

NAMED, ALSO_NAMED, IN_STATE, NEAR, HOME = 100.0, 10.0, 30.0, 20.0, 3.0
"""How much a place gains where the article names its country most, its country too, its state, a town near it, and where the
outlet is of its country."""

KNOWN = 0.3
"""How much a town counts by another name than its own where the article names something of its country: Santiago."""

NEAR_KM = 200.0
RADIUS_KM = 6371.0
NEAR_DEGREES = 1.01 * degrees(NEAR_KM / RADIUS_KM)
"""Degrees of latitude beyond which nothing is near, whatever its longitude."""

DOUBTFUL = 0.1
"""The share of the weight of the likeliest place from which another one is in doubt with it."""

TOGETHER = 15.0
"""How much a place gains by every other name of the article that speaks for its state, and by every one near it."""

SURNAMED = 50_000
"""People of a place that a name may mean though a person of the article has it: Houston, but not Harris."""

SEVERAL = 1.5
"""How many other names must speak for a state for its being named and something near to count both: Nashville alone is one."""

SPOKEN = 0.9
"""How much other names must speak for a small place, by its state, its district and what is near, for it to be meant."""

HAMLET = 2000
"""People below which a town is meant only where something near it or its state is named: a country has one of every name."""

SPOKEN_TOWN, SPOKEN_BESIDE = 2.0, 0.9
"""How many other names must speak for the state of a town, and for what lies near it, where it is called as a country is."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else an article names: how often each country, its states, the points of towns (degrees), the outlet’s country."""

    countries: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[State, frozenset[str]] = field(default_factory=dict)
    """Each state with the keys of the names that speak for it."""

    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Towns by the keys of their names."""

    home: str | None = None
    asked: str = ""
    """The key of the name that is asked for: it speaks for no reading of itself."""

    told: Mapping[str, str] = field(default_factory=dict)
    """The country that each name of a state speaks for, by its key; counted among `countries`."""

    support: Support = field(default_factory=Support)
    """What the names that places share say together."""

    parents: Mapping[str, str] = field(default_factory=dict)
    """The state or country that is printed behind the comma after a name, by its key: that of `Springfield, Ill.` is `Ill.`."""

    as_states: frozenset[str] = frozenset()
    """The keys of names that mean states here, which are printed behind the names of towns: `Washington`, `Ga`."""

    persons: frozenset[str] = frozenset()
    """The keys of the last words of persons' names: alone they are those persons, and no villages that are called so."""

    def asking(self, key: str) -> Surroundings:
        """The same for a name that is asked for, without what it says itself."""
        country = self.told.get(key)
        if country is None:
            return replace(self, asked=key)
        countries = dict(self.countries)
        countries[country] -= 1
        return replace(self, asked=key, countries=countries)

    def named(self, place: Place) -> bool:
        """Whether the article names the country or the state of a place, or a town near it."""
        return bool(self.countries.get(str(place.country_code), 0)) or self._close(place)

    def _close(self, place: Place) -> bool:
        """Whether the article names the state of a place or a town near it, or its other names speak for such together."""
        return self._in_state(place) or self._near(place) or self.support.of(place, self.asked) >= SPOKEN

    def speaks_for_town(self, place: Place) -> bool:
        """Whether the other names are those of towns beside one that is called as a country: `Lebanon`, of Oregon."""
        state, near = self.support.of_state(place, self.asked), self.support.near(place, self.asked)
        return state >= SPOKEN_TOWN and near >= SPOKEN_BESIDE

    def names_but(self, country: str, own: str) -> bool:
        """Whether the article names another country than two."""
        return any(times and code not in (country, own) for code, times in self.countries.items())

    def gain(self, place: Place) -> float:
        """How many times likelier the article makes a place."""
        most = max(self.countries.values(), default=0)
        named = self.countries.get(str(place.country_code), 0)
        gain = NAMED if named and named == most else ALSO_NAMED if named else 1.0
        spoken = self.support.of_state(place, self.asked)
        state = max(_together(spoken), IN_STATE if self._in_state(place) else 1.0)
        near = max(_together(self.support.near(place, self.asked)), NEAR if self._near(place) else 1.0)
        several = spoken >= SEVERAL or len(self.speaking_for(place)) > 1
        gain *= state * near if several else max(state, near)
        gain *= _together(self.support.of_district(place, self.asked))
        return gain * (HOME if self.home is not None and place.country_code == self.home else 1.0)

    def weight(self, place: Place) -> float:
        """The people of a place times what the article gains it; a state of a country not named is no more than large."""
        gain = self.gain(place)
        if gain > 1.0:
            return (max(self._people(place), place.weight * KNOWN * (place.kind == "town")) + UNCOUNTED) * gain
        return min(place.weight, LARGE) if place.kind == "region" and self.countries else self._people(place)

    def meant(self, places: Iterable[Place]) -> list[Place]:
        """The places that are large enough to be meant, or lie where the article names something."""
        least = SURNAMED if self.asked in self.persons else 0.0
        large = (place for place in places if place.weight >= least)
        return [place for place in large if self._people(place) >= self._least(place) or self._told(place)]

    def _told(self, place: Place) -> bool:
        """Whether the article names what a place lies in; of a hamlet more than its country."""
        return self._close(place) if place.kind == "town" and place.weight < HAMLET else self.named(place)

    def _least(self, place: Place) -> float:
        """The people from which a place is meant though the article names nothing of its country."""
        if place.kind == "region":
            return LEAST_REGION if self.countries else 0.0
        return LEAST_PEOPLE if place.kind == "town" else LEAST_DISTRICT

    def _people(self, place: Place) -> float:
        """The people of a place as the name that is asked for speaks of it."""
        return people_by(place, self.asked)

    def likeliest(self, places: Sequence[Place]) -> Place | None:
        """The place that a name means; a town before its own region."""

        def order(place: Place) -> tuple[float, bool, int]:
            return self.weight(place), place.kind == "town", -(place.place_id or 0)

        if len(places) <= 1:
            return next(iter(places), None)
        best = max(places, key=order)
        if best.kind == "town":
            return best
        share = SIZEABLE if best.country_code in FEDERAL else SIZEABLE_TOWN
        towns = [
            place
            for place in places
            if place.kind == "town" and place.country_code == best.country_code and place.weight >= share * best.weight
        ]
        return max(towns, key=order, default=best)

    def doubtful(self, places: Sequence[Place], best: Place) -> list[Place]:
        """The other places that a name may mean as well, the likeliest first; those in the same state are one."""
        least = DOUBTFUL * self.weight(best)
        others = [place for place in places if place.place_id != best.place_id and self.weight(place) >= least]
        apart = [place for place in others if (place.country_code, place.admin1) != (best.country_code, best.admin1)]
        return sorted(apart, key=lambda place: (-self.weight(place), place.place_id or 0))

    def _in_state(self, place: Place) -> bool:
        return bool(self.speaking_for(place))

    def speaking_for(self, place: Place) -> frozenset[str]:
        """The keys of the other names that speak for the state of a place."""
        return self.states.get((str(place.country_code), str(place.admin1)), frozenset()) - {self.asked}

    def _near(self, place: Place) -> bool:
        if place.latitude is None or place.longitude is None:
            return False
        at = (place.latitude, place.longitude)
        level = [(name, other) for name, other in self.points.items() if abs(other[0] - at[0]) <= NEAR_DEGREES]
        return any(name != self.asked and distance(at, other) <= NEAR_KM for name, other in level)


def _together(names: float) -> float:
    """How many times likelier other names make a place that speak for it; less than one whole name says little.

    >>> _together(0.0), _together(0.2) < 2, _together(2.0)
    (1.0, True, 31.0)
    """
    return 1.0 + TOGETHER * names * min(1.0, names)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (latitude and longitude in degrees), in kilometres.

    >>> round(distance((51.5, -0.13), (48.86, 2.35)))
    343
    """
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, one)), tuple(map(radians, other)))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))
