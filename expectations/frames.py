"""Rows as pandas frames: the columns that a suite judges, and those that its rules over several fields need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from copydesk.expectations import articles, documents, facts, sentences
from copydesk.expectations.suite import Expectation

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
Rows = Sequence[Mapping[str, Any]]


def documents_frame(rows: Rows) -> pd.DataFrame:
    return _frame(rows, documents.SUITE)


def articles_frame(rows: Rows) -> pd.DataFrame:
    return _frame(
        rows,
        articles.SUITE,
        fields_clean=[not any(CONTROLS.search(text) for text in _short_texts(row)) for row in rows],
        published_before_receipt=[
            row["published_on"] is None or (row["published_on"] - row["received_at"].date()).days <= 1 for row in rows
        ],
        paragraphs_clean=[
            row["text"] is None or all(part.strip() == part != "" for part in row["text"].split("\n\n")) for row in rows
        ],
    )


def _short_texts(row: Mapping[str, Any]) -> Iterator[str]:
    """What an article says of itself beside its body; names of authors one by one."""
    for name in ("title", "subtitle", "outlet", "outlet_printed", "section", "agency", "dateline", "url", "authors"):
        value = row.get(name)
        yield from (value,) if isinstance(value, str) else value or ()


def sentences_frame(rows: Rows, texts: Mapping[str, str]) -> pd.DataFrame:
    """`texts` are the articles' bodies by output."""
    return _frame(rows, sentences.SUITE, at_span=_at_span(rows, texts))


def facts_frame(rows: Rows, texts: Mapping[str, str]) -> pd.DataFrame:
    """`texts` are the articles' bodies by output."""
    return _frame(
        rows,
        facts.SUITE,
        at_span=_at_span(rows, texts),
        figure_whole=[
            row["kind"] != "figure"
            or bool(row["measure"] and row["unit"] and (row["value_low"] is not None or row["value_high"] is not None))
            for row in rows
        ],
        bounds_ordered=_ordered(rows, "value_low", "value_high"),
        dates_ordered=_ordered(rows, "as_of_start", "as_of_end"),
        claimed=[row["kind"] == "figure" or bool(row["attributed_to"]) for row in rows],
    )


def _frame(rows: Rows, suite: Sequence[Expectation], **computed: list[bool]) -> pd.DataFrame:
    """The columns of the rows that the suite names, and the computed ones; a column that the rows lack is left out."""
    named = dict.fromkeys(expectation.column for expectation in suite)
    judged = {name: [row[name] for row in rows] for name in named if rows and name in rows[0]}
    return pd.DataFrame({**judged, **computed})


def _at_span(rows: Rows, texts: Mapping[str, str]) -> list[bool]:
    return [
        row["span_start"] < row["span_end"]
        and texts.get(row["output_id"], "")[row["span_start"] : row["span_end"]] == row["text"]
        for row in rows
    ]


def _ordered(rows: Rows, low: str, high: str) -> list[bool]:
    return [row[low] is None or row[high] is None or row[low] <= row[high] for row in rows]
