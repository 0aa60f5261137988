"""The place of a figure whose own sentence names none: that of the sentences before, of its source, of the article."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.whereabouts.named import Named
from copydesk.transforms.facts.whereabouts.narrower import Where, narrower
from copydesk.transforms.facts.whereabouts.scenes import Scenes
from copydesk.transforms.places import Place
from copydesk.transforms.types import Sentence
from copydesk.transforms.vocabulary import PlaceFrom

NEAR_PARAGRAPHS = 1
"""Paragraphs back in which the sentence before may stand: news often has one sentence in each."""

SENTENCES_BACK = 8
"""Sentences of its paragraph that are looked through for a place: a paragraph may hold thousands."""

THERE = re.compile(
    r"\b[Tt]here\b(?!\s+(?:is|are|was|were|has|have|had|will|would|may|might|could|can|should|seems?|remains?|came|follow))"
)
"""What means the place that was named last, however it was."""

WORLDWIDE = re.compile(
    r"\b(?:(?i:world)(?:[’']s|wide)?(?!(?<=World)\s+(?:Health|Bank|Food|Vision))|(?i:global)(?:ly)?|(?i:humanity|humankind|(?:the|our)\s+planet))\b"
)
"""Words of a sentence that is about no one place, unless it names one."""

LOCAL_SOURCE = re.compile(
    r"""
    (?<![\w-])
    (?P<place>(?:(?:St|Mt)\.?\s+)?[A-Z][\w’'-]*[^\W’'](?:\s+[A-Z][\w-]+){0,2}?)(?:[’']s)?         # Sarn
    (?=\s+(?:(?:[a-z]+|County|City|State|Provincial|District|Municipal|Regional)\s+){0,2}          # regional
      (?:[Pp]olice|[Gg]overnor|[Mm]ayor|[Ss]heriff|[Ff]ire|[Hh]ospital|[Mm]unicipality|[Cc]ouncil   # police
        |[Cc]ommissioner|[Cc]ounty|[Pp]rovince|[Ss]tate|[Dd]istrict|prosecutors?|coroner)\b)
    """,
    re.VERBOSE,
)
"""The name of a town or region before a local office: `the Sarn regional police commander`."""


def place_before(reading: Reading, scenes: Scenes, sentence: int, here: Sentence) -> Where:
    """The last place named before in this paragraph or in the sentence before it; else that of the article as a whole."""
    label, focus = reading.label_at(sentence), reading.focus_at(sentence)
    near_word = THERE.search(here.text) is not None
    for number in range(sentence - 1, max(-1, sentence - 1 - SENTENCES_BACK), -1):
        other = reading.sentences[number]
        if label is not None and other.span_start < label.start:
            break
        together = other.paragraph == here.paragraph
        if not together and (number < sentence - 1 or other.paragraph < here.paragraph - NEAR_PARAGRAPHS):
            break
        near = number == sentence - 1
        places = scenes.named_in(number) if near_word else scenes.set_by(number)
        before = [found for found in places if _holds_on(reading, found, together, near)]
        if before and not together and (scenes.is_background(number) or scenes.returns(before)):
            break
        home = next((one for one in _homes(reading, number) if not before or one.start > before[-1].start), None)
        if home is not None:
            return Where(None, home.place, PlaceFrom.ARTICLE)
        if before:
            last = scenes.going_on(before)
            place = last.place if last.known else None
            told = _of_claimant(reading, sentence) if place is not None and place.kind == "country" else None
            if told is None and (narrow := narrower(reading, number, last.start, last.end, place)) is not None:
                return Where(None, narrow, PlaceFrom.ARTICLE)
            printed = reading.text[last.start : last.end]
            return Where(None, told, PlaceFrom.CLAIMANT) if told else Where(printed, place, PlaceFrom.BEFORE)
    if (told := _of_claimant(reading, sentence)) is not None:
        return Where(None, told, PlaceFrom.CLAIMANT)
    if focus is None or is_of_no_place(reading, sentence, focus):
        return Where(None, None, None)
    return Where(None, focus, PlaceFrom.ARTICLE)


def is_of_no_place(reading: Reading, sentence: int, about: Place) -> bool:
    """Whether a sentence is about the world, or tells only what the country did that its article is about."""
    return WORLDWIDE.search(reading.sentences[sentence].text) is not None or _is_doer(reading, sentence, about)


def _homes(reading: Reading, number: int) -> list[Location]:
    """The words of a parsed sentence for a whole country: `nationwide`."""
    return [one for one in reading.locations(number) if one.home] if number in reading.clauses else []


def _of_claimant(reading: Reading, sentence: int) -> Place | None:
    """The town or region of a local source in the article's country: `the Sarn police chief said`."""
    country = reading.country_of_focus
    if country is None or reading.focus is None or reading.focus.kind != "country":
        return None
    for source in reading.sources_in(sentence):
        for found in LOCAL_SOURCE.finditer(reading.text, source.report.source_start, source.report.source_end):
            place = reading.gazetteer.find(found["place"])
            if place is not None and place.kind != "country" and place.country_code == country.country_code:
                return place
    return None


def _is_doer(reading: Reading, sentence: int, country: Place) -> bool:
    """Whether a country is who did it: what befell `13 soldiers taken prisoner by Tarvia` was in no place that is told."""
    clauses = reading.clauses.get(sentence)
    if clauses is None or country.kind != "country":
        return False
    doers = [token for token in clauses.tokens if token.relation == "obl:agent" and token.pos == "PROPN"]
    return any(reading.gazetteer.nation(token.text) == country for token in doers)


def _holds_on(reading: Reading, found: Named, together: bool, near: bool) -> bool:
    """Whether a place holds for the sentence after its own (`near`), or one further down in the same paragraph (`together`)."""
    if not found.known:
        return (near or (together and found.noun)) and found.placed
    focus = reading.focus_at(found.sentence)
    about = focus.country_code if focus is not None else None
    inside = found.place.country_code == about
    if not near:
        return inside and found.place.kind != "country" and found.placed
    return inside or about is None or (together and found.placed)
