"""Rows as pandas frames, with the columns that rules over several fields need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Rows = Sequence[Mapping[str, Any]]


def documents_frame(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(rows)


def articles_frame(rows: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["published_before_receipt"] = [
        row["published_on"] is None or (row["published_on"] - row["received_at"].date()).days <= 1 for row in rows
    ]
    frame["paragraphs_clean"] = [
        row["text"] is None or all(part.strip() == part != "" for part in row["text"].split("\n\n")) for row in rows
    ]
    return frame


def sentences_frame(rows: Rows, texts: Mapping[str, str]) -> pd.DataFrame:
    """`texts` are the articles' bodies by output."""
    frame = pd.DataFrame(rows)
    frame["at_span"] = _at_span(rows, texts)
    return frame


def facts_frame(rows: Rows, texts: Mapping[str, str]) -> pd.DataFrame:
    """`texts` are the articles' bodies by output."""
    frame = pd.DataFrame(rows)
    frame["at_span"] = _at_span(rows, texts)
    frame["figure_whole"] = [
        row["kind"] != "figure"
        or bool(row["measure"] and row["unit"] and (row["value_low"] is not None or row["value_high"] is not None))
        for row in rows
    ]
    frame["bounds_ordered"] = _ordered(rows, "value_low", "value_high")
    frame["dates_ordered"] = _ordered(rows, "as_of_start", "as_of_end")
    frame["claimed"] = [row["kind"] == "figure" or bool(row["attributed_to"]) for row in rows]
    return frame


def _at_span(rows: Rows, texts: Mapping[str, str]) -> list[bool]:
    return [
        row["span_start"] < row["span_end"]
        and texts.get(row["output_id"], "")[row["span_start"] : row["span_end"]] == row["text"]
        for row in rows
    ]


def _ordered(rows: Rows, low: str, high: str) -> list[bool]:
    return [row[low] is None or row[high] is None or row[low] <= row[high] for row in rows]
