"""Where, when, how often and how really a figure holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.locations import locations, nearest
from copydesk.transforms.facts.times import times
from copydesk.transforms.places import ARTICLES, Place
from copydesk.transforms.types import Sentence
from copydesk.transforms.vocabulary import PlaceFrom, Scope

RATE = re.compile(
    r"""
    ^[\s,]*
    (?: (?:every|each|per|an?)\s+(?:single\s+)?(?P<unit>hour|day|week|month|year)\b   # 500 boats a day
      | (?P<adverb>daily|hourly|weekly|monthly|annually|yearly)\b                     # 500 boats daily
      | /(?P<short>day|week|month|year)                                               # 500 boats/day
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
ADVERBS = {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}
NEW = re.compile(r"^(?:another|a further|an additional)\b", re.IGNORECASE)
NEW_AFTER = re.compile(
    r"^\s+(?:more|fewer|less)\s+than\b"
    r"|^[^.;]{0,60}\b(?:in|over|during)\s+(?:the\s+)?(?:last|past|previous)?\s*(?:24|48)\s+hours\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(?:since|so far|in total|in all|toll|altogether)\b", re.IGNORECASE)
PLACE = re.compile(
    r"""
    \b(?P<how>in|into|inside|across|throughout|near|at|to|from|on|around|outside|over|of|towards?|surrounding
        |enter(?:ed|ing|s)?|reach(?:ed|ing|es)?                   # reached Sellin
    )\s+
    (?P<place>
        (?:the\s+)?
        (?:                                                       # the northern town of Sellin
            (?:northern|southern|eastern|western|central|north|south|east|west|city|town|village|region|province|district
              |port|occupied|coastal|capital|area|island|outskirts|state)
            \s+(?:of\s+)?(?:the\s+)?
        )*
        (?:[A-Z][\w’'-]+|al-[A-Z]\w+)                             # Sellin, al-Qarn
        (?:\s+(?:al-)?(?:[A-Z][\w’'-]+|of(?=\s+[A-Z])))*          # Bay of Sellin
      | (?:the\s+)(?:capital|enclave|territory|region|province|strip|island|north|south|east|west)\b  # in the capital
    )
    """,
    re.VERBOSE,
)
ADJECTIVAL = re.compile(
    r"\s(?!(?:in|on|and|or|to|from|of|for|with|since|after|before|as|by|is|are|was|were|where|when|while|which|that|have|has|had|will|would)\b)[a-z]{3,}"
)
PART_OF = re.compile(
    r"""
    ^(?:
        (?:northern|southern|eastern|western|central|north|south|east|west|city|town|village|port|region|province|district
          |occupied|coastal|outskirts|state)
        \s+(?:of\s+)?(?:the\s+)?                                 # the southern Narva Bay
    )+
    """,
    re.VERBOSE,
)
NEAR_PARAGRAPHS = 1
"""Paragraphs back in which the sentence before may stand: news often has one sentence in each."""

STRONG = frozenset(("in into inside across throughout near at around outside").split())
NOT_PLACE = re.compile(
    r"^(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Israeli|Palestinian|American|British|Russian|Twitter|Facebook|X|Instagram|God|Christmas|Ramadan|Easter)s?\b"
)
PERSON_NEAR = re.compile(r"^(?:President|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|General|Prime|Minister|Secretary|King|Queen)\b")


@dataclass(frozen=True)
class Where:
    """A place as printed, how it normalises, and from what it was taken: `sentence`, `before`, …"""

    printed: str | None
    place: Place | None
    source: str | None


def rate_after(text: str, end: int) -> str | None:
    """`hour`, `day`, … where the words after a figure make it a rate.

    >>> rate_after("500 trucks a day", 10)
    'day'
    """
    found = RATE.match(text[end : end + 30])
    if not found:
        return None
    return (found["unit"] or found["short"] or ADVERBS[found["adverb"].lower()]).lower()


def scope(text: str, start: int, end: int, sentence: Sentence, toll: bool) -> str | None:
    """`new` for an increment, `total` for a running total, `None` where the text does not say."""
    if NEW.match(text[start:end]) or NEW_AFTER.match(text[end : sentence.span_end]):
        return Scope.NEW
    return Scope.TOTAL if toll or TOTAL.search(text, end, min(sentence.span_end, end + 90)) else None


def where(reading: Reading, start: int, end: int, sentence: int) -> Where:
    """The place of the figure whose numeral stands at text[start:end]: nearest in the parse of its sentence.

    Else the last place of the sentence before in the same paragraph, else that of the article as a whole.
    """
    clauses = reading.clauses.get(sentence)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is not None and counted is not None:
        sources = [(source.report.source_start, source.report.source_end) for source in reading.sources_in(sentence)]
        found = list(locations(clauses, reading.text, reading.lexicon.gazetteer, reading.persons))
        best = nearest(clauses, counted, found, sources)
        if best is not None:
            return Where(reading.text[best.start : best.end], best.place, PlaceFrom.SENTENCE)
    return _before(reading, sentence, reading.sentences[sentence])


def _before(reading: Reading, sentence: int, here: Sentence) -> Where:
    """The last place of the sentence before, in this paragraph or the one before; else that of the article as a whole."""
    if sentence and reading.sentences[sentence - 1].paragraph >= here.paragraph - NEAR_PARAGRAPHS:
        together = reading.sentences[sentence - 1].paragraph == here.paragraph
        before = [
            found
            for found in _places(reading, reading.sentences[sentence - 1], sentence - 1)
            if (found.place is not None) + (found.preposition in STRONG) + together > 1
        ]
        if before:
            return Where(before[-1].printed, before[-1].place, PlaceFrom.BEFORE)
    return Where(None, reading.focus, PlaceFrom.ARTICLE if reading.focus else None)


class Mention(NamedTuple):
    """A place named at text[start:end] after a preposition, with its entry of the gazetteer, `None` where it has none."""

    start: int
    end: int
    printed: str
    preposition: str
    place: Place | None


def entry_is_named(name: str) -> bool:
    """Whether `the X` names a place of itself: a region, a strip, a capital."""
    return re.search(r"\b(?:Strip|Bank|capital|enclave|territory|region|province|north|south|east|west)\b", name) is not None


def _places(reading: Reading, sentence: Sentence, number: int) -> list[Mention]:
    """Places named in a sentence after a preposition."""
    out = []
    sources = [(s.report.source_start, s.report.source_end) for s in reading.sources_in(number)]
    for found in PLACE.finditer(reading.text, sentence.span_start, sentence.span_end):
        name = found["place"].strip()
        at = (found.start("place"), found.end("place"))
        name = re.sub(r"[’']s?$", "", name)
        if NOT_PLACE.match(name) or PERSON_NEAR.match(name) or any(a < at[1] and b > at[0] for a, b in sources):
            continue
        entry = reading.lexicon.gazetteer.find(_bare(name))
        if entry is None and found["how"].lower() not in STRONG:
            continue
        weak = found["how"].lower() not in STRONG
        if reading.text[at[1] : at[1] + 2] in ("’s", "'s") and (entry is None or weak):
            continue
        if name.startswith("the ") and ADJECTIVAL.match(reading.text[at[1] : at[1] + 20]) and not entry_is_named(name):
            continue
        out.append(Mention(*at, name, found["how"].lower(), entry))
    return out


def _bare(name: str) -> str:
    """A place's name without the words for its part: `southern Gaza Strip` leads to `Gaza Strip`."""
    name = ARTICLES.sub("", name)
    return PART_OF.sub("", name)


def when(reading: Reading, start: int, end: int, sentence: Sentence) -> tuple[date | None, date | None, date | None]:
    """The dates that the figure at text[start:end] is about (start, end), and the date of the saying."""
    clauses = reading.clauses.get(sentence.ordinal)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is None or counted is None:
        return None, None, None
    inside = [found for found in reading.dates if sentence.span_start <= found.start < sentence.span_end]
    return times(clauses, counted, inside, reading.sources_in(sentence.ordinal), reading.text)
