"""HTML to blocks and an article, by trafilatura and its metadata."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import trafilatura
from lxml.etree import _Element

from transforms.clean import squeezed
from transforms.head import DateReader, place_dateline, read_byline
from transforms.lexicon import Lexicon
from transforms.plain import SHORTEST_ARTICLE, Cleaned
from transforms.types import ARTICLE_ROLES, Article, Block, RawDocument

ROLES = {"head": "heading", "list": "list", "table": "table", "p": "body", "quote": "body", "code": "body", "ab": "body"}
FULL_TIME = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")


def clean_markup(
    text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str] = frozenset()
) -> Cleaned:
    """The blocks and the article of an HTML page; offsets are null, since markup has no letters of its own.

    Blocks are what trafilatura kept, its comments, and the head as its metadata tells it.
    """
    latest = (raw.received_at + timedelta(days=1)).date()
    page = trafilatura.bare_extraction(
        text,
        url=raw.url,
        with_metadata=True,
        include_comments=True,
        date_extraction_params={"original_date": True, "extensive_search": True, "max_date": latest.isoformat()},
    )
    if page is None or isinstance(page, dict) or page.body is None:
        return Cleaned((), None)
    body = _blocks(page.body)
    dateline = next(
        ((n, found) for n, b in enumerate(body[:3]) if b.role == "body" and (found := place_dateline(b.text))), None
    )
    head = _head(page.title, page.author, page.date)
    comments = [Block("comment", "trafilatura_comments", b.text) for b in _blocks(page.commentsbody)]
    blocks = tuple(Block(b.role, b.reason, b.text, None, None, n) for n, b in enumerate([*head, *body, *comments]))
    paragraphs = [
        b.text[dateline[1][2] :] if dateline and n == dateline[0] else b.text
        for n, b in enumerate(body)
        if b.role in ARTICLE_ROLES
    ]
    published = _day(page.date)
    byline = read_byline("by " + page.author.replace(";", ","), lexicon) if page.author else None
    names = tuple(squeezed(name) for name in (page.author or "").split(";") if name.strip())
    article = Article(
        text="\n\n".join(paragraphs),
        title=squeezed(page.title) if page.title else None,
        authors=byline.authors if byline and byline.authors else names,
        agency=byline.agency if byline else dateline[1][1] if dateline else None,
        published_on=published,
        published_at=_moment(text, published),
        dateline=dateline[1][0] if dateline else None,
        language=None,
        outlet_printed=page.sitename or None,
        section=page.categories[0] if page.categories else None,
        url=raw.url or page.url or None,
    )
    return Cleaned(blocks, article if article.words >= SHORTEST_ARTICLE else None)


def _blocks(body: _Element | None) -> list[Block]:
    """The children of a trafilatura body as blocks; items of a list and rows of a table one a line."""
    out: list[Block] = []
    for element in body if body is not None else ():
        role = ROLES.get(str(element.tag), "body")
        text = _text(element, str(element.tag))
        if text:
            out.append(Block(role, f"trafilatura_{element.tag}", text))
    return out


def _text(element: _Element, tag: str) -> str:
    if tag == "list":
        items = (squeezed("".join(str(t) for t in item.itertext())) for item in element.iter("item"))
        return "\n".join(f"- {item}" for item in items if item)
    if tag == "table":
        rows = (
            [squeezed("".join(str(t) for t in cell.itertext())) for cell in row.iter("cell")] for row in element.iter("row")
        )
        return "\n".join(" | ".join(cells) for cells in rows if any(cells))
    return squeezed("".join(str(t) for t in element.itertext()))


def _head(title: str | None, author: str | None, day: str | None) -> list[Block]:
    parts = (("title", title), ("byline", author), ("dateline", day))
    return [Block(role, "trafilatura_metadata", squeezed(text)) for role, text in parts if text]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _moment(html: str, day: date | None) -> datetime | None:
    """The time of publication with its zone, where the markup prints it beside that day."""
    for found in FULL_TIME.finditer(html) if day else ():
        try:
            moment = datetime.fromisoformat(found.group())
        except ValueError:
            continue
        if moment.date() == day and moment.time() != datetime.min.time():
            return moment
    return None
