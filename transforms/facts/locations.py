"""Where a figure holds: the place that stands nearest to it in the parse of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.places import Gazetteer, Place
from copydesk.transforms.syntax import Token

FIRM = frozenset(
    "in at near inside across throughout around outside within along off on amid over beside beyond between by".split()
)
"""Prepositions that say where something is."""

SURE = frozenset({"in", "near", "across", "throughout", "inside", "outside"})
"""Of these, prepositions behind which a name is a place whatever else it looks like."""

UNSURE = frozenset({"on", "over", "between", "by"})
"""Of these, prepositions that a place follows only where its name is known for one."""

LOOSE = frozenset({"of", "from", "to", "into", "toward", "towards", "for", "by", "against", "via"})
"""Prepositions that lead to a place only where the name is known for one."""

PLACE_NOUNS = frozenset(
    "city town village district province region state county area neighbourhood neighborhood suburb port island peninsula "
    "camp valley municipality settlement hamlet governorate prefecture capital outskirts centre center part parts north "
    "south east west northeast northwest southeast southwest coast border enclave strip territory department oblast "
    "township borough parish".split()
)
"""Nouns that stand before, behind or in place of a place's name: `the hill city of Sarn`, `Kolm village`, `in the capital`."""

OF_THEMSELVES = frozenset(
    "capital enclave territory region province strip island north south east west northeast northwest southeast southwest "
    "border".split()
)
"""Nouns that with `the` are a place without a name."""

POINTS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometre kilometer mile metre meter".split()
)
"""Words that point away from the place behind them."""

HIT = frozenset(
    "hit strike bomb shell attack raid batter devastate ravage destroy flood engulf reach enter leave capture seize besiege "
    "pound storm target rattle rock shake sweep lash pummel".split()
)
"""Verbs whose object, a known name or a place noun, is where it happened."""

NO_PLACE = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Twitter|Facebook|Instagram|X|Telegram|YouTube|God|Christmas|Ramadan|Easter|Congress|Parliament|Senate|Covid)s?$"
)
POSSESSIVE = re.compile(r"[’']s?$")
NAMING = frozenset({"PROPN", "ADJ", "DET", "NOUN", "ADP", "X"})
"""Parts of speech that a place's name may have: `the Bay of Sellin`, not `Sellin and 58`."""

PERSONS = frozenset({"person"})
BODIES = frozenset({"organization"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place named at text[start:end] of the article, its token, and its entry of the gazetteer, `None` where it has none."""

    start: int
    end: int
    token: int
    preposition: str
    place: Place | None


def locations(clauses: Clauses, text: str, gazetteer: Gazetteer, persons: frozenset[str] = frozenset()) -> Iterator[Location]:
    """The places that a sentence names; `persons` are last words of names that the article has for persons."""
    for number, token in enumerate(clauses.tokens):
        if token.pos not in ("PROPN", "NOUN", "ADJ") or token.text in persons or not token.text[:1].isalpha():
            continue
        if token.relation in ("compound", "flat", "amod", "goeswith"):
            if token.pos == "PROPN" and clauses.children(token.head, "nummod") and token.relation != "goeswith":
                yield from _describing(clauses, text, number, gazetteer)
            continue
        preposition = next((clauses.token(child).text.casefold() for child in clauses.children(number, "case")), "")
        if token.pos == "PROPN":
            found = _named(clauses, text, number, preposition, gazetteer)
        else:
            found = _unnamed(clauses, text, number, preposition, gazetteer)
        if found is not None and not _compared(clauses, number):
            yield found


def _compared(clauses: Clauses, number: int) -> bool:
    """Whether a place only measures or points: `the size of Sarn`, `40 km off Sarn`, `north of Sarn`."""
    head = clauses.token(number).head
    lemma = clauses.token(head).lemma.casefold()
    if lemma in ("size", "distance", "equivalent"):
        return True
    pointing = lemma in POINTS and not any(
        clauses.token(child).text.casefold() == "the" for child in clauses.children(head, "det")
    )
    return pointing and clauses.cased(number, "of", "off", "from")


def _named(clauses: Clauses, text: str, number: int, preposition: str, gazetteer: Gazetteer) -> Location | None:
    """A proper name that is a place by its preposition, by what it stands with, or by the gazetteer."""
    token = clauses.token(number)
    if NO_PLACE.match(token.text) or token.name in PERSONS or not token.text[:1].isupper():
        return None
    start, end = _name_span(clauses, number)
    end = start + len(POSSESSIVE.sub("", text[start:end]))
    entry = gazetteer.find(_bare(text[start:end]))
    found = Location(start=start, end=end, token=number, preposition=preposition, place=entry)
    head = clauses.token(token.head)
    known = entry is not None and token.name not in BODIES
    if token.relation in ("nmod", "appos", "flat") and head.lemma.casefold() in PLACE_NOUNS and preposition in ("of", ""):
        outer = next((clauses.token(child).text.casefold() for child in clauses.children(token.head, "case")), "")
        if outer or known:
            return replace(found, token=token.head, preposition=outer or "in")
    if preposition in FIRM and not token.relation.startswith(("nsubj", "obj", "iobj")):
        sure = known or preposition in SURE or (preposition not in UNSURE and token.name not in BODIES)
        return found if sure else None
    if token.text.casefold() in PLACE_NOUNS and clauses.children(number, "compound", "flat", "nmod:desc"):
        return replace(found, preposition="of")
    return _by_role(found, token, head) if known else None


def _by_role(found: Location, token: Token, head: Token) -> Location | None:
    """A name that the gazetteer has, where its role makes it a place: `Sarn’s hospitals`, `left Sarn`, `Tarvia counts 12`."""
    if found.preposition in LOOSE and token.relation in ("obl", "nmod"):
        return found
    if token.relation == "obj" and head.lemma.casefold() in HIT:
        return replace(found, preposition="in")
    if token.relation == "nmod:poss":
        return replace(found, preposition="’s")
    if token.relation in ("nsubj", "nsubj:pass") and found.place is not None and found.place.kind == "country":
        return replace(found, preposition="subject")
    if token.relation in ("conj", "appos"):
        return replace(found, preposition=found.preposition or "of")
    return None


def _describing(clauses: Clauses, text: str, number: int, gazetteer: Gazetteer) -> Iterator[Location]:
    """A place before a counted noun: `two Ottawa office buildings`, `five Sarn villages`."""
    head = clauses.token(number).head
    beside = [child for child in clauses.children(head, "compound", "amod", "flat") if clauses.token(child).pos == "PROPN"]
    last = beside[0]
    while last + 1 in beside:
        last += 1
    start, end = clauses.span([beside[0], last])
    entry = gazetteer.find(text[start:end])
    if number == beside[0] and (entry is not None or clauses.token(head).lemma.casefold() in PLACE_NOUNS):
        yield Location(start=start, end=end, token=number, preposition="of", place=entry)


def _unnamed(clauses: Clauses, text: str, number: int, preposition: str, gazetteer: Gazetteer) -> Location | None:
    """A place noun: `Kolm village`, `in the capital`."""
    token = clauses.token(number)
    lemma = token.lemma.casefold()
    if lemma not in PLACE_NOUNS:
        return None
    names = [child for child in clauses.children(number, "compound", "amod") if clauses.token(child).pos == "PROPN"]
    head = clauses.token(token.head)
    placed = preposition in FIRM or (token.relation == "obj" and head.lemma.casefold() in HIT)
    if not placed or clauses.children(number, "nummod"):
        return None
    if any(clauses.token(child).pos == "PROPN" for child in clauses.children(number, "nmod", "appos", "flat")):
        return None
    if names:
        start, end = clauses.span([*names, number])
        entry = gazetteer.find(text[clauses.span(names)[0] : clauses.span(names)[1]])
        return Location(start=start, end=end, token=number, preposition="in", place=entry)
    determined = any(clauses.token(child).text.casefold() == "the" for child in clauses.children(number, "det"))
    if determined and lemma in OF_THEMSELVES:
        start, end = clauses.span(clauses.subtree(number, ("case", "nmod", "acl", "acl:relcl", "appos", "punct", "advcl")))
        return Location(start=start, end=end, token=number, preposition=preposition or "in", place=None)
    return None


def _name_span(clauses: Clauses, number: int) -> tuple[int, int]:
    """The span of a name with the words before it that describe it: `the southern Gaza Strip`; without its possessive."""
    kept = [number]
    for child in clauses.children(number, "compound", "flat", "amod", "det", "nmod"):
        token = clauses.token(child)
        if token.relation == "nmod" and not (clauses.cased(child, "of") and token.pos == "PROPN"):
            continue
        kept += clauses.subtree(child) if token.relation != "det" else [child]
    kept.sort()
    at = kept.index(number)
    first = last = at
    while first and kept[first - 1] == kept[first] - 1 and clauses.token(kept[first - 1]).pos in NAMING:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] == kept[last] + 1 and clauses.token(kept[last + 1]).pos in NAMING:
        last += 1
    kept = kept[first : last + 1]
    return clauses.span(kept)


BARE = re.compile(
    r"^(?:the\s+)?(?:(?:northern|southern|eastern|western|central|north|south|east|west|north-?eastern|north-?western|south-?eastern"
    r"|south-?western|occupied|coastal|downtown|nearby|neighbou?ring|remote)\s+)*(?:the\s+)?",
    re.IGNORECASE,
)


def _bare(name: str) -> str:
    """A place's name without the words for its part: `southern Gaza Strip` leads to `Gaza Strip`."""
    return BARE.sub("", name)


def nearest(clauses: Clauses, counted: int, found: list[Location], sources: list[tuple[int, int]]) -> Location | None:
    """The place that holds for what is counted: the fewest steps away in the tree, firm prepositions first."""
    best: tuple[float, Location] | None = None
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    for location in found:
        if any(start < location.end and location.start < end for start, end in sources):
            continue
        way = steps(clauses, mine, location.token)
        if way is None:
            continue
        token = clauses.token(location.token)
        own = token.head == counted
        cost = way + (0.0 if location.preposition in FIRM else 3.0 + 2.0 * (location.preposition == "subject"))
        if own and location.preposition == "from":
            cost += 6
        if location.place is not None:
            cost -= 0.5
        if best is None or cost < best[0]:
            best = (cost, location)
    return best[1] if best is not None else None


def steps(clauses: Clauses, mine: dict[int, int], token: int) -> float | None:
    """The steps between two tokens of the tree; a step down into another clause counts three."""
    down = 0.0
    for number in clauses.up(token):
        if number in mine:
            return mine[number] + down
        relation = clauses.token(number).relation
        down += 3 if relation in ("acl:relcl", "advcl", "ccomp", "parataxis", "acl", "appos") else 1
    return None
