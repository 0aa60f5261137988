"""Every expectation has a row that breaks exactly it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from copydesk.expectations.frames import articles_frame, documents_frame, facts_frame, sentences_frame
from copydesk.expectations.judge import SUITES, judge

TEXT = "At least 84 bodies were found, the ministry said."
ROWS: dict[str, dict[str, Any]] = {
    "documents": {
        "document_id": "d",
        "source_uri": "file:///a.txt",
        "sha256": "a" * 64,
        "size": 3,
        "revision": 1,
        "media_type": "text/plain",
        "output_id": "o",
    },
    "articles": {
        "article_id": "a",
        "output_id": "o",
        "text": TEXT,
        "words": 30,
        "title": "A title",
        "language": "en",
        "published_on": date(2024, 5, 3),
        "received_at": datetime(2024, 5, 3, tzinfo=UTC),
    },
    "sentences": {"sentence_id": "s", "text": TEXT, "span_start": 0, "span_end": len(TEXT), "output_id": "o"},
    "facts": {
        "fact_id": "f",
        "claim_id": "c",
        "kind": "figure",
        "text": "At least 84 bodies",
        "span_start": 0,
        "span_end": 18,
        "confidence": 0.9,
        "measure": "killed",
        "unit": "people",
        "qualifier": "at_least",
        "modality": "actual",
        "value_low": 84.0,
        "value_high": None,
        "as_of_start": None,
        "as_of_end": None,
        "attributed_to": None,
        "output_id": "o",
    },
}
QUOTE = {"kind": "quote", "measure": None, "unit": None, "qualifier": None, "modality": None, "value_low": None}
BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    ("documents", "document_id_present", {"document_id": None}),
    ("documents", "source_uri_present", {"source_uri": None}),
    ("documents", "sha256_well_formed", {"sha256": "short"}),
    ("documents", "size_in_range", {"size": -1}),
    ("documents", "revision_in_range", {"revision": 0}),
    ("documents", "media_type_known", {"media_type": "image/png"}),
    ("articles", "article_id_present", {"article_id": None}),
    ("articles", "text_present", {"text": None}),
    ("articles", "words_in_range", {"words": 3}),
    ("articles", "title_short_enough", {"title": "x" * 501}),
    ("articles", "language_well_formed", {"language": "English"}),
    ("articles", "text_clean", {"text": "a\x00b"}),
    ("articles", "fields_clean", {"title": "A \x1b]0;title\x07"}),
    ("articles", "published_before_receipt", {"published_on": date(2024, 5, 5)}),
    ("articles", "paragraphs_clean", {"text": "a\n\n\n\nb"}),
    ("sentences", "sentence_id_present", {"sentence_id": None}),
    ("sentences", "at_span", {"text": "At least 85 bodies were found, the ministry said."}),
    ("facts", "fact_id_present", {"fact_id": None}),
    ("facts", "claim_id_present", {"claim_id": None}),
    ("facts", "at_span", {"span_end": 17}),
    ("facts", "confidence_in_range", {"confidence": 1.5}),
    ("facts", "measure_known", {"measure": "hurt"}),
    ("facts", "qualifier_known", {"qualifier": "maybe"}),
    ("facts", "modality_known", {"modality": "wished"}),
    ("facts", "figure_whole", {"unit": None}),
    ("facts", "bounds_ordered", {"value_high": 83.0}),
    ("facts", "dates_ordered", {"as_of_start": date(2024, 5, 3), "as_of_end": date(2024, 5, 1)}),
    ("facts", "claimed", QUOTE),
]


def broken(table: str, rows: list[dict[str, Any]]) -> list[str]:
    frame = {
        "documents": lambda: documents_frame(rows),
        "articles": lambda: articles_frame(rows),
        "sentences": lambda: sentences_frame(rows, {"o": TEXT}),
        "facts": lambda: facts_frame(rows, {"o": TEXT}),
    }[table]()
    return [outcome.expectation.name for outcome in judge(table, frame) if not outcome.success]


@pytest.mark.parametrize("table", list(ROWS))
def test_a_good_row_breaks_nothing(table: str) -> None:
    assert broken(table, [ROWS[table]]) == []


@pytest.mark.parametrize(("table", "name", "change"), BREAKS, ids=[f"{t}-{n}" for t, n, _ in BREAKS])
def test_one_row_breaks_exactly_one_expectation(table: str, name: str, change: dict[str, Any]) -> None:
    assert broken(table, [ROWS[table] | change]) == [name]


def test_every_expectation_is_broken_by_some_row() -> None:
    also = {("documents", "document_id_unique"), ("articles", "output_id_unique"), ("facts", "kind_known")}
    also |= {("sentences", "text_present"), ("sentences", "span_start_in_range")}
    every = {(table, expectation.name) for table, suite in SUITES.items() for expectation in suite}
    assert every - also == {(table, name) for table, name, _ in BREAKS}


def test_rows_that_break_more_than_one() -> None:
    assert broken("documents", [ROWS["documents"]] * 2) == ["document_id_unique"]
    assert broken("articles", [ROWS["articles"]] * 2) == ["output_id_unique"]
    assert "kind_known" in broken("facts", [ROWS["facts"] | {"kind": "rumour"}])
    assert "text_present" in broken("sentences", [ROWS["sentences"] | {"text": None}])
    assert "span_start_in_range" in broken("sentences", [ROWS["sentences"] | {"span_start": -1}])


@pytest.mark.parametrize("field", "subtitle outlet outlet_printed section agency dateline url authors".split())
def test_a_control_character_in_any_short_text_breaks_the_row(field: str) -> None:
    spoilt = "North\x9bPort"
    assert broken("articles", [ROWS["articles"] | {field: [spoilt] if field == "authors" else spoilt}]) == ["fields_clean"]


def test_the_rows_that_broke_are_named_by_place() -> None:
    rows = [ROWS["facts"], ROWS["facts"] | {"measure": "hurt"}, ROWS["facts"], ROWS["facts"] | {"measure": "hurt"}]
    outcome = next(o for o in judge("facts", facts_frame(rows, {"o": TEXT})) if o.expectation.name == "measure_known")
    assert outcome.rows == (1, 3)
    assert outcome.examples == ("hurt", "hurt")
    assert outcome.evaluated == 4
