"""Human corrections are events: recorded, applied, surviving a reprocess, undone by another."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows import wiring
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import corrections, restore, review_claim, withdraw
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.transforms import pipeline
from copydesk.warehouse.errors import PermanentError
from tests.conftest import ARTICLES, Ingest, article, copydesk, rows

CLAIM = "SELECT claim_id FROM facts WHERE kind = 'figure' AND text = '{text}' ORDER BY claim_id LIMIT 1"


def claim(home: Path, text: str) -> str:
    return str(rows(home, CLAIM.format(text=text))[0][0])


def test_a_review_is_applied_survives_newer_rules_and_is_undone(
    take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    take(ARTICLES)
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    wrong = claim(home, "Seventeen people")
    doubted = claim(home, "19 people")
    review_claim(settings, wrong, "correct", "the recording says eighteen", corrections(["value_low=18", "value_high=18"]))
    review_claim(settings, doubted, "reject", "of another flood", {})
    monkeypatch.setattr(pipeline, "CLEANING", pipeline.CLEANING + "1")
    wiring.rules.cache_clear()
    try:
        assert reprocess(settings, Selection(), Progress()).counts["ingested"]
    finally:
        monkeypatch.undo()
        wiring.rules.cache_clear()
    told = dict(rows(home, "SELECT claim_id, review FROM facts WHERE review IS NOT NULL"))
    assert told == {wrong: "corrected", doubted: "rejected"}
    assert rows(home, f"SELECT value_low, text FROM figures WHERE claim_id = '{wrong}'") == [(18.0, "Seventeen people")]
    assert rows(home, f"SELECT count(*) FROM figure_series WHERE claim_id = '{doubted}'") == [(0,)]
    assert rows(home, "SELECT count(*) FROM events WHERE type = 'claim.reviewed'") == [(2,)]
    review_claim(settings, doubted, "undo", "it is the same flood", {})
    assert rows(home, f"SELECT count(*) FROM figure_series WHERE claim_id = '{doubted}'") == [(1,)]
    assert rows(home, f"SELECT review FROM facts WHERE claim_id = '{doubted}'") == [(None,)]


def test_what_cannot_be_corrected_says_what_can() -> None:
    with pytest.raises(PermanentError, match="'text' cannot be corrected"):
        corrections(["text=other"])
    with pytest.raises(PermanentError, match="'many' is no number"):
        corrections(["value_low=many"])


def test_a_withdrawn_document_stays_out_until_it_is_restored(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(article(1 if name == "one.txt" else 2), encoding="utf-8")
    take(tmp_path / "one.txt", tmp_path / "two.txt")
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    document = str(rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%one.txt'")[0][0])
    withdraw(settings, document, "asked by the outlet")
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    assert rows(home, "SELECT status, reason FROM documents WHERE status = 'withdrawn'") == [
        ("withdrawn", "asked by the outlet")
    ]
    assert take(tmp_path / "one.txt", tmp_path / "two.txt").counts["received"] == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    with pytest.raises(PermanentError, match="withdrawn already"):
        withdraw(settings, document, "again")
    restore(settings, document, "a mistake")
    assert rows(home, "SELECT count(*), count(DISTINCT output_id) FROM articles") == [(2, 2)]
    ended = rows(home, "SELECT ended_by FROM articles_history WHERE ended_by IS NOT NULL")
    assert ended == [("withdrawn",)]


def test_the_commands_take_the_beginning_of_an_id(tmp_path: Path) -> None:
    home = tmp_path / "home"
    copydesk("ingest", ARTICLES, "--home", home, "--max-rejects", "1")
    fact = claim(home, "Seventeen people")
    done = copydesk("fact", "confirm", fact[:12], "--why", "heard it", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "Confirmed figure 'Seventeen people'" in done.stdout
    assert rows(home, "SELECT review FROM facts WHERE review IS NOT NULL") == [("confirmed",)]
    nothing = copydesk("fact", "correct", fact, "--why", "x", "--home", home)
    assert nothing.returncode == 1
    assert "--set" in nothing.stderr
    gone = copydesk("document", "withdraw", "nosuch", "--why", "x", "--home", home)
    assert "no document 'nosuch'" in gone.stderr
