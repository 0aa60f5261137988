"""An expectation as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Expectation:
    """A rule on a column: `kind` is Great Expectations' type, `arguments` what it takes beside the column.

    `name` is what a reject is found by; `why` is said to the person who reads it.
    """

    name: str
    kind: str
    column: str
    why: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


def not_null(column: str, why: str) -> Expectation:
    return Expectation(f"{column}_present", "expect_column_values_to_not_be_null", column, why)


def unique(column: str, why: str) -> Expectation:
    return Expectation(f"{column}_unique", "expect_column_values_to_be_unique", column, why)


def one_of(column: str, values: list[Any], why: str) -> Expectation:
    return Expectation(f"{column}_known", "expect_column_values_to_be_in_set", column, why, {"value_set": values})


def between(column: str, low: float | None, high: float | None, why: str) -> Expectation:
    arguments = {"min_value": low, "max_value": high}
    return Expectation(f"{column}_in_range", "expect_column_values_to_be_between", column, why, arguments)


def matches(column: str, regex: str, why: str) -> Expectation:
    return Expectation(f"{column}_well_formed", "expect_column_values_to_match_regex", column, why, {"regex": regex})


def holds(column: str, why: str) -> Expectation:
    """A column that `frames` computed must be true in every row."""
    return Expectation(column, "expect_column_values_to_be_in_set", column, why, {"value_set": [True]})
