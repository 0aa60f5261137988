"""Which of the places that an article names is a figure's: boosted trees over what speaks for and against each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.models.trees import Trees

OF_PLACE = (
    "none share first people noun main code_share told focus_code placed focus mentions same_kind focus_country lead_told "
    "inners scenes inners_placed same_kind_placed peoples in_focus chained holds_focus holds_main titled where_it_was unknown "
    "region lead_named lead_scene"
).split()
"""What an article says of a place, whatever is counted."""

OF_SENTENCE = (
    "here back back_rank back_told_rank back_paragraph back_noun back_scene told_back ahead ahead_rank people_here inner_told "
    "inners_before siblings label"
).split()
"""How a place stands to the sentence of a figure."""

OF_PAIR = (
    "cost cost_over gap_before gap_behind own before_scene before_told others_behind behind_told listed left ruled rule_code"
).split()
"""How a place stands to a figure itself, and to what the rules say of it."""

OF_FIGURE = (
    "places_named scenes_here one_site told_here named_here several value numbers_here depth is_harm local one_site_here "
    "numbers_own sourced has_focus is_measured is_money worldwide total firm since rule_none rule_sentence rule_article"
).split()
"""What is told of a figure, whatever its place."""

NAMES = (*OF_PLACE, *OF_SENTENCE, *OF_PAIR, *OF_FIGURE)
"""The traits of a place as that of a figure, in the order of a row; the columns of seeds/tables/place_trees.csv."""


@dataclass(frozen=True, eq=False)
class PlaceModel:
    """The trees of the table."""

    trees: Trees

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]]) -> PlaceModel:
        """From the rows of a table of trees."""
        return cls(Trees.parse(rows, NAMES))

    def shares(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """How likely each of some places is the figure's, 0..1, together 1; `rows` are their traits."""
        scores = self.trees.score(np.array(rows))
        raised = np.exp(scores - scores.max())
        likely: NDArray[np.float64] = raised / raised.sum()
        return likely
