"""What a page says of itself as JSON-LD (schema.org): headline, authors, dates, section."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import json_repair
from lxml.html import HtmlElement

from copydesk.transforms.words import collapsed, folded

ARTICLE = re.compile(r"Article|BlogPosting|LiveBlog|Report\b|Review\b|Recipe\b|NewsItem|MediaReview|SocialMediaPosting")
PAGE = re.compile(r"WebPage\b|ItemPage\b")
BODY = re.compile(r"Organi[sz]ation|Corporation|Company|Project|Brand|WebSite")
"""The types of authors that are no persons."""

OPEN = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the node that is this page may stand; lists of items, parts and related pages hold others."""

WRAPPING = re.compile(
    r"^\s*(?:(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?)+|(?:(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*;?)+\s*$"
)
"""The comments and CDATA marks that some pages put around JSON."""

TELLING = ("headline", "name", "author", "datePublished", "dateModified", "articleSection")
"""What a node must have one of to say anything."""

DEPTH = 8
"""Deeper nesting than this holds no article."""

LONGEST_MENDED = 1 << 18
"""Malformed JSON of more letters than this is not mended: that takes long."""

Node = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class LinkedArticle:
    """An article as described in JSON-LD; `published` and `modified` are as printed, with their zone if they have one."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    """The authors that are said to be organisations."""
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    publisher: str | None = None


def linked_article(tree: HtmlElement, url: str | None = None, titles: Iterable[str] = ()) -> LinkedArticle | None:
    """The article among the nodes of the page's JSON-LD that is this page; `None` where there is none.

    `url` is the page's address and `titles` its headings. A node with that address or headline is taken before others, and
    other nodes add to it only where they describe the same article, or are the page that holds it.
    """
    values = list(linked_values(tree))
    if not values:
        return None
    known = _by_id(values)
    nodes = [node for value in values for node in _opened(value, known, DEPTH)]
    articles = [node for node in nodes if ARTICLE.search(str(node.get("@type")))]
    pages = [node for node in nodes if PAGE.search(str(node.get("@type")))]
    keys = {folded(title) for title in titles} - {""}
    place = _place(url)
    articles = [node for node in articles if any(node.get(name) for name in TELLING)]
    own = max(articles, key=lambda node: _fit(node, place, keys), default=None)
    if own is None:
        return _described(pages[:1], known) if pages and any(_text(page.get("datePublished")) for page in pages[:1]) else None
    return _described([own, *(node for node in articles if node is not own and _same(node, own)), *pages[:1]], known)


def _described(nodes: Sequence[Node], known: Mapping[str, Node]) -> LinkedArticle:
    """The first value that the nodes have for each field."""

    def first(*names: str) -> str | None:
        return next((text for name in names for node in nodes if (text := _text(node.get(name)))), None)

    signed = next((node for node in nodes if list(_names(node.get("author"), known))), None)
    writers = list(_names((signed or {}).get("author"), known))
    return LinkedArticle(
        headline=first("headline", "name"),
        authors=tuple(dict.fromkeys(name for name, is_body in writers if not is_body)),
        bodies=tuple(dict.fromkeys(name for name, is_body in writers if is_body)),
        published=first("datePublished", "dateCreated", "uploadDate"),
        modified=first("dateModified"),
        section=first("articleSection"),
        publisher=next((name for node in nodes for name, _ in _names(node.get("publisher"), known)), None),
    )


def linked_values(tree: HtmlElement) -> Iterator[object]:
    """The values of the page's scripts of JSON-LD, mended where they are malformed."""
    for script in tree.iter("script"):
        if not (script.get("type") or "").strip().casefold().startswith("application/ld+json"):
            continue
        text = WRAPPING.sub("", script.text_content()).strip()
        if '"' not in text and "&quot;" in text:
            text = html.unescape(text)
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            if text and len(text) <= LONGEST_MENDED:
                yield _mended(text)


def _mended(text: str) -> object:
    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _by_id(values: Iterable[object]) -> dict[str, Node]:
    """The nodes that say more of an `@id` than its name, by that name."""
    known: dict[str, Node] = {}
    waiting = [(value, DEPTH) for value in values]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > len(known.get(name, {"@id": name})):
                known[name] = value
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(one, depth - 1) for one in inner if depth and isinstance(one, (dict, list))]
    return known


def _opened(value: object, known: Mapping[str, Node], depth: int) -> Iterator[Node]:
    """The nodes that a value may mean as this page's."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _opened(item, known, depth - 1)
    elif isinstance(value, dict) and depth:
        if "@id" in value and len(value) == 1:
            value = known.get(str(value["@id"]), value)
        yield value
        for key in OPEN:
            yield from _opened(value.get(key), known, depth - 1)


def _fit(node: Node, place: tuple[str, str] | None, titles: set[str]) -> tuple[int, int]:
    """How surely a node is this page: by its address and headline, then by what it tells."""
    places = {found for name in ("url", "mainEntityOfPage", "@id") if (found := _place(_address(node.get(name))))}
    points = 0
    if place is not None and places:
        points += 3 if place in places else -2
    headline = folded(_text(node.get("headline")) or _text(node.get("name")) or "")
    if headline and titles:
        points += 2 if any(headline == title or headline in title or title in headline for title in titles) else -1
    told = sum(bool(_text(node.get(name))) for name in ("datePublished", "headline")) + bool(node.get("author"))
    return points, told


def _same(node: Node, own: Node) -> bool:
    headline = folded(_text(own.get("headline")) or "")
    return bool(headline) and folded(_text(node.get("headline")) or "") == headline


def _address(value: object) -> str | None:
    if isinstance(value, dict):
        return _address(value.get("@id") or value.get("url"))
    return value if isinstance(value, str) else None


def _place(url: str | None) -> tuple[str, str] | None:
    """Host and path of an address as two that mean the same page share them; `None` for a bare host."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    return (parts.netloc.lower().removeprefix("www.").removeprefix("m."), path) if path else None


def _text(value: object) -> str | None:
    """The first text of a value, without the entities that some pages leave in."""
    if isinstance(value, list):
        return next((text for item in value if (text := _text(item))), None)
    if isinstance(value, dict):
        return _text(value.get("@value"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return collapsed(html.unescape(value)) or None if isinstance(value, str) else None


def _names(author: object, known: Mapping[str, Node], depth: int = DEPTH) -> Iterator[tuple[str, bool]]:
    """The names of an author field, each with whether it is a body's: a text, an object with a name, or a list of either."""
    if not depth:
        return
    if isinstance(author, list):
        for one in author:
            yield from _names(one, known, depth - 1)
    elif isinstance(author, dict):
        node = author if "name" in author else known.get(str(author.get("@id")), author)
        is_body = bool(BODY.search(str(node.get("@type"))))
        parts = (_text(node.get("givenName")), _text(node.get("familyName")))
        name = node.get("name") or " ".join(part for part in parts if part)
        yield from ((text, is_body or inner) for text, inner in _names(name, known, depth - 1))
    elif (name := _text(author)) and not isinstance(author, int):
        yield name, False
