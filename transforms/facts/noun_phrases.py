"""The noun phrase of a number: what it holds, its words, their plurals, and the phrase behind `of`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import PERSON_MEASURES

TOKEN = re.compile(r"(?P<gap>[\s\u00a0]+[“\"‘]?|-)(?P<word>\d[\d,.]*-[a-z]+|[^\W_][\w’'./-]*|%)|(?P<sign>\s?%|\s?°[CF])")
VERB_LIKE = re.compile(r"^(?:\w{3,}(?:ed|ing)|killed|hurt|slain|dead)$", re.IGNORECASE)
HOUSEHOLDS = {"hh": "households", "hhs": "households"}
"""Short forms of relief reports, and the unit that they mean."""

NO_MEN = frozenset("human german roman norman ottoman shaman talisman caiman".split())
"""Words whose plural has an s though they end like `policeman`."""

OF = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|these|those|our|all)\s+)?", re.IGNORECASE)
OF_PHRASE = re.compile(
    r"\s+of\s+[\w’'-]+(?:\s+(?!(?:in|on|at|to|from|by|for|with|is|are|was|were|has|have|had|will|would|that|which|who|since|after|as|each|every|per|over|into|during)\b)[\w’'-]+){0,6}"
)
AND = re.compile(r"(?:,\s+[a-z][\w-]*)*,?\s+(?:and|or)\s+([a-z][\w-]+)")
COLLECTIVE = frozenset(
    "people men women children dead police staff crew personnel aircraft per cent percent wounded injured missing cattle sheep "
    "livestock poultry taliban deer fish bison swine".split()
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


def of_phrase(text: str, at: int, limit: int) -> str | None:
    """The words after `of`: `half a billion dollars of weaponry` counts weaponry."""
    found = OF_PHRASE.match(text, at, limit)
    return found.group().strip()[3:] if found else None


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural, or names several without an s: `cattle`."""
    low = word.casefold()
    if low.endswith(("men", "women", "children", "ese", "folk")) or (
        word[:1].isupper() and low.endswith("is") and len(low) > 4
    ):
        return True
    return low in COLLECTIVE or (len(low) > 2 and low.endswith("s") and not low.endswith(("ss", "us", "is", "’s", "'s")))


def noun_phrase(text: str, start: int, end: int, word: str, table: str | None, measure: str | None) -> Noun:
    """The phrase text[start:end] with the persons joined to it and the words behind `of`: `40 women and girls of the town`."""
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
    return Noun(start=start, end=end, word=word, item=item, table=table, measure=measure, unit=plural_of(unit))


def plural_of(word: str) -> str:
    """The plural of a noun, in small letters; as it is where it is one, or holds an `of`."""
    low = word.casefold()
    if is_plural(low) or " of " in low:
        return low
    if low.endswith("man") and low not in NO_MEN:
        return low[:-3] + "men"
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return low[:-1] + "ies"
    return low + ("es" if low.endswith(("s", "x", "ch", "sh")) else "s")


def told_in(number: Number, end: int, word: str, unit: tuple[str, str], item: str | None = None) -> Noun:
    """The noun of a number told in a unit, given with its measure, that ends at an offset."""
    return Noun(start=number.start, end=end, word=word, item=item, table="unit", measure=unit[1], unit=unit[0])
