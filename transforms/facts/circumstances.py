"""Where, when, how often and how really a figure holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.locations import locations, nearest
from copydesk.transforms.facts.times import times
from copydesk.transforms.places import ARTICLES, Place
from copydesk.transforms.types import Sentence
from copydesk.transforms.vocabulary import Modality, PlaceFrom, Scope

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
NEEDED = re.compile(
    r"\b(?:need(?:s|ed)?|requir(?:e|es|ed)|must|call(?:s|ed)? for|demand(?:s|ed)?)\b[^.;]{0,45}$", re.IGNORECASE
)
PLANNED = re.compile(
    r"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|will|set|aim(?:s|ed)?|propos(?:e|es|ed)|pledg(?:e|es|ed)|promis(?:e|es|ed)|due)\b(?:\s+to)?[^.;,]{0,40}$",
    re.IGNORECASE,
)
POSSIBLE = re.compile(r"\b(?:could|might|may|would|if|possibl[ey]|fear(?:s|ed)?)\b[^.;]{0,50}$", re.IGNORECASE)
DENIED = re.compile(r"\b(?:denied|denies|not|never|no longer)\b[^.;,]{0,15}$", re.IGNORECASE)
MODALITIES = (
    (Modality.NEEDED, NEEDED),
    (Modality.DENIED, DENIED),
    (Modality.POSSIBLE, POSSIBLE),
    (Modality.PLANNED, PLANNED),
)
"""The words before a figure that say how real it is; the first that stands there is taken."""

NEW = re.compile(r"^(?:another|a further|an additional)\b", re.IGNORECASE)
NEW_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:in|over|during)\s+(?:the\s+)?(?:last|past|previous)?\s*(?:24|48)\s+hours\b", re.IGNORECASE
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
CROSSES = re.compile(r"\b(?:after|while|but|although|as well as|whereas)\b")
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


def modality(text: str, start: int, sentence_start: int) -> str:
    """`actual`, or `needed`, `planned`, `possible`, `denied` where the words before say so."""
    before = text[max(sentence_start, start - 60) : start]
    for name, pattern in MODALITIES:
        if pattern.search(before):
            return name
    return Modality.ACTUAL


def scope(text: str, start: int, end: int, sentence: Sentence, toll: bool) -> str | None:
    """`new` for an increment, `total` for a running total, `None` where the text does not say."""
    if NEW.match(text[start:end]) or NEW_AFTER.match(text[end : sentence.span_end]):
        return Scope.NEW
    return Scope.TOTAL if toll or TOTAL.search(text, end, min(sentence.span_end, end + 90)) else None


def where(reading: Reading, start: int, end: int, sentence: int) -> Where:
    """The place of a figure: nearest in its sentence, else the last of the sentence before; else inferred."""
    here = reading.sentences[sentence]
    clauses = reading.clauses.get(sentence)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is not None and counted is not None:
        sources = [(s.report.source_start, s.report.source_end) for s in reading.sources_in(sentence)]
        found_here = list(locations(clauses, reading.text, reading.lexicon.gazetteer, reading.persons))
        best = nearest(clauses, counted, found_here, sources)
        if best is not None:
            return Where(reading.text[best.start : best.end], best.place, PlaceFrom.SENTENCE)
        return _before(reading, sentence, here)
    found = [
        mention
        for mention in _places(reading, here, sentence)
        if mention.start >= end or not CROSSES.search(reading.text, mention.end, max(mention.end, start))
    ]
    if found and (named := _where_clause(reading.text, here, start, found)) is not None:
        return Where(named.printed, named.place, PlaceFrom.SENTENCE)
    if found:
        best = min(found, key=lambda mention: _distance(mention, start, end))
        return Where(best.printed, best.place, PlaceFrom.SENTENCE)
    return _before(reading, sentence, here)


def _before(reading: Reading, sentence: int, here: Sentence) -> Where:
    """The last place of the sentence before, in the same paragraph; else that of the article as a whole."""
    if sentence and reading.sentences[sentence - 1].paragraph == here.paragraph:
        before = [found for found in _places(reading, reading.sentences[sentence - 1], sentence - 1) if found.place is not None]
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


def _where_clause(text: str, sentence: Sentence, start: int, found: list[Mention]) -> Mention | None:
    """`Rafah, the southernmost city in Gaza where …`: the place that the clause with `where` explains."""
    opened = text.rfind(" where ", sentence.span_start, start)
    if opened < 0:
        return None
    before = [mention for mention in found if mention.end <= opened]
    for mention in before:
        if re.fullmatch(r",\s+the\s[^,]{3,60}", text[mention.end : opened]):
            return mention
    return before[-1] if before else None


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


def _distance(mention: Mention, start: int, end: int) -> int:
    """How far a place stands from the figure at text[start:end], in characters.

    What stands before counts 40 farther, a firm preposition (`in`, `near`) 25 nearer, an entry of the gazetteer 30 nearer.
    """
    characters = mention.start - end if mention.start >= end else start - mention.end + 40
    return characters - 25 * (mention.preposition in STRONG) - 30 * (mention.place is not None)


def when(
    reading: Reading, start: int, end: int, sentence: Sentence, source: Source | None
) -> tuple[date | None, date | None, date | None]:
    """The dates a figure is about (start, end), and the date of the saying where the text gives it."""
    clauses = reading.clauses.get(sentence.ordinal)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is not None and counted is not None:
        inside = [found for found in reading.dates if sentence.span_start <= found.start < sentence.span_end]
        cues = [source.report.cue_start for source in reading.sources_in(sentence.ordinal)]
        return times(clauses, counted, inside, cues)
    said_on = None
    about: list[tuple[int, date | None, date | None]] = []
    for found in reading.dates:
        if found.end <= sentence.span_start or found.start >= sentence.span_end:
            continue
        if source is not None and _beside(reading.text, found.start, found.end, source):
            said_on = found.last or found.first
            continue
        about.append((found.start - end if found.start >= end else start - found.end + 10, found.first, found.last))
    if about:
        _, first, last = min(about, key=lambda item: item[0])
        return first, last, said_on
    return None, said_on, said_on


def _beside(text: str, start: int, end: int, source: Source) -> bool:
    """Whether a date stands beside the cue: `announced Monday that`, `said on Sunday`; or opens the sentence before it."""
    report = source.report
    if 0 <= start - report.cue_end <= 12 and not re.search(r"\bthat\b|[,;]", text[report.cue_end : start]):
        return True
    return 0 <= report.source_start - end <= 3 and text[end : report.source_start].strip(" ") in (",", "")
