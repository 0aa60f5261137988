"""Where a figure holds: the place that stands nearest to it in the parse of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.names import ORG_WORDS
from copydesk.transforms.facts.syntax import Token
from copydesk.transforms.places import POSSESSIVE, Gazetteer, Place, bare_name, is_no_place, parent_after

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

INHABITANTS = frozenset("resident inhabitant people villager native citizen mayor governor population streets".split())
"""Nouns that lead to a place with `of`: `residents of Sarn`."""

POINTS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometre kilometer mile metre meter".split()
)
"""Words that point away from the place behind them."""

HIT = frozenset(
    "hit strike bomb shell attack raid batter devastate ravage destroy flood engulf reach enter leave capture seize besiege "
    "pound storm target rattle rock shake sweep lash pummel overrun retake occupy evacuate".split()
)
"""Verbs whose object, a known name or a place noun, is where it happened."""

HAPPENED = frozenset(
    "fire wildfire blaze flood quake earthquake attack shooting bombing blast explosion crash massacre siege strike raid "
    "airstrike landslide protest outbreak election".split()
)
"""Nouns of what happens in a place: `the Sarn fire`."""

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
        if token.pos not in ("PROPN", "NOUN", "ADJ") or not token.text[:1].isalpha():
            continue
        if token.text in persons and token.text.casefold() not in PLACE_NOUNS:
            continue
        if token.relation in ("compound", "flat", "amod", "goeswith"):
            if token.relation != "goeswith" and token.text[:1].isupper():
                yield from _describing(clauses, text, number, gazetteer)
            continue
        preposition = _preposition(clauses, number)
        if token.pos == "PROPN":
            found = _named(clauses, text, number, preposition, gazetteer)
        else:
            found = _unnamed(clauses, text, number, preposition, gazetteer)
        if found is not None and not _compared(clauses, number):
            yield found


def _preposition(clauses: Clauses, number: int) -> str:
    """The preposition of a name, its own or the one before its first word: `of` in `districts of south Tarvia`."""
    own = next((clauses.token(child).text.casefold() for child in clauses.children(number, "case")), "")
    before = number - 1
    while not own and before >= 0 and clauses.token(before).text.casefold() in POINTS | {"the"}:
        before -= 1
    if own or before < 0 or before == number - 1 or clauses.token(before).pos != "ADP":
        return own
    return clauses.token(before).text.casefold()


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
    if is_no_place(token.text) or not token.text[:1].isupper():
        return None
    start, end = _name_span(clauses, number)
    end = start + len(POSSESSIVE.sub("", text[start:end]))
    words = text[start:end].split()
    if len(words) > 1 and words[-1].casefold() in PLACE_NOUNS and not is_no_place(words[0]):
        entry = gazetteer.find(bare_name(text[start:end])) or gazetteer.find(bare_name(" ".join(words[:-1])))
        return Location(start=start, end=end, token=number, preposition=preposition or "of", place=entry)
    if token.name in PERSONS:
        return None
    name, parent = text[start:end], parent_after(text, end)
    entry = gazetteer.find(name, parent) or gazetteer.find(bare_name(name), parent)
    found = Location(start=start, end=end, token=number, preposition=preposition, place=entry)
    head = clauses.token(token.head)
    if entry is None and ORG_WORDS.search(text[start:end]):
        return None
    known = entry is not None and token.name not in BODIES
    named = [child for child in clauses.children(token.head, "compound", "amod") if clauses.token(child).text[:1].isupper()]
    within = token.relation in ("nmod", "appos", "flat") and head.lemma.casefold() in PLACE_NOUNS and preposition in ("of", "")
    if within and not named:
        outer = next((clauses.token(child).text.casefold() for child in clauses.children(token.head, "case")), "")
        if outer or known:
            return replace(found, token=token.head, preposition=outer or "in")
    if preposition in FIRM and not token.relation.startswith(("nsubj", "obj", "iobj")):
        sure = known or preposition in SURE or (preposition not in UNSURE and token.name not in BODIES)
        return found if sure else None
    taken = token.relation == "obj" and head.lemma.casefold() in HIT and token.name in ("", "place")
    inhabited = preposition == "of" and token.name == "place" and head.lemma.casefold() in INHABITANTS
    return _by_role(found, token, head) if known or taken or inhabited else None


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
    """A place before a counted noun or one of what happened: `two Ottawa office buildings`, `the Sarn fire`."""
    head = clauses.token(number).head
    counted = clauses.token(number).pos == "PROPN" and clauses.children(head, "nummod")
    if not counted and clauses.token(head).lemma.casefold() not in HAPPENED:
        return
    beside = [child for child in clauses.children(head, "compound", "amod", "flat") if clauses.token(child).text[:1].isupper()]
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
    placed = placed or (bool(names) and preposition == "of" and head.lemma.casefold() in PLACE_NOUNS)
    if not placed or clauses.children(number, "nummod"):
        return None
    if names:
        first = min(clauses.subtree(names[0], ("case", "det")))
        start, end = clauses.span([first, *names, number])
        entry = gazetteer.find(text[start:end]) or gazetteer.find(text[start : clauses.span(names)[1]])
        return Location(start=start, end=end, token=number, preposition="in", place=entry)
    if any(_is_name(clauses, child) for child in clauses.children(number, "nmod", "appos", "flat")):
        return None
    determined = any(clauses.token(child).text.casefold() == "the" for child in clauses.children(number, "det"))
    if determined and lemma in OF_THEMSELVES:
        start, end = clauses.span(clauses.subtree(number, ("case", "nmod", "acl", "acl:relcl", "appos", "punct", "advcl")))
        return Location(start=start, end=end, token=number, preposition=preposition or "in", place=None)
    return None


def _is_name(clauses: Clauses, number: int) -> bool:
    """Whether a word is a name, or a place noun with one: `Sarn`, `Borno state`."""
    token = clauses.token(number)
    return token.pos == "PROPN" or (
        token.lemma.casefold() in PLACE_NOUNS
        and any(clauses.token(child).pos == "PROPN" for child in clauses.children(number, "compound", "amod"))
    )


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


def nearest(clauses: Clauses, counted: int, found: Sequence[Location], saying: frozenset[int]) -> Location | None:
    """The place that holds for what is counted: the fewest steps away in the tree, firm prepositions first.

    `saying` are the sentence's verbs of saying: where somebody spoke is not where it happened.
    """
    best: tuple[float, Location] | None = None
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    for location in found:
        if clauses.token(location.token).head in saying:
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


LISTED = re.compile(r"\s*,?\s*(?:and|or|as\ well\ as|,)\s+(?:in\s+|the\s+)*")
"""What stands between two places of a list."""


def beside(location: Location, found: Sequence[Location], text: str) -> list[Location]:
    """The places of the list that a place stands in, itself among them: `in Sarn, Dalmir and Kesh`."""
    ordered = sorted(found, key=lambda one: one.start)
    at = first = last = ordered.index(location)
    while first and LISTED.fullmatch(text, ordered[first - 1].end, ordered[first].start):
        first -= 1
    while last + 1 < len(ordered) and LISTED.fullmatch(text, ordered[last].end, ordered[last + 1].start):
        last += 1
    several = ordered[first : last + 1]
    joined = any("nd" in text[one.end : other.start] or "or" in text[one.end : other.start] for one, other in pairwise(several))
    return several if joined else ordered[at : at + 1]


def steps(clauses: Clauses, mine: dict[int, int], token: int) -> float | None:
    """The steps between two tokens of the tree; a step down into another clause counts three."""
    down = 0.0
    for number in clauses.up(token):
        if number in mine:
            return mine[number] + down
        relation = clauses.token(number).relation
        down += 3 if relation in ("acl:relcl", "advcl", "ccomp", "parataxis", "acl", "appos") else 1
    return None
