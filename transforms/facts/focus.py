"""The place that an article as a whole is about: where a figure holds whose own sentence names no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.transforms.facts.names import LEAD_WORD, person
from copydesk.transforms.facts.no_sites import MONEY_BEHIND
from copydesk.transforms.facts.place_labels import place_labels
from copydesk.transforms.facts.place_words import is_beside, is_far_end, is_storm
from copydesk.transforms.places import POSSESSIVE, Gazetteer, Place, is_no_place, place_key
from copydesk.transforms.places.surroundings import surrounded
from copydesk.transforms.types import Article

NAME = re.compile(
    r"\b(?:the\s+)?(?:(?:(?:St|Ste|Mt|Ft)\.[^\S\n])?[A-ZÀ-Þ][\w’'-]*[\w]|(?:[A-Z]\.){2,})(?:[^\S\n]+(?:of[^\S\n]+(?:the[^\S\n]+)?)?[A-ZÀ-Þ][\w’'-]*\w)*"
)
"""A name in one line: the dateline and the first sentence are two."""

PLACED = re.compile(r"\b(?:in|at|near|across|outside|around|throughout|from|to|of)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
IN_PLACE = re.compile(r"\b(?:in|near|outside|across)\s+((?:[A-Z][\w’'-]*\w)(?:\s[A-Z][\w’'-]*\w)*)")
LEADING = re.compile(
    r"^(?:(?:In|At|On|From|To|Of|For|By|With|Near|Across|After|Before|But|And|The|A|An|As|While|When|Meanwhile)\s+)+"
)
"""Words that open a sentence before a name."""

OF_A_STATE = re.compile(
    r"""
    \b(?:profits?|revenues?|earnings|shares|stocks|markets?|economy|economic|exports?|imports?|inflation  # of money
      |airline|carmaker|retailer|companies|investors?|tariffs?|currency|central\s+bank|budget|billion
      |general\s+election|presidential|parliament|parliamentary|lawmakers|cabinet|nationwide|nation[’']s)\b  # of a state
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words of an opening paragraph about money or a state, which are a whole country's."""

MONEY_ABROAD = frozenset({"GB", "JP", "CH"})
"""Countries whose money is counted abroad too: it speaks for them where they are named, or no other country is."""

HEADLINE, OPENING = 3, 2
"""How much a mention in the title or dateline, and one in the first paragraph, counts beside one further down."""

LEAST = 3
"""Fewer points than this and the article is about no place that can be told."""

SHARE, LEAD = 0.34, 1.5
"""The country must have this share of all points, and so many times the points of the next, to be the place."""

TOWN_SHARE = 0.4
"""The share of its country's points that makes a town or region the place."""

WIDE = ("country", "region")
"""Kinds of places that count wherever they stand."""

TOWN = 3
"""Points that a town or region needs."""


class Mentioned(NamedTuple):
    """A place that a text names at `start`; `people` where it is named by its people alone."""

    place: Place
    start: int
    people: bool


def about(
    article: Article, gazetteer: Gazetteer, money: Iterable[str] = (), home: str | None = None
) -> tuple[Gazetteer, Place | None]:
    """The gazetteer as an article reads it, and the town, region or country that it is about, `None` where none stands out.

    `money` are the currencies of its sums (ISO 4217): the first two letters are a country, which each of them speaks for.
    `home` is the country of the outlet (ISO 3166 alpha-2): of places that share a name it tells between those alike.
    """
    head = f"{article.title or ''}\n{article.dateline or ''}\n"
    text = head + article.text
    names = list(_names(text))
    persons = _persons(names, gazetteer)
    spelt = [(one.name, one.start) for one in names]
    gazetteer = surrounded(text, spelt, gazetteer, home, _read, owners=_owners(names), persons=persons)
    ends = len(article.title or "") + 1, len(head), len(head) + len(article.text.partition("\n\n")[0])
    mentions = _mentioned(names, gazetteer)
    currencies = [currency[:2] for currency in money if gazetteer.country(currency[:2]) is not None]
    wide = OF_A_STATE.search(text, ends[1], ends[2]) is not None
    printed = [one[0] for name in names if ends[0] <= name.start < ends[1] and (one := _read(name.name, gazetteer)) is not None]
    if currencies or any(found.place.country_code is not None for found in mentions):
        found = _foremost(mentions, gazetteer, currencies, ends, printed, wide=wide)
    else:
        found = _unknown(article)
    return gazetteer, found


def seat(article: Article, gazetteer: Gazetteer) -> Place | None:
    """The place of the dateline, or the label that opens the text, for an article that is about no place that stands out.

    A town is it where the text names no other country: its country, where the text names that; a country always is.
    """
    printed = [one[0] for name in _names(article.dateline or "") if (one := _read(name.name, gazetteer)) is not None]
    printed = printed or [label.place for label in place_labels(article.text, gazetteer) if label.start == 0]
    if not printed or printed[0].country_code is None or printed[0].kind == "country":
        return printed[0] if printed and printed[0].country_code is not None else None
    town, code = printed[0], printed[0].country_code
    codes = {one.place.country_code for one in _mentioned(_names(article.text), gazetteer)} - {None}
    if not codes <= {code}:
        return None
    wide = bool(codes) or OF_A_STATE.search(article.text.partition("\n\n")[0]) is not None
    return gazetteer.country(code) if wide else town


def _foremost(
    mentions: Sequence[Mentioned],
    gazetteer: Gazetteer,
    currencies: Iterable[str],
    ends: tuple[int, int, int],
    printed: Sequence[Place],
    *,
    wide: bool,
) -> Place | None:
    """The place that most mentions speak for; `ends` are those of the title, the dateline and the first paragraph.

    A dateline speaks for its country alone: the town is where the reporter sat. It is the place of an article that never
    names its country and names the town again, or is printed with its state. `wide` where the article is about money or
    a state: there a town that opens the text is a dateline too.
    """
    spoken_of = {found.place.country_code for found in mentions if found.place.country_code is not None}
    countries: Counter[str] = Counter(
        code for code in currencies if code not in MONEY_ABROAD or code in spoken_of or not spoken_of
    )
    named: Counter[str] = Counter()
    towns: Counter[Place] = Counter()
    for found in mentions:
        if (code := found.place.country_code) is None:
            continue
        weight = HEADLINE if found.start < ends[1] else 1 + OPENING * (found.start < ends[2])
        countries[code] += weight
        named[code] += weight * (not found.people)
        if found.place.kind != "country" and not (ends[0] <= found.start < ends[1] or (found.start == ends[1] and wide)):
            towns[found.place] += weight
    (country, points), *others = countries.most_common(2)
    if points < LEAST or points < SHARE * countries.total() or (others and points < LEAD * others[0][1]):
        return None
    told = any(one.place == gazetteer.country(str(country)) for one in mentions if one.start >= ends[1])
    if not wide and not told:
        towns.update(dict.fromkeys(_seats(mentions, printed, country, ends[1]), HEADLINE))
        named[country] = sum(count for place, count in towns.items() if place.country_code == country)
    inside = {place: count for place, count in towns.items() if place.country_code == country}
    first = max(inside, key=lambda place: (inside[place], place.kind != "region"), default=None)
    return first if first and inside[first] >= max(TOWN, TOWN_SHARE * named[country]) else gazetteer.country(country)


def _seats(mentions: Sequence[Mentioned], printed: Sequence[Place], country: str, body: int) -> list[Place]:
    """The towns and states of a dateline that the text names again from `body` on, or that are printed with their state."""
    state = any(place.kind == "region" for place in printed)
    again = {one.place for one in mentions if one.start >= body}
    inside = [place for place in printed if place.kind != "country" and place.country_code == country]
    return [place for place in inside if state or place in again]


def _unknown(article: Article) -> Place | None:
    """The place that no gazetteer has, where the article names no other: it is printed behind `in` again and again."""
    head = f"{article.title or ''}\n{article.dateline or ''}"
    counts = Counter(found[1] for found in IN_PLACE.finditer(article.text) if not is_no_place(found[1]))
    points = {name: count + HEADLINE * (name in head) for name, count in counts.items()}
    name = max(points, key=lambda one: (points[one], one), default=None)
    return Place(name, None, None, None) if name is not None and points[name] >= LEAST else None


INHABITANTS = (re.compile(r"(?<=[aeo])ns?$"), re.compile(r"ians?$"), re.compile(r"ers?$"))
"""Endings that make the people of a place of its name: `Columbia-ns`, `Carolin-ians`, `England-ers`."""

TONGUE = re.compile(r"(?:English|French|Spanish)\s+(?!language|speak|lesson|word|translation|subtitle|class|text)[a-z]")
"""A people whose name is that of its language too."""

CIVIC = frozenset(
    "Police Hospital City County District Municipal Municipality University Airport Council High Court State Regional "
    "Provincial Governor Mayor Fire Central General Metropolitan Prison Port Harbour Stadium".split()
)
"""Words behind the name of a town or region in the name of a body of it."""


LOCAL = CIVIC | frozenset(
    "Board School Schools High Middle Elementary Junior Department Highway Community Public Memorial Regional Medical Chamber "
    "Commission Commissioners Sheriff Bureau Parks Library Township Health Rescue Volunteer Circuit Superior Supreme".split()
)
"""The same of bodies that serve the place itself, whose names tell where an article is from."""


OF = re.compile(r"\s+of\s+(?:the\s+)?|^[Tt]he\s+")
"""What parts the names inside a longer one."""


class Name(NamedTuple):
    """A name that a text prints at `start`; `placed` where a preposition of place stands before it."""

    name: str
    start: int
    placed: bool


def _names(text: str) -> Iterator[Name]:
    """The names of a text that may be places'."""
    for match in NAME.finditer(text):
        name = POSSESSIVE.sub("", LEADING.sub("", match.group()))
        start = match.start() + match.group().find(name)
        if name and not (
            (is_no_place(name) and not TONGUE.match(text, start))
            or is_storm(text, start)
            or MONEY_BEHIND.match(text, start + len(name))
            or is_far_end(text, start)
            or (name.endswith(".") and text.endswith(", ", 0, start))
        ):
            placed = PLACED.search(text, max(0, start - 20), start) is not None and not is_beside(text, start)
            yield Name(name, start, placed)


def _persons(names: Iterable[Name], gazetteer: Gazetteer) -> frozenset[str]:
    """The keys of the last words of names that are persons' and no place's: `Harris`, where `Ida Harris` is named."""
    full = {bare for name in names if " " in (bare := LEAD_WORD.sub("", name.name))}
    return frozenset(
        place_key(found.rsplit(maxsplit=1)[-1])
        for name in full
        if (found := person(name)) is not None and " " in found and not gazetteer.sharing(name) and gazetteer.find(name) is None
    )


def _owners(names: Iterable[Name]) -> list[str]:
    """The names inside longer ones: `Sarn County` of `the Sarn County High School`, both of `Sarn of Kesh State`."""
    found: list[str] = []
    for name in names:
        parts = [part for part in OF.split(name.name) if part]
        found += parts if len(parts) > 1 else []
        for part in parts:
            words = part.split()
            end = next((at for at in range(1, len(words)) if words[at] in LOCAL and words[at] != "County"), None)
            if end is not None:
                found.append(" ".join(words[:end]))
    return found


def _mentioned(names: Iterable[Name], gazetteer: Gazetteer) -> list[Mentioned]:
    """The places of some names: countries and their people wherever they stand, towns behind a preposition; no seas or rivers.

    A town that stands once behind a preposition counts without one too.
    """
    read = ((_read(name.name, gazetteer), name) for name in names)
    found = [(Mentioned(one[0], name.start, one[1]), name.placed) for one, name in read if one and not one[0].land]
    towns = {one.place.name for one, placed in found if placed}
    return [one for one, _ in found if one.place.kind in WIDE or one.place.name in towns]


def _read(name: str, gazetteer: Gazetteer) -> tuple[Place, bool] | None:
    """The place of a name, and whether it is that of its people; a country or people may begin a longer name."""
    place = gazetteer.find(name)
    if place is not None:
        return place, False
    words = name.split()
    if (place := _of_inhabitants(name, gazetteer)) is not None:
        return place, True
    for size in range(len(words), 0, -1):
        first = " ".join(words[:size])
        if (place := gazetteer.people(first)) is not None:
            return place, True
        if size < len(words) and (place := gazetteer.nation(first)) is not None:
            return place, False
    return _of_body(words, gazetteer)


def _of_inhabitants(name: str, gazetteer: Gazetteer) -> Place | None:
    """The state or island of the people of a name of several words: `British Columbians` are no Britons."""
    if " " not in name or gazetteer.people(name) is not None:
        return None
    stems = [(name[: found.start()], found.group()) for ending in INHABITANTS if (found := ending.search(name)) is not None]
    places = (gazetteer.find(stem + last) for stem, ending in stems for last in ("", "a") if last == "" or "i" in ending)
    return next((place for place in places if place is not None and place.kind != "country"), None)


def _of_body(words: Sequence[str], gazetteer: Gazetteer) -> tuple[Place, bool] | None:
    """The country at the end of a body's name, the town or region before its noun: `Statistics Canada`, `Sarn High Court`."""
    if len(words) < 2:
        return None
    if (nation := gazetteer.nation(words[-1])) is not None:
        return nation, True
    for size in range(len(words) - 1, 0, -1):
        if words[size] in CIVIC and (place := gazetteer.find(" ".join(words[:size]))) is not None:
            return place, True
    return None
