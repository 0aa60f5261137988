"""Figures: every number that the text states of the world, with what it counts and on whose word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from copydesk.transforms.facts.antecedents import is_bare_persons, is_whole, noun_elsewhere, opens_bare_clause
from copydesk.transforms.facts.circumstances import modality, rate_after, scope, when, where
from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.measures import MeasureReader, Toll
from copydesk.transforms.facts.names import claimant_kind
from copydesk.transforms.facts.nouns import Noun, head_noun
from copydesk.transforms.numbers import Number, no_figure
from copydesk.transforms.types import Fact, NumberEntry, Sentence
from copydesk.transforms.vocabulary import FactKind, Measure, NumberReason

EXTRACTOR = "figures"
PASSING = re.compile(
    r"\b(?:past|last|next|first|previous|coming|recent|over|after|within|in|for|every|ago|later|earlier)\s+"
    r"(?:the\s+)?(?:past\s+|last\s+|next\s+|first\s+|about\s+|more than\s+)?$",
    re.IGNORECASE,
)
ONE_AFTER = re.compile(
    r"\s+(?:of|another|day|thing|who|that|or\s+more|and|is|was|in\s+which|could|can|such|more|side|hand|time|way)\b|[.,;:]",
    re.IGNORECASE,
)
DURATION_OF = re.compile(r"\b(?:of|take|takes|took|last|lasts|lasted|lasting)\s+[“\"]?$")
DURATION_HEAD = re.compile(r"^\s+of\s+|^(?:-long|\s+(?:long|pause|truce|ceasefire))")
CLAUSE_BREAK = re.compile(r"[;:—“”]|,\s+(?:while|but|which|who|after)\b|\b(?:while|because|although|after|before)\b")
INHERITS = re.compile(
    r"\b(?:including|among them|of them|of whom|comprising|mostly)(?:\s+(?:some|about|at least|more than|nearly))?\s*$",
    re.IGNORECASE,
)
INSIDE = re.compile(r"\d\s$")
UNIT_REACH = re.compile(r",?\s*(?:and|or|to|from|up from|down from|compared with|against|,)?\s*", re.IGNORECASE)
GLUED = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070-\u2089]+")
NUMERAL = re.compile(r"\d+(?:[.,’'\u00a0\u202f\u2009٬٫]\d+)*")
SHARES = ("fraction", "oneinto")
"""Kinds of numbers that are shares whatever stands beside them."""
LIMIT = 140
GUESS = 0.55


@dataclass(frozen=True)
class Attribution:
    """Whose word a span of the text is given on."""

    attributed_to: str
    cue: str | None
    source: Source | None


MOST_SAID = 200
"""Quotations and statements before a number of which one may hold it."""


def find_figures(reading: Reading, said: list[Fact], measures: MeasureReader) -> tuple[list[Fact], list[NumberEntry]]:
    """The figures of an article and the ledger of its numbers; `said` are its quotations and statements.

    Ledger entries point at facts by their place in the returned list.
    """
    facts: list[Fact] = []
    ledger: list[NumberEntry] = []
    before: tuple[int, Noun] | None = None
    last: Fact | None = None
    said = sorted(said, key=lambda fact: fact.span_start)
    for place, number in enumerate(reading.numbers):
        reason: str | None = no_figure(reading.text, number)
        fact = noun = None
        if reason is None:
            fact, noun, reason = _figure(reading, place, said, measures, before)
        ledger.append(
            NumberEntry(
                text=reading.text[number.start : number.end],
                span_start=number.start,
                span_end=number.end,
                low=number.low,
                high=number.high,
                fact=len(facts) if fact is not None else None,
                reason=reason,
            )
        )
        if fact is not None:
            if last is not None and fact.sentence == last.sentence and fact.measure in (Measure.OTHER, Measure.PERSONNEL):
                inherits = INHERITS.search(reading.text, last.span_end, fact.span_start)
                fact = replace(fact, measure=last.measure) if inherits else fact
            facts.append(fact)
            last = fact
            if noun is not None:
                before = (fact.sentence, noun)
    return facts, sorted([*ledger, *_glued(reading.text, ledger)], key=lambda entry: entry.span_start)


def unread_numbers(text: str) -> list[NumberEntry]:
    """The ledger of a text in a language without tables: every numeral of it, none of them read as a figure.

    Numbers of their own are left without a value: whether `9.845` is nine or nine thousand is the language's to say.
    """
    return [
        NumberEntry(
            text=found.group(),
            span_start=found.start(),
            span_end=found.end(),
            low=None,
            high=None,
            fact=None,
            reason=NumberReason.LANGUAGE,
        )
        for found in NUMERAL.finditer(text)
    ]


def _glued(text: str, ledger: list[NumberEntry]) -> Iterator[NumberEntry]:
    """Entries for digits that are part of a name or a sign, so that none is missing: `R2-D2`, `2015/16`."""
    covered = {at for entry in ledger for at in range(entry.span_start, entry.span_end)}
    for found in GLUED.finditer(text):
        if found.start() not in covered:
            named = text[found.start() - 1 : found.start()].isalpha() or text[found.end() : found.end() + 1].isalpha()
            yield NumberEntry(
                text=found.group(),
                span_start=found.start(),
                span_end=found.end(),
                low=None,
                high=None,
                fact=None,
                reason=NumberReason.NAME if named else NumberReason.IDENTIFIER,
            )


def _figure(
    reading: Reading, place: int, said: list[Fact], measures: MeasureReader, before: tuple[int, Noun] | None
) -> tuple[Fact | None, Noun | None, str | None]:
    text, number = reading.text, reading.numbers[place]
    following = reading.numbers[place + 1] if place + 1 < len(reading.numbers) else None
    index = reading.sentence_at(number.at)
    sentence = reading.sentences[index]
    limit = min(sentence.span_end, number.end + LIMIT)
    noun = head_noun(text, number, reading.lexicon, limit)
    whole = is_whole(text, reading.numbers[place - 1] if place else None, number)
    toll = measures.toll(text, number.start, sentence.span_start) if not whole else None
    reason = _passing(text, number, noun)
    if reason is not None:
        return None, None, reason
    own = noun
    elliptical = (
        measures.elliptical(text, number.end, limit) if noun is None or (noun.table is None and noun.measure is None) else None
    )
    if elliptical is not None:
        own = noun = None
    if noun is None and (elsewhere := noun_elsewhere(text, number, following, sentence.span_start, limit, reading.lexicon)):
        nearer = toll is not None and toll.end < elsewhere.start < number.start
        noun, toll = elsewhere, None if elsewhere.table == "unit" or nearer else toll
        own = elsewhere if elsewhere.word == "magnitude" else own
    if noun is None and toll is None and elliptical is None and number.kind not in SHARES:
        here = before is not None and before[0] == index and _inherits(text, before[1], number)
        goes_on = before is not None and before[0] == index - 1 and opens_bare_clause(text, number, sentence.span_start, limit)
        if before is not None and (here or goes_on):
            noun = before[1]
        elif not is_bare_persons(text, number, sentence.span_start, limit):
            return None, None, NumberReason.NO_NOUN
    found = _assembled(reading, number, index, Counted(own, noun, toll, elliptical, whole), measures)
    attribution = _attribution(reading, number, said)
    return _placed(reading, found, number, index, attribution), own, None


def _inherits(text: str, noun: Noun, number: Number) -> bool:
    """Whether a bare number takes its neighbour's noun: a unit reaches only as far as `from 5 percent to 7`."""
    return noun.table != "unit" or UNIT_REACH.fullmatch(text, noun.end, number.start) is not None


def _passing(text: str, number: Number, noun: Noun | None) -> str | None:
    """Durations in passing and `one` as a word of grammar are no figures."""
    word = text[number.at : number.end].casefold()
    if text[number.end : number.end + 1] == "-" and INSIDE.search(text[max(0, number.start - 12) : number.start]):
        return NumberReason.NAME
    if word == "one" and number.kind == "words" and number.hedge is None:
        counted = noun is not None and (noun.table in ("noun", "unit", "person") and noun.measure != Measure.DURATION)
        if not counted or ONE_AFTER.match(text, number.end):
            return NumberReason.IDIOM
    if noun is not None and noun.measure == Measure.DURATION:
        after = text[noun.end : noun.end + 30]
        before = text[max(0, number.start - 40) : number.start]
        if rate_after(text, noun.end) is not None:
            return None
        if after.startswith((" ago", " earlier", " later", " old", " before", " after")) or PASSING.search(before):
            return NumberReason.DATE
        if text[number.end : number.end + 1] == "-":
            return NumberReason.DURATION
        if not DURATION_HEAD.match(after) and not DURATION_OF.search(before):
            return NumberReason.DURATION
    return None


@dataclass(frozen=True)
class Counted:
    """What a number counts.

    `own` is the noun beside it, `noun` that or the neighbour's noun that it stands for: in `604 sailors were killed,
    another 12 injured` the 12 has no `own` and the `noun` sailors. `toll` is a noun before it that names a measure
    (`the death toll reached 12`), `elliptical` the measure of a participle right after it (`12 injured`).
    """

    own: Noun | None
    noun: Noun | None
    toll: Toll | None
    elliptical: str | None
    whole: bool = False
    """Whether a part of it is counted right before: the 40 of `twelve of the 40 guests died` are not dead."""

    @property
    def sure(self) -> float:
        """How surely the table's words say what is counted."""
        if (self.own is not None and self.own.table is not None) or self.toll is not None:
            return 0.9
        return 0.75 if self.elliptical else GUESS


def _assembled(reading: Reading, number: Number, index: int, counted: Counted, measures: MeasureReader) -> Fact:
    """The figure with its span, measure, unit and item."""
    text, sentence, own = reading.text, reading.sentences[index], counted.own
    end = own.end if own is not None else number.end
    measure, unit, item = _measured(text, number, counted, measures, sentence)
    if measure == Measure.MONEY and (word := number.currency or (counted.noun.word if counted.noun else None)):
        unit = reading.lexicon.currency(word, reading.country(word)) if number.currency or unit.isupper() else unit
    low, high = number.low, number.high
    if (measure == Measure.SHARE and unit not in ("percent", "percentage points")) or number.kind in SHARES:
        measure, unit = Measure.SHARE, "percent"
        low, high = (round(v * 100, 2) if v is not None and v < 1 else v for v in (low, high))
    return Fact(
        kind=FactKind.FIGURE,
        text=text[number.start : end],
        span_start=number.start,
        span_end=end,
        sentence=index,
        extractor=EXTRACTOR,
        confidence=counted.sure,
        measure=measure,
        value_low=low,
        value_high=high,
        qualifier=number.qualifier,
        hedge=number.hedge.lower() if number.hedge else None,
        unit=unit,
        item=item,
        scope=scope(text, number.start, end, sentence, own is None and counted.toll is not None),
        rate=rate_after(text, end) or (rate_after(text, text.find(item, number.start) + len(item)) if item else None),
        modality=modality(text, number.start, sentence.span_start),
    )


def _measured(
    text: str, number: Number, counted: Counted, measures: MeasureReader, sentence: Sentence
) -> tuple[str, str, str | None]:
    """Measure, unit and item: of the participle, of the toll before the number, of its noun or its neighbour's."""
    if counted.elliptical is not None:
        return counted.elliptical, "people", None
    if counted.own is None and counted.toll is not None:
        return counted.toll.measure, "people", text[counted.toll.start : counted.toll.end]
    noun, start = counted.noun, sentence.span_start
    if noun is None:
        return Measure.OTHER, "people", None
    limit = min(sentence.span_end, number.end + LIMIT)
    if counted.whole:
        return noun.measure or Measure.OTHER, noun.unit, noun.item
    if counted.own is None and noun.start > number.end:
        return measures.measure(text, number.start, noun.start, noun, start, limit), noun.unit, noun.item
    if counted.own is None:
        measure = measures.measure(text, number.start, number.end, None, start, limit)
        return (measure if measure != Measure.OTHER else noun.measure or Measure.OTHER), noun.unit, noun.item
    return measures.measure(text, number.start, number.at, noun, start, limit), noun.unit, noun.item


def _attribution(reading: Reading, number: Number, said: list[Fact]) -> Attribution | None:
    """The innermost quotation or statement that the number stands in; `said` is in the order of their beginnings."""
    last = bisect_right(said, number.at, key=lambda fact: fact.span_start)
    holding = [f for f in said[max(0, last - MOST_SAID) : last] if number.at < f.span_end]
    if not holding:
        return _counted_by(reading, number)
    best = min(holding, key=lambda f: (f.kind != FactKind.QUOTE, f.span_end - f.span_start))
    source = next(
        (s for s in reading.sources_in(best.sentence) if s.attributed_to == best.attributed_to and s.report.cue == best.cue),
        None,
    )
    return Attribution(best.attributed_to or "", best.cue, source)


def _counted_by(reading: Reading, number: Number) -> Attribution | None:
    """`The report counts 48 dead`, `Netanyahu referred to three goals`: a source whose verb takes a number."""
    for source in reversed(reading.sources_in(reading.sentence_at(number.at))):
        report = source.report
        if report.verb is None or not report.verb.frames & {"number", "noun"} or report.cue_end > number.start:
            continue
        if CLAUSE_BREAK.search(reading.text, report.cue_end, number.start) is None:
            return Attribution(source.attributed_to, report.cue, source)
    return None


def _placed(reading: Reading, fact: Fact, number: Number, index: int, attribution: Attribution | None) -> Fact:
    """The figure with its place, dates and claimant."""
    sentence = reading.sentences[index]
    claimant = attribution.attributed_to if attribution else None
    place = where(reading, fact.span_start, fact.span_end, index, claimant)
    entry = place.place
    start, end, said_on = when(reading, fact.span_start, fact.span_end, sentence, attribution.source if attribution else None)
    return replace(
        fact,
        place=place.printed,
        place_name=entry.name if entry else place.printed,
        place_from=place.source,
        country_code=entry.country_code if entry else None,
        latitude=entry.latitude if entry else None,
        longitude=entry.longitude if entry else None,
        as_of_start=start,
        as_of_end=end,
        said_on=said_on,
        attributed_to=claimant,
        cue=attribution.cue if attribution else None,
        claimant_kind=claimant_kind(claimant, reading.lexicon),
    )
