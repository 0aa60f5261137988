"""A page of markup as lines, each with where it stood: what a reader with a browser sees, and what the page hides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

from copydesk.transforms.words import collapsed

SKIPPED = frozenset("script style noscript template head svg iframe select option textarea object math rt rp".split())
SEAMLESS = frozenset("script style noscript template svg math rt rp comment".split())
"""Of what is no text, what does not end a line where it stands inside one."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr q rb ruby s samp small span strike "
    "strong sub sup time tt u var wbr del button img picture source input td th".split()
)
BLOCK = frozenset(
    "address article aside audio blockquote body br canvas caption center col colgroup dd details dialog dir div dl dt embed "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li link main map "
    "menu meta nav ol optgroup p param pre section summary table tbody tfoot thead title tr ul video".split()
)
"""Elements that open a line; one in neither set opens a line unless text stands beside it."""

ASIDE = frozenset("nav aside footer header figure figcaption menu dialog".split())
ARTICLE = frozenset("article main".split())
POSTS = frozenset("article section div li".split())
"""Elements that may be the posts of a live blog: three or more of one class beside each other."""
LEAST_POSTS = 3
MOST_BOXES, LONGEST_CLASSES, LONGEST_ID = 14, 60, 30
"""How many elements around a line are told, and how many letters of their classes and their name."""

LONGEST_CELL = 80
"""A row whose cells have no more letters than this each is one line, whatever stands in the cells."""
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
STOP = (".", "!", "?", "…", "。", "！", "？", "”", "»", ":")
"""After one of these a line break ends a line; after anything else it is a blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a line stands: the nearest block `tag` around it (p, h1, li, td, div …) and what is further out.

    `aside` is whether an element for what is beside an article is around it, `article` whether one for the article itself is;
    `hidden` whether the page does not show it; `post` the group of like elements and the number of the one that it is in.
    `boxes` are the block elements around it, the outermost first, of which no more than the innermost `MOST_BOXES` are told:
    the number of each and its marks, `div.story-body#content`.
    """

    tag: str = "body"
    aside: bool = False
    article: bool = False
    hidden: bool = False
    post: tuple[int, int] | None = None
    boxes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, where it stood, and the share of its letters that are links."""

    text: str
    place: Place
    linked: float = 0.0

    @property
    def tag(self) -> str:
        return self.place.tag


class _Event(NamedTuple):
    """What is met on the way through a page: the place from here on, whether a line ends, text, whether it is a link's."""

    place: Place
    ends: bool
    text: str = ""
    link: bool = False
    soft: bool = False
    """Whether it is a line break: it ends a line that has its stop and is a blank in any other."""


def flatten(tree: HtmlElement) -> list[Line]:
    """The lines of a page in reading order; white space collapsed, empty ones left out."""
    lines: list[Line] = []
    held: list[str] = []
    linked = 0
    place = Place()
    broken = False
    for event in _Walk(tree).events():
        if event.soft and held and not broken and not held[-1].rstrip().endswith(STOP):
            held.append(" ")
            broken = True
            continue
        if event.ends or event.soft:
            text = collapsed("".join(held)).removeprefix("| ") if held else ""
            if text:
                lines.append(Line(text, place, min(1.0, linked / len(text))))
            held.clear()
            linked, broken = 0, False
            place = event.place
        if event.text and (held or not event.text.isspace()):
            held.append(event.text)
            broken = broken and event.text.isspace()
            linked += len(event.text.strip()) if event.link else 0
    return lines


class _Open(NamedTuple):
    """An element that is being read: its place, whether it stands in a line, whether in a link, and its children to come."""

    element: HtmlElement
    place: Place
    seamless: bool
    link: bool
    children: Iterator[HtmlElement]


class _Walk:
    """The way through a page, without recursion: pages nest deeply."""

    def __init__(self, tree: HtmlElement) -> None:
        self._stack: list[_Open] = []
        self._groups = _Groups()
        self._met = 0
        self._tree = tree

    def events(self) -> Iterator[_Event]:
        start = Place()
        yield self._enter(self._tree, start, link=False)
        while self._stack:
            top = self._stack[-1]
            child = next(top.children, None)
            if child is not None:
                yield self._enter(child, top.place, link=top.link)
                continue
            self._stack.pop()
            around = self._stack[-1] if self._stack else None
            text = (top.element.tail or "") if around else ""
            yield _Event(around.place if around else start, not top.seamless, text, around is not None and around.link)

    def _place(self, element: HtmlElement, name: str, around: Place, *, hides: bool) -> Place:
        """The place inside a block element."""
        self._met += 1
        return Place(
            tag=name,
            aside=name in ASIDE or (around.aside and name not in ARTICLE),
            article=around.article or name in ARTICLE,
            hidden=around.hidden or hides,
            post=self._groups.post(element, name) or around.post,
            boxes=(*around.boxes[1 - MOST_BOXES :], (self._met, _marks(element, name))),
        )

    def _enter(self, element: HtmlElement, around: Place, *, link: bool) -> _Event:
        name = _name(element)
        skipped = name in SKIPPED or name == "comment"
        inline = not skipped and _is_inline(element, name)
        hides = not skipped and _is_hidden(element)
        if skipped or (hides and inline) or name == "br":
            seamless = inline or name in SEAMLESS or name == "br"
            self._stack.append(_Open(element, around, seamless, link, iter(())))
            return _Event(around, not seamless, soft=name == "br")
        if inline:
            link = link or (name == "a" and element.get("href") is not None)
            self._stack.append(_Open(element, around, True, link, iter(element)))
            text = element.text or ""
            return _Event(around, False, f" | {text}" if name in ("td", "th") else text, link)
        inner = self._place(element, name, around, hides=hides)
        row = _row(element) if name == "tr" else None
        self._stack.append(_Open(element, inner, False, link, iter(element) if row is None else iter(())))
        return _Event(inner, True, row if row is not None else element.text or "", link)


def _marks(element: HtmlElement, name: str) -> str:
    """The name of an element, its classes and its own name, in small letters."""
    return f"{name}.{(element.get('class') or '')[:LONGEST_CLASSES]}#{(element.get('id') or '')[:LONGEST_ID]}".lower()


def _name(element: HtmlElement) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else "comment"


def _is_inline(element: HtmlElement, name: str) -> bool:
    """Whether an element stands in a line; an element of no known name does where text stands beside it."""
    if name in INLINE:
        return True
    if name in BLOCK:
        return False
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    beside = bool((text or "").strip() or (element.tail or "").strip())
    return beside and not any(_name(child) in BLOCK for child in element)


def _is_hidden(element: HtmlElement) -> bool:
    """Whether an element says that it is not shown: by its attribute or its style."""
    if not element.attrib:
        return False
    if element.get("hidden", "until-found") != "until-found":
        return True
    style = element.get("style")
    return style is not None and HIDDEN.search(style) is not None


def _row(row: HtmlElement) -> str | None:
    """The cells of a row of a table of data in one line; `None` where its cells hold more than words and figures."""
    cells = [child for child in row if _name(child) in ("td", "th")]
    if len(cells) < 2 or next(row.iter("script", "style", "table", "br"), None) is not None:
        return None
    texts = [collapsed(" ".join(str(part) for part in cell.itertext())) for cell in cells]
    if any(len(text) > LONGEST_CELL for text in texts):
        return None
    filled = [text for text in texts if text]
    return " | ".join(texts) if len(filled) > 1 else "".join(filled)


class _Groups:
    """The groups of like elements of a page, numbered as they are met."""

    def __init__(self) -> None:
        self._counts: dict[HtmlElement, Counter[tuple[str, str]]] = {}
        self._numbers: dict[tuple[HtmlElement, tuple[str, str]], int] = {}
        self._posts = 0

    def post(self, element: HtmlElement, name: str) -> tuple[int, int] | None:
        """The group of an element and its own number, where it is one of three or more of its kind in its parent."""
        parent = element.getparent()
        if name not in POSTS or parent is None or len(parent) < LEAST_POSTS:
            return None
        counts = self._counts.get(parent)
        if counts is None:
            counts = self._counts[parent] = Counter(_kind(child) for child in parent)
        kind = _kind(element)
        if counts[kind] < LEAST_POSTS:
            return None
        self._posts += 1
        return self._numbers.setdefault((parent, kind), len(self._numbers)), self._posts


def _kind(element: HtmlElement) -> tuple[str, str]:
    """The name of an element and the first of its classes."""
    return _name(element), (element.get("class") or "").partition(" ")[0] if isinstance(element.tag, str) else ""
