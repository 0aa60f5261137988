"""The name of a place in a parsed sentence: which words it has, and what the gazetteer has of it."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.place_words import (
    PLACE_NOUNS,
)
from copydesk.transforms.facts.syntax import Token
from copydesk.transforms.places import Gazetteer, Place, bare_name, parent_after, place_key

OF_A_NAME = ("compound", "flat", "amod", "det", "nmod", "nmod:desc")
"""Relations of words to the head of a name."""

NAMING = frozenset({"PROPN", "ADJ", "DET", "NOUN", "ADP", "X"})
"""Parts of speech that a place's name may have: `the Bay of Sellin`, not `Sellin and 58`."""

CITY_OF = re.compile(r"\b(?:city|town|village|port)\s+(?:of\s+)?(?:the\s+)?$")
"""What says that the name behind it is a town's."""

TOWNS = frozenset({"city", "town", "village"})
PORTS = frozenset({"port", "resort"})

DIVISIONS = frozenset(
    {"county", "state", "province", "region", "district", "governorate", "prefecture", "department", "oblast", "parish"}
)
"""Nouns behind a name that say that it is no town's."""


NUMBERED = re.compile(
    r"(?:Camp|Zone|Sector|District|Block|Ward|Unit|Cell|Level|Gate|Pier|Platform|Route|Highway|Section|Precinct|Phase|Colony|Site|Battalion|Region)\Z"
)
"""Nouns that a number tells apart: `Camp 7`."""

NUMBER_BEHIND = re.compile(r"\s(?:\d{1,3}[A-Z]?|[IVX]{1,4})\b(?![.,]\d|\s+(?:percent|people|dead|killed))")

PARTICLES = frozenset("de du des del do da dos das di della la las los le les sur sous".split())
"""Small words of other languages inside a name."""

PARTICLE_BEHIND = re.compile(rf"(?:\s(?:{'|'.join(sorted(PARTICLES))}))+\s[A-ZÀ-Þ][\w’'-]*\w")
"""The rest of a name that has small words of its own language in it: `Champ de Sarn`."""

MORE_CAPITALS = re.compile(r"(?:\s[A-ZÀ-Þ][\w’'-]*\w){1,3}")
"""Further words of a name that a parse cuts."""

WHOSE_BEFORE = re.compile(r"(?:[A-Z][\w-]+\s){0,2}[A-Z][\w-]+[’']s?\s\Z")
"""The first half of a name with a possessive in it: `Prince Sarn’s County`."""


POSSESSED = re.compile(r"[’']s?\s[A-Z][\w-]+(?:\s(?:County|Island|Islands|Bay|Beach|Point|Harbour|Harbor)\b)?")
"""The second half of such a name: `’s County`."""

NOUNS_OF_NAMES = frozenset("county parish island islands bay beach point harbour harbor".split())
"""Nouns with a capital that are no name without the owner before them."""


def whole_name(gazetteer: Gazetteer, text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole name of which text[start:end] is a part: `Camp 7`, `Champ de Sarn`, `King’s Sarn`."""
    if NUMBERED.search(text, start, end) and (number := NUMBER_BEHIND.match(text, end)):
        return start, number.end()
    if (rest := PARTICLE_BEHIND.match(text, end)) is not None:
        return start, rest.end()
    if (longer := _longer(gazetteer, text, start, end)) is not None:
        return start, longer
    behind = POSSESSED.match(text, end)
    if behind is not None and _has(gazetteer, text[start : behind.end()]):
        return start, behind.end()
    noun = text[start:end].casefold() in NOUNS_OF_NAMES
    if (whose := WHOSE_BEFORE.search(text, max(0, start - 40), start)) is not None:
        words = [at for at in range(whose.start(), whose.end() - 1) if at == whose.start() or text[at - 1] == " "]
        return next((at for at in words if noun or _has(gazetteer, text[at:end])), start), end
    return start, end


def _longer(gazetteer: Gazetteer, text: str, start: int, end: int) -> int | None:
    """Where the name ends that a gazetteer has with the words behind it, as it is spelt: `Nong Bua Lamphu`."""
    rest = MORE_CAPITALS.match(text, end)
    ends = [at for at in range(rest.end(), end, -1) if at == rest.end() or text[at] == " "] if rest is not None else []
    return next((at for at in ends if _has(gazetteer, text[start:at])), None)


def _has(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a gazetteer has a name as it is spelt, without leave for its noun."""
    found = gazetteer.find(name)
    key = place_key(name)
    return found is not None and place_key(found.name) in (key, f"{key} city")


def entry_of(gazetteer: Gazetteer, text: str, start: int, end: int) -> Place | None:
    """What the gazetteer has of the name at text[start:end]."""
    name, parent = text[start:end], parent_after(text, end)
    entry = gazetteer.find(name, parent) or gazetteer.find(bare_name(name), parent)
    return of_city(gazetteer, text, start, name, entry)


def of_city(gazetteer: Gazetteer, text: str, start: int, name: str, entry: Place | None) -> Place | None:
    """The town where `city of` stands before a name or opens it: `in the city of Luhansk`, not its state."""
    if entry is None or entry.kind == "town":
        return entry
    bare = bare_name(name)
    before = text[max(0, start - 20) : start] + name.removesuffix(bare)
    return (gazetteer.town(bare) if CITY_OF.search(before) else None) or entry


def country_before(clauses: Clauses, text: str, noun: int, gazetteer: Gazetteer) -> bool:
    """Whether the name before a noun is only the country or sea of the place behind it: `the Kenyan town of Sarn`."""
    names = [child for child in clauses.children(noun, "compound", "amod") if clauses.token(child).text[:1].isupper()]
    if not names:
        return False
    start, end = clauses.span([part for name in names for part in clauses.subtree(name, ("case", "det"))])
    wide = gazetteer.find(text[start:end]) if clauses.token(noun).lemma.casefold() in TOWNS | PORTS else None
    if wide is not None and wide.kind not in ("town", "district"):
        return True
    return gazetteer.nation(text[start:end]) is not None or gazetteer.people(text[start:end]) is not None


def of_kind(gazetteer: Gazetteer, name: str, noun: str) -> Place | None:
    """The county, state or province of a name, no town that is called the same; a county by its noun."""
    entry = gazetteer.find(bare_name(name))
    if entry is not None and noun.casefold() in TOWNS:
        return gazetteer.town(bare_name(name)) or entry
    if entry is None or noun.casefold() not in DIVISIONS:
        return entry
    entry = entry if entry.kind != "town" else gazetteer.division(bare_name(name))
    return replace(entry, name=f"{entry.name} {noun}") if entry is not None and noun == "County" else entry


def is_in_name(clauses: Clauses, number: int, gazetteer: Gazetteer) -> bool:
    """Whether a word before a place noun is of its name, whatever the parser takes it for: `the Sarn area`."""
    token = clauses.token(number)
    return token.pos == "PROPN" or (token.text[:1].isupper() and number > 0 and gazetteer.find(token.text) is not None)


def is_name(clauses: Clauses, number: int) -> bool:
    """Whether a word is a name, or a place noun with one: `Sarn`, `Borno state`."""
    token = clauses.token(number)
    return token.pos == "PROPN" or (
        token.lemma.casefold() in PLACE_NOUNS
        and any(clauses.token(child).pos == "PROPN" for child in clauses.children(number, "compound", "amod"))
    )


def name_span(clauses: Clauses, number: int) -> tuple[int, int]:
    """The span of a name with the words before it that describe it: `the southern Gaza Strip`; without its possessive."""
    kept = [number]
    for child in clauses.children(number, *OF_A_NAME):
        token = clauses.token(child)
        if token.pos == "ADP":
            continue
        if token.relation == "nmod" and not (clauses.cased(child, "of") and token.pos == "PROPN"):
            continue
        without = ("case",) if token.relation in ("compound", "flat") else ()
        kept += clauses.subtree(child, without) if token.relation != "det" else [child]
    kept.sort()
    at = kept.index(number)
    first = last = at
    while first and kept[first - 1] == kept[first] - 1 and _names(clauses.token(kept[first - 1])):
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] == kept[last] + 1 and _names(clauses.token(kept[last + 1])):
        last += 1
    kept = kept[first : last + 1]
    return clauses.span(kept)


def _names(token: Token) -> bool:
    """Whether a token may stand in the name of a place, its hyphen too."""
    return token.pos in NAMING or token.text == "-"
