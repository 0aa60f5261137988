"""Names of sources: the person or body alone, the fullest form so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from copydesk.transforms.facts.place_words import LANDFORMS
from copydesk.transforms.facts.titles import (
    AROUND,
    BODY_NOUNS,
    CHARGED,
    HAD,
    JOINTS,
    NATION_WORDS,
    OF_STATES,
    OPENERS,
    ORG_WORDS,
    PARTICLES,
    PORTFOLIOS,
    PREPOSITIONS,
    ROLES,
    SHORT_TITLES,
    SURNAMES,
    TITLES,
)
from copydesk.transforms.places import Gazetteer

FOLLOWERS = re.compile(r"(?:[A-Z][a-z]+\s)?[A-Z][a-z]+(?:icans|crats|ians|ists|ites|atives|aelis)")
"""People of a party, creed or country, who are no person: `Other prominent Republicans`."""

HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
"""A name that is an address on the net: `Kesh.net`."""

SHORTEST_RANK, LONGEST_RANK = 3, 5
"""Letters of a rank or a body in capitals before a name: `SSP Oto Radek`."""

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
WHO = re.compile(r"\s+who\s.*$", re.DOTALL)
TOKEN = re.compile(r"[^\s,()]+")
CAPITAL = re.compile(r"^[“\"‘'(]?[^\W\d_a-zß-öø-ÿ]")


def alone(name: str) -> str:
    """The person or body without title, appositive or leading article.

    >>> alone("National Security Council spokesman John Kirby"), alone("the UN’s Palestinian refugee agency")
    ('John Kirby', 'UN’s Palestinian refugee agency')
    >>> alone("Sean Carroll, head of the agency"), alone("the relief head for Narva, Carlos Gomez")
    ('Sean Carroll', 'Carlos Gomez')
    >>> alone("the charity Save the Coast"), alone("a resident of Port Ellery")
    ('Save the Coast', 'resident')
    >>> alone("SSP Oto Radek"), alone("Ida Ferrell of the National Safety Board"), alone("the news site Kesh.net")
    ('Oto Radek', 'Ida Ferrell', 'news site Kesh.net')
    >>> alone("the charity General Union of Homes for the Old and Sick"), alone("Senior Superintendent of Police Oto Radek")
    ('General Union of Homes for the Old and Sick', 'Oto Radek')
    >>> alone("Ida Ferrell of consultants Velt"), alone("Ida Ferrell of traders Velt & Sons")
    ('Ida Ferrell', 'Ida Ferrell')
    >>> alone("Rights group Orlan Watch"), alone("Tarvia's Minister for Kesh Tom Fenn"), alone("the ambassador to New Kesh")
    ('Orlan Watch', 'Tom Fenn', 'ambassador')
    """
    found = person(name)
    if found is not None:
        return found
    bare = WHO.sub("", ARTICLE.sub("", name.split(", ", maxsplit=1)[0])).strip()
    return _body(bare) or bare


def _body(phrase: str) -> str | None:
    """The name of a body behind the noun that says what it is; the noun of a person without a name."""
    tokens = phrase.split()
    opens = len(tokens) > 1 and tokens[1] in BODY_NOUNS
    if not tokens or not (tokens[0].islower() or opens):
        return None
    first = next((at for at, token in enumerate(tokens) if CAPITAL.match(token) and not (at == 0 and opens)), None)
    if first is None:
        return None
    if tokens[first - 1] in PREPOSITIONS or (tokens[first - 1] == "the" and tokens[first - 2] in PREPOSITIONS):
        noun = next(at for at, token in enumerate(tokens) if token in PREPOSITIONS)
        return " ".join(tokens[:noun]) if tokens[noun - 1] in TITLES | ROLES else None
    small = JOINTS | ({"and"} if {"of", "for"} & set(tokens[first + 1 :]) else set())
    named = all(CAPITAL.match(token) or token in small for token in tokens[first:])
    return " ".join(tokens[first:]) if named and len(tokens) - first > 1 and CAPITAL.match(tokens[-1]) else None


@lru_cache(8192)
def person(name: str) -> str | None:
    """The personal name at the end or the beginning of a noun phrase, else of what follows its first comma; else `None`.

    >>> person("Lt. Gen. Herzi Halevi"), person("Israel’s Ministry of Health"), person("Khalil al-Hayya")
    ('Herzi Halevi', None, 'Khalil al-Hayya')
    >>> person("Ida Ferrell of the Harbour Board"), person("a neighbour in Narva and Port Ellery"), person("Peter White")
    ('Ida Ferrell', None, 'Peter White')
    """
    head, *rest = name.split(", ")
    return _personal(TOKEN.findall(head)) or (_personal(TOKEN.findall(rest[0])) if rest else None)


def _personal(tokens: list[str]) -> str | None:
    """The personal name at the end of a noun phrase without commas, or at its beginning."""
    kept: list[str] = []
    for token in reversed(tokens):
        bare = token.strip(".").casefold()
        particle = bare in PARTICLES or re.match(r"(?:al|el|ibn|bin)-", bare) is not None
        opens = len(kept) > 1 and token is tokens[0] and bare in ROLES  # Neighbour Ida Fisk
        titled = (bare in TITLES or opens) and not (not kept and _surname(tokens))
        article = bare in ("the", "a", "an")
        if (
            article
            or not (CAPITAL.match(token) or particle)
            or titled
            or bare.endswith(("’s", "'s", "s’", "s'"))
            or _is_rank(token, kept)
        ):
            break
        kept.append(token)
    while kept and kept[-1].strip(".").casefold() in PARTICLES - {"abu", "ben", "al", "el", "van", "von", "de", "da"}:
        kept.pop()
    before = [token.casefold() for token in tokens[: len(tokens) - len(kept)]]
    if kept and before[-1:] and before[-1].endswith(("’s", "'s")) and not PREPOSITIONS.isdisjoint(before):
        opening = _leading(tokens)
        if opening is not None and " " in opening:  # Mark Ross of Lakeshire Police’s North District
            return opening
    if kept and kept[0].casefold() in PORTFOLIOS and not {"for", "of"}.isdisjoint(before):
        return _leading(tokens)  # MEC for Governance and Public Works
    if kept and _hangs(before, tokens):
        kept = _behind_charge(before, kept)
    if not kept:
        return _leading(tokens)
    if len(kept) > 6:
        return None
    found = " ".join(reversed(kept))
    titled = len(kept) < len(tokens)
    if ORG_WORDS.search(found) or before[-1:] == ["the"] or FOLLOWERS.fullmatch(found):
        return None
    if (len(kept) == 1 and not titled and found.isupper()) or any(HOST.fullmatch(token) for token in kept):
        return None
    return found


def _is_rank(token: str, kept: list[str]) -> bool:
    """Whether a word in capitals before a name of two words or more is a rank or a body, and no part of the name."""
    short = token.isupper() and token.isalpha() and SHORTEST_RANK <= len(token) <= LONGEST_RANK
    return short and sum(word[1:2].islower() for word in kept) > 1


def _behind_charge(before: list[str], kept: list[str]) -> list[str]:
    """Of the words behind an office and its preposition, last first, those of a person: `Minister for Tarvia Tom Fenn`.

    None where they are all of the charge: `Minister for New Tarvia`.
    """
    charged = before[-1] in ("for", "to", "of") and not CHARGED.isdisjoint(before)
    first = next((at for at, token in enumerate(kept) if token.casefold() in TITLES | PORTFOLIOS), len(kept))
    named = kept[:2] if first > 1 else []
    whole = first == len(kept) and (len(kept) < 3 or before[-1] == "of")
    if not charged or whole or not NATION_WORDS.isdisjoint(token.casefold() for token in named):
        return []
    return named


def _surname(tokens: list[str]) -> bool:
    """Whether the last word of a phrase is a surname though it is a title too: a given name stands before it."""
    if len(tokens) < 2 or tokens[-1].casefold() not in SURNAMES or not CAPITAL.match(tokens[-1]):
        return False
    given = tokens[-2].strip(".").casefold()
    return CAPITAL.match(tokens[-2]) is not None and given not in TITLES and given not in ("the", "a", "an", "this")


def _hangs(before: list[str], tokens: list[str]) -> bool:
    """Whether a preposition stands before the last name: `head of the Harbour Board`, `in Narva and Port Ellery`."""
    while before and before[-1] in AROUND:
        before = before[:-1]
    opening = before
    while opening and opening[-1] in OF_STATES:
        opening = opening[:-1]
    before = opening if opening[-1:] == ["the"] else before
    if before and (before[-1] == "the" or before[-1].strip(".") in SHORT_TITLES):
        before = before[:-1]
    if not HAD.isdisjoint(before):
        while before and before[-1].strip(".") in TITLES:
            before = before[:-1]
    if (
        len(before) > 1
        and before[-1].endswith("ing")
        and before[-2] not in TITLES
        and before[0] in ("one", "a", "an", "another")
    ):
        return True  # a pastor supporting Mr. Moss
    if _employed(before, tokens):
        return True
    if before[-1:] == ["and"] and len(before) > 1 and CAPITAL.match(tokens[len(before) - 2]):
        before = before[:-2]
        while before and not CHARGED.isdisjoint(before[:-1]) and CAPITAL.match(tokens[len(before) - 1]):
            before = before[:-1]  # of Local Government and Community Works
        before = before[:-1] if before[-1:] in (["both"], ["the"]) else before
    return bool(before) and before[-1] in PREPOSITIONS


def _employed(before: list[str], tokens: list[str]) -> bool:
    """Whether a name opens the phrase and small words say what the last one is: `Ida Ferrell of the consultants Velt`."""
    joint = next((at for at, token in enumerate(before) if token in PREPOSITIONS), 0)
    rest = tokens[joint + 1 : len(before)]
    small = [word for word in rest[rest[:1] == ["the"] :] if word != "&"]
    while small and CAPITAL.match(small[-1]):
        small.pop()
    if joint < 2 or not small or TITLES.union(ROLES).intersection((*before[:joint], *small)):
        return False
    return all(map(CAPITAL.match, tokens[:joint])) and not any(map(CAPITAL.match, small))


def _leading(tokens: list[str]) -> str | None:
    """The personal name that opens a phrase, behind its titles: one word only where a title makes it sure."""
    start = _behind_titles(tokens)
    kept: list[str] = []
    for token in tokens[start:]:
        if not (CAPITAL.match(token) or (kept and token.casefold() in PARTICLES)):
            break
        kept.append(token)
    while kept and kept[-1].casefold() in PARTICLES:
        kept.pop()
    found = " ".join(kept)
    sure = len(kept) > 1 or (kept and start and not tokens[start - 1].islower())
    last = kept[-1].casefold() if kept else ""
    if last in TITLES - SURNAMES or any(token.endswith(("’s", "'s")) for token in kept[:-1]):
        return None
    if not sure or len(kept) > 5 or ORG_WORDS.search(found) or kept[0].casefold() in OPENERS:
        return None
    return found if not found.endswith(("’s", "'s")) else None


def _behind_titles(tokens: list[str]) -> int:
    """Where the name begins behind the titles that open a phrase: `Information officer Jane Holt of the Wildfire Service`."""
    start = 0
    while start < len(tokens) and tokens[start].strip(".").casefold() in TITLES | {"acting"}:
        start += 1
    first = next((at for at, token in enumerate(tokens) if token.casefold() in PREPOSITIONS), len(tokens))
    small = next((at for at in range(start, first) if tokens[at].islower() and tokens[at] in TITLES), None)
    return small + 1 if small is not None and small == start + 1 and first - small > 2 else start


def fullest(name: str, known: Iterable[str]) -> str:
    """The fullest of the `known` names (latest first) whose last word is the name's; the name where none is.

    >>> fullest("Kirby", ["John Kirby", "Antony Blinken"]), fullest("hospital source", ["fishermen and a hospital source"])
    ('John Kirby', 'hospital source')
    """
    last = name.rsplit(maxsplit=1)[-1] if name.split() else name
    for other in known:
        words = other.split()
        if last.islower() and "and" in words and "and" not in name.split():
            continue
        if len(words) > len(name.split()) and words[-1] == last and set(name.split()) <= set(words):
            return other
    return name


LEAD_WORD = re.compile(
    r"^(?:In|At|On|From|To|Of|For|By|With|Near|Across|After|Before|Since|During|When|While|But|And|The|A|An"
    r"|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Some|About|Around|Nearly|Most|Many|Several|Other|All|Both)\s+"
)
NAME_OF_WORDS = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:al-|bin\s+)?[A-Z][\w’'-]+){1,3}")


def names_of_persons(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The last words of the names of several words that are persons' and no place: `Ferrell` of `Ida Ferrell`."""
    names = (LEAD_WORD.sub("", found.group()) for found in NAME_OF_WORDS.finditer(text))
    return frozenset(
        name.rsplit(maxsplit=1)[-1]
        for name in names
        if " " in name and not LANDFORMS.match(name) and gazetteer.find(name) is None
        if person(name)
    )
