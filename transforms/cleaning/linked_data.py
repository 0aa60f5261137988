"""What a page says of itself as JSON-LD (schema.org): headline, authors, dates, section."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from copydesk.transforms.words import collapsed

ARTICLE = re.compile(r"Article|BlogPosting|Report$|Review$|Recipe$")
NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
DEPTH = 6
"""Deeper nesting than this holds no article."""


@dataclass(frozen=True)
class LinkedArticle:
    """An article as described in JSON-LD. `published` carries the zone that is printed, if one is."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    section: str | None = None
    publisher: str | None = None


def linked_article(tree: HtmlElement) -> LinkedArticle | None:
    """The first article that the page's JSON-LD describes, with the authors of all of them; `None` where there is none."""
    found = [node for node in _nodes(tree) if ARTICLE.search(str(node.get("@type")))]
    if not found:
        return None
    return LinkedArticle(
        headline=next((text for node in found if (text := _text(node.get("headline")))), None),
        authors=tuple(dict.fromkeys(name for node in found for name in _names(node.get("author")))),
        published=next((moment for node in found if (moment := _moment(node.get("datePublished")))), None),
        section=next((text for node in found if (text := _text(node.get("articleSection")))), None),
        publisher=next((name for node in found for name in _names(node.get("publisher"))), None),
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().casefold().startswith("application/ld+json"):
            try:
                yield from _unfolded(json.loads(script.text_content(), strict=False), DEPTH)
            except (ValueError, RecursionError):
                continue


def _unfolded(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _unfolded(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for key in NESTED:
            yield from _unfolded(value.get(key), depth - 1)


def _text(value: object) -> str | None:
    """The first text of a value, without the entities that some pages leave in."""
    if isinstance(value, list):
        return next((text for item in value if (text := _text(item))), None)
    return collapsed(html.unescape(value)) or None if isinstance(value, str) else None


def _names(author: object) -> Iterator[str]:
    """The names of an author field: a text, an object with a name, or a list of either."""
    if isinstance(author, list):
        for one in author:
            yield from _names(one)
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif name := _text(author):
        yield name


def _moment(value: object) -> datetime | None:
    text = _text(value)
    if not text:
        return None
    try:
        return datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text))
    except ValueError:
        return None
