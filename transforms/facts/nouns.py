"""What a number counts: the noun beside it, behind it or before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from copydesk.transforms.facts.noun_phrases import OF, TOKEN, VERB_LIKE, Noun, is_plural, noun_phrase, plural_of
from copydesk.transforms.facts.units import unit_noun
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

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
INITIALS = re.compile(r"(?:[A-Z]\.)+")
"""A word whose stop ends no sentence: `four U.N. peacekeepers`."""

JOINED_WORDS = re.compile(
    r"\s+[a-z-]+(?:ed|able|al|ent|ant|ic|ive|ous|ing)(?:,\s+[a-z-]+)*,?\s+and\s+"
    r"(?:(?:[a-z-]+(?:ed|able|al|ent|ant|ic|ive|ous|ing)|former|other|minor|major)\s+)?(?P<noun>[a-z]+s)\b"
)
"""Joined words before the noun: `8 confirmed and probable cases`, `942 confirmed, probable and suspected cases`."""

NO_SECOND = (
    "(?:a|an|the|then|his|her|its|their|also|about|around|nearly|another|some|several|many|dozens|one|two|three|four|five|six"
    "|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
"""Words behind `and` that begin another phrase: `ten dead and three others`."""

JOINED_NOUNS = re.compile(
    rf"""
    \s+(?!\w+s\b)[a-z-]{{3,}}\s+(?:and|or)\s+              # combat and
    (?!\w+s\b)(?!{NO_SECOND}\b)[a-z-]{{3,}}\s+             # civilian
    (?P<noun>[a-z]{{3,}}s)\b                               # deaths
    """,
    re.VERBOSE,
)
"""Singular nouns joined before the one that is counted: `30,000 combat and civilian deaths`."""

SUBJECT = re.compile(
    r"\b(?P<noun>[A-Z]?[a-z-]{2,}[a-rt-z]s)\s+(?:(?:has|have|had)\s+)?"
    r"(?:were|are|(?:stood|stand|standing|remained|remain)\s+at|(?:rose|risen|fell|fallen|dropped|climbed|grew|grown)\s+to"
    r"|numbered|totall?ed|reach(?:ed)?|number|total|(?:amount(?:s|ed)?|come|came|add(?:ed)?\s+up)\s+to)\s+$"
)
NUMBER_WORDS = frozenset("figures numbers totals counts tallies".split())
"""Subjects that stand for what was counted before: `the figures reach 410`."""

SUBJECT_REACH = 60

NO_NOUN = frozenset("odd plus strong some fold something way up down".split())
"""Words that a hyphen joins to a number and that it does not count: `60-odd trucks`, `a three-way race`."""

WEIGHTS = frozenset({"ton", "tonne"})
"""Weights that are goods where they stand alone, and a measure where they only say how heavy something is."""

SIZED = re.compile(r"\s+\d[\d.,]*\s?(?P<unit>[a-zA-Z]{1,3})(?=\s[a-z])")
"""How large what is counted is, between the number and its noun: `two 120 mm rounds`."""

COMPARED = frozenset(
    "smaller larger bigger higher lower longer shorter older younger later earlier better worse deeper wider taller faster "
    "slower cheaper heavier lighter stronger weaker".split()
)
"""Words behind a noun that they compare: `one size smaller`."""

CONVOYED = frozenset({Measure.AID, Measure.MILITARY_UNITS})
"""Measures of what makes a convoy or a fleet: a `10-truck convoy` is ten trucks."""

OWNING = frozenset("police crew staff personnel women children".split())
"""Plurals without an s that stand before what they have."""

CROWDS = frozenset("population workforce electorate membership readership diaspora congregation".split())
"""Nouns that stand for the persons in them: the state’s `4.2 million population`."""

LYING = frozenset("lies sits stands faces relies remains depends straddles borders overlooks boasts lacks needs hosts".split())
"""Verbs that look like a plural behind the size of a place: `the city of 350,000 lies on a fault`."""

NEXT_NUMBER = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety".split()
)
"""Words that are another number where one ends: `more than the 1,500 ten days ago`."""

OF_NOUN = re.compile(r" of [a-z]+")
"""The second half of a noun of the table that has an `of`: `states of emergency`."""


class Token(NamedTuple):
    """A word at text[start:end]."""

    start: int
    end: int
    word: str


def head_noun(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The noun that a number counts, at most at `limit`; `None` where none is in reach."""
    unit = unit_noun(text, number, lexicon, limit)
    if unit is not None:
        return unit
    sized = SIZED.match(text, number.end, limit)
    if sized is not None and lexicon.units.get(sized["unit"].lower(), ("", ""))[1] == Measure.MEASUREMENT:
        number = replace(number, end=sized.end())
    tokens = _tokens(text, number, limit)
    if not tokens or lies(text, number):
        return None
    if text[number.end : number.end + 1] == "-" and tokens[0].word.casefold() in ("way", "fold"):
        return None
    if (inner := _of_compound(text, number, tokens, lexicon)) is not None:
        return inner
    joined = JOINED_WORDS.match(text, number.end, limit) or (
        JOINED_NOUNS.match(text, number.end, limit) if number.low != 1 else None
    )
    if joined is not None:
        tokens = [*tokens, Token(joined.start("noun"), joined.end("noun"), joined["noun"])]
    known = _known(text, tokens, lexicon, single=number.low == 1 or number.high == 1)
    if known is not None:
        return known
    return _unknown(text, tokens, number) or _crowd(text, tokens, number)


def lies(text: str, number: Number) -> bool:
    """Whether a verb that looks like a plural stands behind the size of a place: `a city of 350,000 lies on`."""
    word = TOKEN.match(text, number.end)
    return word is not None and word["word"] in LYING and text.endswith(" of ", 0, number.start)


def subject_noun(text: str, number: Number, sentence_start: int, lexicon: Lexicon) -> Noun | None:
    """The plural subject of a number behind `were`: `the valid votes were 10,461`, `rejected ballots stood at 312`."""
    found = SUBJECT.search(text, max(sentence_start, number.start - SUBJECT_REACH), number.start)
    if found is None or found["noun"].casefold() in NUMBER_WORDS:
        return None
    measure, table = lexicon.measures.get(found["noun"].casefold(), (None, None))
    kind = table if table in ("noun", "person", "families") else None
    return noun_phrase(text, found.start("noun"), found.end("noun"), found["noun"].casefold(), kind, measure if kind else None)


def stands_for_count(text: str, number: Number, sentence_start: int) -> bool:
    """Whether a number is told of figures that were told before: `the figures reach 410`."""
    found = SUBJECT.search(text, max(sentence_start, number.start - SUBJECT_REACH), number.start)
    return found is not None and found["noun"].casefold() in NUMBER_WORDS


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
    return noun_phrase(
        text, start, tokens[-1].end, tokens[-1].word.casefold(), "person" if measure in PERSON_MEASURES else None, measure
    )


def _tokens(text: str, number: Number, limit: int) -> list[Token]:
    """The words after the number up to a stop."""
    at = number.end
    if (of := OF.match(text, at, limit)) is not None and number.kind in ("vague", "fraction", "oneinto", "words", "digits"):
        at = of.end() - 1
    tokens: list[Token] = []
    while len(tokens) < 7 and (found := TOKEN.match(text, at, limit)) is not None and found["word"]:
        word = found["word"].rstrip("’'./-")
        low = word.casefold()
        if low in STOP or low == "and" or low.isdigit() or (low in NEXT_NUMBER and tokens == []):
            break
        tokens.append(Token(found.start("word"), found.start("word") + len(word), word))
        at = found.end("word") if INITIALS.fullmatch(found["word"]) else tokens[-1].end
    return tokens


def _of_compound(text: str, number: Number, tokens: list[Token], lexicon: Lexicon) -> Noun | None:
    """The noun that a hyphen joins to a number before another noun: the 60 of `60-tonne trucks` counts tonnes."""
    first = tokens[0]
    joined = text[number.end : number.end + 1] == "-" and first.start == number.end + 1 and first.word.isalpha()
    if (
        not joined
        or (len(tokens) == 1 and first.word not in WEIGHTS)
        or first.word.casefold() in NO_NOUN
        or VERB_LIKE.match(first.word)
        or is_plural(first.word)
    ):
        return None
    word = first.word.casefold()
    kind = next((entry[1] for form in (word, plural_of(word)) if (entry := lexicon.measures.get(form)) is not None), None)
    person = "person" if kind in ("person", "one_person") else None
    measure, table = lexicon.measures.get(plural_of(word), ("", ""))
    if measure in CONVOYED and table == "noun" and word not in WEIGHTS:
        return noun_phrase(text, first.start, first.end, plural_of(word), table, measure)
    return noun_phrase(text, first.start, first.end, word, person, Measure.MEASUREMENT if word in WEIGHTS else None)


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
                return noun_phrase(text, tokens[0].start, whole.end(), phrase, entry[1], entry[0])
    for n, token in enumerate(tokens):
        if n and found is not None and (VERB_LIKE.match(token.word) or (token.word[0].isupper() and is_plural(found.word))):
            break
        for size in (2, 1):
            phrase = " ".join(near.word for near in tokens[max(0, n - size + 1) : n + 1]).casefold()
            entry = lexicon.measures.get(phrase) or (lexicon.measures.get(plural_of(phrase)) if single else None)
            if entry is None or entry[1] not in kinds or n + 1 < size:
                continue
            kind = "person" if entry[1] == "one_person" else entry[1]
            found = noun_phrase(text, tokens[0].start, token.end, phrase, kind, entry[0])
            break
    return _owned_by(text, tokens, found) or found


def _owned_by(text: str, tokens: list[Token], known: Noun | None) -> Noun | None:
    """The things behind a noun that only says whose they are: `two police stations`."""
    if known is None or known.word not in OWNING:
        return None
    behind = next((token for token in tokens if token.start > known.end), None)
    if behind is None or not behind.word.islower() or not is_plural(behind.word) or text[known.end : behind.start] != " ":
        return None
    return noun_phrase(text, tokens[0].start, behind.end, behind.word, None, None)


def _crowd(text: str, tokens: list[Token], number: Number) -> Noun | None:
    """Persons that a noun in the singular stands for: the state’s `4.2 million population`."""
    last = tokens[-1]
    alone = last.word in CROWDS and number.low != 1 and number.kind in ("digits", "words", "range")
    return noun_phrase(text, tokens[0].start, last.end, last.word, "person", None) if alone else None


def _unknown(text: str, tokens: list[Token], number: Number) -> Noun | None:
    """A noun that no table has: the last plural of the phrase, else its only word."""
    kept: list[Token] = []
    for token in tokens:
        if kept and VERB_LIKE.match(token.word) and not token.word[0].isupper() and not kept[-1].word.endswith("ly"):
            break
        if kept and token.word in COMPARED:
            break
        kept.append(token)
    plurals = [n for n, token in enumerate(kept) if is_plural(token.word)]
    if plurals:
        last = (
            plurals[0] if number.low not in (1, None) and len(plurals) > 1 and kept[plurals[0]].word.islower() else plurals[-1]
        )
    elif text[number.end : number.end + 1] == "-" and kept:
        return noun_phrase(text, kept[0].start, kept[0].end, kept[0].word.casefold(), None, None)
    elif kept and number.low == 1 and not VERB_LIKE.match(kept[-1].word):
        last = len(kept) - 1
    else:
        return None
    word = kept[last].word
    capital = word[:1].isupper()
    return noun_phrase(
        text, kept[0].start, kept[last].end, word if capital else word.casefold(), "person" if capital else None, None
    )
