"""Short lines that the body model leaves out between two of the article: rows of a table and items of a list stay."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.edges import DOUBTFUL, between_short_lines
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader

PROSE = "The rowers of Sarn won the race on Saturday before some 400 people, the club said."


def page_of(lines: list[str], scores: list[float], kept: set[int]) -> Page:
    page = Page(split_pieces("\n\n".join(lines)), lexicon(), DateReader(lexicon()), date(2024, 5, 15))
    page.scores, page.kept = scores, frozenset(kept)
    return page


def test_rows_between_rows_stay() -> None:
    lines = [PROSE, "Anna of Sarn 54 min", "Sea Bird 55 min", "North Star 56 min", "Marlow 57 min"]
    assert between_short_lines(page_of(lines, [4.0, 0.5, -1.2, -0.4, 0.3], {0, 1, 4}), DOUBTFUL) == {2, 3}


@pytest.mark.parametrize(
    ("lines", "scores", "why"),
    [
        ([PROSE, "Ferry reopens after nine days", PROSE], [4.0, -0.4, 4.0], "prose stands above and below"),
        (["Sea Bird 55 min", "Sign up for our letters", "Marlow 57 min"], [0.5, -3.0, 0.3], "much speaks against the line"),
        (["Sea Bird 55 min", "Share", "Marlow 57 min", "Share"], [0.5, -0.5, 0.3, -2.0], "the line is printed again"),
    ],
)
def test_other_lines_between_stay_out(lines: list[str], scores: list[float], why: str) -> None:
    last = max(at for at, line in enumerate(lines) if line not in ("Share",))
    assert between_short_lines(page_of(lines, scores, {0, last}), DOUBTFUL) == set(), why


def test_lines_that_a_colon_announces_stay_above_prose() -> None:
    lines = [
        "The club gives prizes to these three boats, it said on Sunday evening:",
        "Anna of Sarn",
        "Sea Bird",
        "Marlow",
        PROSE,
    ]
    assert between_short_lines(page_of(lines, [4.0, -1.0, -0.5, -1.5, 4.0], {0, 4}), DOUBTFUL) == {1, 2, 3}


def test_in_a_bare_text_a_row_stays_that_the_model_doubts_more() -> None:
    lines = ["Sea Bird 55 min", "Race of the Island Boats", "Marlow 57 min"]
    page = page_of(lines, [0.5, -3.0, 0.3], {0, 2})
    assert between_short_lines(page, -4.0) == {1}
    assert between_short_lines(page, DOUBTFUL) == set()
