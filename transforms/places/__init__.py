"""Place names: a gazetteer that spellings meet in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from copydesk.transforms.places.lands import lands
from copydesk.transforms.places.parents import IN_LIST, lying_in
from copydesk.transforms.places.place import COUNTRY, TERRITORY, TOWN, Place
from copydesk.transforms.places.ranking import LARGE, Surroundings
from copydesk.transforms.places.spelling import (
    COMPASS,
    DIVISION,
    IN_FULL,
    INITIALS,
    POSSESSIVE,
    bare_name,
    is_no_place,
    parent_after,
    place_key,
    saints,
)
from copydesk.transforms.places.support import State
from copydesk.transforms.places.territories import Listed, territory

__all__ = [
    "COUNTRY",
    "POSSESSIVE",
    "TERRITORY",
    "TOWN",
    "Gazetteer",
    "Listed",
    "Place",
    "Surroundings",
    "bare_name",
    "is_no_place",
    "parent_after",
    "place_key",
]


MOST_MET = 10_000
"""Names that a gazetteer remembers."""


@dataclass(frozen=True)
class Gazetteer:
    """Places by key: countries and territories in `places`, the many others in `listed`."""

    places: Mapping[str, Place] = field(default_factory=dict)
    peoples: Mapping[str, Place] = field(default_factory=dict)
    """Countries by the word for their people: `Kenyan`, `Kenyans`."""

    listed: Listed | None = None
    provinces: Mapping[str, State] = field(default_factory=dict)
    """States and provinces by the keys of their names and short names: `N.Y.`."""

    lands: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Seas, rivers, mountains, islands and parts of the world by the keys of their names."""

    around: Surroundings = field(default_factory=Surroundings)
    """What the article that is read names beside a place."""

    met: dict[str, Sequence[Place]] = field(default_factory=dict, repr=False, compare=False)
    """The places of names that were asked for in any article."""

    _met: dict[tuple[str, str | None], Place | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was found for names that were asked for: an article asks for most of its names many times."""

    @classmethod
    def parse(
        cls, rows: Iterable[Mapping[str, str]], more: Iterable[tuple[str, Place]] = (), listed: Listed | None = None
    ) -> Gazetteer:
        """From the rows of `territories` (name, also, country_code, latitude, longitude), which win, `more` and `listed`."""
        places: dict[str, Place] = {}
        for name, place in more:
            key = place_key(name)
            if key and (key not in places or places[key].weight < place.weight):
                places[key] = place
        table = cls(places, listed=listed)
        for row in rows:
            place = territory(row, places, listed)
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                places[place_key(name)] = place
        return table

    def with_peoples(self, rows: Iterable[Mapping[str, str]]) -> Gazetteer:
        """With the rows of `demonyms` (country_code, demonyms, also): names of countries in news, and of their people."""
        nations = {place.country_code: place for place in self.places.values() if place.kind == "country"}
        places, peoples = dict(self.places), {}
        for row in rows:
            nation = nations.get(row["country_code"])
            if nation is None:
                continue
            for name in filter(None, row["also"].split("|")):
                places[place_key(name)] = nation
            for name in filter(None, row["demonyms"].split("|")):
                peoples[name] = peoples[f"{name}s"] = nation
        return replace(self, places=places, peoples=peoples)

    def with_provinces(self, rows: Iterable[Mapping[str, str]]) -> Gazetteer:
        """With the rows of `provinces` (country_code, name, also): states under the short names that news prints."""
        provinces: dict[str, State] = {}
        for row in rows:
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                provinces.setdefault(place_key(name), (row["country_code"], place_key(row["name"])))
        return replace(self, provinces=provinces, met={})

    def with_lands(self, rows: Iterable[Mapping[str, str]], regions: Iterable[Mapping[str, str]]) -> Gazetteer:
        """With the rows of `landforms` and `regions` (see `lands`), which stand beside the towns of their names."""
        return replace(self, lands=lands(rows, regions), met={})

    def within(self, around: Surroundings) -> Gazetteer:
        """The gazetteer as an article reads it that names so much: a name that places share is that of the likeliest."""
        return replace(self, around=around)

    def people(self, name: str) -> Place | None:
        """The country of a people."""
        return self.peoples.get(name)

    def nation(self, name: str) -> Place | None:
        """The country of that name, `None` where the name is of a town or of nothing."""
        place = self.places.get(place_key(name))
        return place if place is not None and place.kind == "country" else None

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166 alpha-2 code."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {str(place.country_code): place for place in self.places.values() if place.kind == "country"}

    def find(self, name: str, parent: str | None = None) -> Place | None:
        """The place of that spelling, `None` where the gazetteer has none or none that this article can mean.

        `parent` is the state or country that is printed behind it: `Springfield, Illinois`.
        """
        asked = name, parent
        if asked not in self._met:
            if len(self._met) >= MOST_MET:
                self._met.clear()
            self._met[asked] = self._meant(name, parent)
        return self._met[asked]

    def _meant(self, name: str, parent: str | None) -> Place | None:
        key = place_key(name)
        printed = key in self.around.as_states or self.around.parents.get(key) == IN_LIST
        if printed and (state := self.state(name)) is not None:
            return state
        own = self.places.get(key)
        if own is not None and own.kind != "country":
            return own
        listed = self.sharing(name)
        parent = self._parent(key, parent)
        inside = self.inside(listed, parent) if parent else ()
        if not inside and own is None and parent and self._is_state(parent):
            return None
        if not listed:
            return own or self._whole(name)
        around = self.around.asking(key)
        rivals = [place for place in listed if own is not None and self._rivals(place, own)]
        found = around.likeliest(inside or rivals or ([] if own is not None else around.meant(listed)))
        return found or own or self._whole(name)

    def _parent(self, key: str, printed: str | None) -> str | None:
        """The state or country of a name: the one printed behind it, else where the article printed it first."""
        told = self.around.parents.get(key)
        return told if told == IN_LIST else printed or told

    def others(self, name: str, best: Place, parent: str | None = None) -> list[Place]:
        """The other places that a name may mean here, the likeliest first; none where it is printed with its state."""
        if best.kind == "country" or best.weight >= COUNTRY:
            return []
        key, listed = place_key(name), self.sharing(name)
        parent = self._parent(key, parent)
        inside = self.inside(listed, parent) if parent else ()
        around = self.around.asking(key)
        return around.doubtful(inside or around.meant(listed), best)

    def candidates(self, printed: str, place: Place) -> str | None:
        """The other places that a printed name may mean, as JSON; `None` where it is in no doubt."""
        told = [
            {"place_id": one.place_id, "name": one.name, "admin1": one.admin1, "country_code": one.country_code}
            for one in self.others(bare_name(printed), place)[:MOST_CANDIDATES]
        ]
        return json.dumps(told, ensure_ascii=False) if told else None

    def is_shared(self, name: str) -> bool:
        """Whether a name is that of places in several countries, none of which is far larger than the others."""
        key = place_key(name)
        own = self.places.get(key)
        listed = self.sharing(name)
        if own is not None:
            return own.kind == "country" and any(
                place.kind == "region" and place.weight >= LARGE and place.country_code != own.country_code for place in listed
            )
        most = max((place.weight for place in listed), default=0.0)
        return len({place.country_code for place in listed if place.weight >= SHARING * most}) > 1

    def sharing(self, name: str) -> Sequence[Place]:
        """The places of a name in the tables; of a province behind its short name, of a district before the noun for it."""
        found = self.met.get(name)
        if found is None:
            if len(self.met) >= MOST_MET:
                self.met.clear()
            found = self.met[name] = self._sharing(name)
        return found

    def _sharing(self, name: str) -> Sequence[Place]:
        if self.listed is None:
            return ()
        key = place_key(name)
        found: Sequence[Place] = [*self.listed.candidates(key), *self.lands.get(key, ())]
        if key.startswith("st "):
            found = [*found, *(place for other in saints(key) if other != key for place in self.listed.candidates(other))]
        short = len(name) >= SHORTEST and (not name.endswith(".") or INITIALS.fullmatch(name) is not None)
        if not found and short and (state := self.state(name)) is not None:
            found = [state]
        if not found and (division := DIVISION.search(key)) is not None:
            bare = key[: division.start()]
            listed = [*self.listed.candidates(bare), *self.lands.get(bare, ())]
            found = [place for place in listed if place.kind != "town"] or listed
        return found

    def state(self, name: str) -> Place | None:
        """The state or province of a name or short name of `provinces`, `None` where it is none of them."""
        country, key = self.provinces.get(place_key(name), ("", ""))
        own = self.places.get(key)
        if own is not None and own.kind == "region" and own.country_code == country and place_key(own.name) == key:
            return own
        listed = self.listed.candidates(key) if self.listed is not None and key else ()
        return next((place for place in listed if place.kind == "region" and place.country_code == country), None)

    def _is_state(self, parent: str) -> bool:
        return place_key(parent) in self.provinces

    def division(self, name: str) -> Place | None:
        """The state, province, district or county of a name, no town; `None` where the gazetteer has none that is meant."""
        return self.around.likeliest([place for place in self.around.meant(self.sharing(name)) if place.kind != "town"])

    def town(self, name: str) -> Place | None:
        """The town of a name, no state that is called the same; `None` where the gazetteer has none that is meant."""
        return self.around.likeliest([place for place in self.around.meant(self.sharing(name)) if place.kind == "town"])

    def _whole(self, name: str) -> Place | None:
        """The state or country of a name with a capital part or in full: `Southern California`, `Republic of South Sudan`."""
        found = COMPASS.match(name)
        whole = self.find(name[found.end() :]) if found else None
        if (full := IN_FULL.match(name)) is not None:
            return self.nation(name[full.end() :])
        return whole if whole is not None and whole.kind in ("country", "region") and not whole.land else None

    def inside(self, places: Sequence[Place], parent: str) -> Sequence[Place]:
        """Those of some places that lie in a state, a district or else a country of a name."""
        key = place_key(parent)
        nation = self.places.get(key) or self.peoples.get(parent)
        code = nation.country_code if nation is not None and nation.kind == "country" else None
        state = self.state(parent)
        wider = [state] if state is not None else self.listed.candidates(key) if self.listed is not None else ()
        return lying_in(places, [one for one in wider if one.kind != "town"]) or [
            place for place in places if code is not None and place.country_code == code
        ]

    def _rivals(self, place: Place, own: Place) -> bool:
        """Whether an article means a large state of another country by the name of a country: Georgia beside Florida.

        A town it means where the other names are those of towns beside it, and nothing is told of the country: Lebanon,
        beside Albany and Salem.
        """
        if place.kind == "town" and place.country_code != own.country_code:
            around = self.around.asking(place_key(own.name))
            alone = not around.names_but(str(place.country_code), str(own.country_code))
            return alone and around.countries.get(str(own.country_code), 0) <= 1 and around.speaks_for_town(place)
        if place.kind != "region" or place.country_code == own.country_code or place.weight < LARGE:
            return False
        countries = self.around.countries
        theirs = countries.get(str(own.country_code), 0)
        inside = len(self.around.asking(place_key(own.name)).speaking_for(place))
        return countries.get(str(place.country_code), 0) > max(1, theirs) or inside > theirs


MOST_CANDIDATES = 5
"""Places that a name is told to mean as well."""

SHARING = 0.1
"""The share of the people of the largest place of a name from which another one shares it."""

SHORTEST = 3
"""Letters of the shortest short name of a state that stands alone: `NSW`."""
