"""The places at which an article's figures may hold, and what the article says of each, whatever is counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import log2, log10

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.whereabouts.named import Named
from copydesk.transforms.facts.whereabouts.scenes import Key, Scenes, contains, key_of, may_lie_in
from copydesk.transforms.facts.whereabouts.sites import HAPPENED_THERE
from copydesk.transforms.places import Place

PEOPLE = re.compile(r"(?<![\w’'-])[A-Z][a-zé]{3,}(?=\W)")
"""A word that may be of a people: `Tarvian`."""

FAR = 30
"""A place this many sentences away is as good as nowhere."""

LEAD = 1
"""The last sentence of those that an article opens with."""

CHIEF = 12
"""Places of an article that are candidates wherever a figure stands: those that it names most."""

BACK, AHEAD = 5, 3
"""Sentences before and behind that of a figure whose places are candidates."""

MOST = 30
"""Mentions around a figure whose places are candidates: a sentence may list hundreds."""

SOON = 80
"""Characters behind a place in which it may say that something happened there."""


@dataclass(slots=True, kw_only=True, eq=False)
class Candidate:
    """A place with all that an article says of it; `place` is `None` for no place at all."""

    place: Place | None
    mentions: list[Named] = field(default_factory=list)
    peoples: list[int] = field(default_factory=list)
    """The sentences that name its people."""

    inner: list[Candidate] = field(default_factory=list)
    """The places named that may lie in it."""

    traits: list[float] = field(default_factory=list)
    """What the article says of it: `OF_PLACE` of `transforms/models/place_model.py`."""

    def is_of(self, place: Place | None) -> bool:
        """Whether it is the candidate of a place, or of none."""
        if self.place is None or place is None:
            return self.place is place
        return key_of(self.place) == key_of(place)

    def named_in(self, sentence: int) -> list[Named]:
        """Its mentions in a sentence."""
        first = bisect_left(self.mentions, sentence, key=lambda one: one.sentence)
        return self.mentions[first : bisect_left(self.mentions, sentence + 1, first, key=lambda one: one.sentence)]


class Candidates:
    """The candidates of one article."""

    def __init__(self, reading: Reading, scenes: Scenes) -> None:
        self._reading, self._scenes = reading, scenes
        self._all: dict[Key | None, Candidate] = {None: Candidate(place=None)}
        for one in scenes.named:
            self._of(one.place).mentions.append(one)
        self._head = f" {reading.article.title or ''} {reading.article.subtitle or ''} {reading.article.dateline or ''}"
        self._all = {key: one for key, one in self._all.items() if one.place is None or self._may_hold(one)}
        for sentence, people in _peoples(reading):
            self._of(people).peoples.append(sentence)
        for place in (reading.focus, reading.country_of_focus, reading.seat, *(label.place for label in reading.labels)):
            if place is not None:
                self._of(place)
        most = sorted(self._all, key=lambda key: -len(self._all[key].mentions) if key is not None else -len(scenes.named) - 1)
        self._chief = most[: CHIEF + 1]
        self._counts = _Counts(list(self._all.values()), scenes)

    def _of(self, place: Place) -> Candidate:
        key = key_of(place)
        if key not in self._all:
            self._all[key] = Candidate(place=place)
        return self._all[key]

    def _may_hold(self, one: Candidate) -> bool:
        """Whether something may be at a name: it is a wide place, stands as a place somewhere, twice or in the headline."""
        place = one.place
        wide = place is not None and place.kind in ("country", "region")
        stands = len(one.mentions) > 1 or any(named.placed or named.noun or named.scene for named in one.mentions)
        return wide or stands or (place is not None and f" {place.name}" in self._head)

    def near(self, start: int, sentence: int, also: Place | None) -> list[Candidate]:
        """The candidates for a figure at a place of a sentence: no place, the chief ones, those named near, one more."""
        named = self._scenes.named
        first = bisect_left(named, sentence - BACK, key=lambda one: one.sentence)
        last = bisect_left(named, sentence + AHEAD + 1, first, key=lambda one: one.sentence)
        if last - first > MOST:
            at = bisect_left(named, start, key=lambda one: one.start)
            first, last = max(first, at - MOST // 2), min(last, at + MOST // 2)
        keys = dict.fromkeys([*self._chief, *(key_of(one.place) for one in named[first:last])])
        found = [self._all[key] for key in keys if key in self._all]
        if also is not None and (one := self._of(also)) not in found:
            found.append(one)
        for one in found:
            if not one.traits:
                self._describe(one)
        return found

    def _describe(self, one: Candidate) -> None:
        """Writes down what the article says of a candidate."""
        if one.place is None:
            one.traits = [1.0] + [0.0] * 29
            return
        for other in self._all.values():
            if other.place is not None and other is not one and other.mentions and may_lie_in(other.place, one.place):
                one.inner.append(other)
        one.traits = [0.0, *self._told_of(one, one.place), *self._around(one, one.place)]

    def _told_of(self, one: Candidate, place: Place) -> list[float]:
        """The first half of the traits: how it is named."""
        reading, named, counts = self._reading, one.mentions, self._counts
        focus, main = reading.focus, self._scenes.main
        return [
            len(named) / counts.mentions,
            min(FAR, named[0].sentence if named else FAR),
            log10(1 + max(0.0, place.weight)),
            any(found.noun for found in named),
            main is not None and key_of(main.place) == key_of(place),
            counts.codes[place.country_code] / counts.mentions,
            log2(1 + sum(found.told for found in named)),
            focus is not None and focus.country_code == place.country_code,
            log2(1 + sum(found.placed for found in named)),
            focus is not None and key_of(focus) == key_of(place),
            log2(1 + len(named)),
            min(CHIEF, counts.kinds[_kind(place)]),
            reading.country_of_focus is not None and key_of(reading.country_of_focus) == key_of(place),
            any(found.told and found.sentence <= LEAD for found in named),
        ]

    def _around(self, one: Candidate, place: Place) -> list[float]:
        """The second half: what lies in it, what it lies in, where it stands first."""
        reading, named, counts = self._reading, one.mentions, self._counts
        focus, main, text = reading.focus, self._scenes.main, self._reading.text
        return [
            min(10, len(one.inner)),
            log2(1 + sum(found.scene for found in named)),
            min(10, sum(any(found.placed for found in other.mentions) for other in one.inner)),
            min(CHIEF, counts.placed_kinds[_kind(place)]),
            log2(1 + len(one.peoples)),
            focus is not None and may_lie_in(place, focus),
            sum(self._scenes.holds_another(found) for found in named) / len(named) if named else 0.0,
            focus is not None and contains(place, focus),
            main is not None and contains(place, main.place),
            f" {place.name}" in self._head,
            any(HAPPENED_THERE.search(text, found.end, found.end + SOON) is not None for found in named),
            place.country_code is None,
            place.country_code is not None and place.kind == "region",
            any(found.sentence <= LEAD for found in named),
            any(found.scene and found.sentence == counts.first_scene for found in named),
        ]


class _Counts:
    """What is counted over all the places of an article."""

    def __init__(self, candidates: list[Candidate], scenes: Scenes) -> None:
        places = [one for one in candidates if one.place is not None and one.mentions]
        self.mentions = max(1, len(scenes.named))
        self.codes = Counter(one.place.country_code for one in scenes.named)
        self.kinds = Counter(_kind(one.place) for one in places if one.place is not None)
        self.placed_kinds = Counter(
            _kind(one.place) for one in places if one.place is not None and any(found.placed for found in one.mentions)
        )
        self.first_scene = next((one.sentence for one in scenes.named if one.scene), 0)


def _kind(place: Place) -> str:
    return place.kind if place.country_code else "town"


def _peoples(reading: Reading) -> Iterator[tuple[int, Place]]:
    """The sentences that name a people, with its country."""
    people = cache(reading.gazetteer.people)
    for found in PEOPLE.finditer(reading.text):
        place = people(found.group())
        if place is not None:
            yield reading.sentence_at(found.start()), place
