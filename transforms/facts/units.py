"""The unit that a number is told in: `40 percent`, `1.4-square-mile`, `133,000 Swiss francs`, `2,500-strong`."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.misprints import misprinted
from copydesk.transforms.facts.noun_phrases import OF, TOKEN, Noun, of_phrase, told_in
from copydesk.transforms.facts.short_units import short_unit
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import Measure

LONGEST_UNIT = 4
"""Words that a unit of the table has at most: `pounds per square inch`."""

ENDS = ".,;:?!)]’'”\""
WEIGHED = re.compile(r"\b(?:weigh\w*|ounces?|heavy|heavier|lighter)\b", re.IGNORECASE)
OF_BODIES = re.compile(r"\b(?:body|lost|lose|loses|gain|gained|shed|fat|overweight)\b", re.IGNORECASE)
MOST_OF_A_BODY = 500
"""Pounds that somebody may lose; more are money."""

OF_POUNDS = re.compile(r"\s+pounds?,?\s+(?:[-–—]\s+)?of\s+(?:(?:the|its|their|pure|raw|fresh)\s+)*([a-z]+)", re.IGNORECASE)
MONEY_NOUNS = frozenset(
    "investment funding aid debt damage savings cuts public money revenue sales goods exports imports".split()
)
"""What pounds of sterling are told of."""

SCALED = re.compile(r"(?:thousand|lakh|million|crore|[bt]rillion|bn|mn|tn|\dm)$", re.IGNORECASE)
"""How an amount ends that is told in a scale: `2 million`."""

PERCENT = re.compile(r"\s?%")
COMPOUND = re.compile(r"[\s-](?P<unit>(?:square|cubic|nautical|metric|percentage|basis)-[a-z]+)\b", re.IGNORECASE)
"""A unit of two words with a hyphen between: `a 1.4-square-mile park`, `a ten percentage-point lead`."""

CHANGE_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
DIGITS = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
CHANGE_TO = re.compile(rf"\s+to\s+(?:(?:about|around|nearly|almost|some|over|more\s+than|at\s+least)\s+)?{DIGITS}(?=[\s%°-])")
"""What stands around the first number of a change whose unit stands behind the second: `from 1.5 to 2.75 percent`."""

BY = re.compile(rf"(?:\s?[x×]\s?|\s+by\s+){DIGITS}(?:(?:\s?[x×]\s?|\s+by\s+){DIGITS})?(?=[\s-]|[a-z]{{2}}\b)")
"""What stands between a length and the unit of the last one: `162 x 78 x 8.9 mm`."""

PER_UNIT = re.compile(
    r"\s+per\s+(?P<per>second|minute|gallon|litre|liter|kilogram|kilo|kilometre|kilometer|mile|tonne|inch|square\s+\w+|cubic\s+\w+)\b"
)
"""What a measure is told by: `120 grams per kilometre`."""

PER_TIME = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?\)?\s*(?:(?:per|an?)\s+(?P<time>hour|second|minute)\b)", re.IGNORECASE)
LENGTHS = frozenset("kilometres miles metres feet knots centimetres".split())
OF_POINT = re.compile(r"\s+of\s+(?:a|one)\s+(?P<unit>percentage\s+point|per\s?cent)\b", re.IGNORECASE)
"""What a fraction is of where it is no share: `a quarter of a percentage point`."""

STRONG = re.compile(
    r"(?:-strong\b|\sstrong(?=\s*(?:[,.;:)]|$)|\s(?:who|that)\b))(?P<group>(?:[\s-][^\W\d][\w’'-]*){0,4})", re.IGNORECASE
)
FORCES = frozenset("force forces army garrison contingent militia mission guard police detachment corps expedition".split())
OF_THINGS = {
    "fleet": "ships",
    "flotilla": "boats",
    "armada": "ships",
    "convoy": "vehicles",
    "herd": "animals",
    "flock": "animals",
}
"""Groups that a `-strong` before them tells the size of, and what they consist of where that is not persons."""


def speed(text: str, end: int, unit: str) -> str:
    """The unit of a length at the end of text[:end] with the time it is covered in: `130 miles) per hour`.

    >>> speed("90 kilometres an hour", 13, "kilometres"), speed("90 kilometres away", 13, "kilometres")
    ('kilometres per hour', 'kilometres')
    """
    found = PER_TIME.match(text, end) if unit in LENGTHS else None
    return f"{unit} per {found['time'].lower()}" if found is not None else unit


def measured_by(text: str, end: int, unit: str) -> str:
    """A unit that ends at text[:end] with the one that it is told by; a time is a rate where it is no speed.

    >>> measured_by("90 grams per kilometre", 8, "grams"), measured_by("90 kilometres an hour", 13, "kilometres")
    ('grams per kilometre', 'kilometres per hour')
    """
    found = PER_UNIT.match(text, end)
    return f"{unit} per {found['per']}" if found is not None else speed(text, end, unit)


def unit_noun(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The unit of a number, or the members of the group that it is the size of; `None` where its noun is neither."""
    readers = (_members, _percent, _compound, _currency, short_unit, _money, _of_table, _of_next, _misprinted)
    return next((noun for read in readers if (noun := read(text, number, lexicon, limit)) is not None), None)


def _members(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """Those whom a group consists of: the 2,500 of `a 2,500-strong force`."""
    found = STRONG.match(text, number.end, limit)
    if found is None:
        return None
    group = [word.casefold() for word in re.split(r"[\s-]+", found["group"]) if word]
    armed = any(lexicon.measures.get(word, ("",))[0] in (Measure.PERSONNEL, Measure.MILITARY_UNITS) for word in group)
    measure = Measure.PERSONNEL if armed or not FORCES.isdisjoint(group) else None
    things = next((OF_THINGS[word] for word in group if word in OF_THINGS), None)
    return Noun(
        start=number.end + 1,
        end=found.start("group"),
        word=things or "people",
        item=None,
        table=None if things else "person",
        measure=None if things else measure,
        unit=things or "people",
    )


def _percent(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The sign behind a number: `40 %`."""
    sign = PERCENT.match(text, number.end, limit)
    return (
        told_in(number, sign.end(), "%", lexicon.units["%"], of_phrase(text, sign.end(), limit)) if sign is not None else None
    )


def _compound(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A unit of two words with a hyphen between."""
    compound = COMPOUND.match(text, number.end, limit)
    word = compound["unit"].replace("-", " ").lower() if compound is not None else ""
    return (
        told_in(number, compound.end(), word, lexicon.units[word]) if compound is not None and word in lexicon.units else None
    )


def _currency(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The sign of a currency before a number, or its code: `$40`, `EUR 40`."""
    if number.currency is None:
        return None
    code = lexicon.currency(number.currency)
    return told_in(number, number.end, code, (code, Measure.MONEY), of_phrase(text, number.end, limit))


def _of_next(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The unit of a number behind, which holds for this one too: `from 1.5 to 2.75 percent`, `162 x 78 mm`."""
    changes = CHANGE_FROM.search(text, max(0, number.start - 8), number.start) is not None
    found = (CHANGE_TO.match(text, number.end, limit) if changes else None) or BY.match(text, number.end, limit)
    if found is None or number.kind != "digits":
        return None
    last = replace(number, end=found.end())
    readers = (_percent, short_unit, _of_table)
    noun = next((noun for read in readers if (noun := read(text, last, lexicon, limit)) is not None), None)
    shared = noun is not None and (noun.measure in PLAIN_UNITS or (changes and noun.measure == Measure.DURATION))
    return replace(noun, end=number.end, item=None) if noun is not None and shared else None


PLAIN_UNITS = frozenset({Measure.SHARE, Measure.MEASUREMENT})
"""Measures whose unit stands once for two numbers; years and points are told too often of one alone."""


def _money(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The noun of a currency behind an amount, with the adjective of its country: `133,000 Swiss francs`."""
    of = OF.match(text, number.end, limit) if number.kind == "vague" else None
    scaled = number.kind == "vague" or SCALED.search(text, number.at, number.end) is not None
    found = lexicon.money.noun_at(text, of.end() - 1 if of else number.end, limit, scaled=scaled, country=lexicon.country_of)
    if found is None:
        return None
    coin = lexicon.coins.names.get(text[number.end : found.end].rsplit(maxsplit=1)[-1].lower())
    return told_in(number, found.end, found.word, (coin or found.code, Measure.MONEY), of_phrase(text, found.end, limit))


def _of_table(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A unit of the table right after a number, of two words before one: `40 square miles`."""
    found = TOKEN.match(text, number.end, limit)
    if number.kind == "vague" and (of := OF.match(text, number.end, limit)) is not None:
        found = TOKEN.match(text, of.end() - 1, limit)
    words = [] if found is None else re.split(r"\s+|-(?=long\b)", text[found.start() : limit].strip(" -")[:40])[:LONGEST_UNIT]
    for size in range(LONGEST_UNIT, 0, -1):
        word = " ".join(words[:size]).strip(ENDS).lower()
        if len(words) >= size and word in lexicon.units and not LONE_CAPITAL.fullmatch(words[0].strip(ENDS)):
            unit, measure = lexicon.units[word]
            if word in ("pound", "pounds") and _weighed(text, number, limit):
                unit, measure = "pounds", "measurement"
            end = text.index(words[size - 1].strip(ENDS), number.end) + len(words[size - 1].strip(ENDS))
            if text[end : end + 1] == "-" and not text.startswith("-long", end):
                return None
            end += word.endswith(".p.h") and text[end : end + 1] == "."
            own = word if measure in ("measurement", "duration") and len(word) > 3 else None
            return told_in(number, end, word, (unit, measure), of_phrase(text, end, limit) or own)
    return None


LONE_CAPITAL = re.compile(r"[A-Z]")
"""A letter behind a blank that is no short form of the table: the grade of `12 C`."""

MISPRINT = re.compile(r"[\s-](?:(?P<before>square|cubic|nautical|metric)\s)?(?P<word>[a-z]{6,})\b(?!-)")


def _misprinted(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A unit that lacks a letter, or has one too many: `40 square kilomters`."""
    found = MISPRINT.match(text, number.end, limit)
    known = found is None or found["word"] in lexicon.measures
    unit = misprinted(found["word"], lexicon.units) if found is not None and not known else None
    if found is None or unit is None:
        return None
    meant = f"{found['before']} {unit}" if found["before"] else unit
    item = of_phrase(text, found.end(), limit)
    return told_in(number, found.end(), meant, lexicon.units[meant], item) if meant in lexicon.units else None


def _weighed(text: str, number: Number, limit: int) -> bool:
    """Whether pounds are a weight: a word of weighing stands near, or they are pounds of what is no money."""
    near = max(0, number.start - 60), min(limit, number.end + 60)
    of_a_body = (number.low or number.high or 0) <= MOST_OF_A_BODY and OF_BODIES.search(text, *near)
    if WEIGHED.search(text, *near) or of_a_body:
        return True
    of = OF_POUNDS.match(text, number.end, limit)
    return of is not None and of[1].lower() not in MONEY_NOUNS
