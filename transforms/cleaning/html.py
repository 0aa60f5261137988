"""HTML to blocks and an article, by trafilatura and its metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import trafilatura
from lxml.etree import _Element
from trafilatura.settings import Document

from copydesk.transforms.cleaning.bylines import read_byline
from copydesk.transforms.cleaning.datelines import Names, place_dateline
from copydesk.transforms.cleaning.markup_head import authors_of, head_lines, printed_day, printed_head
from copydesk.transforms.cleaning.markup_lines import flatten
from copydesk.transforms.cleaning.markup_selection import UNSHOWN, MarkupPage, kept_lines
from copydesk.transforms.cleaning.markup_tree import parsed
from copydesk.transforms.cleaning.metadata import Metadata, read_metadata
from copydesk.transforms.cleaning.page import furniture_roles
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.plain_text import SHORTEST_ARTICLE, Cleaned
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.unshown import unshown_lines
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article, Block, RawDocument
from copydesk.transforms.words import INVISIBLE, folded, folded_lines

TAG_ROLES = {"li": "list", "dd": "list", "dt": "list", "tr": "table", **{f"h{n}": "heading" for n in range(1, 7)}}
TEXT_ELEMENTS = ("p", "head", "item", "row", "quote", "code", "ab", "cell")
"""The elements of trafilatura's body that hold text of their own."""

BLANK = re.compile(r"[\s|]+")
BLANK_IN_LINE = re.compile(r"[^\S\n]|\|")
LEAST_EXACT = 18
"""A line of fewer letters is trafilatura's only where it is a whole line of its text."""
HEAD_LINES = 12
LONGEST_BYLINE = 14
"""How many lines above the article are looked at for its byline and date, and how many words these have."""


def read_markup(
    text: str, url: str | None, latest: date, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str] = frozenset()
) -> MarkupPage:
    """The lines of a page with what trafilatura makes of it; printed dates after `latest` are not believed."""
    tree = parsed(text)
    if tree is None:
        return MarkupPage(roles={}, metadata=Metadata())
    lines = flatten(tree)
    lines += unshown_lines(tree, lines)
    headings = [line.text for line in lines if line.tag in ("h1", "h2")]
    metadata = read_metadata(tree, url, latest, headings, lexicon, dates)
    found = trafilatura.bare_extraction(tree, url=url, include_comments=True, fast=True)
    document = found if isinstance(found, Document) else None
    body, comments = _texts(document.body if document else None), _texts(document.commentsbody if document else None)
    folds = folded_lines(line.text for line in lines)
    pieces = [Piece.of_line(line.text, fold) for line, fold in zip(lines, folds, strict=bool(lines))]
    bare = _bare_lines(pieces)
    return MarkupPage(
        pieces=pieces,
        places=[line.place for line in lines],
        linked=[line.linked for line in lines],
        roles=furniture_roles(pieces, lexicon, repeated),
        taken=_among(bare, body),
        comments=frozenset(at for at, one in enumerate(_among(bare, comments)) if one),
        metadata=metadata,
    )


def _texts(body: _Element | None) -> list[str]:
    """The texts of a trafilatura body without their blanks: every element, and every item or row in it."""
    elements = body.iter(*TEXT_ELEMENTS) if body is not None else ()
    return [text for element in elements if (text := _bare("".join(str(part) for part in element.itertext())))]


def _bare(text: str) -> str:
    """A text without blanks and marks between cells: what stays the same however elements are joined."""
    return BLANK.sub("", text.translate(INVISIBLE))


def _bare_lines(pieces: Sequence[Piece]) -> list[str]:
    """`_bare` of the text of every line, all in one pass."""
    whole = "\n".join(piece.text.replace("\n", " ") for piece in pieces).translate(INVISIBLE)
    return BLANK_IN_LINE.sub("", whole).split("\n") if pieces else []


def _among(bare: Sequence[str], texts: Sequence[str]) -> list[bool]:
    """For each line without its blanks whether it is one of the texts, or a part of them that is long enough."""
    whole, joined = set(texts), "\n".join(texts)
    return [text in whole or (len(text) >= LEAST_EXACT and text in joined) for text in bare]


def clean_markup(
    text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str] = frozenset()
) -> Cleaned:
    """The blocks and the article of an HTML page; offsets are `None`, since markup has no letters of its own.

    Every line of the page is a block. trafilatura says what it takes, its metadata who and when; a
    linear model over the lines, in which its word weighs most, says what is the article.
    """
    latest = (raw.received_at + timedelta(days=1)).date()
    page = read_markup(text, raw.url, latest, lexicon, dates, repeated)
    known = page.metadata
    titles = frozenset(at for at, piece in enumerate(page.pieces) if piece.folded == folded(known.title or "") != "")
    kept = kept_lines(page, lexicon, SHORTEST_ARTICLE) - titles
    if not kept:
        return Cleaned(_blocks(page, frozenset(), titles, {}), None)
    printed = printed_head(page, kept, lexicon, dates, latest)
    kept -= head_lines(printed, kept)
    day = printed_day(known, printed)
    paragraphs = [page.pieces[at].text for at in sorted(kept)]
    dateline = next((found for text in paragraphs[:1] if (found := place_dateline(text, Names.of(lexicon)))), None)
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.length :]
    article = Article(
        text="\n\n".join(paragraphs),
        title=known.title,
        authors=authors_of(known, printed),
        agency=known.agency or (dateline.agency if dateline else None),
        published_on=day.day if day else known.published_on,
        published_at=day.moment if day else known.published_at,
        modified_at=known.modified_at,
        dateline=dateline.place if dateline else None,
        outlet_printed=known.outlet,
        section=known.section,
        url=raw.url or known.url,
    )
    blocks = _blocks(page, kept, titles, _signed(page, min(kept), lexicon, dates))
    return Cleaned(blocks, article if article.words >= SHORTEST_ARTICLE else None)


def _signed(page: MarkupPage, first: int, lexicon: Lexicon, dates: DateReader) -> dict[int, tuple[str, str]]:
    """The byline and date lines above the first line of the article."""
    found: dict[int, tuple[str, str]] = {}
    for at in range(max(0, first - HEAD_LINES), first):
        piece = page.pieces[at]
        byline = read_byline(piece.text, lexicon) if piece.words <= LONGEST_BYLINE else None
        if byline and (byline.marked or set(byline.authors) & set(page.metadata.authors)):
            found[at] = ("byline", "by_word" if byline.marked else "named_in_metadata")
        elif piece.words <= LONGEST_BYLINE and dates.read(piece.text) is not None:
            found[at] = ("dateline", "printed_date")
    return found


def _blocks(
    page: MarkupPage, kept: frozenset[int], titles: frozenset[int], signed: Mapping[int, tuple[str, str]]
) -> tuple[Block, ...]:
    """Every line of the page with its role."""
    return tuple(
        Block(*_role(page, at, kept, titles, signed), page.pieces[at].text, paragraph=at) for at in range(len(page.pieces))
    )


def _role(
    page: MarkupPage, at: int, kept: frozenset[int], titles: frozenset[int], signed: Mapping[int, tuple[str, str]]
) -> tuple[str, str]:
    piece = page.pieces[at]
    tag = page.places[at].tag
    if at in kept:
        return TAG_ROLES.get(tag, "body"), tag if tag in UNSHOWN else "trafilatura" if page.taken[at] else "model"
    if tag in UNSHOWN:
        return "other", "printed_above"
    if page.places[at].hidden:
        return "other", "hidden"
    if at in titles:
        return "title", "metadata"
    if at in signed:
        return signed[at]
    if at in page.comments:
        return "comment", "trafilatura_comments"
    if at in page.roles:
        return page.roles[at]
    if tag == "figcaption":
        return "caption", tag
    return ("teaser", "prose_left_out") if piece.prose else ("navigation", "line_left_out")
