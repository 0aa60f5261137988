"""Made again by newer rules, decided again by hand: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from copydesk.flows.jobs.reprocess import Rejects, Selection, reprocess, requeue
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.settings import Settings
from copydesk.flows.wiring import INSTALLED
from copydesk.transforms.rule_set import RuleSet
from copydesk.transforms.types import Extraction, Verdict
from copydesk.warehouse.errors import PermanentError
from tests.conftest import Ingest, article, copydesk, rows
from tests.rule_sets import faulty, newer

Again = Callable[..., Run]


@pytest.fixture
def again(tmp_path: Path) -> Again:
    """Reprocesses `tmp_path/home`, or another home, by the installed rules or others, and gives the run."""

    def run(rules: RuleSet = INSTALLED, home: Path | None = None, **selection: object) -> Run:
        settings = Settings(home=home or tmp_path / "home", jobs=1, max_rejects=1.0)
        return reprocess(settings, Selection(**selection), Progress(), rules)  # type: ignore[arg-type]

    return run


def turned_away(extraction: Extraction) -> Extraction:
    return Extraction(blocks=extraction.blocks, verdict=Verdict("no_article", "The newer rules want more of it."))


FACTS = "SELECT claim_id, article_id, kind, text, span_start, value_low, attributed_to FROM facts ORDER BY ALL"
COPIES = "SELECT article_id, duplicate_of, similarity FROM articles ORDER BY ALL"


def test_without_newer_rules_nothing_is_made_and_nothing_published(own_home: Path, again: Again) -> None:
    link = (own_home / "warehouse.duckdb").readlink()
    run = again(home=own_home)
    assert run.tally.counts["ingested"] == 0
    assert not run.published
    assert (own_home / "warehouse.duckdb").readlink() == link


def test_newer_rules_supersede_every_output_once(own_home: Path, again: Again) -> None:
    home = own_home
    before, copies, count = rows(home, FACTS), rows(home, COPIES), rows(home, "SELECT count(*) FROM articles")[0][0]
    figures = newer("figures")
    assert again(figures, home, stage="clean").tally.counts["ingested"] == 0
    assert again(figures, home, stage="facts").tally.counts["ingested"] == count
    assert rows(home, FACTS) == before, "the same claims keep their ids"
    assert rows(home, COPIES) == copies, "what was a copy of what is decided in the order of receipt"
    assert rows(home, "SELECT DISTINCT rules FROM articles") == [(figures.name,)]
    history = rows(home, "SELECT count(*), count(DISTINCT output_id) FROM articles_history")
    assert history == [(2 * count, 2 * count)]
    assert rows(home, "SELECT count(*) FROM documents WHERE status = 'rejected'") == [(1,)]
    assert rows(home, "SELECT count(*) FROM rejects") == [(1,)]
    assert again(figures, home).tally.counts["ingested"] == 0


def test_a_selection_leaves_the_rest_as_it_was(take: Ingest, again: Again, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    take(tmp_path / "a.txt")
    cleaning = newer("cleaning")
    assert again(cleaning, until=date(2000, 1, 1)).tally.counts["ingested"] == 0
    with pytest.raises(PermanentError, match=r"no source 'elsewhere'.*test") as raised:
        again(cleaning, source="elsewhere")
    assert raised.value.stage == "process_outdated"
    assert again(cleaning, source="test", since=date(2000, 1, 1)).tally.counts["ingested"] == 1


def test_what_newer_rules_turn_away_goes_and_comes_back(take: Ingest, again: Again, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(article(1), encoding="utf-8")
    take(tmp_path / "one.txt", tmp_path / "two.txt")
    status = "SELECT status, article_id IS NOT NULL FROM documents ORDER BY source_uri"
    assert rows(home, status) == [("ingested", True), ("duplicate", True)]
    stricter = faulty(change=turned_away, name="stricter-1")
    assert again(stricter).tally.counts["rejected"] == 1
    assert rows(home, status) == [("rejected", False), ("rejected", False)]
    assert rows(home, "SELECT count(*) FROM articles") == rows(home, "SELECT count(*) FROM facts") == [(0,)]
    again()
    assert rows(home, status) == [("ingested", True), ("duplicate", True)]
    assert rows(home, "SELECT count(*) FROM rejects") == [(0,)]


def test_a_reject_is_decided_again_where_the_fault_is_gone(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")

    def fails() -> None:
        raise ValueError("a fault of the rules")

    take(tmp_path / "a.txt", rules=faulty(fault=fails))
    assert rows(home, "SELECT reason FROM rejects") == [("failed",)]
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    assert requeue(settings, Rejects("not_text"), Progress()).tally.counts["requeued"] == 0
    run = requeue(settings, Rejects("failed"), Progress())
    assert (run.tally.counts["requeued"], run.tally.counts["ingested"]) == (1, 1)
    assert rows(home, "SELECT count(*) FROM rejects") == [(0,)]
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]


def test_the_commands_say_what_they_did(own_home: Path) -> None:
    home = own_home
    done = copydesk("reprocess", "--home", home)
    assert (done.returncode, done.stdout) == (0, "Nothing to do: all is as today's rules make it.\n")
    wrong = copydesk("reprocess", "--stage", "words", "--home", home)
    assert wrong.returncode == 2
    assert "--stage is 'words'; it must be 'all', 'clean' or 'facts'" in wrong.stderr
    back = copydesk("requeue", "--reason", "not_text", "--home", home)
    assert "1 rejected" in back.stdout
    assert "broken.txt" in back.stdout
