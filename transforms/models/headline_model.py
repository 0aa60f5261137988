"""Which line of a text, or which text that a page offers, is the headline: a linear ranking with weights from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAMES = (
    "words short long closed asks shared share heading credit linked digits capitals quotes far repeated signed under_headline "
    "furniture colon first_closed over_longer headline_length over_signed next_to_body picture body_words arrow crumbs "
    "sentence listed lower upper number_first open part_of_another first_of_page below dated letters subject_words"
).split()
"""The features, in the order of `features`; a row of seeds/tables/headline.csv each, and `least`, the score to be reached."""


MARKUP_NAMES = (
    "social title_tag first_part last_part linked first_order second_order lower_order marked part_of_heading "
    "first_of_its_order only_first_order above_text nearest_above distance aside site_text site_mark home_link own_link "
    "short long of_parts holds_another in_another in_title in_social in_text twice hidden told_twice printed crumb "
    "lone_word site_behind torn social_printed linked_printed main_heading ends_open "
    "told_by_both social_of_news printed_of_news"
).split()
"""The features of a text that a page of markup offers; a row of seeds/tables/markup_headline.csv each."""


@dataclass(frozen=True)
class HeadlineModel:
    """The weights by the names of the features, and the least score of a headline."""

    weights: tuple[float, ...]
    least: float

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> HeadlineModel:
        """From the rows of a table of weights: feature, weight. A feature without a row weighs nothing."""
        table = {row["feature"]: float(row["weight"]) for row in rows}
        return cls(tuple(table.get(name, 0.0) for name in names), table["least"])

    def score(self, row: Sequence[float]) -> float:
        return sum(weight * value for weight, value in zip(self.weights, row, strict=True)) - self.least
