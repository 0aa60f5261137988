"""Text that is printed in capitals alone, as old wires did: read in small letters, told as it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article, Fact, Mention, NumberEntry, Sentence

LEAST_OF_A_LINE, LEAST_OF_ALL = (40, 7), (20, 4)
"""Letters and words of a line in capitals that is no heading, and of a text that is in capitals throughout."""

MOST_SMALL = 0.04
"""The share of letters in a line of capitals that may be small: `McDONALD`, `$5m`."""

LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
OPENS = re.compile(r"(?:\A|[.!?:]\s+|--?\s|\]\s?)[\"“”'‘(\[]*(?P<first>[^\W\d_])")
"""The first letter of a sentence."""

ACRONYM = re.compile(r"\((?P<name>[A-Z]{2,6})\)|\b(?P<dotted>(?:[A-Z]\.){2,})")
KEPT = frozenset("UN EU NATO USA FBI CIA UNICEF UNHCR II III IV".split())
"""Short names that stay in capitals wherever they stand."""

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
PLACED = frozenset("in at near from to around outside of off".split())
RANKS = frozenset(
    "president minister general colonel captain major lieutenant sergeant commander admiral mayor governor senator deputy "
    "mr mrs ms dr judge bishop archbishop father monsignor ambassador secretary director chief chairman spokesman gen "
    "col lt capt".split()
)
"""What stands before the name of a person."""

NO_NAMES = frozenset(
    "the a an and or of in at to for from by with on as who that which said says told was is were are has had he she they it "
    "his her their its this these those not but also will would could may after before when while near today yesterday".split()
)
FIRST_WORDS = frozenset(
    "san santa santo saint st el la los las port puerto fort new nueva nuevo villa rio al mount lake".split()
)
"""Words that are but the first of a name: `San Telmo`."""

LONGEST_NAME = 3
"""Words that the name of a place has at most."""


def in_small_letters(
    article: Article, sentences: Sequence[Sentence], lexicon: Lexicon
) -> tuple[Article, list[Sentence]] | None:
    """An article and its sentences with lines of capitals in small letters, character for character; `None` without such."""
    whole = _in_capitals(article.text, *LEAST_OF_ALL)
    lines = [line for line in LINE.finditer(article.text) if whole or _in_capitals(line.group(), *LEAST_OF_A_LINE)]
    if not lines:
        return None
    parts, at = [], 0
    for line in lines:
        parts += [article.text[at : line.start()], _recased(line.group(), lexicon)]
        at = line.end()
    text = "".join([*parts, article.text[at:]])
    read = [replace(sentence, text=text[sentence.span_start : sentence.span_end]) for sentence in sentences]
    return replace(article, text=text), read


def as_printed(
    printed: str, read: str, facts: Sequence[Fact], numbers: Sequence[NumberEntry], mentions: Sequence[Mention]
) -> tuple[list[Fact], list[NumberEntry], list[Mention]]:
    """Facts, ledger and mentions that were read in small letters with the words of the text as it was printed."""
    told = [
        replace(
            fact,
            text=printed[fact.span_start : fact.span_end],
            item=_printed(fact.item, fact, printed, read),
            place=_printed(fact.place, fact, printed, read),
            attributed_to=_printed(fact.attributed_to, fact, printed, read),
        )
        for fact in facts
    ]
    entries = [replace(entry, text=printed[entry.span_start : entry.span_end]) for entry in numbers]
    return told, entries, [replace(one, text=printed[one.span_start : one.span_end]) for one in mentions]


def _printed(words: str | None, fact: Fact, printed: str, read: str) -> str | None:
    """Words of the text read as they were printed nearest to a fact; as they are where they do not stand there."""
    if words is None:
        return None
    places = [found.start() for found in re.finditer(re.escape(words), read)]
    at = min(places, key=lambda place: abs(place - fact.span_start), default=None)
    return printed[at : at + len(words)] if at is not None else words


def _in_capitals(line: str, least_letters: int, least_words: int) -> bool:
    """Whether a line is text in capitals: long enough, and hardly a small letter."""
    letters = sum(map(str.isalpha, line))
    if letters < least_letters or sum(map(str.isupper, line)) < (1 - MOST_SMALL) * letters:
        return False
    return len(line.split()) >= least_words


def _recased(line: str, lexicon: Lexicon) -> str:
    """A line in small letters, with capitals at the heads of sentences and of the names that the tables know."""
    letters = [small if len(small := letter.lower()) == 1 else letter for letter in line]
    for found in OPENS.finditer(line):
        letters[found.start("first")] = line[found.start("first")]
    kept = {found["name"] for found in ACRONYM.finditer(line) if found["name"]} | KEPT
    words = list(WORD.finditer(line))
    for start, end in _named(words, lexicon):
        for word in words[start:end]:
            letters[word.start()] = line[word.start()]
    for found in (*ACRONYM.finditer(line), *(word for word in words if word.group() in kept)):
        letters[found.start() : found.end()] = line[found.start() : found.end()]
    return "".join(letters)


def _named(words: Sequence[re.Match[str]], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of words that are names: days, months, adjectives of countries, places, persons behind a rank or by given name."""
    for at, word in enumerate(words):
        low = word.group().casefold()
        low = low.rstrip("’'s") if low.endswith(("’s", "'s")) else low
        if low in NO_NAMES:
            continue
        title = word.group().title()
        if low in DAYS or (low in lexicon.months and low != "may") or lexicon.country_of(title) is not None:
            yield at, at + 1
        if low in RANKS or (low in lexicon.given_names and len(low) > 3):
            yield at, _end_of_person(words, at)
        before = words[at - 1].group().casefold() if at else ""
        if before in PLACED:
            for size in range(LONGEST_NAME, 0, -1):
                name = " ".join(one.group().title() for one in words[at : at + size])
                if lexicon.gazetteer.find(name) is not None:
                    yield at, at + size
                    break
        if low in FIRST_WORDS and (before in PLACED or low.startswith("san")):
            yield at, at + 2


def _end_of_person(words: Sequence[re.Match[str]], at: int) -> int:
    """Where the name ends that a rank or a given name at `at` opens."""
    end = at + 1
    while end < len(words) and end < at + 4 and words[end].group().casefold() not in NO_NAMES:
        if words[end - 1].string[words[end - 1].end() : words[end].start()].strip() not in ("", "."):
            break
        end += 1
    return end
