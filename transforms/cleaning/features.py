"""What the body model looks at in a piece: shape, furniture, place among its neighbours, words shared with the core.

A page's pieces are looked at all at once: its text as one array of letters, each pattern searched once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.cleaning.markup_boxes import box_columns
from copydesk.transforms.cleaning.markup_lines import Place
from copydesk.transforms.cleaning.page_text import Column, PageText, sum_after, sum_before
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.surroundings import surroundings
from copydesk.transforms.models.register_words import Terms

PERSON = frozenset("you your we our us i my".split())
LINKED = re.compile(r"[|»›·•]|https?:|www\.|@\w")
QUOTE = re.compile(r"[“”\"«»„「]")
BULLET = re.compile(r"^(?:[-*•▪●‣·–—]|\d{1,2}[.)])\s")
SENTENCE_END = re.compile(r"[.!?。](?=[\s\"”»“])")
WINDOW = 4
FURNITURE_WINDOW = 6
SHORT = 9
"""A line of fewer words that is no prose may head what follows."""

GROUPS = {
    "navigation": "navigation",
    "teaser": "teaser",
    "consent": "asking",
    "paywall": "asking",
    "footer": "footer",
    "caption": "caption",
    "credit": "credit",
    "correction": "credit",
    "biography": "biography",
    "comment_prompt": "comments",
}
GROUP_NAMES = ("navigation", "teaser", "asking", "footer", "caption", "credit", "biography", "comments")


def features(pieces: Sequence[Piece], roles: Mapping[int, str], core: tuple[int, int], terms: Terms) -> NDArray[np.float64]:
    """A row of numbers for every piece of a plain text, columns as in `PLAIN_NAMES`.

    `roles` are what the furniture table says of pieces; `core` is the first guess of the body's range.
    """
    page = PageText(pieces)
    return np.column_stack([*_columns(page, roles, core, terms), *surroundings(page, roles, core), *_worded(page, terms)])


def _columns(page: PageText, roles: Mapping[int, str], core: tuple[int, int], terms: Terms) -> list[Column]:
    """The columns of `NAMES`."""
    return [
        np.ones(len(page.pieces)),
        *_shape(page),
        *_furniture(page, roles),
        *_neighbours(page, roles, core),
        *_register(page, terms),
    ]


def _shape(page: PageText) -> list[Column]:
    """`words` to `quotes`."""
    words = np.maximum(1, page.words)
    return [
        np.minimum(np.log1p(words), 5.0) / 5,
        np.minimum(words, 60) / 60,
        page.closed,
        page.prose,
        np.minimum(1.0, 4 * page.commas() / words),
        page.share_of_capitals,
        page.digits() / np.maximum(1, page.lengths),
        _flags(piece.text[-1:] in "?!" for piece in page.pieces),
        np.minimum(1.0, page.count(QUOTE)),
    ]


def _flags(values: Iterable[float]) -> Column:
    return np.fromiter(values, dtype=float)


def _furniture(page: PageText, roles: Mapping[int, str]) -> list[Column]:
    """`navigation` to `person`."""
    columns = {name: np.zeros(len(page.pieces)) for name in GROUP_NAMES}
    for at, role in roles.items():
        if role in GROUPS:
            columns[GROUPS[role]][at] = 1.0
    texts = Counter(piece.text for piece in page.pieces)
    return [
        *columns.values(),
        _flags(texts[piece.text] > 1 for piece in page.pieces),
        np.minimum(1.0, page.count(LINKED)),
        np.minimum(3, page.count_words(PERSON)) / np.sqrt(np.maximum(1, page.words)),
    ]


def _neighbours(page: PageText, roles: Mapping[int, str], core: tuple[int, int]) -> list[Column]:
    """`before` to `short_run_after`."""
    size = len(page.pieces)
    first, last = core
    at = np.arange(size)
    known = np.zeros(size)
    known[list(roles)] = 1.0
    prose = page.words * page.prose * (1 - known)
    in_core = ((at >= first) & (at <= last)).astype(float)
    prompts = np.zeros(size)
    prompts[[n for n, role in roles.items() if role == "comment_prompt" and n > first]] = 1.0
    tiny_around = np.zeros(size)
    tiny_around[1:-1] = (page.words[:-2] < 5) & (page.words[2:] < 5)
    runs_before, runs_after = _short_runs(prose)
    return [
        np.log1p(sum_before(prose, WINDOW)) / 5,
        np.log1p(sum_after(prose, WINDOW)) / 5,
        sum_before(page.closed, WINDOW) / np.maximum(1, np.minimum(at, WINDOW)),
        sum_after(page.closed, WINDOW) / np.maximum(1, np.minimum(size - 1 - at, WINDOW)),
        *_shared(page, known, core),
        in_core,
        np.log1p(np.maximum(0, at - last)) / 3,
        np.log1p(np.maximum(0, first - at)) / 3,
        _flags(BULLET.match(piece.text) is not None for piece in page.pieces),
        _flags(piece.text[-1:] == ":" for piece in page.pieces),
        tiny_around,
        _flags(piece.text[:1].islower() for piece in page.pieces),
        np.log1p(sum_before(known, FURNITURE_WINDOW)) / 2,
        np.log1p(sum_after(known, FURNITURE_WINDOW)) / 2,
        np.minimum(1.0, sum_before(prompts, size)),
        ((page.words >= 4) & (page.closed == 0)).astype(float),
        np.log1p(runs_before) / 3,
        np.log1p(runs_after) / 3,
    ]


def _shared(page: PageText, known: Column, core: tuple[int, int]) -> list[Column]:
    """The share of a piece's words that the core has too (elsewhere, for a piece of the core)."""
    first, last = core
    size = len(page.pieces)
    at = np.arange(size)
    own = (at >= first) & (at <= last) & (page.prose > 0)
    lines, words = page.vocabulary
    inside = np.bincount(words[(own & (known == 0))[lines]], minlength=words.max(initial=0) + 1)
    others = np.bincount(lines, weights=inside[words] > own[lines], minlength=size)
    share = others / np.maximum(1, np.bincount(lines, minlength=size))
    return [share, share * np.minimum(page.words, 40) / 40]


def _register(page: PageText, terms: Terms) -> list[Column]:
    """`consent` to `size`: what the words of a piece and of those around it ask for, and where among prose it stands."""
    size = len(page.pieces)
    found = page.count_terms(terms)
    consent = found["consent"]
    clocks = np.minimum(1.0, page.clocks() + found["ago"])
    sentences = page.count(SENTENCE_END)
    capitals = page.share_of_capitals
    prose = page.prose > 0
    heads = np.zeros(size)
    heads[:-1] = (page.words[:-1] < SHORT) & ~prose[:-1] & prose[1:]
    between = heads.copy()
    between[1:] *= prose[:-1]
    between[:1] = 0.0
    return [
        np.minimum(3, consent) / 3,
        np.minimum(6.0, sum_before(consent, WINDOW) + sum_after(consent, WINDOW)) / 6,
        np.minimum(2, found["offer"]) / 2,
        np.minimum(1.0, found["picture"]),
        np.minimum(4, sentences) / 4,
        (sentences > 1).astype(float),
        clocks,
        (sum_before(clocks, WINDOW) + clocks + sum_after(clocks, WINDOW)) / (2 * WINDOW + 1),
        capitals - (capitals[prose].mean() if prose.any() else 0.0),
        np.arange(size) / max(1, size),
        heads,
        between,
        (page.words <= 2).astype(float),
        np.full(size, np.log1p(size) / 7),
    ]


def _worded(page: PageText, terms: Terms) -> list[Column]:
    """The columns of `wording.NAMES`."""
    known = page.words_by_number
    return terms.wording.columns(*terms.wording.found(known.distinct, known.words, known.lines), page.prose)


def _short_runs(prose: Column) -> tuple[Column, Column]:
    """How many pieces that are no prose stand right before and right after each."""
    size = len(prose)
    at = np.arange(size)
    places = np.flatnonzero(prose > 0)
    last = np.concatenate([[-1], places])[np.searchsorted(places, at, side="left")]
    following = np.concatenate([places, [size]])[np.searchsorted(places, at, side="right")]
    return (at - 1 - last).astype(float), (following - at - 1).astype(float)


TAGS = (
    frozenset(f"h{n}" for n in range(1, 7)),
    frozenset({"li", "dd", "dt"}),
    frozenset({"p", "blockquote"}),
    frozenset({"tr"}),
)


def markup_features(
    pieces: Sequence[Piece],
    roles: Mapping[int, str],
    core: tuple[int, int],
    terms: Terms,
    *,
    taken: Sequence[bool],
    places: Sequence[Place],
    linked: Sequence[float],
) -> NDArray[np.float64]:
    """A row of numbers for every line of a page, columns as in `MARKUP_NAMES`."""
    took = np.array(taken, dtype=float)
    at = np.arange(len(took))
    links = np.array(linked, dtype=float)
    return np.column_stack(
        [
            *_columns(PageText(pieces), roles, core, terms),
            took,
            sum_before(took, WINDOW) / np.maximum(1, np.minimum(at, WINDOW)),
            sum_after(took, WINDOW) / np.maximum(1, np.minimum(len(took) - 1 - at, WINDOW)),
            *(_flags(place.tag in group for place in places) for group in TAGS),
            links,
            (sum_before(links, WINDOW) + sum_after(links, WINDOW)) / (2 * WINDOW),
            _flags(place.aside for place in places),
            _flags(place.article for place in places),
            *box_columns(pieces, places, links, took),
        ]
    )
