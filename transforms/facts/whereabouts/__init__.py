"""Where a figure holds: the place nearest to it in its sentence, else that of the sentences before, else the scene."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property, partial

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.nearest import beside, nearest
from copydesk.transforms.facts.no_sites import is_seat
from copydesk.transforms.facts.place_words import (
    BORDERS,
    COMPASS_NOUNS,
    OF_THEMSELVES,
    is_beside,
    is_end_of_way,
    is_of_somebody,
)
from copydesk.transforms.facts.whereabouts.before import SENTENCES_BACK, is_of_no_place, place_before
from copydesk.transforms.facts.whereabouts.firms import is_of_a_firm
from copydesk.transforms.facts.whereabouts.left import place_left
from copydesk.transforms.facts.whereabouts.mentions import LONGEST_NAME, SUPERLATIVE
from copydesk.transforms.facts.whereabouts.name_words import LISTED_AFTER, LISTED_BEFORE
from copydesk.transforms.facts.whereabouts.narrower import SEVERAL, Where, described, inner, narrower, village_named_later
from copydesk.transforms.facts.whereabouts.parts import country_of_parts
from copydesk.transforms.facts.whereabouts.scenes import Scenes, contains, may_lie_in
from copydesk.transforms.facts.whereabouts.sites import of_other_times
from copydesk.transforms.facts.whereabouts.told import bracketed, told_by_clause
from copydesk.transforms.places import Place
from copydesk.transforms.vocabulary import Measure, PlaceFrom

__all__ = ["Where", "Whereabouts"]


WORST_IN = re.compile(rf"(?:{SUPERLATIVE.pattern.removesuffix('$')})(?:in|of|across)\s+(?:the\s+)?$")
BEHIND = re.compile(r"(?:\s+[a-z]+)?\s+(?:in|at|near)\s+(?:the\s+)?")
EACH = re.compile(r"\s+(?:(?!and\b|or\b|but\b|while\b)[a-z-]+\s+){0,4}?(?:in|at|near|on|outside|to|into)\s+(?:the\s+)?")
"""What stands between an amount and its own place in a list of them: `1.5 metres fell on`."""


CLAUSE = re.compile(r";|:\s|,\s+(?:while|but|and\s+in)\b")
"""What parts a place from a number of another clause."""

OTHER_CLAUSE = re.compile(rf"{CLAUSE.pattern}|\d")
"""What parts a place from a number of another clause, or of another place."""

NEXT_CLAUSE = re.compile(
    r";|,\s+(?:while|but)\b|,\s+with\s+(?:[a-z]+\s+){0,2}\d"
    r"|\band\s+(?:an?|another)\s+(?:[\w-]+\s+){0,4}(?:attack|bombing|blast|explosion|fire|raid|shooting|crash|strike|assault)\b"
)
"""What parts a number from the place of the clause behind it."""

HARM = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.MISSING,
        Measure.HELD,
        Measure.FREED,
        Measure.DETAINED,
        Measure.DISPLACED,
    }
)
"""Measures of what an event did."""

WIDE = frozenset({Measure.MONEY, Measure.SHARE})
"""Measures that hold for a whole country as often as for one site."""

OPENING = 3
"""Sentences of an article in which a wider place stands for the scene that is named behind."""


LEAD = 2
"""Sentences of an article that tell whose accounts it is about."""


class Whereabouts:
    """Where the figures of one article hold."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.scenes = Scenes(reading)
        # Asked once a sentence, which may hold thousands of numbers.
        self._firm_in = cache(lambda sentence: is_of_a_firm(reading.sentences[sentence].text))
        self._country_in = cache(partial(country_of_parts, reading))

    def of(self, start: int, end: int, sentence: int, measure: str | None) -> Where:
        """The place of the figure of a measure whose numeral stands at text[start:end], in a sentence of a number."""
        found = self._left(sentence, measure) or _nearest_place(self._reading, self.scenes, start, end, sentence)
        found = found or self._unparsed(start, end, sentence)
        if found is None and measure in WIDE and self._is_of_a_firm(sentence):
            return Where(None, None, None)
        if found is None and (country := self._country_in(sentence)) is not None:
            return Where(None, country, PlaceFrom.ARTICLE)
        found = found or place_before(self._reading, self.scenes, sentence, self._reading.sentences[sentence])
        if found.place is None and found.printed and sentence <= 1 and self.scenes.at_one_site:
            site = self.scenes.on_island(found.printed)
            return Where(None, site.place, PlaceFrom.ARTICLE) if site is not None else found
        if found.place is None:
            return found if found.source is not None else self._main_scene(sentence) or self._seat(sentence, measure) or found
        return self._inner(found, sentence) or self._scene_inside(found, found.place, sentence, measure) or found

    def _is_of_a_firm(self, sentence: int) -> bool:
        """Whether the money of a sentence is a firm's, by its own words or by those that the article opens with."""
        return self._firm_in(sentence) or self._opens_with_a_firm

    @cached_property
    def _opens_with_a_firm(self) -> bool:
        opening = " ".join(sentence.text for sentence in self._reading.sentences[:LEAD])
        return is_of_a_firm(f"{self._reading.article.title or ''}. {opening}")

    def _left(self, sentence: int, measure: str | None) -> Where | None:
        """The place that displaced persons left."""
        left = place_left(self._reading, sentence) if measure == Measure.DISPLACED else None
        return Where(*left, PlaceFrom.SENTENCE) if left is not None else None

    def _unparsed(self, start: int, end: int, sentence: int) -> Where | None:
        """The place that a sentence names and its parse does not show: the last before the number, else the first behind."""
        text = self._reading.text
        begins = [source.report.source_start for source in self._reading.sources_in(sentence)]
        named = [
            one
            for one in self.scenes.placed(sentence)
            if not any(one.end <= at and not text[one.end : at].strip(" ,") for at in begins)  # in Sarn, the mayor said
        ]
        parted = OTHER_CLAUSE if len(named) > 1 else CLAUSE
        before = [one for one in named if one.end <= start and not parted.search(text, one.end, start)]
        behind = [one for one in named if one.start >= end and not OTHER_CLAUSE.search(text, end, one.start)]
        best = before[-1] if before else behind[0] if behind else None
        if (
            best is None
            or LISTED_AFTER.match(text, best.end)
            or LISTED_BEFORE.search(text, max(0, best.start - LONGEST_NAME), best.start)
        ):
            return None
        return Where(text[best.start : best.end], best.place if best.known else None, PlaceFrom.SENTENCE)

    def _main_scene(self, sentence: int) -> Where | None:
        """The scene of an article about one site, for a sentence that names no place."""
        main = self.scenes.main
        if main is None or not self.scenes.at_one_site or self.scenes.names_scene(sentence) or self._of_other_times(sentence):
            return None
        return Where(None, main.place, PlaceFrom.ARTICLE)

    def _seat(self, sentence: int, measure: str | None) -> Where | None:
        """The place of the dateline, for a sentence of an article that is about no place that stands out.

        Money and shares hold for a company as often as for a country: a reporter's town tells nothing of them.
        """
        seat = self._reading.seat
        if seat is None or measure in WIDE or is_of_no_place(self._reading, sentence, seat):
            return None
        return Where(None, seat, PlaceFrom.ARTICLE)

    def _inner(self, found: Where, sentence: int) -> Where | None:
        """The place that lies in the one that was found and is printed beside it: `at Sarn in Kesh province`."""
        if found.place is None:
            return None
        last = sentence - 1 if found.source == PlaceFrom.BEFORE else sentence
        for number in range(last, max(-1, sentence - SENTENCES_BACK), -1):
            inside = self.scenes.inner(number, found.place)
            if inside is not None and (inside.noun or found.source != PlaceFrom.ARTICLE):
                return Where(self._reading.text[inside.start : inside.end], inside.place, found.source)
            if found.source != PlaceFrom.BEFORE:
                break
        return None

    def _scene_inside(self, found: Where, wide: Place, sentence: int, measure: str | None) -> Where | None:
        """The scene that lies in the wider place that was found, where the sentence tells of it."""
        scenes, main = self.scenes, self.scenes.main
        named = found.source in (PlaceFrom.SENTENCE, PlaceFrom.BEFORE)
        if named and sentence <= OPENING and (ahead := scenes.ahead(sentence, wide)) is not None:
            return Where(None, ahead.place, PlaceFrom.ARTICLE)
        if main is None or not may_lie_in(main.place, wide) or self._of_other_times(sentence):
            return None
        if self._reading.label_at(main.sentence) != self._reading.label_at(sentence):
            return None
        country = wide.kind == "country" or contains(wide, main.place) or main.sentence >= sentence
        told = scenes.at_one_site and (
            found.source == PlaceFrom.BEFORE or (found.source == PlaceFrom.SENTENCE and sentence <= 1 and country)
        )
        near = found.source == PlaceFrom.ARTICLE and scenes.at_one_site and measure not in WIDE
        harmed = found.source == PlaceFrom.ARTICLE and measure in HARM and scenes.several and main.place.kind != "region"
        return Where(None, main.place, PlaceFrom.ARTICLE) if told or harmed or near else None

    def _of_other_times(self, sentence: int) -> bool:
        return of_other_times(self._reading.sentences[sentence].text) or self.scenes.is_background(sentence)


def _nearest_place(reading: Reading, scenes: Scenes, start: int, end: int, sentence: int) -> Where | None:
    """The place nearest to a figure in the parse of its sentence; `None` where it shows none."""
    if (named := bracketed(reading, start) or told_by_clause(reading, sentence, start)) is not None:
        return named
    clauses = reading.clauses.get(sentence)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is not None and counted is not None:
        first = reading.sentences[sentence].span_start
        found = [one for one in reading.locations(sentence) if _may_hold(reading.text, first, one)]
        found = [one for one in found if one.start < end or not NEXT_CLAUSE.search(reading.text, end, one.start)]
        found = [one for one in found if not _is_edge(reading, one)]
        best = _own_of_list(reading, sentence, end, found) or _right_behind(clauses, counted, found, reading.text, end)
        best = best or nearest(clauses, counted, found, reading.saying(sentence))
        best = described(reading, inner(best, found, reading.text), found, start) if best is not None else None
        if best is not None and is_beside(reading.text, best.start) and (seat := _dateline_town(reading)) is not None:
            return Where(None, seat, PlaceFrom.ARTICLE) if seat != best.place else None
        if best is not None and (noun := Where(reading.text[best.start : best.end], best.place, PlaceFrom.SENTENCE)).points:
            meant = place_before(reading, scenes, sentence, reading.sentences[sentence])
            *described_by, last = reading.text[best.start : best.end].removeprefix("the ").split()
            wide = noun.place is None and (last in COMPASS_NOUNS | SEVERAL or described_by != [])
            told = meant.place is not None and (wide or meant.place.kind != "country" or meant.source == PlaceFrom.BEFORE)
            return replace(noun, place=meant.place, source=meant.source) if told else noun
        if best is not None and best.home:
            return Where(None, best.place, PlaceFrom.ARTICLE)
        if best is not None and (narrow := narrower(reading, sentence, best.start, best.end, best.place)) is not None:
            return Where(None, narrow, PlaceFrom.ARTICLE)
        if best is not None and (later := village_named_later(reading, sentence, best)) is not None:
            return later
        if best is not None:
            return _one_of(reading, beside(best, found, reading.text) if best in found else [best], best)
    return None


def _right_behind(clauses: Clauses, counted: int, found: Sequence[Location], text: str, end: int) -> Location | None:
    """The place behind a number that is joined to another one: `12 in Sarn and three in Kesh`, `30 nationwide`."""
    if clauses.token(counted).relation != "conj":
        return None
    return next((one for one in found if one.start > end and (one.home or BEHIND.fullmatch(text, end, one.start))), None)


def _own_of_list(reading: Reading, sentence: int, end: int, found: Sequence[Location]) -> Location | None:
    """The place right behind a number, where another number of the sentence has one too: `1.8 metres at Sarn, 1.5 at Kesh`."""
    last = reading.sentences[sentence].span_end
    ends = [number.end for number in reading.numbers if reading.sentences[sentence].span_start <= number.at < last]
    own = {at: one for at in ends for one in found if not one.home and EACH.fullmatch(reading.text, at, one.start)}
    return own[end] if end in own and len({one.start for one in own.values()}) > 1 else None


def _may_hold(text: str, first: int, one: Location) -> bool:
    """Whether a figure may hold at a place of its sentence: it is no end of a way, nobody's office, no comparison."""
    passing = is_end_of_way(text, one.start, one.end) or is_of_somebody(text, one.start) or is_seat(text, one.start)
    return not passing and not _is_compared_with(text, first, one)


def _is_edge(reading: Reading, one: Location) -> bool:
    """Whether a place has no name but those of peoples, or is only where two countries meet: `the Tarvian border`."""
    printed = reading.text[one.start : one.end]
    if one.place is not None or one.home or printed.removeprefix("the ") in OF_THEMSELVES:
        return False
    names = [word for word in printed.split() if word[:1].isupper()]
    return printed.split()[-1] in BORDERS or all(reading.gazetteer.people(name) is not None for name in names)


def _is_compared_with(text: str, first: int, location: Location) -> bool:
    """Whether a country is only what something is the worst of: `one of the worst attacks in Tarvia`."""
    wide = location.place is not None and location.place.kind == "country" and not location.home
    return wide and WORST_IN.search(text, max(first, location.start - LONGEST_NAME), location.start) is not None


def _dateline_town(reading: Reading) -> Place | None:
    """The town of the dateline in the country that the article is about."""
    printed = reading.article.dateline
    country = reading.country_of_focus
    if not printed or country is None:
        return None
    name, _, parent = printed.partition(",")
    name = name.strip()
    found = reading.gazetteer.find(name, parent.strip() or None) or reading.gazetteer.find(name.title(), parent.strip() or None)
    inside = found is not None and found.kind in ("town", "district") and found.country_code == country.country_code
    return found if inside else None


def _one_of(reading: Reading, several: Sequence[Location], best: Location) -> Where:
    """The place of a figure, where its sentence names one; the country of several that lie in one, else none."""
    if len(several) == 1 and LISTED_AFTER.match(reading.text, best.end):
        return Where(None, None, None)
    if len(several) == 1:
        return Where(reading.text[best.start : best.end], best.place, PlaceFrom.SENTENCE)
    return Where(None, None, None)
