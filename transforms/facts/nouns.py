"""What a number counts: the head noun beside it and the phrase around that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

TOKEN = re.compile(r"(?P<gap>[\s\u00a0]+[“\"‘]?|-)(?P<word>\d[\d,.]*-[a-z]+|[^\W_][\w’'./-]*|%)|(?P<sign>\s?%|\s?°[CF])")
STOP = frozenset(
    (
        "is are was were has have had will would could can may might must should did does do be been being who "
        "whom whose that which where when while since after before during in on at from to for with by into onto "
        "over under between among across through than as because but if though although until till per a an each "
        "every the this these those his her their its our my your he she it they we i you there here not also then "
        "so yet remain remained say says said died die fled left went came took made began fell rose live lived "
        "alone about only now still just out up off down toward towards back away without near against around per including "
        "include along amid despite or nor suffered sustained received"
    ).split()
)
VERB_LIKE = re.compile(r"^(?:\w{3,}(?:ed|ing)|killed|hurt|slain|dead)$", re.IGNORECASE)
ENDS = '.,;:?!)]’”"'
WEIGHED = re.compile(r"\b(?:weigh\w*|ounces?|heavy|heavier|lighter|body|lost|gained|fat)\b", re.IGNORECASE)
OF_POUNDS = re.compile(r"\s+pounds?\s+of\s+(?:(?:the|its|their|pure|raw|fresh)\s+)*([a-z]+)", re.IGNORECASE)
MONEY_NOUNS = frozenset(
    "investment funding aid debt damage savings cuts public money revenue sales goods exports imports".split()
)
"""What pounds of sterling are told of."""

HOUSEHOLDS = {"hh": "households", "hhs": "households"}
"""Short forms of relief reports, and the unit that they mean."""

INITIALS = re.compile(r"(?:[A-Z]\.)+")
"""A word whose stop ends no sentence: `four U.N. peacekeepers`."""

SCALED = re.compile(r"(?:thousand|lakh|million|crore|[bt]rillion|bn|mn|tn|\dm)$", re.IGNORECASE)
"""How an amount ends that is told in a scale: `2 million`."""

PERCENT = re.compile(r"\s?%")
COMPOUND = re.compile(r"[\s-](?P<unit>(?:square|cubic|nautical|metric|percentage|basis)-[a-z]+)\b", re.IGNORECASE)
"""A unit of two words with a hyphen between: `a 1.4-square-mile park`, `a ten percentage-point lead`."""

GLUED_UNIT = re.compile(r"((?:[a-z]{1,4}(?:/[a-z]{1,4})?[²³2]?|[CF]|MW|GW|kW|kWh|MWh|GWh|TWh|GB|TB|MB))(?![\w’'])")
GLUED_DEGREES = {"C": "°c", "F": "°f"}
OF = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|these|those|our|all)\s+)?", re.IGNORECASE)
OF_PHRASE = re.compile(
    r"\s+of\s+[\w’'-]+(?:\s+(?!(?:in|on|at|to|from|by|for|with|is|are|was|were|has|have|had|will|would|that|which|who|since|after|as|each|every|per|over|into|during)\b)[\w’'-]+){0,6}"
)
JOINED_WORDS = re.compile(
    r"\s+[a-z-]+(?:ed|able|al|ic|ive|ous|ing)(?:,\s+[a-z-]+)*,?\s+and\s+(?:[a-z-]+(?:ed|able|al|ic|ive|ous|ing)\s+)?(?P<noun>[a-z]+s)\b"
)
"""Joined words before the noun: `8 confirmed and probable cases`, `942 confirmed, probable and suspected cases`."""

SUBJECT = re.compile(
    r"\b(?P<noun>[A-Z]?[a-z-]{2,}[a-rt-z]s)\s+(?:(?:has|have|had)\s+)?"
    r"(?:were|are|(?:stood|stand|standing|remained|remain)\s+at|(?:rose|risen|fell|fallen|dropped|climbed|grew|grown)\s+to"
    r"|numbered|totall?ed|reached|number)\s+$"
)
SUBJECT_REACH = 60

OF_NOUN = re.compile(r" of [a-z]+")
"""The second half of a noun of the table that has an `of`: `states of emergency`."""

PER_TIME = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?\)?\s*(?:(?:per|an?)\s+(?P<time>hour|second|minute)\b)", re.IGNORECASE)
LENGTHS = frozenset("kilometres miles metres feet knots centimetres".split())
OF_POINT = re.compile(r"\s+of\s+(?:a|one)\s+(?P<unit>percentage\s+point|per\s?cent)\b", re.IGNORECASE)
"""What a fraction is of where it is no share: `a quarter of a percentage point`."""


def speed(text: str, end: int, unit: str) -> str:
    """The unit of a length at the end of text[:end] with the time it is covered in: `130 miles) per hour`.

    >>> speed("90 kilometres an hour", 13, "kilometres"), speed("90 kilometres away", 13, "kilometres")
    ('kilometres per hour', 'kilometres')
    """
    found = PER_TIME.match(text, end) if unit in LENGTHS else None
    return f"{unit} per {found['time'].lower()}" if found is not None else unit


AND = re.compile(r"(?:,\s+[a-z][\w-]*)*,?\s+(?:and|or)\s+([a-z][\w-]+)")
COLLECTIVE = frozenset(
    "people men women children dead police staff crew personnel aircraft per cent percent wounded injured missing cattle sheep "
    "livestock poultry".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """The noun phrase of a number: text[start:end] ends with its head `word`; `item` as written, of-phrase included."""

    start: int
    end: int
    word: str
    item: str | None
    table: str | None
    """`unit`, `noun`, `person`, `families`: where the lexicon has the word; `None` where it has not."""

    measure: str | None
    unit: str


class Token(NamedTuple):
    """A word at text[start:end]."""

    start: int
    end: int
    word: str


def head_noun(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The noun that a number counts, at most at `limit`; `None` where none is in reach."""
    unit = members(text, number, lexicon, limit) or _unit(text, number, lexicon, limit)
    if unit is not None:
        return unit
    tokens = _tokens(text, number, limit)
    if not tokens:
        return None
    if (joined := JOINED_WORDS.match(text, number.end, limit)) is not None:
        tokens = [*tokens, Token(joined.start("noun"), joined.end("noun"), joined["noun"])]
    known = _known(text, tokens, lexicon, single=number.low == 1 or number.high == 1)
    if known is not None:
        return known
    return _unknown(text, tokens, number)


def subject_noun(text: str, number: Number, sentence_start: int, lexicon: Lexicon) -> Noun | None:
    """The plural subject of a number behind `were`: `the valid votes were 10,461`, `rejected ballots stood at 312`."""
    found = SUBJECT.search(text, max(sentence_start, number.start - SUBJECT_REACH), number.start)
    if found is None:
        return None
    measure, table = lexicon.measures.get(found["noun"].casefold(), (None, None))
    kind = table if table in ("noun", "person", "families") else None
    return _noun(text, found.start("noun"), found.end("noun"), found["noun"].casefold(), kind, measure if kind else None)


def _unit(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A unit of the table right after the number, or the sign before it."""
    found = TOKEN.match(text, number.end, limit)
    if number.kind == "vague" and (of := OF.match(text, number.end, limit)) is not None:
        found = TOKEN.match(text, of.end() - 1, limit)
    words = [] if found is None else re.split(r"\s+", text[found.start() : limit].strip(" -")[:40])[:2]
    if (sign := PERCENT.match(text, number.end, limit)) is not None:
        unit, measure = lexicon.units["%"]
        item = _of_phrase(text, sign.end(), limit)
        return Noun(start=number.start, end=sign.end(), word="%", item=item, table="unit", measure=measure, unit=unit)
    if (compound := COMPOUND.match(text, number.end, limit)) is not None:
        word = compound["unit"].replace("-", " ").lower()
        if word in lexicon.units:
            unit, measure = lexicon.units[word]
            return Noun(start=number.start, end=compound.end(), word=word, item=None, table="unit", measure=measure, unit=unit)
    if number.currency is not None:
        code = lexicon.currency(number.currency)
        item = _of_phrase(text, number.end, limit)
        return Noun(start=number.start, end=number.end, word=code, item=item, table="unit", measure=Measure.MONEY, unit=code)
    if (glued := GLUED_UNIT.match(text, number.end, limit)) is not None and number.kind in ("digits", "range"):
        known = lexicon.units.get(GLUED_DEGREES.get(glued[1], glued[1].lower()))
        if known is not None:
            unit, measure = known
            item = _of_phrase(text, glued.end(), limit)
            return Noun(start=number.start, end=glued.end(), word=glued[1], item=item, table="unit", measure=measure, unit=unit)
    if (money := _money(text, number, lexicon, limit)) is not None:
        return money
    for size in (2, 1):
        word = " ".join(words[:size]).strip(ENDS).lower()
        if len(words) >= size and word in lexicon.units:
            unit, measure = lexicon.units[word]
            if word in ("pound", "pounds") and _weighed(text, number, limit):
                unit, measure = "pounds", "measurement"
            end = text.index(words[size - 1].strip(ENDS), number.end) + len(words[size - 1].strip(ENDS))
            if text[end : end + 1] == "-":
                return None
            item = _of_phrase(text, end, limit)
            own = word if measure in ("measurement", "duration") and len(word) > 3 else None
            return Noun(start=number.start, end=end, word=word, item=item or own, table="unit", measure=measure, unit=unit)
    return None


def _money(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The noun of a currency behind an amount, with the adjective of its country: `133,000 Swiss francs`."""
    of = OF.match(text, number.end, limit) if number.kind == "vague" else None
    scaled = number.kind == "vague" or SCALED.search(text, number.at, number.end) is not None
    found = lexicon.money.noun_at(text, of.end() - 1 if of else number.end, limit, scaled=scaled, country=lexicon.country_of)
    if found is None:
        return None
    item = _of_phrase(text, found.end, limit)
    return Noun(
        start=number.start, end=found.end, word=found.word, item=item, table="unit", measure=Measure.MONEY, unit=found.code
    )


STRONG = re.compile(r"(?:-strong\b|\sstrong(?=\s*(?:[,.;:)]|$)))(?P<group>(?:[\s-][^\W\d][\w’'-]*){0,4})", re.IGNORECASE)
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


def members(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
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


def _weighed(text: str, number: Number, limit: int) -> bool:
    """Whether pounds are a weight: a word of weighing stands near, or they are pounds of what is no money."""
    if WEIGHED.search(text, max(0, number.start - 60), min(limit, number.end + 60)):
        return True
    of = OF_POUNDS.match(text, number.end, limit)
    return of is not None and of[1].lower() not in MONEY_NOUNS


def noun_of(text: str, start: int, end: int, lexicon: Lexicon) -> Noun | None:
    """The noun phrase text[start:end] as what a number elsewhere counts."""
    tokens = [
        Token(start + found.start(), start + found.end(), found.group()) for found in re.finditer(r"[\w’'-]+", text[start:end])
    ]
    if not tokens:
        return None
    known = _known(text, tokens, lexicon)
    if known is not None:
        return known
    befell = next((lexicon.measures[t.word.casefold()] for t in tokens if t.word.casefold() in lexicon.measures), None)
    measure = befell[0] if befell is not None else None
    return _noun(
        text, start, tokens[-1].end, tokens[-1].word.casefold(), "person" if measure in PERSON_MEASURES else None, measure
    )


def _of_phrase(text: str, at: int, limit: int) -> str | None:
    """The words after `of`: `half a billion dollars of weaponry` counts weaponry."""
    found = OF_PHRASE.match(text, at, limit)
    return found.group().strip()[3:] if found else None


def _tokens(text: str, number: Number, limit: int) -> list[Token]:
    """The words after the number up to a stop."""
    at = number.end
    if (of := OF.match(text, at, limit)) is not None and number.kind in ("vague", "fraction", "oneinto", "words", "digits"):
        at = of.end() - 1
    tokens: list[Token] = []
    while len(tokens) < 7 and (found := TOKEN.match(text, at, limit)) is not None and found["word"]:
        word = found["word"].rstrip("’'./-")
        low = word.casefold()
        if low in STOP or low == "and" or low.isdigit():
            break
        tokens.append(Token(found.start("word"), found.start("word") + len(word), word))
        at = found.end("word") if INITIALS.fullmatch(found["word"]) else tokens[-1].end
    return tokens


def _known(text: str, tokens: list[Token], lexicon: Lexicon, single: bool = False) -> Noun | None:
    """The last word of the phrase that the measures table has as a noun; two words before one.

    A `single` noun may lack its s: `one witness`, but not `three witness reports`.
    """
    kinds = ("noun", "person", "families", *(("one_person",) if single else ()))
    found: Noun | None = None
    for token in tokens:
        if (whole := OF_NOUN.match(text, token.end)) is not None:
            phrase = f"{token.word}{whole.group()}".casefold()
            if (entry := lexicon.measures.get(phrase)) is not None and entry[1] in kinds:
                return _noun(text, tokens[0].start, whole.end(), phrase, entry[1], entry[0])
    for n, token in enumerate(tokens):
        if n and VERB_LIKE.match(token.word) and found is not None:
            break
        for size in (2, 1):
            phrase = " ".join(near.word for near in tokens[max(0, n - size + 1) : n + 1]).casefold()
            entry = lexicon.measures.get(phrase) or (lexicon.measures.get(_plural_of(phrase)) if single else None)
            if entry is None or entry[1] not in kinds or n + 1 < size:
                continue
            kind = "person" if entry[1] == "one_person" else entry[1]
            found = _noun(text, tokens[0].start, token.end, phrase, kind, entry[0])
            break
    return found


def _unknown(text: str, tokens: list[Token], number: Number) -> Noun | None:
    """A noun that no table has: the last plural of the phrase, else its only word."""
    kept: list[Token] = []
    for token in tokens:
        if kept and VERB_LIKE.match(token.word) and not token.word[0].isupper():
            break
        kept.append(token)
    plurals = [n for n, token in enumerate(kept) if is_plural(token.word)]
    if plurals:
        last = (
            plurals[0] if number.low not in (1, None) and len(plurals) > 1 and kept[plurals[0]].word.islower() else plurals[-1]
        )
    elif text[number.end : number.end + 1] == "-" and kept:
        return _noun(text, kept[0].start, kept[0].end, kept[0].word.casefold(), None, None)
    elif kept and number.low == 1 and not VERB_LIKE.match(kept[-1].word):
        last = len(kept) - 1
    else:
        return None
    word = kept[last].word
    capital = word[:1].isupper()
    return _noun(text, kept[0].start, kept[last].end, word if capital else word.casefold(), "person" if capital else None, None)


def is_plural(word: str) -> bool:
    low = word.casefold()
    if low.endswith(("men", "women", "children", "ese", "folk")) or (
        word[:1].isupper() and low.endswith("is") and len(low) > 4
    ):
        return True
    return low in COLLECTIVE or (len(low) > 2 and low.endswith("s") and not low.endswith(("ss", "us", "is", "’s", "'s")))


def _noun(text: str, start: int, end: int, word: str, table: str | None, measure: str | None) -> Noun:
    joined = AND.match(text, end)
    if table == "person" and joined is not None and is_plural(joined[1]) and not VERB_LIKE.match(joined[1]):
        end = joined.end()
    of = OF_PHRASE.match(text, end)
    item = text[start : of.end() if of else end]
    unit = (
        "people"
        if table == "person" or measure in PERSON_MEASURES
        else word.rsplit("-", maxsplit=1)[-1]
        if table is None
        else HOUSEHOLDS.get(word, word)
    )
    return Noun(start=start, end=end, word=word, item=item, table=table, measure=measure, unit=_plural_of(unit))


def _plural_of(word: str) -> str:
    low = word.casefold()
    if is_plural(low) or " of " in low:
        return low
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return low[:-1] + "ies"
    return low + ("es" if low.endswith(("s", "x", "ch", "sh")) else "s")
