"""A rebuild makes the same rows again, from raw bytes and the log, however the work is cut; a repair uses that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.rebuild import rebuild
from copydesk.flows.jobs.repair import repair
from copydesk.flows.jobs.reprocess import Rejects, requeue
from copydesk.flows.jobs.review import withdraw
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import ARTICLES, article, copydesk, rows
from tests.homes import contents, first, flip, folder_of, found, put_back
from tests.rule_sets import newer

DERIVED = ("articles", "blocks", "sentences", "facts", "numbers", "rejects", "validations")


def given(home: Path, **more: Any) -> Settings:
    return Settings(**{"home": home, "jobs": 1, "max_rejects": 1.0, **more})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return put_back(live(tmp_path_factory.mktemp("lived")))


@pytest.fixture
def lived(whole: Callable[[], Path]) -> Path:
    """A home that has seen something."""
    return whole()


def live(base: Path) -> Path:
    """A home with revisions, a reject, a withdrawal, a copy and something learnt of its site; its files lie in `base/in`."""
    home, folder = base / "home", folder_of(base, 8)

    def take(place: Path) -> None:
        ingest(given(home), FolderSource("test", [place]), {}, Progress())

    shutil.copy(ARTICLES / "coastalwire-flood.txt", folder)
    (folder / "empty.txt").write_text("")
    take(folder)
    (folder / "001.txt").write_text(article(50), encoding="utf-8")
    (folder / "002.txt").write_bytes((folder / "003.txt").read_bytes())
    shutil.copy(ARTICLES / "reprints" / "echo-flood.txt", folder)
    take(folder)
    document = rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%004.txt'")[0][0]
    withdraw(given(home), document, "test")
    requeue(given(home), Rejects(), Progress())
    return home


@pytest.mark.parametrize(("jobs", "size"), [(1, None), (2, None), (1, 1), pytest.param(1, 5, marks=pytest.mark.slow)])
def test_a_rebuild_is_equal_however_the_work_is_cut(lived: Path, jobs: int, size: int | None) -> None:
    done = rebuild(given(lived, jobs=jobs), Progress(), size)
    assert done.equal
    assert {one.table for one in done.differences} >= set(DERIVED) - {"validations"}
    assert done.remade == 13
    assert {one.table: one.kept for one in done.differences}["articles"] == 11


def test_the_command_says_what_is_equal(lived: Path) -> None:
    done = copydesk("rebuild", "--home", lived, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "All is equal." in done.stdout
    assert "facts" in done.stdout


def test_a_row_that_was_tampered_with_differs(lived: Path) -> None:
    path = sorted((lived / "data" / "facts").glob("*.parquet"))[0]
    table = pq.read_table(path)
    values = table.column("value_low").to_pylist()
    number = next(n for n, value in enumerate(values) if value is not None)
    values[number] += 1
    place = table.schema.get_field_index("value_low")
    pq.write_table(table.set_column(place, table.schema.field(place), [values]), path)
    done = rebuild(given(lived), Progress())
    assert not done.equal
    (facts,) = (one for one in done.differences if not one.equal)
    assert (facts.table, facts.only_kept, facts.only_made) == ("facts", 1, 1)
    assert facts.examples == (table.column("fact_id")[number].as_py(),)
    assert [finding.kind for finding in done.damaged] == ["changed_file"]


def test_what_older_rules_made_is_kept_and_named(lived: Path) -> None:
    done = rebuild(given(lived), Progress(), rules=newer())
    assert done.equal
    assert done.remade == 0
    assert sum(done.older.values()) == 13


@pytest.mark.parametrize(
    ("tables", "missing"),
    [
        (DERIVED, False),
        (DERIVED, True),
        (("facts",), False),
        (("rejects",), True),
        pytest.param(("facts",), True, marks=pytest.mark.slow),
        pytest.param(("rejects",), False, marks=pytest.mark.slow),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else ("missing" if one else "flipped"),
)
def test_derived_files_are_made_again(lived: Path, tables: tuple[str, ...], missing: bool) -> None:
    """Those of all tables in one repair, and of one table where the others are sound."""
    before = contents(lived)
    damaged = [first(lived, table) for table in tables]
    for table, path in zip(tables, damaged, strict=True):
        path.unlink() if missing else flip(lived, table)
    done = repair(given(lived), Progress(), delete=False)
    for path in damaged:
        (line,) = (line for line in done.mended if line.startswith(f"data/{path.parent.name}/"))
        assert path.name in line
    assert not done.lost
    assert found(lived) == []
    assert contents(lived) == before
    assert missing or all(path.exists() for path in damaged), "a repair deletes nothing"
    assert tables != DERIVED or rebuild(given(lived), Progress()).equal


def test_raw_bytes_come_back_from_their_source_or_are_told_lost(tmp_path: Path) -> None:
    lived = live(tmp_path)
    before = contents(lived)
    (tmp_path / "in" / "005.txt").write_text("other bytes now", encoding="utf-8")
    (tmp_path / "in" / "006.txt").unlink()
    max((lived / "data" / "raw").glob("*.parquet"), key=lambda path: pq.read_metadata(path).num_rows).unlink()
    done = copydesk("verify", "--repair", "--home", lived)
    assert done.returncode == 0, done.stdout
    assert "mended: data/raw/" in done.stdout
    for name in ("001", "002", "005", "006"):
        assert f"{name}.txt, revision 1: its source has others now" in done.stdout
    assert contents(lived) == before


def test_an_orphan_goes_with_a_word_alone(lived: Path) -> None:
    stray = lived / "data" / "facts" / "stray.parquet"
    stray.write_bytes(b"x")
    kept = copydesk("verify", "--repair", "--home", lived)
    assert kept.returncode == 1
    assert "deleted with --yes: data/facts/stray.parquet" in kept.stdout
    assert stray.exists()
    gone = copydesk("verify", "--repair", "--yes", "--home", lived)
    assert gone.returncode == 0
    assert not stray.exists()


def test_what_older_rules_made_of_a_lost_file_is_made_by_todays(lived: Path) -> None:
    for path in (lived / "data" / "facts").glob("*.parquet"):
        path.unlink()
    done = repair(given(lived), Progress(), delete=False, rules=newer())
    assert any("made anew by today's rules" in line for line in done.mended)
    assert any(line.startswith("history of ") for line in done.lost)
    assert found(lived) == []
    assert rows(lived, "SELECT count(DISTINCT article_id) FROM facts") == rows(lived, "SELECT count(*) FROM articles")
    assert rows(lived, "SELECT DISTINCT rules FROM articles") == [(newer().name,)]


def test_a_log_whose_end_is_missing_stops_every_run_until_that_is_said(lived: Path) -> None:
    import sqlite3

    with sqlite3.connect(lived / "log.sqlite") as db:
        (name,) = next(row for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "event" in row[0])
        db.execute(f"DELETE FROM {name} WHERE rowid > (SELECT max(rowid) - 5 FROM {name})")
    files = set((lived / "data").rglob("*.parquet"))
    stopped = copydesk("ingest", ARTICLES, "--home", lived)
    assert stopped.returncode == 1
    assert "its end was cut off" in stopped.stderr
    assert set((lived / "data").rglob("*.parquet")) == files
    assert copydesk("verify", "--repair", "--home", lived).returncode == 1
    copydesk("verify", "--repair", "--yes", "--home", lived)
    assert copydesk("verify", "--home", lived).returncode == 0
