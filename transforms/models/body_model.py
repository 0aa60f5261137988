"""Which pieces are the article: two small logistic regressions, the second over the answers of the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = (
    "bias words long closed prose commas capitals digits asks quotes navigation teaser asking footer caption credit biography "
    "comments repeated linked person before after closed_before closed_after shared shared_long in_core beyond above bullet "
    "colon alone lower furniture_before furniture_after prompt_before gap_words short_run_before short_run_after "
    "consent consent_near offer picture sentences several_sentences clock clock_near capitals_above_mean depth heads_prose "
    "between_prose tiny size"
).split()
"""What the first regression sees of a piece, in the order of its columns; each has a row in seeds/tables/weights.csv."""

MARKUP_NAMES = [
    *NAMES,
    *"taken taken_before taken_after heading_tag list_tag paragraph_tag row_tag links links_near aside article".split(),
]
"""What it sees of a line of markup: the same, what trafilatura took, the tag, links and what is around; rows of markup.csv."""

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
        """From the rows of a table of weights: feature, first, second. A feature without a row weighs nothing."""
        first = {row["feature"]: float(row["first"]) for row in rows if row["first"]}
        second = {row["feature"]: float(row["second"]) for row in rows}
        return cls(
            tuple(first.get(name, 0.0) for name in names),
            tuple(second.get(name, 0.0) for name in [*CONTEXT, *names[1:]]),
        )

    def keeps(self, rows: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
        """A score for each piece: above 0 it belongs to the article.

        `rows` holds the features, a row for each piece; `words` how many words each has.
        """
        first = rows @ np.array(self.first)
        scores: NDArray[np.float64] = np.hstack([context(first, words), rows[:, 1:]]) @ np.array(self.second)
        return scores


def context(first: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first regression's answers as its successor sees them: columns as in `CONTEXT`."""
    size = len(first)
    at = np.arange(size)
    clipped = np.clip(first, -CLIP, CLIP)
    padded = np.concatenate([np.full(REACH + 1, FLOOR), clipped, np.full(REACH + 1, FLOOR)])
    total = np.concatenate([[0.0], np.cumsum(padded)])
    here = at + REACH + 1
    start, end = _best_range((clipped * np.sqrt(np.minimum(words, 40))).tolist())
    inside = ((at >= start) & (at <= end)).astype(float)
    return np.column_stack(
        [
            np.ones(size),
            clipped,
            padded[here - 1],
            padded[here + 1],
            (total[here - 1] - total[here - REACH - 1]) / REACH,
            (total[here + 2 + REACH] - total[here + 2]) / REACH,
            inside,
            np.log1p(np.maximum(0, at - end)) / 3,
            np.log1p(np.maximum(0, start - at)) / 3,
            inside * clipped,
            inside * (words < 9),
        ]
    )


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
