"""Figures: every number that the text states of the world, with what it counts and on whose word."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.antecedents import (
    is_bare_persons,
    is_whole,
    modified_noun,
    noun_elsewhere,
    part_befell,
    whole_of,
)
from copydesk.transforms.facts.attribution import Attribution, attribution_of
from copydesk.transforms.facts.beside_figures import beside_the_last
from copydesk.transforms.facts.circumstances import rate_after, scope, when
from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.counting import BUILT, LIMIT, WRECKED, WRECKING, Counted, measured
from copydesk.transforms.facts.led_nouns import governed_noun
from copydesk.transforms.facts.ledger import glued
from copydesk.transforms.facts.measures import MeasureReader
from copydesk.transforms.facts.modality import modality_of
from copydesk.transforms.facts.neighbours import Before, goes_on, neighbours_noun, next_before
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.nouns import head_noun, subject_noun
from copydesk.transforms.facts.parts_of_sums import whole_currency
from copydesk.transforms.facts.passing import TERM, Passed, in_passing, is_somebody
from copydesk.transforms.facts.sureness import silence, unit_rule
from copydesk.transforms.facts.units import OF_POINT, measured_by
from copydesk.transforms.facts.whereabouts.choice import PlaceChoice
from copydesk.transforms.facts.whereabouts.traits import Figure
from copydesk.transforms.numbers import Number, age_unit, no_figure
from copydesk.transforms.types import Fact, NumberEntry
from copydesk.transforms.vocabulary import FactKind, Measure, Modality, NumberReason

EXTRACTOR = "figures"

THINGS = frozenset({None, "noun"})
"""Kinds of nouns that `others` behind them may stand for, where they are no persons: `four planes and eight others`."""

AND_BEFORE = re.compile(r"\s*,?\s+and\s+(?:(?:another|some|about|over|nearly)\s+)?")


DESCRIBED = re.compile(r"\s+(?:affected|displaced|damaged|destroyed|flooded)\s+[a-z]+s$")
"""A participle that only tells which things a number counts: `five affected districts`."""

SHARE_UNITS = ("percent", "percentage points", "basis points")

SHARES = ("fraction", "oneinto")
"""Kinds of numbers that are shares whatever stands beside them."""


def find_figures(reading: Reading, said: list[Fact], measures: MeasureReader) -> tuple[list[Fact], list[NumberEntry]]:
    """The figures of an article and the ledger of its numbers; `said` are its quotations and statements.

    Ledger entries point at facts by their place in the returned list.
    """
    facts: list[Fact] = []
    ledger: list[NumberEntry] = []
    before: Before | None = None
    places = PlaceChoice(reading)
    said = sorted(said, key=lambda fact: fact.span_start)
    for place, number in enumerate(reading.numbers):
        none: str | None = no_figure(reading.text, number)
        fact = counted = None
        passed = Passed(none, age_unit(reading.text, number) if none == NumberReason.AGE else None) if none else None
        if passed is None:
            fact, counted, passed = _figure(reading, places, place, said, measures, before)
        ledger.append(
            NumberEntry(
                text=reading.text[number.start : number.end],
                span_start=number.start,
                span_end=number.end,
                low=number.low,
                high=number.high,
                unit=fact.unit if fact is not None else passed.unit if passed is not None else None,
                fact=len(facts) if fact is not None else None,
                reason=passed.reason if passed is not None else None,
            )
        )
        if fact is not None and counted is not None:
            fact = beside_the_last(reading, fact, facts, own=counted.own is not None)
            facts.append(fact)
            before = next_before(reading.text, before, fact, counted.own, counted.noun)
    return facts, sorted([*ledger, *glued(reading.text, ledger)], key=lambda entry: entry.span_start)


def _figure(
    reading: Reading, places: PlaceChoice, place: int, said: list[Fact], measures: MeasureReader, before: Before | None
) -> tuple[Fact | None, Counted | None, Passed | None]:
    """The figure of a number with what it counts, or why it is none."""
    number = reading.numbers[place]
    index = reading.sentence_at(number.at)
    counted = _counted(reading, place, index, measures, before)
    if not isinstance(counted, Counted):
        return None, None, counted
    found = _assembled(reading, number, index, counted, measures)
    return _placed(reading, places, found, number, index, attribution_of(reading, number, said)), counted, None


def _counted(reading: Reading, place: int, index: int, measures: MeasureReader, before: Before | None) -> Counted | Passed:
    """What a number counts, or the reason why it counts nothing."""
    text, number, sentence = reading.text, reading.numbers[place], reading.sentences[index]
    following = reading.numbers[place + 1] if place + 1 < len(reading.numbers) else None
    limit = min(sentence.span_end, number.end + LIMIT)
    clauses = reading.clauses.get(index)
    noun = head_noun(text, number, reading.lexicon, limit) or modified_noun(text, number, clauses, limit, reading.lexicon)
    noun = _of_buildings(text, number.start, noun, before, index)
    befell = measures.befell(clauses, number, noun)
    somebody = noun is not None and befell is None and is_somebody(text, number, noun, measures, sentence.span_start)
    reason = NumberReason.IDIOM if somebody else in_passing(text, number, noun)
    if reason is not None and not goes_on(text, number, noun, before, index):
        return Passed(reason, noun.unit if noun is not None and noun.measure == Measure.DURATION else None)
    whole = is_whole(text, reading.numbers[place - 1] if place else None, number)
    toll = measures.toll(text, number.start, sentence.span_start) if not whole else None
    own = noun
    all_of = whole_of(text, number, following, limit, reading.lexicon) if noun is None else None
    things = all_of is not None and all_of.unit != "people"
    elliptical = _elliptical(text, number, noun, befell, measures, (sentence.span_start, limit)) if not things else None

    part = part_befell(text, number, sentence.span_start, reading.lexicon) if befell is None else None
    elliptical = elliptical or part if noun is None else elliptical
    befell = befell or part if noun is not None and noun.unit == "people" else befell
    if elliptical is not None:
        own = noun = None
    if noun is None and (elsewhere := noun_elsewhere(text, number, following, sentence.span_start, limit, reading.lexicon)):
        nearer = toll is not None and toll.end < elsewhere.start < number.start
        noun, toll = elsewhere, None if elsewhere.table == "unit" or nearer else toll
        own = elsewhere if elsewhere.word == "magnitude" else own
    if noun is None and toll is None and elliptical is None and number.kind not in SHARES:
        noun = subject_noun(text, number, sentence.span_start, reading.lexicon)
        noun = noun or governed_noun(text, number, clauses, reading.lexicon)
        noun = noun or neighbours_noun(text, number, index, before, limit, sentence)
        if noun is None and not is_bare_persons(text, number, sentence.span_start, limit):
            return Passed(NumberReason.NO_NOUN, None)
    acts, owned = measures.acts(clauses, number, noun), measures.owned(clauses, number, noun)
    parsed = clauses is not None
    return Counted(
        own=own, noun=noun, toll=toll, elliptical=elliptical, befell=befell, parsed=parsed, acts=acts, whole=whole, owned=owned
    )


def _elliptical(
    text: str,
    number: Number,
    noun: Noun | None,
    befell: str | None,
    measures: MeasureReader,
    bounds: tuple[int, int],
) -> str | None:
    """What befell persons that no noun names: `another 12 injured`; not where it only tells which things are meant.

    `bounds` are those of the sentence.
    """
    unsure = noun is None or (noun.table is None and noun.measure is None)
    if noun is not None and DESCRIBED.match(text, number.end, noun.end):
        unsure = False
    told = measures.elliptical(text, number.end, bounds[1]) if unsure else None
    if told is not None or befell is None or noun is not None:
        return told
    return measures.beside(text, number.start, number.end, *bounds) or befell


def _of_buildings(text: str, start: int, noun: Noun | None, before: Before | None, index: int) -> Noun | None:
    """The noun beside a number that begins at `start`; that of the things or buildings before where it is `others`."""
    if noun is None or noun.word != "others" or before is None or before.sentence != index:
        return noun
    if before.noun.table in THINGS and before.noun.unit != "people" and AND_BEFORE.fullmatch(text, before.noun.end, start):
        return replace(before.noun, start=noun.start, end=noun.end)
    touched = WRECKED.match(text, noun.end) or WRECKING.search(text[max(0, start - 40) : start])
    wrecked = (before.noun.measure == Measure.BUILDINGS or before.noun.word in BUILT) and touched
    return replace(before.noun, start=noun.start, end=noun.end) if wrecked else noun


def _assembled(reading: Reading, number: Number, index: int, counted: Counted, measures: MeasureReader) -> Fact:
    """The figure with its span, measure, unit and item."""
    text, sentence, own = reading.text, reading.sentences[index], counted.own
    end = _end(text, number, own)
    measure, unit, item, rule = measured(text, number, counted, measures, sentence)
    if measure == Measure.MONEY and (word := number.currency or (counted.noun.word if counted.noun else None)):
        unit = reading.lexicon.currency(word, reading.country(word)) if number.currency or unit.isupper() else unit
    unit = measured_by(text, own.end, unit) if own is not None else unit
    timed = own is not None and unit.endswith((" per hour", " per minute", " per second"))
    low, high = number.low, number.high
    if unit in reading.lexicon.coins.names:
        unit, parts = whole_currency(reading, number, unit, counted.noun.word if counted.noun is not None else unit)
        low, high = (round(v / parts, 6) if v is not None else None for v in (low, high))
    if number.kind == "fraction" and (point := OF_POINT.match(text, number.end)) is not None:
        measure, unit = Measure.SHARE, "percentage points" if "point" in point["unit"].lower() else "percent"
    elif (measure == Measure.SHARE and unit not in SHARE_UNITS) or number.kind in SHARES:
        measure, unit = Measure.SHARE, "percent"
        low, high = (round(v * 100, 2) if v is not None and v < 1 else v for v in (low, high))
    return Fact(
        kind=FactKind.FIGURE,
        text=text[number.start : end],
        span_start=number.start,
        span_end=end,
        sentence=index,
        extractor=EXTRACTOR,
        confidence=0.0,
        rule=unit_rule(reading, number, counted.noun, measure) if rule == "unit" else rule,
        measure=measure,
        value_low=low,
        value_high=high,
        qualifier=number.qualifier,
        hedge=number.hedge.lower() if number.hedge else None,
        unit=unit,
        item=item,
        scope=scope(text, number.start, end, sentence, own is None and counted.toll is not None),
        rate=None
        if timed
        else rate_after(text, end) or (rate_after(text, text.find(item, number.start) + len(item)) if item else None),
        modality=_modality(reading, number, index),
    )


def _end(text: str, number: Number, own: Noun | None) -> int:
    """Where the span of a figure ends: behind the noun beside it, or behind what a compound of a duration is of."""
    if own is None:
        return number.end
    term = TERM.match(text, own.end) if own.measure == Measure.DURATION and text[number.end : number.end + 1] == "-" else None
    return term.end() if term else own.end


def _modality(reading: Reading, number: Number, index: int) -> str:
    """How real the figure is, by its clause."""
    clauses = reading.clauses.get(index)
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None:
        return Modality.ACTUAL
    said = {clauses.at(source.report.cue_start) for source in reading.sources_in(index)}
    return modality_of(clauses, counted, frozenset(token for token in said if token is not None))


def _placed(
    reading: Reading, places: PlaceChoice, fact: Fact, number: Number, index: int, attribution: Attribution | None
) -> Fact:
    """The figure with its place, dates and claimant."""
    sentence = reading.sentences[index]
    claimant = attribution.attributed_to if attribution else None
    value = fact.value_low if fact.value_low is not None else fact.value_high
    place, likely = places.of(Figure(start=number.at, end=number.end, sentence=index, measure=fact.measure, value=value))
    entry, named = place.place, None if place.points else place.printed
    start, end, said_on = when(reading, number.at, number.end, sentence)
    source_rule = attribution.rule if attribution else silence(reading, index)
    sure = reading.lexicon.rates
    return replace(
        fact,
        confidence=round(reading.lexicon.rates_figure(fact.rule or "", source_rule), 2),
        confidence_place=likely if place.source else None,
        confidence_as_of=sure("time", "clause") if start or end else None,
        rule=f"{fact.rule}:{source_rule}",
        place=place.printed,
        place_name=place.name,
        place_from=place.source,
        place_id=entry.place_id if entry else None,
        place_candidates=reading.gazetteer.candidates(named, entry) if entry and named else None,
        place_precision=entry.kind if entry and entry.country_code else None,
        country_code=entry.country_code if entry else None,
        admin1=entry.admin1 if entry else None,
        admin2=entry.admin2 if entry else None,
        latitude=entry.latitude if entry else None,
        longitude=entry.longitude if entry else None,
        as_of_start=start,
        as_of_end=end,
        said_on=said_on,
        attributed_to=claimant,
        cue=attribution.cue if attribution else None,
    )
