"""The places that a parsed sentence names, each with its preposition and its entry of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.no_sites import is_part_of_word
from copydesk.transforms.facts.place_names import (
    PARTICLES,
    TOWNS,
    country_before,
    entry_of,
    name_span,
    of_kind,
    whole_name,
)
from copydesk.transforms.facts.place_words import (
    ACTORS,
    FIRM,
    HAVING,
    HIT,
    INHABITANTS,
    LOOSE,
    PLACE_NOUNS,
    POINTS,
    SAINTS,
    SITES,
    SURE,
    UNSURE,
    is_added,
    is_beside,
    is_far_end,
    is_of_a_party,
    is_storm,
)
from copydesk.transforms.facts.site_nouns import describing, unnamed
from copydesk.transforms.facts.syntax import Token
from copydesk.transforms.facts.titles import ORG_WORDS
from copydesk.transforms.places import POSSESSIVE, Gazetteer, Place, bare_name, is_no_place

DIVISION_OF = re.compile(r"\s(?:Local\s+Government(?:\s+Area)?|LGA|Area|County|District|Division|Zone)(?P<of>\s+of\s)")
"""What parts the name of a division from the wider one that a parse takes for its end: `Sarn County of Kesh State`."""

FIRST_WORDS = re.compile(
    r"\b(?:in|at|near|from|outside|around|across|into|inside|fled)\s+(?:the\s+)?"
    r"(?P<words>(?:[A-Z][\w’']*[a-z]\s){1,2}|(?:[A-Z][\w’']*[a-z]\s)?[A-Z][\w’']*[a-z]-)\Z"
)
"""The first words of a name that a parse begins too late, right behind a preposition: `in Sayen` before `Karm district`."""

INITIALS_BEHIND = re.compile(r",\s(?:[A-Z]\.){2,}\Z")
"""The state behind a town or a party: `(D., N.Y.)`."""

NEARBY = "off"
"""The preposition of a place that is pointed away from."""

OF_A_BODY = re.compile(r"[’']s?\s+[A-Z]")
"""What stands behind the saint of a body: `St. Karm’s Hospital`."""

OF_ANOTHER = re.compile(r"\s+(?:of|in|under)\s+(?:the\s+)?[A-Z]")
"""What stands behind a village that is told by a wider name: `at Sarn of Kesh`."""

INSTITUTES = frozenset({"centre", "center"})
"""Nouns that end the names of bodies as well: `Sarn Research Center`."""

SETTLEMENTS = TOWNS | {"hamlet", "settlement", "suburb", "township", "neighbourhood", "neighborhood", "district", "province"}

DISTANCES = frozenset({"kilometer", "kilometre", "mile", "nautical", "metre", "meter"})

FIRST_HALF = re.compile(r"(?<![\w-])[A-Z][\w’']*-$")
"""The first half of such a name."""

JOINED = re.compile(r"-[A-Z][\w’']*\w")
"""The second half of a name: `Nagorno-Karabakh`."""

LARGE_TOWN = 1_000_000
"""Inhabitants of a town whose name with a possessive is its own, whatever a parser takes it for: `Shanghai’s index`."""

WIDE = ("country", "region")
"""Kinds of places that a name means though it is a person's as well: `Maryland`."""

PERSONS = frozenset({"person"})

BODIES = frozenset({"organization"})

PLACES = frozenset({"place"})


def locations(clauses: Clauses, text: str, gazetteer: Gazetteer, persons: frozenset[str] = frozenset()) -> Iterator[Location]:
    """The places that a sentence names; `persons` are last words of names that the article has for persons."""
    for number, token in enumerate(clauses.tokens):
        if token.pos == "NUM" and (numbered := _numbered(clauses, number)) is not None:
            yield numbered
        if token.pos not in ("PROPN", "NOUN", "ADJ") or not token.text[:1].isalpha():
            continue
        if token.text in persons and token.text.casefold() not in PLACE_NOUNS and token.name not in PLACES:
            continue
        if token.relation in ("compound", "flat", "amod", "goeswith"):
            if token.relation != "goeswith" and token.text[:1].isupper():
                yield from (_from_its_start(text, one, gazetteer) for one in describing(clauses, text, number, gazetteer))
            continue
        preposition = _preposition(clauses, number)
        if token.pos == "PROPN" or _called(clauses, number):
            found = _named(clauses, text, number, preposition, gazetteer)
        else:
            found = unnamed(clauses, text, number, preposition, gazetteer)
        if found is not None and not _compared(clauses, number):
            found = _from_its_start(text, found, gazetteer)
            yield replace(found, preposition=NEARBY) if _pointing(clauses, number) else found


def _from_its_start(text: str, found: Location, gazetteer: Gazetteer) -> Location:
    """A place with the first words of its name that a parse hangs elsewhere; a known one with those that a hyphen joins."""
    before = FIRST_WORDS.search(text, max(0, found.start - 40), found.start) if text[found.start].isupper() else None
    if before is None or (found.place is not None and not before["words"].endswith("-")):
        return found
    first = before["words"].replace("-", " ").split()
    if any(is_no_place(word) or gazetteer.people(word) is not None for word in first):
        return found
    start = before.start("words")
    return replace(found, start=start, place=gazetteer.find(text[start : found.end]))


def _numbered(clauses: Clauses, number: int) -> Location | None:
    """A place with its number, where the parse has the number for its head: `at Camp 7`."""
    named = number - 1 in clauses.children(number, "compound") and clauses.token(number - 1).pos == "PROPN"
    preposition = _preposition(clauses, number) if named and clauses.token(number).name in PLACES else ""
    if preposition not in FIRM:
        return None
    start, end = clauses.span([number - 1, number])
    return Location(start=start, end=end, token=number, preposition=preposition, place=None)


def of_events(found: Sequence[Location], text: str) -> list[Location]:
    """Places where something may have happened: no far end of a distance, no storm, no place beside another one."""
    whole = [one for one in found if one.home or not is_part_of_word(text, one.end)]
    near = [one for one in whole if one.home or not any(out(text, one.start) for out in (is_far_end, is_storm, is_added))]
    return [one for one in near if not is_beside(text, one.start)] or near


def _called(clauses: Clauses, number: int) -> bool:
    """Whether a noun with a capital is the name of a place: `in the village of Sarn`."""
    token = clauses.token(number)
    placed = token.relation == "nmod" and clauses.token(token.head).lemma.casefold() in PLACE_NOUNS
    return token.pos == "NOUN" and token.text[:1].isupper() and placed and clauses.cased(number, "of")


def _preposition(clauses: Clauses, number: int) -> str:
    """The preposition of a name, its own or the one before its first word: `of` in `districts of south Tarvia`."""
    halves = [child for child in clauses.children(number, "compound") if clauses.token(child + 1).text == "-"]
    cases = (clauses.token(child) for part in (number, *halves) for child in clauses.children(part, "case"))
    own = next((case.text.casefold() for case in cases), "")
    before = number - 1
    while not own and before >= 0 and clauses.token(before).text.casefold() in POINTS | {"the"}:
        before -= 1
    if own or before < 0 or clauses.token(before).pos != "ADP" or (before == number - 1 and not _points(clauses, before)):
        return own
    return clauses.token(before).text.casefold()


def _points(clauses: Clauses, preposition: int) -> bool:
    """Whether a distance stands before a preposition: `30 km off Sarn`."""
    return preposition > 0 and clauses.token(preposition - 1).lemma.casefold() in POINTS | DISTANCES


def _compared(clauses: Clauses, number: int) -> bool:
    """Whether a place only measures: `the size of Sarn`."""
    return clauses.token(clauses.token(number).head).lemma.casefold() in ("size", "distance", "equivalent")


def _pointing(clauses: Clauses, number: int) -> bool:
    """Whether a place is pointed away from: `40 km off Sarn`, `north of Sarn`."""
    head = clauses.token(number).head
    lemma = clauses.token(head).lemma.casefold()
    pointing = lemma in POINTS and not any(
        clauses.token(child).text.casefold() == "the" for child in clauses.children(head, "det")
    )
    return pointing and clauses.cased(number, "of", "off", "from")


def _named(clauses: Clauses, text: str, number: int, preposition: str, gazetteer: Gazetteer) -> Location | None:
    """A proper name that is a place by its preposition, by what it stands with, or by the gazetteer."""
    token = clauses.token(number)
    span = _whole_span(clauses, text, number, gazetteer)
    if span is None:
        return None
    start, end = span
    words = text[start:end].split()
    if len(words) > 1 and words[-1].casefold() in PLACE_NOUNS - INSTITUTES and not is_no_place(words[0]):
        entry = gazetteer.find(bare_name(text[start:end])) or of_kind(gazetteer, " ".join(words[:-1]), words[-1])
        return Location(start=start, end=end, token=number, preposition=preposition or "of", place=entry)
    entry = entry_of(gazetteer, text, start, end)
    placed = _is_placed(clauses, token, text[start : end + 12], preposition, entry)
    wide = entry is not None and (entry.kind in WIDE or (entry.weight >= LARGE_TOWN and token.relation == "nmod:poss"))
    if token.name in PERSONS and not placed and not wide:
        return None
    found = Location(start=start, end=end, token=number, preposition=preposition, place=entry)
    head = clauses.token(token.head)
    if entry is None and (ORG_WORDS.search(text[start:end]) or is_of_a_party(text, start, end)):
        return None
    known = entry is not None and token.name not in BODIES
    named = [child for child in clauses.children(token.head, "compound", "amod") if clauses.token(child).text[:1].isupper()]
    within = token.relation in ("nmod", "appos", "flat") and head.lemma.casefold() in PLACE_NOUNS and preposition in ("of", "")
    if within and (not named or (preposition == "of" and country_before(clauses, text, token.head, gazetteer))):
        outer = next((clauses.token(child).text.casefold() for child in clauses.children(token.head, "case")), "")
        struck = head.relation in ("obj", "nsubj:pass") and clauses.token(head.head).lemma.casefold() in HIT
        if outer or known or struck:
            return replace(found, token=token.head, preposition=outer or "in")
    passive = token.relation.endswith(":agent") or bool(clauses.children(token.head, "aux:pass"))
    doer = preposition == "by" and (passive or (entry is not None and entry.kind == "country"))
    if preposition in FIRM and not token.relation.startswith(("nsubj", "obj", "iobj")):
        sure = known or preposition in SURE or (preposition not in UNSURE and token.name not in BODIES)
        return found if sure and not doer else None
    taken = token.relation == "obj" and head.lemma.casefold() in HIT and token.name in ("", "place")
    entered = preposition == "into" and token.relation == "obl" and head.pos == "VERB" and token.name in ("", "place")
    inhabited = preposition == "of" and token.name == "place" and head.lemma.casefold() in INHABITANTS
    return _by_role(found, token, head, _has(clauses, number)) if known or taken or inhabited or entered else None


def _whole_span(clauses: Clauses, text: str, number: int, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The span of a whole name that may be a place's, without its possessive; `None` where it is none."""
    token = clauses.token(number)
    if not token.text[:1].isupper() and not _is_particle(clauses, number):
        return None
    start, end = name_span(clauses, number) if token.text[:1].isupper() else clauses.span([number - 1])
    start = first.start() if (first := FIRST_HALF.search(text, max(0, start - 30), start)) else start
    unknown = " " not in text[start:end] or gazetteer.find(text[start:end]) is None
    if (is_no_place(token.text) and unknown) or (OF_A_BODY.match(text, end) and SAINTS.match(text, start)):
        return None
    if INITIALS_BEHIND.search(text, max(0, start - 2), end) is not None:
        return None
    joined = JOINED.match(text, end)
    end = start + len(POSSESSIVE.sub("", text[start : joined.end() if joined else end]))
    outer = DIVISION_OF.search(text, start, end)
    if outer is not None:
        return start, outer.start("of")
    return whole_name(gazetteer, text, start, end)


def _is_particle(clauses: Clauses, number: int) -> bool:
    """Whether a small word of another language heads the name whose first word stands before it: `Champ de Sarn`."""
    first = number - 1
    inside = clauses.token(number).text in PARTICLES and first >= 0 and clauses.token(first).head == number
    return inside and clauses.token(first).pos == "PROPN"


def _is_placed(clauses: Clauses, token: Token, name: str, preposition: str, entry: Place | None) -> bool:
    """Whether a name is a place by what stands before it, though it looks like a person's; `name` with some text behind it."""
    if preposition in SURE:
        return entry is not None or SAINTS.match(name) is not None
    if preposition == "at":
        return OF_ANOTHER.search(name) is not None
    head = clauses.token(token.head).lemma.casefold()
    if preposition == "in" and token.relation == "nmod" and head in SITES:
        return True
    return preposition == "of" and (head in SETTLEMENTS or (entry is not None and head in POINTS))


def _has(clauses: Clauses, number: int) -> bool:
    """Whether a subject has, counts or suffers what its verb, or a relative clause of its own, says."""
    verbs = [clauses.token(number).head, *clauses.children(number, "acl:relcl")]
    lemmas = [clauses.token(verb).lemma.casefold() for verb in verbs]
    return any(lemma in HAVING or lemma.removesuffix("ing") in HAVING for lemma in lemmas)


def _by_role(found: Location, token: Token, head: Token, has: bool) -> Location | None:
    """A name that the gazetteer has, where its role makes it a place: `Sarn’s hospitals`, `left Sarn`, `Tarvia counts 12`."""
    acts = head.lemma.casefold() in ACTORS
    if found.preposition in LOOSE and token.relation in ("obl", "nmod"):
        return found if not acts else None
    if token.relation == "obj" and head.lemma.casefold() in HIT:
        return replace(found, preposition="in")
    if token.relation == "nmod:poss":
        return replace(found, preposition="’s") if not acts else None
    if token.relation in ("nsubj", "nsubj:pass") and has:
        return replace(found, preposition="subject")
    if token.relation in ("conj", "appos"):
        return replace(found, preposition=found.preposition or "of")
    return None
