"""A row that breaks a rule goes to the rejects with the rule's name, and takes with it what hangs on it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.transforms import pipeline
from copydesk.transforms.types import Extraction
from tests.conftest import Ingest, rows
from tests.homes import folder_of


def spoilt(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """Makes the rules give one bad row for the file 001.txt."""
    whole = pipeline.Transformer.transform

    def transform(self: pipeline.Transformer, raw: pipeline.RawDocument, *rest: object) -> Extraction:
        made = whole(self, raw, *rest)  # type: ignore[arg-type]
        if not raw.source_uri.endswith("001.txt") or made.article is None:
            return made
        if change == "article":
            return replace(made, article=replace(made.article, language="English"))
        if change == "sentence":
            return replace(made, sentences=(replace(made.sentences[0], text="not there"), *made.sentences[1:]))
        return replace(made, facts=(replace(made.facts[0], measure="hurt"), *made.facts[1:]))

    monkeypatch.setattr(pipeline.Transformer, "transform", transform)


def test_a_bad_fact_goes_alone(take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(folder_of(tmp_path, 3), home=tmp_path / "good")
    spoilt(monkeypatch, "fact")
    home = tmp_path / "home"
    take(tmp_path / "in", home=home)
    stage, expectation, row = rows(home, "SELECT stage, expectation, row FROM rejects")[0]
    assert (stage, expectation) == ("facts", "measure_known")
    assert json.loads(row)["measure"] == "hurt"
    count = "SELECT count(*) FROM facts"
    assert rows(home, count)[0][0] == rows(tmp_path / "good", count)[0][0] - 1
    assert rows(home, "SELECT count(*) FROM articles") == [(3,)]
    assert rows(home, "SELECT count(*) FROM numbers WHERE reason = 'rejected'") == [(1,)]
    failed = rows(home, "SELECT suite, failed, examples FROM validations WHERE NOT success")
    assert failed == [("facts", 1, ["hurt"])]


def test_a_bad_sentence_takes_its_facts_with_it(take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt(monkeypatch, "sentence")
    home = tmp_path / "home"
    take(folder_of(tmp_path, 2))
    assert rows(home, "SELECT stage, expectation FROM rejects") == [("sentences", "at_span")]
    assert rows(home, "SELECT count(*) FROM facts WHERE sentence_id NOT IN (SELECT sentence_id FROM sentences)") == [(0,)]


def test_a_bad_article_takes_its_document_with_it(take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt(monkeypatch, "article")
    home = tmp_path / "home"
    run = take(folder_of(tmp_path, 3))
    assert run.tally.counts["rejected"] == 1
    assert rows(home, "SELECT status, reason FROM documents WHERE source_uri LIKE '%001.txt'") == [("rejected", "expectation")]
    for table in ("articles", "sentences", "facts", "numbers"):
        assert rows(home, f"SELECT count(DISTINCT article_id) FROM {table}") == [(2,)]
    assert rows(home, "SELECT count(*) FROM rejects WHERE expectation = 'language_well_formed'") == [(1,)]


def test_every_expectation_of_every_batch_is_a_row(sample_home: Path) -> None:
    from copydesk.expectations.judge import SUITES

    expected = {(table, e.name) for table, suite in SUITES.items() for e in suite}
    assert set(rows(sample_home, "SELECT suite, expectation FROM validations")) == expected
    assert rows(sample_home, "SELECT count(*) FROM validations WHERE evaluated = 0") == [(0,)]
