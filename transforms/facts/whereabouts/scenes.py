"""The scenes of an article: the narrow places where what it tells happened, and which place lies in which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.place_words import is_beside, is_far_end
from copydesk.transforms.facts.whereabouts.name_words import NOUNS
from copydesk.transforms.facts.whereabouts.named import Named, named_places
from copydesk.transforms.facts.whereabouts.sites import EARLIER, HAPPENED_THERE, one_site
from copydesk.transforms.places import Place, place_key

CHAIN = re.compile(
    rf"""
    (?:\s+(?:[a-z-]+\s+)?(?:{NOUNS}|Village|Town|Community|District|County|Township|Local\s+Government(?:\s+Area)?))?  # village
    \s*,?\s*
    (?:(?:located|situated|a\s+(?:[\w-]+\s+){{0,2}}{NOUNS}|an?\s+area),?\s+)?   # a town
    (?:(?:in|of|under|within|on)\s+)?(?:(?:the|nearby|its)\s+)?(?:[\w-]+\s+){{0,3}}?(?:(?:of|in)\s+)?(?:the\s+)?   # in the
    """,
    re.VERBOSE,
)
"""What stands between a place and the wider one that it lies in: `Sarn village in the northern state of`."""

IN = re.compile(rf"(?:\s+{NOUNS})?\s+(?:in|of)\s+(?:the\s+)?  # village in the", re.VERBOSE)
OWNED = re.compile(r"[’']s?\s+(?:[a-z-]+\s+){0,3}")
"""What stands between a place and a narrower one: `Tarvia’s western`."""

ISLAND_BEFORE = re.compile(r"\bislands?\s+of\s+$")
ISLAND = re.compile(r"\b[Ii]slands?\b")
"""What stands beside the name of an island, which may hold many towns."""

JOINED = re.compile(r"\band\b|\bor\b|;")
LONGEST_LINK = 70
EARLY, NEAR = 8, 3
"""Sentences in which the main scene is named, and those behind the first scene in which a narrower one is looked for."""

AHEAD = 2
"""Sentences behind one in which a narrower place is looked for."""

RECENT = timedelta(days=14)
"""How long before its publication an article's event is at most."""

Key = tuple[str, str | None]


def key_of(place: Place) -> Key:
    """What two mentions of one place share."""
    return place_key(place.name), place.country_code


def contains(outer: Place, inner: Place) -> bool:
    """Whether a country, state or district is the one that a place lies in."""
    if outer.country_code is None or outer.country_code != inner.country_code:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "region":
        within = inner.admin1 if inner.kind in ("district", "town") else None
        return within is not None and place_key(within) == place_key(outer.admin1 or outer.name)
    within = inner.admin2 if outer.kind == "district" and inner.kind == "town" else None
    return within is not None and place_key(within) == place_key(outer.admin2 or outer.name)


def may_lie_in(inner: Place, outer: Place) -> bool:
    """Whether a place lies in another one as far as is known: one that no gazetteer has, in any country or state."""
    if inner.country_code is None:
        return outer.kind in ("country", "region") and key_of(inner) != key_of(outer)
    return contains(outer, inner)


class Scenes:
    """The scenes of an article that is being read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def named(self) -> list[Named]:
        """The places that the sentences of the article name, in order."""
        return named_places(self._reading)

    @cached_property
    def places(self) -> int:
        """How many places the article names."""
        return len({key_of(one.place) for one in self.named})

    @cached_property
    def _in_sentences(self) -> dict[int, list[Named]]:
        found: dict[int, list[Named]] = defaultdict(list)
        for one in self.named:
            found[one.sentence].append(one)
        return found

    def all_in(self, sentence: int) -> list[Named]:
        """The places that a sentence names."""
        return self._in_sentences.get(sentence, [])

    def holds_another(self, one: Named) -> bool:
        """Whether a place is printed only to tell where the one beside it lies."""
        return one in self._links

    @cached_property
    def _links(self) -> dict[Named, Named]:
        """The narrower place beside each place that is printed only to tell where that one is."""
        return dict(link for ones in self._in_sentences.values() for link in self._chained(ones))

    def _chained(self, ones: list[Named]) -> Iterator[tuple[Named, Named]]:
        """Pairs of an outer place and the inner one beside it, of the places of a sentence."""
        before: Named | None = None
        for left, right in pairwise(ones):
            between = self._reading.text[left.end : right.start]
            wide = left.place.kind in ("country", "region")
            if OWNED.fullmatch(between) and (contains(left.place, right.place) or (wide and not right.known)):
                # `Sarn village in Tarvia’s Kesh county`: what lies in the first lies in the second
                yield (left, right) if before is None else (right, before)
            elif self._linked(between) and self._lies_in(left, right, between):
                yield right, left
                before = left
                continue
            before = None

    def _linked(self, between: str) -> bool:
        """Whether the words between two places say that one lies in the other."""
        return len(between) < LONGEST_LINK and not JOINED.search(between) and CHAIN.fullmatch(between) is not None

    def _lies_in(self, left: Named, right: Named, between: str) -> bool:
        """Whether a place lies in the one that is printed behind it."""
        if contains(right.place, left.place):
            return True
        inside = IN.fullmatch(between) is not None
        if not left.known:
            return left.scene and (inside or right.noun or right.place.kind in ("country", "region", "district"))
        same = left.place.country_code == right.place.country_code or not right.known
        narrow = left.place.kind in ("town", "district") and left.scene
        return narrow and inside and same and not contains(left.place, right.place)

    def inner(self, sentence: int, place: Place) -> Named | None:
        """The narrowest of the places that a sentence names as lying in a place: `at Sarn in Kesh province`."""
        found = next((one for one in self._in_sentences.get(sentence, ()) if key_of(one.place) == key_of(place)), None)
        start = found
        for _ in range(len(self._in_sentences.get(sentence, ()))):
            if found is None or found not in self._links:
                break
            found = self._links[found]
        return found if found is not start else None

    @cached_property
    def _leaves(self) -> dict[Key, Named]:
        """The first mentions of places where something happened, without those that hold another one of them."""
        codes = Counter(
            one.place.country_code
            for ones in self._in_sentences.values()
            for one in ones
            if one.place.country_code and (one.scene or one.place.kind == "country")
        )
        most = codes.most_common(1)[0][0] if codes else None
        first: dict[Key, Named] = {}
        for number in sorted(self._in_sentences):
            for one in self._in_sentences[number]:
                home = one.place.country_code in (None, most) and not self.is_background(number)
                there = one.scene or HAPPENED_THERE.match(self._reading.text, one.end) is not None
                if there and one not in self._links and one.place.kind != "country" and home:
                    first.setdefault(key_of(one.place), one)
        places = [one.place for one in first.values()]
        return {key: one for key, one in first.items() if not any(contains(one.place, place) for place in places)}

    @cached_property
    def main(self) -> Named | None:
        """The scene that an article opens with; the narrowest of the first ones, or the one that it says was the scene."""
        told = next((one for one in self._leaves.values() if HAPPENED_THERE.match(self._reading.text, one.end)), None)
        if told is not None and told.sentence <= EARLY:
            return told
        early = [one for one in self._leaves.values() if one.sentence <= EARLY]
        first = min((one.sentence for one in early), default=0)
        early = [one for one in early if one.sentence <= first + NEAR]
        return next((one for one in early if not self._is_wide(one)), early[0] if early else self._marker)

    def _is_wide(self, one: Named) -> bool:
        """Whether a place is a state or an island that is no town's, in which a site may be told more narrowly."""
        text = self._reading.text
        told = ISLAND_BEFORE.search(text, max(0, one.start - 20), one.start) or ISLAND.search(text, one.start, one.end + 8)
        return one.place.kind == "region" or (told is not None and not one.known)

    @property
    def _marker(self) -> Named | None:
        """The place that an article without a scene tells its scene by: `capsized 30 miles south of the island of Sarn`."""
        text = self._reading.text
        for number in range(min(EARLY, len(self._reading.sentences))):
            for one in self._in_sentences.get(number, ()):
                off = is_far_end(text, one.start) or is_beside(text, one.start)
                if off and one.place.kind != "country" and not self.is_background(number):
                    return one
        return None

    def on_island(self, printed: str) -> Named | None:
        """The main scene, where what a sentence names is an island that no gazetteer has: `on Sarn island`."""
        main = self.main
        return main if ISLAND.search(printed) is not None and main is not None and not self._is_wide(main) else None

    @cached_property
    def several(self) -> bool:
        """Whether an article has more than one narrow scene."""
        return sum(not self._is_wide(one) for one in self._leaves.values()) > 1

    @cached_property
    def at_one_site(self) -> bool:
        """Whether an article opens with one thing that happened at one place."""
        opening = " ".join(sentence.text for sentence in self._reading.sentences[: AHEAD + 1])
        return one_site(opening)

    def ahead(self, sentence: int, wide: Place) -> Named | None:
        """The narrower place that the sentences behind one name, where that tells of one site: `a village in Tarvia`."""
        if not one_site(self._reading.sentences[sentence].text):
            return None
        last = min(len(self._reading.sentences), sentence + 1 + AHEAD)
        for number in (number for number in range(sentence + 1, last) if not self.is_background(number)):
            for one in self._in_sentences.get(number, ()):
                if one.scene and one not in self._links and may_lie_in(one.place, wide):
                    return one
        return None

    def placed(self, sentence: int) -> list[Named]:
        """The places of a sentence where something happened by what stands before them, without those that hold another."""
        return [one for one in self._in_sentences.get(sentence, ()) if one.scene and one.placed and one not in self._links]

    def is_background(self, sentence: int) -> bool:
        """Whether a sentence tells of what happened long before its article's event: `in 2013, a fire in Sarn killed 12`."""
        here, reference = self._reading.sentences[sentence], self._reading.reference
        if EARLIER.search(here.text) is not None:
            return True
        ends = [
            found.last or found.first
            for found in self._reading.dates
            if here.span_start <= found.start < here.span_end and found.first is not None
        ]
        return bool(ends) and reference is not None and all(end is not None and end < reference - RECENT for end in ends)

    def set_by(self, sentence: int) -> list[Named]:
        """The places where what a sentence tells happened, which the next one goes on with; none that holds another."""
        return [one for one in self._in_sentences.get(sentence, ()) if one.told and one not in self._links]

    def named_in(self, sentence: int) -> list[Named]:
        """The places that a sentence names, without those that hold another."""
        return [one for one in self._in_sentences.get(sentence, ()) if one.scene and one not in self._links]

    def going_on(self, told: Sequence[Named]) -> Named:
        """Of the places that a sentence tells of the one that the next goes on with: the main scene, else the last."""
        main = key_of(self.main.place) if self.main is not None else None
        return next((one for one in told if key_of(one.place) == main), told[-1])

    def returns(self, told: Sequence[Named]) -> bool:
        """Whether the next paragraph goes back to the one site of an article, after places that are not its main scene.

        A region or country of the site may be that of the event: the article does not go back from there.
        """
        if not self.at_one_site or self.main is None:
            return False
        main = self.main.place
        return all(
            key_of(one.place) != key_of(main)
            and not contains(one.place, main)
            and (one.place.kind not in ("region", "country") or one.place.country_code != main.country_code)
            for one in told
        )

    def names_scene(self, sentence: int) -> bool:
        """Whether a sentence names a place where something may have happened."""
        return any(one.scene for one in self._in_sentences.get(sentence, ()))
