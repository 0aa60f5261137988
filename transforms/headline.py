"""Which line above the body is the headline: a linear ranking with weights from a table."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from transforms.features import LINKED, QUOTE, words_of
from transforms.pieces import Piece

NAMES = (
    "words short long closed asks shared share heading credit linked digits capitals quotes far repeated signed under_headline "
    "furniture colon first_closed"
).split()
"""The features, in the order of `features`; a row of seeds/tables/headline.csv each, and `least`, the score to be reached."""

CREDIT = re.compile(
    r"\b(?:photos?|fotos?|image|bild|quelle|source|courtesy|getty|imago|afp|dpa|epa|reuters|picture|archiv|copyright)\b|©",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HeadlineModel:
    """The weights by `NAMES` and the least score of a headline."""

    weights: tuple[float, ...]
    least: float

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]]) -> HeadlineModel:
        table = {row["feature"]: float(row["weight"]) for row in rows}
        return cls(tuple(table[name] for name in NAMES), table["least"])

    def score(self, row: Sequence[float]) -> float:
        return sum(weight * value for weight, value in zip(self.weights, row, strict=True)) - self.least


def candidates(pieces: Sequence[Piece], first: int, kept: Collection[int], reach: int) -> list[int]:
    """The pieces that may be the headline: of a headline's length, above the body or among its first lines."""
    return [
        at
        for at in range(max(0, first - reach), min(len(pieces), first + 3))
        if 2 <= pieces[at].words <= 40 and not (at in kept and pieces[at].prose and at > first)
    ]


def features(pieces: Sequence[Piece], at: int, first: int, signed: Collection[int], furniture: Collection[int]) -> list[float]:
    """A row for the candidate at `at`, columns as in `NAMES`; `signed` are the byline and date lines."""
    piece = pieces[at]
    lead: set[str] = set()
    for near in range(first, min(first + 4, len(pieces))):
        if near != at:
            lead |= words_of(pieces[near].text)
    own = words_of(piece.text)
    shared = len(own & lead)
    tokens = piece.text.split()[1:]
    above = [n for n in range(max(0, at - 3), at) if pieces[n].words >= 4 and n not in furniture and n not in signed]
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
        float(sum(other.text == piece.text for other in pieces) > 1),
        float(any(n in signed for n in range(at + 1, min(len(pieces), at + 5)))),
        float(any(_headline_shaped(pieces[n]) for n in above)),
        float(at in furniture),
        float(":" in piece.text),
        float(piece.closed and at == first),
    ]


def _headline_shaped(piece: Piece) -> bool:
    return 5 <= piece.words <= 25 and not piece.closed and not LINKED.search(piece.text)
