"""Places told by a common noun: `a Sarn hospital`, `Kolm village`, `in the capital`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.place_names import country_before, is_in_name, is_name
from copydesk.transforms.facts.place_words import FIRM, HAPPENED, HIT, INHABITANTS, OF_THEMSELVES, ORIGINS, PLACE_NOUNS, SITES
from copydesk.transforms.places import Gazetteer

ELSEWHERE = re.compile(r"(?:\s+[\w-]+){0,2}?\s+in\s+(?:[a-z]+\s+){0,2}[A-Z]")
"""What stands behind a site that is told to lie elsewhere: `camp on Monday in northern`."""

OF_A_NAME = re.compile(r"\s+of\s+[A-Z]")
"""The name that a noun of a place has behind it, where a parse hangs it on another word: `the island of Sarn`."""

BESIDE_NOUN = tuple("case nmod acl acl:relcl appos punct advcl aux cop mark nsubj advmod cc conj".split())
"""Relations of words to a noun of a place that are no part of what is printed of it."""


def _of_a_people(clauses: Clauses, text: str, names: Sequence[int], number: int, gazetteer: Gazetteer) -> bool:
    """Whether a people is all the name of a site, which says whose it is: `a Kenyan refugee camp in Norway`."""
    name = clauses.token(names[0]).text
    between = any(clauses.token(at).text.islower() for at in range(names[0] + 1, number))
    elsewhere = ELSEWHERE.match(text, clauses.span([number])[1]) is not None
    return gazetteer.people(name) is not None and (between or elsewhere)


def describing(clauses: Clauses, text: str, number: int, gazetteer: Gazetteer) -> Iterator[Location]:
    """A place before a counted noun, a site or what happened: `two Ottawa blocks`, `a Sarn hospital`, `the Sarn fire`."""
    head = clauses.token(number).head
    counted = clauses.token(number).pos == "PROPN" and clauses.children(head, "nummod") and clauses.token(head).text.islower()
    told = clauses.token(head).lemma.casefold()
    site = told in SITES and clauses.token(head).text.islower()
    if not counted and not (told in HAPPENED and clauses.token(head).text.islower()) and not site:
        return
    beside = [child for child in clauses.children(head, "compound", "amod", "flat") if clauses.token(child).text[:1].isupper()]
    last = beside[0]
    while last + 1 in beside:
        last += 1
    start, end = clauses.span([beside[0], last])
    entry = gazetteer.find(text[start:end])
    if told in ORIGINS and entry is not None and entry.kind == "country":
        return
    if number == beside[0] and (entry is not None or told in PLACE_NOUNS):
        yield Location(start=start, end=end, token=number, preposition="in" if site else "of", place=entry)


def unnamed(clauses: Clauses, text: str, number: int, preposition: str, gazetteer: Gazetteer) -> Location | None:
    """A place noun: `Kolm village`, `in the capital`."""
    token = clauses.token(number)
    lemma = token.lemma.casefold()
    if lemma not in PLACE_NOUNS:
        return None
    names = [child for child in clauses.children(number, "compound", "amod") if is_in_name(clauses, child, gazetteer)]
    head = clauses.token(token.head)
    placed = preposition in FIRM or (token.relation == "obj" and head.lemma.casefold() in HIT)
    placed = placed or (bool(names) and preposition == "of" and head.lemma.casefold() in PLACE_NOUNS)
    placed = placed or (not names and preposition == "of" and head.lemma.casefold() in INHABITANTS)
    if not placed or clauses.children(number, "nummod"):
        return None
    behind = any(
        clauses.token(child).pos == "PROPN" and clauses.cased(child, "of") for child in clauses.children(number, "nmod")
    )
    if names and behind and country_before(clauses, text, number, gazetteer):
        return None
    if names and _of_a_people(clauses, text, names, number, gazetteer):
        return None
    if names:
        first = min(clauses.subtree(names[0], ("case", "det")))
        start, end = clauses.span([first, *names, number])
        entry = gazetteer.find(text[start:end]) or gazetteer.find(text[start : clauses.span(names)[1]])
        return Location(start=start, end=end, token=number, preposition="in", place=entry)
    named = OF_A_NAME.match(text, clauses.span([number])[1])
    if named or any(is_name(clauses, child) for child in clauses.children(number, "nmod", "appos", "flat")):
        return None
    determined = any(clauses.token(child).text.casefold() == "the" for child in clauses.children(number, "det"))
    described = any(clauses.token(child + 1).text == "-" for child in clauses.children(number, "amod", "compound")) or any(
        "-" in clauses.token(child).text for child in clauses.children(number, "amod", "compound")
    )
    if determined and lemma in OF_THEMSELVES and not described:
        start, end = clauses.span(clauses.subtree(number, BESIDE_NOUN))
        return Location(start=start, end=end, token=number, preposition=preposition or "in", place=None)
    return None
