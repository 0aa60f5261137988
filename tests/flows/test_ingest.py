"""The main job: twice is once, what is turned away, what changes, what is kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import ARTICLES, Ingest, article, copydesk, rows
from tests.homes import contents, folder_of


def events(home: Path) -> list[str]:
    from copydesk.warehouse.log import sqlite_log

    log = sqlite_log(home / "log.sqlite")
    types = [recorded.event.type for recorded in log.read()]
    log.close()
    return types


def tree(home: Path) -> set[str]:
    return {str(p.relative_to(home)) for part in ("data", "published") for p in (home / part).rglob("*")}


def test_a_second_ingest_of_the_same_files_appends_one_event_and_writes_nothing(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    take(ARTICLES)
    before, files, link = events(home), tree(home), (home / "warehouse.duckdb").readlink()
    run = take(ARTICLES)
    assert events(home) == [*before, "run.finished"]
    assert tree(home) == files
    assert (home / "warehouse.duckdb").readlink() == link
    assert not run.published
    assert run.tally.counts["unchanged"] == 17


def test_the_cache_of_known_files_is_only_a_cache(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    take(ARTICLES)
    before = events(home)
    for path in (home / "cache").iterdir():
        path.unlink()
    take(ARTICLES)
    assert events(home) == [*before, "run.finished"]


def test_the_same_bytes_under_another_name_are_a_duplicate_and_a_printing(take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    take(folder)
    (folder / "copy.txt").write_bytes((folder / "000.txt").read_bytes())
    run = take(folder)
    home = tmp_path / "home"
    assert run.tally.counts["duplicates"] == 1
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    assert sorted(rows(home, "SELECT status FROM documents")) == [("duplicate",), ("ingested",)]
    assert rows(home, "SELECT count(*), count(DISTINCT article_id) FROM printings") == [(2, 1)]


def test_a_changed_file_is_a_new_revision_and_history_keeps_the_old(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 2), tmp_path / "home"
    take(folder)
    (folder / "000.txt").write_text(article(0).replace("$2 million", "$3 million"), encoding="utf-8")
    take(folder)
    assert rows(home, "SELECT revision FROM articles WHERE source_uri LIKE '%000.txt'") == [(2,)]
    old, new = rows(
        home,
        "SELECT revision, current_until IS NULL, ended_by FROM articles_history WHERE source_uri LIKE '%000.txt' ORDER BY 1",
    )
    assert old == (1, False, "source")
    assert new == (2, True, None)
    assert rows(home, "SELECT count(*) FROM figures WHERE text = 'about $3 million'") == [(1,)]
    assert rows(home, "SELECT count(*) FROM figures WHERE text = 'about $2 million'") == [(1,)]  # the other file's
    assert rows(home, "SELECT count(*) FROM facts_history WHERE text = 'about $2 million'") == [(2,)]


def test_a_file_that_disappears_changes_nothing(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 2), tmp_path / "home"
    take(folder)
    before = contents(home)
    (folder / "001.txt").unlink()
    take(folder)
    assert contents(home) == before


def test_an_article_lives_on_where_another_prints_it(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 1), tmp_path / "home"
    (folder / "copy.txt").write_bytes((folder / "000.txt").read_bytes())
    take(folder)
    (folder / "000.txt").write_text(article(7), encoding="utf-8")
    take(folder)
    assert rows(home, "SELECT parse_filename(source_uri), title FROM articles ORDER BY 1") == [
        ("000.txt", "Road to the harbour to open again (7)"),
        ("copy.txt", "Road to the harbour to open again (0)"),
    ]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = copydesk("ingest", ARTICLES, "--home", home, "--dry-run")
    assert told.returncode == 0, told.stderr
    assert "rejected: not_text" in told.stdout
    assert "15 article" in told.stdout
    assert not home.exists()


def test_a_path_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    told = copydesk("ingest", tmp_path / "nowhere", "--home", tmp_path / "home")
    assert told.returncode == 1
    assert f"{tmp_path}/nowhere: there is no such file or folder" in told.stderr


def test_a_home_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told = copydesk("ingest", ARTICLES, "--home", tmp_path / "file" / "home")
    assert told.returncode == 1
    assert "cannot be written" in told.stderr


def test_a_home_with_quotes_and_spaces_in_its_name(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / 'an editor\'s "home" [1]'
    take(ARTICLES, home=home)
    assert rows(home, "SELECT count(*) FROM articles") == [(15,)]


@pytest.mark.parametrize("mode", ["True", "False"])
def test_an_open_reader_neither_stops_an_ingest_nor_is_disturbed(take: Ingest, tmp_path: Path, mode: str) -> None:
    if mode == "False" and os.geteuid() != 0:
        pytest.skip("the published file is read-only: nobody but root can open it to write")
    folder, home = folder_of(tmp_path, 2), tmp_path / "home"
    take(folder)
    script = (
        "import duckdb, sys\n"
        f"db = duckdb.connect(sys.argv[1], read_only={mode})\n"
        "print(db.execute('select count(*) from articles').fetchone()[0], flush=True)\n"
        "sys.stdin.readline()\n"
        "print(db.execute('select count(*) from articles').fetchone()[0], flush=True)\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", script, str(home / "warehouse.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None and reader.stdout.readline() == "2\n"
    (folder / "new.txt").write_text(article(99), encoding="utf-8")
    take(folder)
    out, _ = reader.communicate("\n")
    assert out == "2\n"
    assert rows(home, "SELECT count(*) FROM articles") == [(3,)]


def test_near_copies_point_at_the_earliest(sample_home: Path) -> None:
    found = rows(
        sample_home,
        "SELECT parse_filename(a.source_uri), parse_filename(b.source_uri), a.similarity FROM articles a "
        "JOIN articles b ON b.article_id = a.duplicate_of ORDER BY 1",
    )
    assert [(later, first) for later, first, _ in found] == [
        ("echo-flood.txt", "coastalwire-flood.txt"),
        ("wire-flood-corrected.txt", "coastalwire-flood.txt"),
    ]
    assert all(0.6 <= share <= 1 for _, _, share in found)


def test_what_repeats_over_a_site_is_learnt_and_named(tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 8), tmp_path / "home"
    for path in folder.iterdir():
        path.write_text("The harbour desk brings you more\n\n" + path.read_text() + "\nBoats sail daily, ask at the quay\n")
    settings = Settings(home=home, max_rejects=1.0, jobs=1)
    ingest(settings, FolderSource("test", [folder], outlet="Harbor Courier"), {}, Progress())
    lines = json.loads(rows(home, "SELECT data FROM events WHERE type = 'knowledge.learned'")[0][0])["lines"]
    assert "boats sail daily ask at the quay" in lines
    stripped = rows(
        home, "SELECT count(*), any_value(reason) FROM blocks WHERE text LIKE 'Boats sail%' AND role = 'navigation'"
    )
    assert stripped == [(8, "repeats_over_site")]
    assert rows(home, "SELECT count(*) FROM articles WHERE authors = ['Nora Castell']") == [(8,)]


def test_the_log_may_lie_in_postgresql(take: Ingest, tmp_path: Path, log: str) -> None:
    folder, home = folder_of(tmp_path, 5), tmp_path / "home"
    take(folder, log=log)
    assert not (home / "log.sqlite").exists()
    assert rows(home, "SELECT count(*) FROM articles") == [(5,)]
    assert not take(folder, log=log).published
    take(folder, home=tmp_path / "other")
    assert contents(home) == contents(tmp_path / "other")
