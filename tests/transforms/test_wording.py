"""The words of a line tell whether it is an article's: single ones and two running, otherwise in prose than in a short line."""

from __future__ import annotations

import numpy as np
import pytest

from copydesk.transforms.models.wording import NAMES, Wording

ROWS = [
    {"place": "line", "weight": "-3", "terms": "newsletter|sign up"},
    {"place": "prose", "weight": "-1.5", "terms": "newsletter"},
    {"place": "prose", "weight": "2", "terms": "she said|harbour"},
]


def weighed(*lines: str, prose: int = 0) -> dict[str, list[float]]:
    """The columns of a page whose first lines are prose."""
    each = [line.split() for line in lines]
    distinct = sorted({word for line in each for word in line})
    words = np.array([distinct.index(word) for line in each for word in line], dtype=np.intp)
    numbers = np.repeat(np.arange(len(each)), [len(line) for line in each])
    wording = Wording.parse(ROWS)
    found = wording.found(distinct, words, numbers)
    columns = wording.columns(*found, np.array([1.0] * prose + [0.0] * (len(lines) - prose)))
    return dict(zip(NAMES, (column.tolist() for column in columns), strict=True))


def test_a_word_weighs_by_its_place() -> None:
    seen = weighed("our newsletter", "the newsletter of the harbour", prose=0)
    assert seen["worded_least"] == [-3.0, -3.0]
    assert weighed("the newsletter of the harbour", prose=1)["worded_least"] == [-1.5]


def test_two_words_count_where_they_run_within_a_line() -> None:
    assert weighed("sign up")["worded_least"] == [-3.0]
    assert weighed("sign", "up")["worded_least"] == weighed("up sign")["worded_least"] * 2 == [0.0, 0.0]


def test_a_term_counts_once_a_line() -> None:
    once, twice = weighed("newsletter"), weighed("newsletter newsletter")
    assert once["worded"] == twice["worded"] == [-1.5]


def test_neighbours_and_the_page_are_told() -> None:
    seen = weighed("she said so at the harbour", "newsletter", prose=1)
    assert seen["worded_most"] == [2.0, 0.0]
    assert seen["worded_above"] == [0.0, pytest.approx(4 / 3)]
    assert seen["worded_below"] == [-1.5, 0.0]
    assert seen["worded_page"] == [pytest.approx((4 / 3 - 1.5) / 2)] * 2


def test_no_table_and_no_line_weigh_nothing() -> None:
    none = Wording.parse([])
    empty = np.zeros(0, dtype=np.intp)
    assert [column.tolist() for column in none.columns(*none.found(["harbour"], np.array([0]), np.array([0])), np.ones(1))] == [
        [0.0]
    ] * len(NAMES)
    assert all(len(column) == 0 for column in none.columns(*none.found([], empty, empty), np.zeros(0)))
