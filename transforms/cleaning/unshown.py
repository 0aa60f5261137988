"""Text that a page holds but leaves to its scripts to show: in `noscript`, or as the article's body in JSON-LD."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement, fragment_fromstring

from copydesk.transforms.cleaning.linked_data import DEPTH, linked_values
from copydesk.transforms.cleaning.markup_lines import Line, Place, flatten
from copydesk.transforms.words import collapsed, word_count

SCARCE = 100
"""A page that shows fewer words of long lines than this may hold its text elsewhere."""

LONG_LINE = 9
LEAST_UNSHOWN = 25
"""Fewer words than this in `noscript` or JSON-LD are a notice or a summary, not the text."""

BREAK = re.compile(r"\s*\n\s*|\s*<(?:/p|br\s*/?)>\s*", re.IGNORECASE)
TAG = re.compile(r"<[a-z/!][^<>]{0,2000}>", re.IGNORECASE)


def unshown_lines(tree: HtmlElement, shown: Sequence[Line]) -> list[Line]:
    """The lines of a page's `noscript` elements, else of its JSON-LD's article body, where it shows little text itself."""
    words = sum(count for line in shown if not line.place.hidden and (count := word_count(line.text)) >= LONG_LINE)
    if words >= SCARCE:
        return []
    found = list(_noscript(tree))
    if not _enough(found):
        found = max(_bodies(tree), key=lambda lines: sum(map(word_count, lines)), default=[])
        return [Line(text, Place(tag="json_ld")) for text in found] if _enough(found) else []
    return [Line(text, Place(tag="noscript")) for text in found]


def _enough(lines: Sequence[str]) -> bool:
    return sum(word_count(line) for line in lines) >= LEAST_UNSHOWN


def _noscript(tree: HtmlElement) -> Iterator[str]:
    """The lines in the `noscript` elements of a page's body; a notice to switch scripts on is too short to count."""
    for element in tree.iter("noscript"):
        inside = fragment_fromstring("".join(element.itertext()), create_parent="div") if not len(element) else element
        inside.tag = "div"
        lines = [line.text for line in flatten(inside)]
        element.tag = "noscript"
        if _enough(lines):
            yield from lines


def _bodies(tree: HtmlElement) -> Iterator[list[str]]:
    """The paragraphs of every article body in the JSON-LD of a page."""
    for value in linked_values(tree):
        for body in _values(value, DEPTH):
            yield [text for part in BREAK.split(body) if (text := collapsed(html.unescape(TAG.sub("", part))))]


def _values(value: object, depth: int) -> Iterator[str]:
    """Every `articleBody` in a value, and in the values inside it."""
    if isinstance(value, dict) and depth:
        body = value.get("articleBody")
        if isinstance(body, str):
            yield body
        for one in value.values():
            yield from _values(one, depth - 1)
    elif isinstance(value, list) and depth:
        for one in value:
            yield from _values(one, depth - 1)
