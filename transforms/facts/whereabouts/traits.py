"""What speaks for and against a place as that of a figure, as numbers: the traits of `transforms/models/place_model.py`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log10

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.nearest import steps
from copydesk.transforms.facts.place_words import FIRM
from copydesk.transforms.facts.whereabouts.before import WORLDWIDE
from copydesk.transforms.facts.whereabouts.candidates import FAR, Candidate
from copydesk.transforms.facts.whereabouts.firms import is_of_a_firm
from copydesk.transforms.facts.whereabouts.left import LEFT, REACH
from copydesk.transforms.facts.whereabouts.name_words import LEAD, LISTED_AFTER, LISTED_BEFORE
from copydesk.transforms.facts.whereabouts.named import Named
from copydesk.transforms.facts.whereabouts.narrower import Where
from copydesk.transforms.facts.whereabouts.scenes import Key, Scenes, key_of, may_lie_in
from copydesk.transforms.facts.whereabouts.sites import one_site
from copydesk.transforms.places import Place
from copydesk.transforms.vocabulary import Measure, PlaceFrom

FAR_OFF = 500.0
"""Characters between a figure and a place that its sentence does not name."""

FAR_UP = 30.0
"""Steps in the parse to a place that it does not show."""

LOOSE_STEPS = 3.0
"""What a loose preposition counts like."""

MOST_BETWEEN = 15
"""More places than this between two are all one."""

OWN = re.compile(
    r"""
    (?:\s+(?!and\b|or\b|but\b|while\b)[\w-]+){0,3}?           # 12 people were held
    \s+(?:in|at|near|on|outside|from|of)\s+(?:the\s+)?        # in the
    (?:[a-z]+\s+(?:of\s+)?){0,2}                              # town of
    """,
    re.VERBOSE,
)
"""What stands between a number and its own place behind it."""

MOST_OWN = 20
"""Numbers of a sentence that are looked at for a place of their own."""

LONGEST_OWN = 60

TOTAL = re.compile(
    r"""
    \b(?:totals?|overall|altogether|nationwide|countrywide|across|nationally|combined|in\s+all|so\s+far
      |the\s+(?:country|nation|province|state|region))\b      # across the country
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words of a sentence that sums up."""

SINCE = re.compile(r"\b(?:since|until|(?:this|last|per|a)\s+year|annual(?:ly)?|years)\b", re.IGNORECASE)
"""Words of a sentence about a longer time."""

LOCAL = re.compile(
    r"\b(?:there|here|village|villagers|town|district|local|residents?|scene|site|nearby|neighbou?rhood|area)\b", re.IGNORECASE
)
"""Words of a sentence about one place."""

HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.MISSING})
MEASURED = frozenset({Measure.MEASUREMENT, Measure.DURATION})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure: its numeral at text[start:end] of the article, its sentence, what it counts, how much."""

    start: int
    end: int
    sentence: int
    measure: str | None
    value: float | None


class Traits:
    """The traits of places as those of the figures of one sentence."""

    def __init__(self, reading: Reading, scenes: Scenes, sentence: int) -> None:
        self._reading, self._scenes, self._sentence = reading, scenes, sentence
        self._span = reading.sentences[sentence]
        self._named = scenes.all_in(sentence)
        self._label = reading.label_at(sentence)
        self._of_sentence: dict[Candidate, list[float]] = {}

    def rows(self, figure: Figure, candidates: Sequence[Candidate], rule: Where) -> list[list[float]]:
        """The traits of each candidate for a figure; `rule` is what the rules say of it."""
        told = [*self._told, *self._of_figure(figure, rule)]
        costs = self._costs(figure)
        least = min(costs.values(), default=FAR_UP)
        ruled = rule.meant
        out = []
        for one in candidates:
            if one not in self._of_sentence:
                self._of_sentence[one] = self._in_sentence(one)
            code = rule.place is not None and one.place is not None and one.place.country_code == rule.place.country_code
            pair = [*self._beside(one, figure, costs, least), one.is_of(ruled), code]
            out.append([*one.traits, *self._of_sentence[one], *pair, *told])
        return out

    @cached_property
    def _told(self) -> list[float]:
        """What the sentence says of its figures, as far as it is the same for all of them: the first half of `OF_FIGURE`."""
        reading, scenes, named = self._reading, self._scenes, self._named
        return [
            scenes.places,
            len({key_of(one.place) for one in named if one.scene}),
            scenes.at_one_site,
            len({key_of(one.place) for one in named if one.told}),
            len({key_of(one.place) for one in named}),
            scenes.several,
            len(self._ends),
            self._sentence / max(1, len(reading.sentences)),
            LOCAL.search(self._span.text) is not None,
            one_site(self._span.text),
            sum(any(self._owns(end, one) for one in named) for end in self._ends[:MOST_OWN]),
            bool(reading.sources_in(self._sentence)),
            reading.focus is not None,
            WORLDWIDE.search(self._span.text) is not None,
            TOTAL.search(self._span.text) is not None,
            is_of_a_firm(self._span.text),
            SINCE.search(self._span.text) is not None,
        ]

    @cached_property
    def _ends(self) -> list[int]:
        """The ends of the numbers of the sentence."""
        numbers = self._reading.numbers
        first = bisect_left(numbers, self._span.span_start, key=lambda number: number.at)
        last = bisect_left(numbers, self._span.span_end, first, key=lambda number: number.at)
        return [number.end for number in numbers[first:last]]

    def _owns(self, end: int, one: Named) -> bool:
        """Whether a place stands right behind a number that ends at `end`, as its own: `12 people in Sarn`."""
        return 0 < one.start - end < LONGEST_OWN and OWN.fullmatch(self._reading.text, end, one.start) is not None

    def _of_figure(self, figure: Figure, rule: Where) -> list[float]:
        """The second half of `OF_FIGURE`."""
        return [
            log10(max(0.1, figure.value or 0.1)),
            figure.measure in HARM,
            figure.measure in MEASURED,
            figure.measure == Measure.MONEY,
            rule.meant is None,
            rule.source == PlaceFrom.SENTENCE,
            rule.source == PlaceFrom.ARTICLE,
        ]

    def _in_sentence(self, one: Candidate) -> list[float]:
        """How a candidate stands to the sentence: `OF_SENTENCE`."""
        if one.place is None:
            return [0.0] * 15
        here = one.named_in(self._sentence)
        near = (self._sentence, self._sentence - 1)
        return [
            bool(here),
            *self._back(one),
            *self._ahead(one),
            self._sentence in one.peoples,
            any(named.told for other in one.inner for number in near for named in other.named_in(number)),
            sum(any(other.named_in(self._sentence - back) for back in (1, 2)) for other in one.inner),
            self._siblings(one.place) if here else 0.0,
            self._label is not None and one.is_of(self._label.place),
        ]

    def _back(self, one: Candidate) -> list[float]:
        """How far back the sentences before name it, and what else they name behind it."""
        at = bisect_left(one.mentions, self._sentence, key=lambda named: named.sentence)
        if not at or one.place is None:
            return [FAR, FAR, 0.0, 0.0, 0.0, 0.0, FAR]
        last, named, own = one.mentions[at - 1], self._scenes.named, key_of(one.place)
        first = bisect_left(named, last.start + 1, key=lambda other: other.start)
        others = named[first : bisect_left(named, self._span.span_start, first, key=lambda other: other.start)]
        told = next((one for one in reversed(one.mentions[:at]) if one.told and not self._scenes.holds_another(one)), None)
        return [
            min(FAR, self._sentence - last.sentence),
            _distinct(others, own),
            _distinct((other for other in others if other.told), own),
            self._reading.sentences[last.sentence].paragraph == self._span.paragraph,
            last.noun,
            last.scene,
            min(FAR, self._sentence - told.sentence) if told is not None else FAR,
        ]

    def _ahead(self, one: Candidate) -> list[float]:
        """How soon the sentences behind name it, and how many narrow scenes before it."""
        at = bisect_left(one.mentions, self._sentence + 1, key=lambda named: named.sentence)
        if at == len(one.mentions):
            return [FAR, 0.0]
        named, next_ = self._scenes.named, one.mentions[at]
        first = bisect_left(named, self._span.span_end, key=lambda other: other.start)
        last = bisect_left(named, next_.start, first, key=lambda other: other.start)
        narrow = {
            key_of(other.place)
            for other in named[first : min(last, first + FAR)]
            if other.place.kind != "country" and other.scene
        }
        return [min(FAR, next_.sentence - self._sentence), len(narrow)]

    def _siblings(self, place: Place) -> float:
        """How many other places the sentence names that neither hold a place nor lie in it."""
        others = {key_of(one.place): one.place for one in self._named[:MOST_BETWEEN]}
        own = key_of(place)
        apart = (other for key, other in others.items() if key != own)
        return sum(not may_lie_in(other, place) and not may_lie_in(place, other) for other in apart)

    def _beside(self, one: Candidate, figure: Figure, costs: dict[int, float], least: float) -> list[float]:
        """How a candidate stands to a figure in its sentence: `OF_PAIR` without what the rules say."""
        here = one.named_in(self._sentence)
        if not here or one.place is None:
            return [0.0, 0.0, FAR_OFF, FAR_OFF, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        before = next((named for named in reversed(here) if named.end <= figure.start), None)
        behind = next((named for named in here if named.start >= figure.end), None)
        cost = min((costs[named.start] for named in here if named.start in costs), default=FAR_UP)
        between = sum(figure.end <= other.start < behind.start for other in self._named) if behind is not None else 0
        return [
            cost,
            cost - least if cost < FAR_UP else FAR_UP,
            figure.start - before.end if before is not None else FAR_OFF,
            behind.start - figure.end if behind is not None else FAR_OFF,
            behind is not None and self._owns(figure.end, behind),
            before is not None and before.scene,
            before is not None and before.told,
            between,
            behind is not None and behind.told,
            any(self._is_listed(named) for named in here),
            any(LEFT.search(self._reading.text, max(0, named.start - REACH), named.start) is not None for named in here),
        ]

    def _is_listed(self, named: Named) -> bool:
        """Whether a place stands in a list of several: `in Sarn, Dalmir and Kesh`."""
        text = self._reading.text
        before = LISTED_BEFORE.search(text, max(self._span.span_start, named.start - LEAD), named.start)
        return before is not None or LISTED_AFTER.match(text, named.end) is not None

    def _costs(self, figure: Figure) -> dict[int, float]:
        """The steps in the parse from what is counted to the places of the sentence, by where they begin."""
        clauses = self._reading.clauses.get(self._sentence)
        counted = clauses.counted(figure.start, figure.end) if clauses is not None else None
        if clauses is None or counted is None:
            return {}
        mine = {token: way for way, token in enumerate(clauses.up(counted))}
        out = {}
        for location in self._reading.locations(self._sentence):
            way = steps(clauses, mine, location.token)
            if way is not None:
                out[location.start] = way + (0.0 if location.preposition in FIRM else LOOSE_STEPS)
        return out


def _distinct(named: Iterable[Named], own: Key) -> int:
    """How many places but one's own are named; those beyond `MOST_BETWEEN` are not looked at."""
    found: set[Key] = set()
    for one in named:
        if (key := key_of(one.place)) != own:
            found.add(key)
            if len(found) == MOST_BETWEEN:
                break
    return len(found)
