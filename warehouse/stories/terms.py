"""What tells one event from another in an article: its names, numbers and words, each with a weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from copydesk.warehouse.searching.words import CHARACTERS, fold, indexed
from copydesk.warehouse.stories.countries import country_names

READ = 220
"""The words of a body that are read: what happened stands at its beginning, what happened before at its end."""

LETTERS_READ = 4000
NAME, PART_OF_NAME, NUMBER, WORD = 1.0, 0.5, 0.5, 0.35
"""Weights: of a name of one word, of a word of a longer name, of a number, of any other word."""

IN_TITLE = 0.5
MOST_COUNTED = 4
LEAST_STEM = 4
NAMELIKE = re.compile(r"[^\W_]+(?:[.,'’]\d{3}(?!\d)|['’\-][^\W_]+)*")
BEGINS = re.compile(r"(?:^|[.!?:”“\"\n]\s*|—\s*)$")
"""What stands before the first word of a sentence: its capital tells nothing."""

YEAR = re.compile(r"(?:19|20)\d\d")
PARTS = re.compile(r"[-'’]")

COMMON = frozenset(
    """
    a about above across after again against ago all almost along already also although always am among an and another any are
    around as at away back be became because been before began behind being below between both but by came can cannot could
    did do does doing done down during each early either else end even ever every few first for from further get go going got
    had has have having he her here hers him himself his how i if in including inside instead into is it its itself just last
    late later least less like likely made make many may me might more most much must my near nearly never new next no nor not
    nothing now of off often on once one only onto or other others our out over own part per perhaps put rather said same saw
    say saying says second see seen several she should since so some someone something soon still such take taken than that the
    their them then there these they thing third this those though three through thus time to today together told too took
    toward towards two under until up upon us use used very was way we well went were what when where whether which while who
    whole whom whose why will with within without would year years yesterday yet you your
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
    november december four five six seven eight nine ten
    """.split()
)
"""Words that stand in articles of every kind."""

USUAL = frozenset(
    """
    people person man men woman women child children family families resident victim survivor body bodies killed kill died die
    dead death toll injured wounded hurt missing casualty casualties attack attacked attacker strike struck hit fire fired blast
    explosion bomb bombing missile rocket drone shelling shooting gunmen soldier troop army military police officer official
    authority authorities government minister ministry president prime mayor governor spokesman spokesperson region regional
    district province city town village area country nation state international world news media report reported statement
    press conference telegram twitter facebook hospital doctor rescue rescuer search emergency service team crew agency
    department force security building house home road street north south east west northern southern eastern western central
    morning evening night day week month hour afternoon early number condition expected confirmed added called according left
    right come help work working found place large war
    """.split()
)
"""Words of which news of attacks and disasters is full: they say little of which one it is."""

OF_USUAL, OF_COUNTRIES = 0.4, 0.6
"""What such a word weighs, and one of the name of a country or its people, as shares of another."""


@cache
def shares() -> dict[str, float]:
    """What the terms weigh that say little, as shares of others.

    >>> [shares().get(term) for term in ("mayor", "norwegian", "macedonia", "ellery")]
    [0.4, 0.6, 0.6, None]
    """
    countries = (term for name in country_names() for term in _plain(name))
    return {**dict.fromkeys(countries, OF_COUNTRIES), **dict.fromkeys(USUAL, OF_USUAL)}


def weighted(title: str | None, text: str) -> dict[str, float]:
    """The terms of an article with their weights: the more often it stands there, and in the headline, the greater.

    >>> found = weighted("Ferry sinks", "The Marigold sank off Tarn Head. All 31 on the Marigold were saved.")
    >>> sorted((term, round(weight, 2)) for term, weight in found.items())[:4]
    [('31', 0.5), ('ferry', 0.17), ('head', 0.5), ('marigold', 1.41)]
    """
    names: dict[str, float] = {}
    counted: Counter[str] = Counter()
    for term, weight in _words(text[:LETTERS_READ]):
        counted[term] += 1
        if weight:
            names[term] = min(weight, names.get(term, NAME))
        if counted.total() >= READ:
            break
    headline, share = set(_plain(title or "")), shares()
    found = {}
    for term in counted.keys() | headline:
        if _tells(term):
            base = names.get(term) or (NUMBER if term[0].isdigit() else WORD)
            base *= share.get(term, 1.0)
            found[term] = base * (min(counted[term], MOST_COUNTED) ** 0.5 + (IN_TITLE if term in headline else 0))
    return found


LEAST_PARAGRAPHS, LEAST_LETTERS = 4, 4


def is_review(title: str | None, text: str) -> bool:
    r"""Whether the paragraphs of a text have nothing in common, each with another or the headline: one event after another.

    >>> is_review("In brief", "A ferry sank.\n\nBread costs more.\n\nKestrel won the cup.\n\nRain is due in Sellin.")
    True
    >>> is_review("Ferry sinks", "A ferry sank.\n\nIt was old.\n\nThe ferry had 31 on board.\n\nDivers looked for the ferry.")
    False
    """
    paragraphs = [
        {term for term, _ in _words(paragraph) if _tells(term) and len(term) >= LEAST_LETTERS}
        for paragraph in text[:LETTERS_READ].split("\n\n")
    ]
    if len(paragraphs) < LEAST_PARAGRAPHS:
        return False
    counted = Counter(term for paragraph in paragraphs for term in paragraph)
    counted.update(set(_plain(title or "")))
    return not any(counted[term] > 1 for paragraph in paragraphs for term in paragraph)


def _tells(term: str) -> bool:
    return term not in COMMON and len(term) > 1 and YEAR.fullmatch(term) is None


def _words(text: str) -> Iterator[tuple[str, float]]:
    """The terms of a text, each with the weight that it has as a name: 0 where it is none."""
    if CHARACTERS.search(text):
        yield from ((term, 0.0) for term in indexed(text).split())
        return
    found = list(NAMELIKE.finditer(text))
    capital = [word[0][0].isupper() for word in found]
    joins = [
        first and second and one.end() + 1 >= other.start() and one[0].casefold() not in COMMON
        for first, second, one, other in zip(capital, capital[1:], found, found[1:], strict=False)
    ]
    for place, word in enumerate(found):
        weight = 0.0
        if capital[place]:
            joined = any(joins[max(0, place - 1) : place + 1])
            opens = BEGINS.search(text[max(0, word.start() - 3) : word.start()]) is not None
            weight = PART_OF_NAME if joined else 0.0 if opens else NAME
        yield from ((term, weight) for term in _terms(word[0]))


def _terms(word: str) -> Iterator[str]:
    """The terms of a word: its parts, folded, without the marks of a number and without the `s` of many."""
    if word[0].isdigit():
        yield re.sub(r"[.,'’]", "", word)
        return
    for part in PARTS.split(word):
        term = fold(part) if part else ""
        if len(term) > LEAST_STEM and term.endswith("s") and not term.endswith("ss"):
            term = term[:-1]
        if term:
            yield term


def _plain(text: str) -> Iterator[str]:
    return (term for term, _ in _words(text))
