"""What names that places share say together: `Athens`, `Nelsonville` and `Albany` are all three towns of Ohio alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import floor, sqrt
from typing import TypeVar

from copydesk.transforms.places.place import Place
from copydesk.transforms.places.spelling import place_key

State = tuple[str, str]
"""A state or province: its country (ISO 3166 alpha-2) and its name."""

District = tuple[str, str, str]
"""A district or county: its country, its state and its name."""

Cell = tuple[int, int]
"""A square of one degree, by its southwestern corner: what lies in it or in the eight around it is near."""

Key = TypeVar("Key")

MOST_READINGS = 40
"""Places of one name that are weighed."""

UNCOUNTED = 500.0
"""People that every place counts for beside its own: a village whose people nobody counted is one all the same."""

FURTHER = 0.05
"""How much a town counts by another name than its own: Canton."""

DISTRICT = 100_000.0
"""People of a district above which more of them make it no likelier."""

BESIDE = 3.0
"""How much likelier a reading is for every other name that speaks for its state, its district or what is near it."""

SURE = 0.5
"""The share of the readings of a name that lie in one state from which it speaks for that state."""

COUNTRY_NAMED = 10.0
"""How much likelier a reading is in a country that the article names."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one name says: how likely its place lies in each state, each district and each square, 1 together."""

    states: Mapping[State, float]
    districts: Mapping[District, float]
    cells: Mapping[Cell, float]


@dataclass(frozen=True, slots=True)
class Support:
    """What all names of an article say of states, districts and squares, and what each of them adds."""

    states: Mapping[State, float] = field(default_factory=dict)
    districts: Mapping[District, float] = field(default_factory=dict)
    cells: Mapping[Cell, float] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)

    def of_state(self, place: Place, asked: str) -> float:
        """How many other names than `asked`, a key, speak for the state of a place."""
        state = state_of(place)
        if state is None or state not in self.states:
            return 0.0
        own = self.shares[asked].states.get(state, 0.0) if asked in self.shares else 0.0
        return max(0.0, self.states[state] - own)

    def of_district(self, place: Place, asked: str) -> float:
        """How many other names than `asked`, a key, are that of the district of a place, or lie in it where it is one."""
        district = district_of(place)
        if district is None or district not in self.districts:
            return 0.0
        own = self.shares[asked].districts.get(district, 0.0) if asked in self.shares else 0.0
        return max(0.0, self.districts[district] - own)

    def of(self, place: Place, asked: str) -> float:
        """How much other names than `asked`, a key, speak for a place: by its state, its district and what is near."""
        return self.of_state(place, asked) + self.of_district(place, asked) + self.near(place, asked)

    def is_sure(self, place: Place, key: str) -> bool:
        """Whether a name, by its key, is likelier that of a place in the state of this one than elsewhere."""
        state, share = state_of(place), self.shares.get(key)
        return state is None or share is None or share.states.get(state, 0.0) >= SURE

    def near(self, place: Place, asked: str) -> float:
        """How many other names than `asked`, a key, are those of towns near a place."""
        cell = cell_of(place)
        if cell is None or not self.cells:
            return 0.0
        own = self.shares[asked].cells if asked in self.shares else {}
        return max(0.0, sum(self.cells[one] - own.get(one, 0.0) for one in _around(cell) if one in self.cells))


def together(names: Mapping[str, Sequence[Place]], countries: Collection[str], support: Support | None = None) -> Support:
    """What names say together, each by its key with its places; `countries` are those that the article names.

    Where `support` is what they said before, they are weighed by it.
    """
    support = support or Support()
    shares = {key: _share(key, places, countries, support) for key, places in names.items()}
    return Support(
        states=_sum(share.states for share in shares.values()),
        districts=_sum(share.districts for share in shares.values()),
        cells=_sum(share.cells for share in shares.values()),
        shares=shares,
    )


def foremost(places: Sequence[Place]) -> Sequence[Place]:
    """The places of a name that are weighed, those of most people."""
    return places if len(places) <= MOST_READINGS else nlargest(MOST_READINGS, places, key=lambda place: place.weight)


def _share(key: str, places: Iterable[Place], countries: Collection[str], support: Support) -> Share:
    """What a name says where its places are as likely as their people and the other names make them."""
    likely: dict[Place, float] = {}
    for place in places:
        weight = sqrt(people_by(place, key) + UNCOUNTED) * (COUNTRY_NAMED if place.country_code in countries else 1.0)
        near = (1 + BESIDE * support.near(place, key)) * (1 + BESIDE * support.of_district(place, key))
        likely[place] = weight * (1 + BESIDE * support.of_state(place, key)) * near
    total = sum(likely.values()) or 1.0
    states: dict[State, float] = defaultdict(float)
    districts: dict[District, float] = defaultdict(float)
    cells: dict[Cell, float] = defaultdict(float)
    for place, weight in likely.items():
        if (state := state_of(place)) is not None:
            states[state] += weight / total
        if (district := district_of(place)) is not None:
            districts[district] += weight / total
        if place.kind != "region" and (cell := cell_of(place)) is not None:
            cells[cell] += weight / total
    return Share(states, districts, cells)


def people_by(place: Place, key: str) -> float:
    """The people of a place as a name with that key speaks of it; by another name than its own a town counts for less.

    A district is named as often as another, however many live there: Marion County.
    """
    if place.kind == "district":
        return min(place.weight, DISTRICT)
    return place.weight * FURTHER if place.kind == "town" and key and place_key(place.name) != key else place.weight


def state_of(place: Place) -> State | None:
    """The state that a place lies in or is."""
    return (place.country_code, place.admin1) if place.country_code and place.admin1 else None


def district_of(place: Place) -> District | None:
    """The district that a place lies in or is."""
    state = state_of(place)
    return (*state, place.admin2) if state is not None and place.admin2 else None


def cell_of(place: Place) -> Cell | None:
    """The square that a place lies in."""
    if place.latitude is None or place.longitude is None:
        return None
    return floor(place.latitude), floor(place.longitude)


def _around(cell: Cell) -> Iterable[Cell]:
    return ((cell[0] + north, cell[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1))


def _sum(shares: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    total: dict[Key, float] = defaultdict(float)
    for share in shares:
        for key, weight in share.items():
            total[key] += weight
    return dict(total)
