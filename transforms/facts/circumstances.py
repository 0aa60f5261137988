"""Where, when, how often and how really a figure holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.locations import Location, beside, nearest, of_city
from copydesk.transforms.facts.names import ORG_WORDS
from copydesk.transforms.facts.place_words import HIT, is_beside, is_far_end, is_storm
from copydesk.transforms.facts.times import times
from copydesk.transforms.places import POSSESSIVE, Place, bare_name, is_no_place, parent_after
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
            (?:(?:north|south)-?(?:east|west)(?:ern)?|northern|southern|eastern|western|central|north|south|east|west|city|town|village|region|province|district
              |port|occupied|coastal|capital|area|island|outskirts|state)
            \s+(?:of\s+)?(?:the\s+)?
        )*
        (?:(?:St|Ste|Mt|Ft)\.?\s+[A-Z][\w’'-]+|[A-Z][\w’'-]+|al-[A-Z]\w+)   # St. Karm, Sellin, al-Qarn
        (?:\s+(?:al-)?(?:[A-Z][\w’'-]+|of(?=\s+[A-Z])))*          # Bay of Sellin
      | (?:the\s+)(?:capital|enclave|territory|region|province|strip|island|north|south|east|west)\b  # in the capital
    )
    """,
    re.VERBOSE,
)
ADJECTIVAL = re.compile(
    r"\s(?!(?:in|on|and|or|to|from|of|for|with|since|after|before|as|by|is|are|was|were|where|when|while|which|that|have|has|had|will|would)\b)[a-z]{3,}"
)
NEAR_PARAGRAPHS = 1
"""Paragraphs back in which the sentence before may stand: news often has one sentence in each."""

SENTENCES_BACK = 8
"""Sentences of its paragraph that are looked through for a place: a paragraph may hold thousands."""

SURE_BEFORE = frozenset({"in", "near", "across", "outside", "reached", "entered"})
STRONG = frozenset(("in into inside across throughout near at around outside reached entered").split())
LONGEST_NAME = 60
BRACKETED = re.compile(r"(?P<before>\),?\s+(?:and\s+)?)?(?P<name>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)\s+\($")
NEXT_BRACKETED = re.compile(r"[^()]{1,30}\),?\s+(?:and\s+)?[A-Z][\w’' -]+\s+\(\d")
LISTED_AFTER = re.compile(r"(?:,\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)*,?\s+(?:and|or)\s+[A-Z]")
"""What stands behind the first of several places: `in Sarn, Dalmir and Kesh`."""

WORLDWIDE = re.compile(r"\b(?:world(?:[’']s|wide)?|global(?:ly)?|humanity|humankind|(?:the|our) planet)\b", re.IGNORECASE)
"""Words of a sentence that is about no one place, unless it names one."""

APPOSED = re.compile(
    r",\s+(?:the|an?)\s+(?:[\w’-]+\s+){0,4}?(?:city|town|village|region|province|district|state|area|port|suburb|island|neighbou?rhood|camp)"
    r"\s+(?:of|in|on|near|at)\s+(?:the\s+)?"
)
DESCRIBED = re.compile(rf"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}}){APPOSED.pattern}$")
CLAUSE_OF_PLACE = re.compile(r"[\w\s]{0,20}?(?:\s+(?:where|that|which|home\s+to|with)\b|[’']s\s+home\s+to\b)")
"""What tells more of the place that stands before an apposition."""

OF_WHOM = re.compile(r"[^’']+[’']s\s+(?=[A-Z])")
"""The country that a place is printed behind: `northern Tarvia’s Kesh county`."""

SPOKEN = re.compile(
    r"\b(?:said|says|told\s+[\w ]{2,30}|announced|spoke|speaking|addressed\s+[\w ]{2,30})\s+"
    r"(?:(?:on\s+)?[A-Z][a-z]+day\s+)?(?:here\s+)?$"
)
"""What stands before the place where somebody spoke: `officials said on Monday in`."""

WITHIN = re.compile(r"\s+in\s+(?:the\s+)?")
BEHIND = re.compile(r"(?:\s+[a-z]+)?\s+(?:in|at|near)\s+(?:the\s+)?")
NESTED = re.compile(
    r"(?:\s+(?:town|village|city|district|area))?\s*,?\s+(?:(?:in|of|near)\s+)?(?:the\s+)?|,\s+(?:in\s+)?(?:the\s+)?"
)
"""What stands between a place and the wider one that it lies in."""

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

SUPERLATIVE = re.compile(r"\b(?:worst|best|most|least|first|only|last|\w{3,}est)\s+(?:[\w-]+\s+){0,3}$")
"""What compares with a whole country: `one of the worst attacks in`."""

WORST_IN = re.compile(rf"(?:{SUPERLATIVE.pattern.removesuffix('$')})(?:in|of|across)\s+(?:the\s+)?$")
VILLAGES = frozenset("village town hamlet settlement community suburb township neighbourhood neighborhood city camp".split())
"""Nouns of places that an article may name later on."""

SENTENCES_LATER = 3
"""Sentences behind one in which the name of its village is looked for."""

SENTENCES_NARROWER = 2
"""Sentences behind one about a part of a country in which the town or state is looked for."""

PART_OF_COUNTRY = re.compile(
    r"\b(?:(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|remote|rural|mountainous|coastal)\s+[A-Z]"
)
"""A part of a country: `western Nepal`, `the southern Philippines`."""

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

    Else the last place of the sentence before, else that of the article as a whole.
    """
    if (named := _bracketed(reading, start)) is not None:
        return named
    clauses = reading.clauses.get(sentence)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is not None and counted is not None:
        first = reading.sentences[sentence].span_start
        found = [one for one in reading.locations(sentence) if not _is_compared_with(reading.text, first, one)]
        best = _right_behind(clauses, counted, found, reading.text, end)
        best = best or nearest(clauses, counted, found, reading.saying(sentence))
        best = _described(reading, _inner(best, found, reading.text), found, start) if best is not None else None
        if best is not None and best.home:
            return Where(None, best.place, PlaceFrom.ARTICLE)
        if best is not None and (narrow := _narrower(reading, sentence, best.start, best.end, best.place)) is not None:
            return Where(None, narrow, PlaceFrom.ARTICLE)
        if best is not None and (later := _village_named_later(reading, sentence, best)) is not None:
            return later
        if best is not None:
            return _one_of(reading, beside(best, found, reading.text) if best in found else [best], best)
    return _before(reading, sentence, reading.sentences[sentence])


def _right_behind(clauses: Clauses, counted: int, found: Sequence[Location], text: str, end: int) -> Location | None:
    """The place behind a number that is joined to another one: `12 in Sarn and three in Kesh`, `30 nationwide`."""
    if clauses.token(counted).relation != "conj":
        return None
    return next((one for one in found if one.start > end and (one.home or BEHIND.fullmatch(text, end, one.start))), None)


def _is_compared_with(text: str, first: int, location: Location) -> bool:
    """Whether a country is only what something is the worst of: `one of the worst attacks in Tarvia`."""
    wide = location.place is not None and location.place.kind == "country" and not location.home
    return wide and WORST_IN.search(text, max(first, location.start - LONGEST_NAME), location.start) is not None


def _inner(best: Location, found: Sequence[Location], text: str) -> Location:
    """The place that lies in a state or country that is printed behind it: `rode into Sarn in Kesh State`."""
    if best.home or best.place is None or best.place.kind not in ("country", "region"):
        return best
    return next((one for one in found if one.end < best.start and WITHIN.fullmatch(text, one.end, best.start)), best)


def _described(reading: Reading, best: Location, found: Sequence[Location], start: int) -> Location:
    """The place that an apposition describes by another one: in `Sarn, the city in Tarvia where 12 live`, Sarn.

    It need be nothing else in its own clause: `shelled Sarn, the city in Tarvia where 12 live`.
    """
    text = reading.text
    if start < best.end or CLAUSE_OF_PLACE.match(text, best.end) is None:
        return best
    for one in found:
        if one.end < best.start and APPOSED.fullmatch(text, one.end, best.start):
            return one
    named = DESCRIBED.search(text[max(0, best.start - LONGEST_NAME - 80) : best.start])
    place = reading.gazetteer.find(named["name"]) if named is not None else None
    if named is None or place is None:
        return best
    begin = max(0, best.start - LONGEST_NAME - 80) + named.start("name")
    return replace(best, start=begin, end=begin + len(named["name"]), place=place)


def _bracketed(reading: Reading, start: int) -> Where | None:
    """The place before a number in brackets: `Tarvia (3.6 million), Marland (3.4 million)`."""
    found = BRACKETED.search(reading.text[max(0, start - LONGEST_NAME) : start])
    if found is None:
        return None
    entry = reading.gazetteer.find(found["name"])
    listed = found["before"] or NEXT_BRACKETED.match(reading.text[start : start + 2 * LONGEST_NAME])
    return Where(found["name"], entry, PlaceFrom.SENTENCE) if entry is not None or listed else None


def _one_of(reading: Reading, several: Sequence[Location], best: Location) -> Where:
    """The place of a figure, where its sentence names one; the country of several that lie in one, else none."""
    if len(several) == 1 and LISTED_AFTER.match(reading.text, best.end):
        return Where(None, None, None)
    if len(several) == 1:
        return Where(reading.text[best.start : best.end], best.place, PlaceFrom.SENTENCE)
    return Where(None, None, None)


def _before(reading: Reading, sentence: int, here: Sentence) -> Where:
    """The last place named before in this paragraph or in the sentence before it; else that of the article as a whole."""
    for number in range(sentence - 1, max(-1, sentence - 1 - SENTENCES_BACK), -1):
        other = reading.sentences[number]
        together = other.paragraph == here.paragraph
        if not together and (number < sentence - 1 or other.paragraph < here.paragraph - NEAR_PARAGRAPHS):
            break
        near = number == sentence - 1
        before = [found for found in _places(reading, other, number) if _holds_on(reading, found, together, near)]
        home = next((one for one in _homes(reading, number) if not before or one.start > before[-1].start), None)
        if home is not None:
            return Where(None, home.place, PlaceFrom.ARTICLE)
        if before:
            last = _narrowest(reading, before)
            told = _of_claimant(reading, sentence) if last.place is not None and last.place.kind == "country" else None
            if told is None and (narrow := _narrower(reading, number, last.start, last.end, last.place)) is not None:
                return Where(None, narrow, PlaceFrom.ARTICLE)
            return Where(None, told, PlaceFrom.CLAIMANT) if told else Where(last.printed, last.place, PlaceFrom.BEFORE)
    if (told := _of_claimant(reading, sentence)) is not None:
        return Where(None, told, PlaceFrom.CLAIMANT)
    if reading.focus is None or WORLDWIDE.search(here.text) or _is_doer(reading, sentence, reading.focus):
        return Where(None, None, None)
    return Where(None, reading.focus, PlaceFrom.ARTICLE)


def _homes(reading: Reading, number: int) -> list[Location]:
    """The words of a parsed sentence for a whole country: `nationwide`."""
    return [one for one in reading.locations(number) if one.home] if number in reading.clauses else []


def _narrowest(reading: Reading, before: Sequence[Mention]) -> Mention:
    """The last of some places, or the one before it that lies in it: `rode into Sarn in Kesh State`."""
    last = before[-1]
    for inner in reversed(before[:-1]):
        if not NESTED.fullmatch(reading.text, inner.end, last.start + len(last.printed) - len(last.printed.lstrip())):
            break
        last = inner
    return last


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


def _village_named_later(reading: Reading, sentence: int, best: Location) -> Where | None:
    """The town that a sentence soon behind names where this one has `a village` and no narrower place than a state."""
    if best.place is not None and best.place.kind not in ("country", "region"):
        return None
    clauses = reading.clauses[sentence]
    if not any(_is_some_village(clauses, number) for number in range(len(clauses.tokens))):
        return None
    code = best.place.country_code if best.place is not None else None
    for number in range(sentence + 1, min(len(reading.sentences), sentence + 1 + SENTENCES_LATER)):
        for found in _places(reading, reading.sentences[number], number):
            wide = found.place is not None and found.place.kind in ("country", "region")
            abroad = found.place is not None and code is not None and found.place.country_code != code
            if not wide and not abroad and found.preposition in STRONG and not ORG_WORDS.search(found.printed):
                return Where(None, found.place or Place(bare_name(found.printed), code, None, None), PlaceFrom.ARTICLE)
    return None


def _narrower(reading: Reading, sentence: int, start: int, end: int, wide: Place | None) -> Place | None:
    """The town, district or state that is named behind a part of a country: `in western Nepal`, then `the village of Sarn`.

    It is looked for in the rest of the sentence and in the two behind it.
    """
    part = PART_OF_COUNTRY.search(reading.text, max(0, start - LONGEST_NAME), end)
    if wide is None or wide.kind != "country" or part is None or part.end() < start:
        return None
    for number in range(sentence, min(len(reading.sentences), sentence + 1 + SENTENCES_NARROWER)):
        named = [found for found in _places(reading, reading.sentences[number], number) if found.start >= end]
        for at, found in enumerate(named):
            outer = named[at + 1] if at + 1 < len(named) and _holds(reading, found, named[at + 1]) else None
            place = found.place if found.place is not None else outer.place if outer is not None else None
            known = place is not None and place.kind != "country" and place.country_code == wide.country_code
            told = found.place is None and found.printed != bare_name(found.printed)
            if found.preposition not in STRONG or ORG_WORDS.search(found.printed) or not (known or told):
                continue
            return found.place or Place(bare_name(found.printed), wide.country_code, None, None)
    return None


def _holds(reading: Reading, inner: Mention, outer: Mention) -> bool:
    """Whether a place is printed right before the one that it lies in: `Damba in northwestern Kesh state`."""
    return NESTED.fullmatch(reading.text, inner.end, outer.start) is not None


def _is_some_village(clauses: Clauses, number: int) -> bool:
    """Whether a word is a town that is not named: `in a village`."""
    token = clauses.token(number)
    some = any(clauses.token(child).text.casefold() in ("a", "an") for child in clauses.children(number, "det"))
    named = any(clauses.token(child).pos == "PROPN" for child in clauses.children(number, "compound", "appos", "flat"))
    named = named or any(
        clauses.token(child).pos == "PROPN" and clauses.cased(child, "of", "called")
        for child in clauses.children(number, "nmod")
    )
    hit = token.relation == "obj" and clauses.token(token.head).lemma.casefold() in HIT
    placed = hit or clauses.cased(number, "in", "at", "on", "near", "outside")
    return token.lemma.casefold() in VILLAGES and some and not named and placed


def _holds_on(reading: Reading, found: Mention, together: bool, near: bool) -> bool:
    """Whether a place holds for the sentence after its own (`near`), or one further down in the same paragraph (`together`)."""
    if found.place is None:
        named = ORG_WORDS.search(found.printed) or found.printed in reading.persons or found.printed.isupper()
        return near and not named and found.preposition in SURE_BEFORE
    about = reading.focus.country_code if reading.focus is not None else None
    inside = found.place.country_code == about
    if not near:
        return inside and found.place.kind != "country" and found.preposition in STRONG
    return inside or about is None or (together and found.preposition in STRONG)


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
        whose = OF_WHOM.match(name)
        at = (found.start("place") + (whose.end() if whose else 0), found.end("place"))
        name = POSSESSIVE.sub("", name[whose.end() :] if whose else name)
        if is_no_place(name) or PERSON_NEAR.match(name) or any(a < at[1] and b > at[0] for a, b in sources):
            continue
        entry = reading.gazetteer.find(bare_name(name), parent_after(reading.text, at[1])) or reading.gazetteer.of_part(name)
        entry = of_city(reading.gazetteer, reading.text, at[0], name, entry)
        if entry is None and found["how"].lower() not in STRONG:
            continue
        weak = found["how"].lower() not in STRONG
        if LISTED_AFTER.match(reading.text, at[1]) or reading.gazetteer.people(name.split()[0]) is not None:
            continue
        if SUPERLATIVE.search(reading.text, max(sentence.span_start, found.start() - 60), found.start()):
            continue
        if is_far_end(reading.text, at[0]) or is_beside(reading.text, at[0]) or is_storm(reading.text, at[0]):
            continue
        if SPOKEN.search(reading.text, max(sentence.span_start, found.start() - LONGEST_NAME), found.start()):
            continue
        if reading.text[at[1] : at[1] + 2] in ("’s", "'s") and (entry is None or weak):
            continue
        if name.startswith("the ") and ADJECTIVAL.match(reading.text[at[1] : at[1] + 20]) and not entry_is_named(name):
            continue
        out.append(Mention(*at, name, found["how"].lower(), entry))
    return out


def when(reading: Reading, start: int, end: int, sentence: Sentence) -> tuple[date | None, date | None, date | None]:
    """The dates that the figure at text[start:end] is about (start, end), and the date of the saying.

    A paragraph that a date opens (`May 3, 2019: The ferry sank.`) is about that day where its sentences name no other.
    """
    clauses = reading.clauses.get(sentence.ordinal)
    counted = clauses.counted(start, end) if clauses is not None else None
    if clauses is None or counted is None:
        return None, None, None
    inside = [found for found in reading.dates if sentence.span_start <= found.start < sentence.span_end]
    found = times(clauses, counted, inside, reading.sources_in(sentence.ordinal), reading.text, end)
    if found == (None, None, None) and (entry := reading.entry_date(sentence)) is not None:
        return entry.first, entry.last, None
    return found
