"""HTML to blocks and an article, by trafilatura and its metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import trafilatura
from lxml.etree import _Element
from trafilatura.settings import Document
from trafilatura.utils import load_html

from transforms.clean import squeezed
from transforms.features import markup_features
from transforms.flatten import flatten
from transforms.head import DateReader, place_dateline
from transforms.lexicon import Lexicon
from transforms.page import REPEATS, furniture_roles
from transforms.pieces import STOP, Piece
from transforms.plain import SHORTEST_ARTICLE, Cleaned
from transforms.types import Article, Block, RawDocument
from transforms.words import collapsed, folded, word_count

TAG_ROLES = {"li": "list", "dd": "list", "dt": "list", "tr": "table", **{f"h{n}": "heading" for n in range(1, 7)}}
LEAST_EXACT = 20
"""A line of fewer letters is trafilatura's only where it is a whole line of its text."""
LEAST_WORDS = 5
"""A line of fewer words does not mark where trafilatura's text begins or ends."""

FULL_TIME = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True)
class MarkupPage:
    """A page read: its lines as pieces with their tags, what the furniture table says, what trafilatura took."""

    pieces: Sequence[Piece]
    tags: Sequence[str]
    roles: Mapping[int, tuple[str, str]]
    taken: Sequence[bool]
    comments: frozenset[int]
    document: Document | None

    def rows(self) -> list[list[float]]:
        """The features of every line, columns as in `MARKUP_NAMES`."""
        took = [at for at, one in enumerate(self.taken) if one and self.pieces[at].words >= LEAST_WORDS]
        core = (took[0], took[-1]) if took else (0, len(self.pieces) - 1)
        return markup_features(self.pieces, {at: role for at, (role, _) in self.roles.items()}, core, self.taken, self.tags)


def read_markup(
    text: str, url: str | None, latest: date, lexicon: Lexicon, repeated: frozenset[str] = frozenset()
) -> MarkupPage:
    """The lines of a page with what trafilatura makes of it; printed dates after `latest` are not believed."""
    tree = load_html(text)
    lines = flatten(tree) if tree is not None else []
    found = trafilatura.bare_extraction(
        tree if tree is not None else text,
        url=url,
        with_metadata=True,
        include_comments=True,
        date_extraction_params={"original_date": True, "extensive_search": True, "max_date": latest.isoformat()},
    )
    document = found if isinstance(found, Document) else None
    body, comments = _texts(document.body if document else None), _texts(document.commentsbody if document else None)
    pieces = [Piece(0, 0, line.text, (), True, False, word_count(line.text), bool(STOP.search(line.text))) for line in lines]
    return MarkupPage(
        pieces,
        [line.tag for line in lines],
        furniture_roles(pieces, lexicon, repeated),
        _among(pieces, body),
        frozenset(at for at, one in enumerate(_among(pieces, comments)) if one),
        document,
    )


def _texts(body: _Element | None) -> list[str]:
    """The texts of a trafilatura body: every element, and every item or row in it."""
    elements = body.iter("p", "head", "item", "row", "quote", "code", "ab", "cell") if body is not None else ()
    return [text for element in elements if (text := collapsed("".join(str(part) for part in element.itertext())))]


def _among(pieces: Sequence[Piece], texts: Sequence[str]) -> list[bool]:
    whole, joined = set(texts), "\n".join(texts)
    return [piece.text in whole or (len(piece.text) >= LEAST_EXACT and piece.text in joined) for piece in pieces]


def clean_markup(
    text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str] = frozenset()
) -> Cleaned:
    """The blocks and the article of an HTML page; offsets are null, since markup has no letters of its own.

    Every line of the page is a block. trafilatura says what it takes, its metadata who and when; a
    linear model over the lines, in which its word weighs most, says what is the article.
    """
    latest = (raw.received_at + timedelta(days=1)).date()
    page = read_markup(text, raw.url, latest, lexicon, repeated)
    kept = _kept(page, lexicon)
    document = page.document
    if document is None or not kept:
        return Cleaned(_blocks(page, frozenset(), None), None)
    paragraphs = [page.pieces[at].text for at in sorted(kept)]
    dateline = next((found for text in paragraphs[:1] if (found := place_dateline(text))), None)
    if dateline:
        paragraphs[0] = paragraphs[0][dateline[2] :]
    published = _day(document.date)
    names = tuple(squeezed(name) for name in (document.author or "").split(";") if name.strip())
    agencies = [name for name in names if folded(name) in lexicon.agencies]
    article = Article(
        text="\n\n".join(paragraphs),
        title=squeezed(document.title) if document.title else None,
        authors=tuple(name for name in names if name not in agencies) or names,
        agency=agencies[0] if agencies else dateline[1] if dateline else None,
        published_on=published,
        published_at=_moment(text, published),
        dateline=dateline[0] if dateline else None,
        outlet_printed=document.sitename or None,
        section=document.categories[0] if document.categories else None,
        url=raw.url or document.url or None,
    )
    return Cleaned(_blocks(page, kept, article.title), article if article.words >= SHORTEST_ARTICLE else None)


def _kept(page: MarkupPage, lexicon: Lexicon) -> frozenset[int]:
    """The lines of the article: by the model, or trafilatura's own where there is none."""
    model = lexicon.markup_body
    took = frozenset(at for at, one in enumerate(page.taken) if one)
    if model is None or not page.pieces:
        return took
    scores = model.keeps(page.rows(), [float(piece.words) for piece in page.pieces])
    never = {at for at, (role, reason) in page.roles.items() if role == "comment_prompt" or reason == REPEATS}
    kept = frozenset(at for at, score in enumerate(scores) if score > 0) - never - (page.comments - took)
    return kept if sum(page.pieces[at].words for at in kept) >= SHORTEST_ARTICLE else took


def _blocks(page: MarkupPage, kept: frozenset[int], title: str | None) -> tuple[Block, ...]:
    """Every line of the page with its role."""
    return tuple(Block(*_role(page, at, kept, title), page.pieces[at].text, None, None, at) for at in range(len(page.pieces)))


def _role(page: MarkupPage, at: int, kept: frozenset[int], title: str | None) -> tuple[str, str]:
    piece = page.pieces[at]
    if at in kept:
        return TAG_ROLES.get(page.tags[at], "body"), "trafilatura" if page.taken[at] else "model"
    if title and folded(piece.text) == folded(title):
        return "title", "trafilatura_metadata"
    if at in page.comments:
        return "comment", "trafilatura_comments"
    if at in page.roles:
        return page.roles[at]
    return ("teaser", "prose_left_out") if piece.prose else ("navigation", "line_left_out")


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
