"""The parts of a page of markup that are about its article, and those that are about others."""

from __future__ import annotations

import re
from functools import cached_property

from lxml.html import HtmlElement

from copydesk.transforms.words import folded

FAR = re.compile(
    r"""
    comment|disqus|respond|reply|repl(?:y|ies)
    |related|recommend|similar|also[-_]?(?:read|like)|read[-_]?(?:more|next)|more[-_](?:from|stor|news|art)|morestories
    |river|popular|most[-_]?read|trending|newsletter|copyright|calendar|kalender|event|cookie
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What the class or id of a part calls it that is never about this page: comments, other stories."""

ASIDE_TAGS = frozenset("footer nav aside select form".split())
ASIDE = re.compile(
    r"teaser|promo(?!ted)|sidebar|widget|rail\b|latest|ticker|footer|legal|archive|breadcrumb|menu|masthead|gallery|slideshow",
    re.IGNORECASE,
)
"""What it calls a part that is not about this page, save a small one beside the headline."""

FOOT = re.compile(r"(?:post|entry|article)[-_]?foot(?:er)?(?:-line)?", re.IGNORECASE)
"""What it calls the foot of an article."""

OF_ARTICLE = re.compile(r"(?<![a-z])(?:meta|byline|(?:article|post|entry)[-_]?info)(?![a-z])", re.IGNORECASE)
"""What an aside is called that holds writer and day of the article: `meta`."""

SMALL = 40
BESIDE = 15
"""A part of fewer elements that begins no more elements than this from the headline or the first paragraph is of the head."""

PROSE = 25
"""A paragraph of so many words is the article's text."""


class PageParts:
    """The elements of a page's body in order, its headline among them, and whether each is about the page's own article.

    `title` is the headline as the page's tags have it.
    """

    def __init__(self, tree: HtmlElement, title: str | None) -> None:
        body = tree.find(".//body")
        self.elements: list[HtmlElement] = [one for one in (tree if body is None else body).iter() if isinstance(one.tag, str)]
        self.place = {one: at for at, one in enumerate(self.elements)}
        self.headline = self._find_headline(folded(title or ""))
        self._around = set(self.headline.iterancestors()) if self.headline is not None else set()
        self.article = next((one for one in self._around if one.tag in ("article", "main")), None)
        self._known: dict[HtmlElement, bool] = {}

    @property
    def top(self) -> int:
        """The place of the headline, or of the first paragraph where there is none."""
        return self.place[self.headline] if self.headline is not None else self.prose

    def _find_headline(self, title: str) -> HtmlElement | None:
        """The heading that is the title; else the first of the first order."""
        headings = [one for one in self.elements if one.tag in ("h1", "h2", "h3")]
        texts = {one: folded(one.text_content()) for one in headings}
        own = [one for one in headings if len(texts[one]) > 8 and (texts[one] in title or title in texts[one]) and title]
        return next(iter([*own, *(one for one in headings if one.tag == "h1" and texts[one])]), None)

    def outside(self, element: HtmlElement) -> bool:
        """Whether a part that is not about this page holds the element."""
        chain = []
        node = element
        while node is not None and node not in self._known and node not in self._around:
            chain.append(node)
            node = node.getparent()
        outside = self._known.get(node, False) if node is not None else False
        for one in reversed(chain):
            outside = outside or self._of_another(one)
            self._known[one] = outside
        return outside

    @staticmethod
    def in_foot(element: HtmlElement) -> bool:
        """Whether the element stands in the foot of an article, `post-footer`, and in no part of it about others."""
        for one in (element, *element.iterancestors()):
            name = f"{one.get('class') or ''} {one.get('id') or ''}"
            if FAR.search(name) or ASIDE.search(FOOT.sub("", name)):
                return False
            if FOOT.search(name):
                return True
        return False

    def _of_another(self, part: HtmlElement) -> bool:
        named = f"{part.get('class') or ''} {part.get('id') or ''}"
        if part.tag in ("html", "body"):
            return False
        if FAR.search(named) or (part.tag == "article" and self.article is not None and self.article.tag == "article"):
            return True
        return (part.tag in ASIDE_TAGS or bool(ASIDE.search(named))) and not self._of_the_head(part, named)

    def _of_the_head(self, part: HtmlElement, named: str) -> bool:
        """Whether a part stands beside the headline and is small, or says by its name that it tells of the article."""
        if self.headline is None or part not in self.place or FAR.search(_first_heading(part)):
            return False
        if sum(1 for _ in part.iter()) > SMALL and not (part.tag == "aside" and OF_ARTICLE.search(named)):
            return False
        return self.place[self.headline] - BESIDE <= self.place[part] <= self.prose + BESIDE

    @cached_property
    def prose(self) -> int:
        """The place of the first paragraph of the text below the headline."""
        top = self.place[self.headline] if self.headline is not None else 0
        for at in range(top + 1, len(self.elements)):
            one = self.elements[at]
            if one.tag in ("p", "div", "section", "span") and len((one.text or "").split()) + _tails(one) >= PROSE:
                return at
        return len(self.elements)

    @cached_property
    def end(self) -> int:
        """The place of the last element of the article that holds the headline, or of the page."""
        if self.article is None:
            return len(self.elements)
        return max((self.place[one] for one in self.article.iter() if one in self.place), default=len(self.elements))


def _first_heading(part: HtmlElement) -> str:
    """The words of the first heading in a part, joined as names of classes are: `Read more` heads other stories."""
    heading = next(iter(part.iter("h2", "h3", "h4", "h5", "h6")), None)
    return "-".join(folded(heading.text_content()).split()) if heading is not None else ""


def _tails(one: HtmlElement) -> int:
    return sum(len((child.tail or "").split()) + len((child.text or "").split()) for child in one if isinstance(child.tag, str))
