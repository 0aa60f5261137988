"""Which pieces are the article: a small logistic regression, and another or trees over its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.models.trees import Trees
from copydesk.transforms.models.wording import NAMES as WORDING

NAMES = (
    "bias words long closed prose commas capitals digits asks quotes navigation teaser asking footer caption credit biography "
    "comments repeated linked person before after closed_before closed_after shared shared_long in_core beyond above bullet "
    "colon alone lower furniture_before furniture_after prompt_before gap_words short_run_before short_run_after "
    "consent consent_near offer picture sentences several_sentences clock clock_near capitals_above_mean depth heads_prose "
    "between_prose tiny size"
).split()
"""What a model sees of a piece, in the order of its columns."""

PLAIN_NAMES = [
    *NAMES,
    *(
        "common words_above words_below closed_above closed_below prose_above prose_below prose_second_above "
        "prose_second_below known_above known_below address address_near exclaims exclaims_near signed signed_near years_near "
        "words_near spread same_length page_prose prose_share core_prose core_share place_in_core teaser_above teaser_distance "
        "footer_above ellipsis ellipsis_near digits_near prose_far_above prose_far_below"
    ).split(),
    *WORDING,
]
"""What it sees of a piece of plain text: the same, what is around it, and its words; rows of weights.csv."""

BOX_NAMES = (
    "style_prose style_taken style_rate style_lines style_links parent_prose parent_rate parent_lines parent_links grand_prose "
    "in_main off_main below_main beside_most named_beside named_caption named_body named_own same_above same_below"
).split()
"""What it sees of the elements around a line of markup; the first regression does without."""

MARKUP_NAMES = [
    *NAMES,
    *"taken taken_before taken_after heading_tag list_tag paragraph_tag row_tag links links_near aside article".split(),
    *BOX_NAMES,
]
"""What it sees of a line of markup: the same, what trafilatura took, the tag, links and what is around; rows of markup.csv
and columns of markup_trees.csv."""

CONTEXT = (
    "bias first first_before first_after around_before around_after in_range past_range before_range first_in_range "
    "short_in_range"
).split()
"""What the second step sees of the first regression's answers, besides the features themselves."""

CLIP = 4.0
FLOOR = -3.0
REACH = 4


@dataclass(frozen=True)
class BodyModel:
    """A regression over the features, and over its answers another regression, trees, or the sum of both.

    `first` are the weights by the features' names; `second` those by `CONTEXT` and then by the features without the bias.
    """

    first: tuple[float, ...]
    second: tuple[float, ...] = ()
    trees: Trees | None = None

    @classmethod
    def parse(
        cls, rows: Sequence[Mapping[str, str]], names: Sequence[str], trees: Sequence[Mapping[str, str]] = ()
    ) -> BodyModel:
        """From the rows of a table of weights: feature, first, second; and of one of trees, if there is one.

        A feature without a row weighs nothing.
        """
        first = {row["feature"]: float(row["first"]) for row in rows if row["first"]}
        weights = tuple(first.get(name, 0.0) for name in names)
        seen = [*CONTEXT, *names[1:]]
        second = {row["feature"]: float(row["second"]) for row in rows if row.get("second")}
        return cls(
            weights,
            tuple(second.get(name, 0.0) for name in seen) if second else (),
            Trees.parse(trees, seen) if trees else None,
        )

    def keeps(self, rows: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
        """A score for each piece: above 0 it belongs to the article.

        `rows` holds the features, a row for each piece; `words` how many words each has.
        """
        first = rows @ np.array(self.first)
        seen = np.hstack([context(first, words), rows[:, 1:]])
        scores: NDArray[np.float64] = seen @ np.array(self.second) if self.second else np.zeros(len(rows))
        return scores + self.trees.score(seen) if self.trees else scores


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
