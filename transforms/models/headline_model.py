"""Which line above the body is the headline: a linear ranking with weights from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAMES = (
    "words short long closed asks shared share heading credit linked digits capitals quotes far repeated signed under_headline "
    "furniture colon first_closed over_longer headline_length over_signed next_to_body picture body_words arrow crumbs "
    "sentence listed lower upper number_first open part_of_another first_of_page below dated letters subject_words"
).split()
"""The features, in the order of `features`; a row of seeds/tables/headline.csv each, and `least`, the score to be reached."""


@dataclass(frozen=True)
class HeadlineModel:
    """The weights by `NAMES` and the least score of a headline."""

    weights: tuple[float, ...]
    least: float

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]]) -> HeadlineModel:
        """From the rows of a table of weights: feature, weight. A feature without a row weighs nothing."""
        table = {row["feature"]: float(row["weight"]) for row in rows}
        return cls(tuple(table.get(name, 0.0) for name in NAMES), table["least"])

    def score(self, row: Sequence[float]) -> float:
        return sum(weight * value for weight, value in zip(self.weights, row, strict=True)) - self.least
