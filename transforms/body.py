"""Which pieces are the article: two small logistic regressions, one after the other, with weights from a table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

CONTEXT = (
    "bias first first_before first_after around_before around_after in_range past_range before_range first_in_range "
    "short_in_range"
).split()
"""What the second regression sees of the first's answers, besides the features themselves."""

CLIP = 4.0
FLOOR = -3.0
REACH = 4


@dataclass(frozen=True)
class BodyModel:
    """The weights: `first` by the features' names, `second` by `CONTEXT` and then those without the bias."""

    first: tuple[float, ...]
    second: tuple[float, ...]

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> BodyModel:
        """From the rows of a table of weights: feature, first, second."""
        table = {row["feature"]: row for row in rows}
        return cls(
            tuple(float(table[name]["first"]) for name in names),
            tuple(float(table[name]["second"]) for name in [*CONTEXT, *names[1:]]),
        )

    def keeps(self, rows: Sequence[Sequence[float]], words: Sequence[float]) -> list[float]:
        """For each piece how much speaks for its being of the article: above 0 it is kept."""
        first = [_dot(self.first, row) for row in rows]
        return [_dot(self.second, [*seen, *row[1:]]) for seen, row in zip(context(first, words), rows, strict=True)]


def _dot(weights: Sequence[float], row: Sequence[float]) -> float:
    return float(sum(map(mul, weights, row)))


def context(first: Sequence[float], words: Sequence[float]) -> list[list[float]]:
    """The first regression's answers as its successor sees them: columns as in `CONTEXT`."""
    size = len(first)
    clipped = [max(-CLIP, min(CLIP, value)) for value in first]
    padded = [FLOOR] * (REACH + 1) + clipped + [FLOOR] * (REACH + 1)
    start, end = _best_range([value * math.sqrt(min(count, 40)) for value, count in zip(clipped, words, strict=True)])
    rows = []
    for at in range(size):
        here = at + REACH + 1
        inside = float(start <= at <= end)
        rows.append(
            [
                1.0,
                clipped[at],
                padded[here - 1],
                padded[here + 1],
                sum(padded[here - REACH - 1 : here - 1]) / REACH,
                sum(padded[here + 2 : here + 2 + REACH]) / REACH,
                inside,
                math.log1p(max(0, at - end)) / 3,
                math.log1p(max(0, start - at)) / 3,
                inside * clipped[at],
                inside * (words[at] < 9),
            ]
        )
    return rows


def _best_range(values: Sequence[float]) -> tuple[int, int]:
    """The run with the greatest sum."""
    best, bounds, running, start = 0.0, (0, -1), 0.0, 0
    for at, value in enumerate(values):
        if running <= 0:
            running, start = 0.0, at
        running += value
        if running > best:
            best, bounds = running, (start, at)
    return bounds
