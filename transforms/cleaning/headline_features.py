"""What the headline model looks at in the lines above the body."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from copydesk.transforms.cleaning.features import BULLET, LINKED, QUOTE
from copydesk.transforms.cleaning.page_text import words_of
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.models.register_words import Terms

CREDIT = re.compile(
    r"\b(?:photos?|fotos?|image|bild|quelle|source|courtesy|getty|imago|afp|dpa|epa|reuters|picture|archiv|copyright)\b|©",
    re.IGNORECASE,
)


ARROW = re.compile(r"^[←→»›«<>▶▸•|/]|[←→»›>▶▸]$")
"""A button leads somewhere else: `← Older posts`."""

CRUMB = re.compile(r"\s[»›>/]\s\S")
"""The way to a page through its site: `Home / Region / Ferry reopens`."""

CLOSED = re.compile(r"[.!?…][”\"»)]*$")
DATED = re.compile(r"\d{4}|\d\d:\d\d")
LEAST_SENTENCE, LEAST_COMMAS, LEAST_WORDS = 9, 3, 3
SHORTEST_PART = 10

LEAD = 4
"""How many pieces from the first of the body on are the lead."""


def candidates(pieces: Sequence[Piece], first: int, kept: Collection[int], reach: int) -> list[int]:
    """The pieces that may be the headline: of a headline's length, above the body or among its first lines."""
    return [
        at
        for at in range(max(0, first - reach), min(len(pieces), first + 3))
        if 2 <= pieces[at].words <= 40
        and not (at in kept and at > first and (pieces[at].prose or BULLET.match(pieces[at].text)))
    ]


@dataclass(frozen=True)
class Setting:
    """What the candidates of one page are seen against: where the body begins and which pieces are known already."""

    pieces: Sequence[Piece]
    first: int
    kept: Collection[int]
    signed: Collection[int]
    """The byline and date lines."""
    furniture: Collection[int]
    terms: Terms


def features(page: Setting, places: Sequence[int]) -> list[list[float]]:
    """A row for every candidate, columns as in `headline_model.NAMES`."""
    counts = Counter(chain.from_iterable(words_of(page.pieces[at].folded) for at in page.kept))
    printed = Counter(piece.text for piece in page.pieces)
    lead = [words_of(piece.folded) for piece in page.pieces[page.first : page.first + LEAD]]
    weights = [sum(min(3, counts[word]) for word in words_of(page.pieces[at].folded)) for at in places]
    most = max(1, *weights) if weights else 1
    return [
        [
            *_alone(page, at, printed[page.pieces[at].text] > 1, lead),
            *_among(page, at, places),
            weight / most,
            *_form(page.pieces[at]),
            *_rank(page, number, places),
        ]
        for number, (at, weight) in enumerate(zip(places, weights, strict=True))
    ]


def _form(piece: Piece) -> list[float]:
    """What its marks and letters say of a candidate: `arrow` to `open`."""
    text = piece.text
    closed = CLOSED.search(text) is not None
    return [
        float(bool(ARROW.search(text))),
        float(bool(CRUMB.search(text))),
        float(piece.words >= LEAST_SENTENCE and closed and text[-1] != "?"),
        float(text.count(",") >= LEAST_COMMAS and not closed),
        float(text[:1].islower()),
        float(text.isupper()),
        float(text[:1].isdigit()),
        float(text[-1:] in ":,"),
    ]


def _rank(page: Setting, number: int, places: Sequence[int]) -> list[float]:
    """How a candidate stands in the row of all, and what is in it: `part_of_another` to `subject_words`."""
    text = page.pieces[places[number]].text
    others = [page.pieces[at].text for n, at in enumerate(places) if n != number]
    within = len(text) > SHORTEST_PART and any(text != other and other.startswith(text) for other in others)
    within = within or (len(text) > SHORTEST_PART and any(text != other and other.endswith(text) for other in others))
    return [
        float(within),
        float(number == 0),
        (len(places) - 1 - number) / len(places),
        float(bool(DATED.search(text))),
        math.log(max(1, len(text))) / 5,
        float(sum(len(word) > 3 for word in text.split()) >= LEAST_WORDS),
    ]


def _alone(page: Setting, at: int, repeated: bool, lead: Sequence[set[str]]) -> list[float]:
    """What a candidate shows by itself and against the lead: `words` to `first_closed`."""
    pieces, first = page.pieces, page.first
    piece = pieces[at]
    own = words_of(piece.folded)
    shared = len(own & set().union(*(words for near, words in enumerate(lead, first) if near != at)))
    tokens = piece.text.split()[1:]
    above = [n for n in range(max(0, at - 3), at) if pieces[n].words >= 4 and n not in page.furniture and n not in page.signed]
    return [
        math.log(piece.words),
        float(piece.words < 4),
        float(piece.words > 20),
        float(piece.closed and piece.text[-1:] not in "?!"),
        float(piece.text[-1:] in "?!"),
        min(shared, 6) / 3,
        shared / max(1, len(own)),
        float(piece.heading),
        float(bool(CREDIT.search(piece.text))),
        float(bool(LINKED.search(piece.text))),
        sum(ch.isdigit() for ch in piece.text) / len(piece.text),
        sum(token[:1].isupper() for token in tokens) / max(1, len(tokens)),
        float(bool(QUOTE.search(piece.text))),
        math.log1p(max(0, first - at)),
        float(repeated),
        float(any(n in page.signed for n in range(at + 1, min(len(pieces), at + 5)))),
        float(any(_headline_shaped(pieces[n]) for n in above)),
        float(at in page.furniture),
        float(":" in piece.text),
        float(piece.closed and at == first),
    ]


def _among(page: Setting, at: int, places: Sequence[int]) -> list[float]:
    """How a candidate stands to the other candidates, the byline and the body: `over_longer` to `picture`."""
    piece = page.pieces[at]
    below = next((near for near in (at + 1, at + 2) if near in places and near < page.first), None)
    between = [
        near
        for near in range(at + 1, page.first)
        if near not in page.signed and near not in page.furniture and page.pieces[near].words >= 5
    ]
    return [
        float(below is not None and page.pieces[below].words > piece.words),
        float(5 <= piece.words <= 16),
        float(any(at < near < page.first for near in page.signed)),
        float(not between),
        float(any(kind == "picture" for kind, _ in page.terms.find(piece.text.lower()))),
    ]


def _headline_shaped(piece: Piece) -> bool:
    return 5 <= piece.words <= 25 and not piece.closed and not LINKED.search(piece.text)
