"""A page of markup as lines, each with the tag that it stood in: what a reader without a browser sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from copydesk.transforms.words import collapsed

SKIPPED = frozenset("script style noscript template head svg iframe select option textarea object math".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr del button img picture source input td th".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and the nearest block tag around it: p, h1, li, td, div …"""

    text: str
    tag: str


def flatten(tree: HtmlElement) -> list[Line]:
    """The lines of a page in reading order; white space collapsed, empty ones left out."""
    lines: list[Line] = []
    held: list[str] = []
    tag = "body"

    def close(next_tag: str) -> None:
        nonlocal tag
        text = collapsed("".join(held)).removeprefix("| ") if held else ""
        if text:
            lines.append(Line(text, tag))
        held.clear()
        tag = next_tag

    for opens, name, text in _walk(tree):
        if opens is not None:
            close(name)
        if text and (held or not text.isspace()):
            held.append(text)
    close("body")
    return lines


def _walk(tree: HtmlElement) -> Iterator[tuple[bool | None, str, str]]:
    """Events (block opened, closed or neither; tag; text), without recursion: pages nest deeply."""
    stack: list[tuple[HtmlElement, str, Iterator[HtmlElement]]] = []

    def enter(element: HtmlElement, around: str) -> tuple[bool | None, str, str]:
        name = str(element.tag).lower() if isinstance(element.tag, str) else "comment"
        block = name not in INLINE
        inner = name if block and name != "br" else around
        stack.append((element, inner, iter(()) if name in SKIPPED or name == "comment" else iter(element)))
        text = "" if name in SKIPPED or name == "comment" else element.text or ""
        text = f" | {text}" if name in ("td", "th") else text
        return (True if block else None), inner, text

    yield enter(tree, "body")
    while stack:
        element, inner, children = stack[-1]
        child = next(children, None)
        if child is not None:
            yield enter(child, inner)
            continue
        stack.pop()
        around = stack[-1][1] if stack else "body"
        name = str(element.tag).lower() if isinstance(element.tag, str) else "comment"
        yield (False if name not in INLINE and name != "comment" else None), around, element.tail or "" if stack else ""
