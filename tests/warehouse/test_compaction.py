"""Compaction: rows move, none changes; a reader of the old files is never disturbed."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.jobs.rebuild import rebuild
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse import compaction
from copydesk.warehouse.publish import publish
from tests.conftest import Ingest, article, rows
from tests.homes import contents, found
from tests.rule_sets import newer

RUNS = 6
FEW = 4
"""Small files of a table that stay unmerged here: fewer than in a home of somebody, so that fewer runs make one to be merged."""


@pytest.fixture(autouse=True)
def few_stay_unmerged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "MOST_SMALL", FEW)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents, and a home that took in each by a run of its own."""
    base = tmp_path_factory.mktemp("grown")
    (base / "in").mkdir()
    for number in range(RUNS):
        path = base / "in" / f"{number}.txt"
        path.write_text(article(number), encoding="utf-8")
        ingest(Settings(home=base / "home", jobs=1), FolderSource("test", [path]), {}, Progress())
    return base


@pytest.fixture
def grown(once: Path, tmp_path: Path) -> Path:
    """A copy of the home of many runs, published anew."""
    home = tmp_path / "home"
    shutil.copytree(once / "home", home, symlinks=True)
    with open_run(Settings(home=home, jobs=1), "publish", {}, Progress()) as run:
        publish(run.home, run.log, run.state)
    return home


def tidied(home: Path) -> Run:
    return maintain(Settings(home=home, jobs=1), Progress())


def files(home: Path, table: str) -> list[Path]:
    return sorted((home / "data" / table).glob("*.parquet"))


def test_many_small_files_become_one_and_every_table_stays_the_same(grown: Path) -> None:
    before = contents(grown)
    reader = duckdb.connect(str((grown / "warehouse.duckdb").resolve()), read_only=True)
    run = tidied(grown)
    assert run.tally.counts["merged"] >= 5 * RUNS
    assert contents(grown) == before
    assert reader.execute("SELECT count(*) FROM facts").fetchone() == rows(grown, "SELECT count(*) FROM facts")[0]
    reader.close()
    named = json.loads((grown / "warehouse.duckdb").resolve().with_suffix(".json").read_text())["files"]
    assert sum("/facts/" in path for path in named) == 1
    assert len(files(grown, "facts")) == RUNS + 1, "the old files outlive their readers"
    assert tidied(grown).tally.counts["merged"] == 0


def test_files_that_nobody_reads_any_more_are_swept_after_a_day(grown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tidied(grown)
    before = contents(grown)
    old = grown / "published"
    current = (grown / "warehouse.duckdb").resolve().stem
    for path in old.glob("warehouse-*"):
        if not path.name.startswith(current):
            path.unlink()
    assert tidied(grown).tally.counts["swept"] == 0, "younger than a day"
    monkeypatch.setattr(compaction, "KEPT_SECONDS", -1.0)
    assert tidied(grown).tally.counts["swept"] >= 5 * RUNS
    assert len(files(grown, "facts")) == 1
    assert contents(grown) == before


def test_a_merge_keeps_what_is_dead_for_history(grown: Path) -> None:
    reprocess(Settings(home=grown, jobs=1, max_rejects=1.0), Selection(), Progress(), newer("cleaning"))
    before = contents(grown), rows(grown, "SELECT * FROM articles_history ORDER BY ALL")
    tidied(grown)
    assert (contents(grown), rows(grown, "SELECT * FROM articles_history ORDER BY ALL")) == before


def test_a_killed_merge_leaves_a_file_to_sweep_and_nothing_else(grown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(grown)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Run, "append", killed)
        with pytest.raises(KeyboardInterrupt):
            tidied(grown)
    assert contents(grown) == before
    tidied(grown)
    assert contents(grown) == before


def test_what_was_retired_yesterday_is_sweepable_today(grown: Path) -> None:
    from copydesk.warehouse.home import Home
    from copydesk.warehouse.log import sqlite_log
    from copydesk.warehouse.state import State

    tidied(grown)
    log = sqlite_log(grown / "log.sqlite")
    state = State.open().catch_up(log)
    now = datetime.now(UTC)
    for path in (grown / "published").glob("warehouse-*.json"):
        if path.stem != (grown / "warehouse.duckdb").resolve().stem:
            path.unlink()
    assert compaction.sweepable(Home(grown), state, now) == []
    assert len(compaction.sweepable(Home(grown), state, now + timedelta(days=2))) >= 5 * RUNS
    log.close()
    state.close()


def test_each_revision_is_made_again_from_the_merged_raw_file(grown: Path, once: Path, take: Ingest) -> None:
    path = once / "in" / "3.txt"
    path.write_text(article(303), encoding="utf-8")
    take(path)
    run = tidied(grown)
    assert run.tally.counts["merged"] >= 6 * (RUNS + 1)
    named = run_sql(grown, "SELECT path FROM files WHERE tab = 'raw'")
    assert len(named) == 1
    assert found(grown) == []
    made = rebuild(Settings(home=grown, jobs=1), Progress())
    assert (made.remade, made.left_out) == (RUNS + 1, 0)
    assert made.equal, made


def test_any_run_merges_where_files_pile_up(grown: Path, take: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(grown)
    monkeypatch.setattr(compaction, "CROWDED", RUNS)
    path = grown.parent / "more.txt"
    path.write_text(article(99), encoding="utf-8")
    run = take(path)
    assert run.tally.counts["merged"] >= 6 * (RUNS + 1)
    assert {row[0] for row in run_sql(grown, "SELECT count(*) FROM files GROUP BY tab")} == {1}
    assert len(contents(grown)["articles"]) == len(before["articles"]) + 1
    assert found(grown) == []


def run_sql(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the folded state."""
    from contextlib import closing

    from copydesk.warehouse.log import sqlite_log
    from copydesk.warehouse.state import State

    log = sqlite_log(home / "log.sqlite")
    with closing(State.open().catch_up(log)) as state:
        rows = [tuple(row) for row in state.rows(query)]
    log.close()
    return rows
