"""What the body model looks at in a piece: shape, furniture, place among its neighbours, words shared with the core."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from transforms.pieces import Piece
from transforms.words import folded

PERSON = re.compile(r"\b(?:you|your|we|our|us|i|my)\b", re.IGNORECASE)
LINKED = re.compile(r"[|»›·•]|https?:|www\.|@\w")
QUOTE = re.compile(r"[“”\"«»„「]")
BULLET = re.compile(r"^(?:[-*•▪●‣·–—]|\d{1,2}[.)])\s")
DIGIT = re.compile(r"\d")
WINDOW = 4

NAMES = (
    "bias words long closed prose commas capitals digits asks quotes navigation teaser asking footer caption credit biography "
    "comments repeated linked person before after closed_before closed_after shared shared_long in_core beyond above bullet "
    "colon alone lower furniture_before furniture_after prompt_before gap_words short_run_before short_run_after"
).split()
"""The features, in the order of `features`; a row of seeds/tables/weights.csv each."""

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


def words_of(text: str) -> set[str]:
    """The words of a text that carry its subject: folded, of over three letters."""
    return {word for word in folded(text).split() if len(word) > 3}


def features(pieces: Sequence[Piece], roles: Mapping[int, str], core: tuple[int, int]) -> list[list[float]]:
    """A row of numbers for every piece, columns as in `NAMES`.

    `roles` are what the furniture table says of pieces; `core` is the first guess of the body's range.
    """
    first, last = core
    vocabulary = [words_of(piece.text) for piece in pieces]
    inside = Counter(word for at in range(first, last + 1) if pieces[at].prose and at not in roles for word in vocabulary[at])
    texts = Counter(piece.text for piece in pieces)
    prose = [float(piece.words) if piece.prose and at not in roles else 0.0 for at, piece in enumerate(pieces)]
    closed = [float(piece.closed) for piece in pieces]
    furniture = list(accumulate((float(at in roles) for at in range(len(pieces))), initial=0.0))
    prompts = list(
        accumulate((float(roles.get(at) == "comment_prompt" and at > first) for at in range(len(pieces))), initial=0.0)
    )
    runs_before, runs_after = _short_runs(prose)
    rows = []
    for at, piece in enumerate(pieces):
        own = at if first <= at <= last and piece.prose else -1
        rows.append(
            [
                1.0,
                *_shape(piece),
                *_furniture(roles.get(at)),
                float(texts[piece.text] > 1),
                float(bool(LINKED.search(piece.text))),
                min(3, len(PERSON.findall(piece.text))) / math.sqrt(max(1, piece.words)),
                math.log1p(sum(prose[max(0, at - WINDOW) : at])) / 5,
                math.log1p(sum(prose[at + 1 : at + 1 + WINDOW])) / 5,
                _mean(closed[max(0, at - WINDOW) : at]),
                _mean(closed[at + 1 : at + 1 + WINDOW]),
                *_shared(vocabulary[at], inside, own >= 0, piece),
                float(first <= at <= last),
                math.log1p(max(0, at - last)) / 3,
                math.log1p(max(0, first - at)) / 3,
                float(bool(BULLET.match(piece.text))),
                float(piece.text.endswith(":")),
                float(0 < at < len(pieces) - 1 and pieces[at - 1].words < 5 and pieces[at + 1].words < 5),
                float(piece.text[:1].islower()),
                math.log1p(furniture[at] - furniture[max(0, at - 6)]) / 2,
                math.log1p(furniture[min(len(pieces), at + 7)] - furniture[at + 1]) / 2,
                min(1.0, prompts[at]),
                float(piece.words >= 4 and not piece.closed),
                math.log1p(runs_before[at]) / 3,
                math.log1p(runs_after[at]) / 3,
            ]
        )
    return rows


def _shape(piece: Piece) -> list[float]:
    words = max(1, piece.words)
    tokens = piece.text.split()[1:]
    capitals = sum(token[:1].isupper() for token in tokens) / max(1, len(tokens))
    return [
        min(math.log1p(words), 5.0) / 5,
        min(words, 60) / 60,
        float(piece.closed),
        float(piece.prose),
        min(1.0, 4 * piece.text.count(",") / words),
        capitals,
        len(DIGIT.findall(piece.text)) / max(1, len(piece.text)),
        float(piece.text[-1:] in "?!"),
        float(bool(QUOTE.search(piece.text))),
    ]


def _furniture(role: str | None) -> list[float]:
    group = GROUPS.get(role or "")
    return [
        float(group == name)
        for name in ("navigation", "teaser", "asking", "footer", "caption", "credit", "biography", "comments")
    ]


def _shared(words: set[str], inside: Counter[str], own: bool, piece: Piece) -> list[float]:
    """The share of a piece's words that the core has too (elsewhere, for a piece of the core)."""
    known = sum(inside[word] > (1 if own else 0) for word in words)
    share = known / max(1, len(words))
    return [share, share * min(piece.words, 40) / 40]


def _short_runs(prose: Sequence[float]) -> tuple[list[int], list[int]]:
    """How many pieces that are no prose stand right before and right after each."""
    before, after = [0] * len(prose), [0] * len(prose)
    for at in range(1, len(prose)):
        before[at] = 0 if prose[at - 1] else before[at - 1] + 1
    for at in range(len(prose) - 2, -1, -1):
        after[at] = 0 if prose[at + 1] else after[at + 1] + 1
    return before, after


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


MARKUP_NAMES = [*NAMES, "taken", "taken_before", "taken_after", "heading_tag", "list_tag", "paragraph_tag", "row_tag"]
"""The features of a line of markup: those of a piece, what trafilatura took, and its tag."""


def markup_features(
    pieces: Sequence[Piece], roles: Mapping[int, str], core: tuple[int, int], taken: Sequence[bool], tags: Sequence[str]
) -> list[list[float]]:
    """A row of numbers for every line of a page, columns as in `MARKUP_NAMES`."""
    took = [float(one) for one in taken]
    return [
        [
            *row,
            took[at],
            _mean(took[max(0, at - WINDOW) : at]),
            _mean(took[at + 1 : at + 1 + WINDOW]),
            float(tags[at] in ("h1", "h2", "h3", "h4", "h5", "h6")),
            float(tags[at] in ("li", "dd", "dt")),
            float(tags[at] in ("p", "blockquote")),
            float(tags[at] == "tr"),
        ]
        for at, row in enumerate(features(pieces, roles, core))
    ]
