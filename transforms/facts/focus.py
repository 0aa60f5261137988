"""The place that an article as a whole is about: where a figure holds whose own sentence names no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from copydesk.transforms.places import Gazetteer, Place
from copydesk.transforms.types import Article

NAME = re.compile(r"\b(?:the\s+)?(?:[A-Z][\w’'-]*[\w]|(?:[A-Z]\.){2,})(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*\w)*")
PLACED = re.compile(r"\b(?:in|at|near|across|outside|around|throughout|from|to|of)\s+(?:the\s+)?(?:\w+\s+)?$")
IN_PLACE = re.compile(r"\b(?:in|near|outside|across)\s+((?:[A-Z][\w’'-]*\w)(?:\s[A-Z][\w’'-]*\w)*)")
NO_PLACE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Congress|Parliament|Christmas|Ramadan|Easter|English|French|Arabic|Spanish|Twitter|Facebook|Instagram)\b"
)
HEADLINE, OPENING = 3, 2
"""How much a mention in the title or dateline, and one in the first paragraph, counts beside one further down."""

LEAST = 3
"""Fewer points than this and the article is about no place that can be told."""

SHARE, LEAD = 0.34, 1.5
"""The country must have this share of all points, and so many times the points of the next, to be the place."""

TOWN_SHARE = 0.5
"""The share of its country's points that makes a town or region the place."""

TOWN = 4
"""Points that a town or region needs."""


def focus(article: Article, gazetteer: Gazetteer) -> Place | None:
    """The town, region or country that an article is about, `None` where no one place stands out."""
    countries: Counter[str] = Counter()
    towns: Counter[Place] = Counter()
    placed = frozenset(place.name for place in mentioned(f"{article.text}\n{article.dateline or ''}", gazetteer))
    opening = article.text.partition("\n\n")[0]
    head = f"{article.title or ''}\n{article.dateline or ''}"
    for text, weight in ((head, HEADLINE), (opening, OPENING), (article.text, 1)):
        for place in mentioned(text, gazetteer, placed):
            if place.country_code is None:
                continue
            countries[place.country_code] += weight
            if place.kind != "country":
                towns[place] += weight
    if not countries:
        return _unknown(article)
    (country, points), *others = countries.most_common(2)
    if points < LEAST or points < SHARE * countries.total() or (others and points < LEAD * others[0][1]):
        return None
    inside = [(place, count) for place, count in towns.most_common() if place.country_code == country]
    if inside and inside[0][1] >= TOWN and inside[0][1] >= TOWN_SHARE * points:
        return inside[0][0]
    return gazetteer.country(country)


def _unknown(article: Article) -> Place | None:
    """The place that no gazetteer has, where the article names no other: it is printed behind `in` again and again."""
    head = f"{article.title or ''}\n{article.dateline or ''}"
    counts = Counter(found[1] for found in IN_PLACE.finditer(article.text) if not NO_PLACE.match(found[1]))
    points = {name: count + HEADLINE * (name in head) for name, count in counts.items()}
    name = max(points, key=lambda one: (points[one], one), default=None)
    return Place(name, None, None, None) if name is not None and points[name] >= LEAST else None


def mentioned(text: str, gazetteer: Gazetteer, placed: frozenset[str] = frozenset()) -> Iterator[Place]:
    """The places that a text names: countries and their people wherever they stand, towns behind a preposition.

    Towns of the names in `placed` count without one.
    """
    for found in NAME.finditer(text):
        name = re.sub(r"[’']s?$", "", found.group())
        place = gazetteer.find(name) or gazetteer.people(name)
        if place is None and " " in name:
            first = name.split()[0]
            place = gazetteer.people(first) or gazetteer.nation(first)
            if place is None:
                continue
            yield place
            continue
        if place is None:
            continue
        if place.kind != "town" or place.name in placed or PLACED.search(text, max(0, found.start() - 20), found.start()):
            yield place
