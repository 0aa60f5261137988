"""A home has a life: saved while it is written to, restored elsewhere, moved."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from copydesk.flows.jobs.backup import backup
from copydesk.flows.jobs.restore import restore
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from tests.conftest import ARTICLES, Ingest, article, copydesk, rows
from tests.homes import contents, folder_of
from tests.processes import started


def test_what_was_saved_is_restored_to_the_row(sample_home: Path, tmp_path: Path) -> None:
    saved = copydesk("backup", tmp_path / "home.tar", "--home", sample_home)
    assert saved.returncode == 0, saved.stderr
    told = copydesk("restore", tmp_path / "home.tar", "--home", tmp_path / "new")
    assert told.returncode == 0, told.stderr
    assert contents(tmp_path / "new") == contents(sample_home)
    again = copydesk("ingest", ARTICLES, "--home", tmp_path / "new", "--source", "articles")
    assert "Nothing new" in again.stdout
    assert copydesk("verify", "--home", tmp_path / "new").returncode == 0


def test_a_home_can_be_saved_while_a_run_goes_on(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 60)
    run = started("ingest", folder, "--home", home, "--jobs", "1", quiet=True)
    saved = 0
    while run.poll() is None:
        try:
            backup(Settings(home=home), tmp_path / f"{saved}.tar")
            saved += 1
        except PermanentError as early:
            assert "holds no event" in str(early) or "There is no home" in str(early)
    assert saved
    # The earliest, the latest, and one between them.
    for number in sorted({0, saved // 2, saved - 1}):
        told = copydesk("restore", tmp_path / f"{number}.tar", "--home", tmp_path / f"new{number}")
        assert told.returncode == 0, told.stderr
        finished = copydesk("ingest", folder, "--home", tmp_path / f"new{number}", "--jobs", "1")
        assert finished.returncode == 0, finished.stderr
        assert rows(tmp_path / f"new{number}", "SELECT count(*) FROM articles") == [(60,)]
        if number == 2:
            break


def test_a_moved_home_works_after_a_publish(sample_home: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_home, tmp_path / "there", symlinks=True)
    (tmp_path / "there").rename(tmp_path / "here")
    assert copydesk("publish", "--home", tmp_path / "here").returncode == 0
    assert contents(tmp_path / "here") == contents(sample_home)


def test_what_is_there_is_never_written_over(sample_home: Path, tmp_path: Path) -> None:
    settings = Settings(home=sample_home)
    backup(settings, tmp_path / "a.tar")
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PermanentError, match="is there already"):
        backup(settings, tmp_path / "note.txt")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PermanentError, match="is not empty"):
        restore(tmp_path / "a.tar", tmp_path / "other")
    assert (tmp_path / "other" / "note.txt").read_text(encoding="utf-8") == "mine"
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(ARTICLES / "courier-ridge.txt", "x.txt")
    with pytest.raises(PermanentError, match="no backup"):
        restore(tmp_path / "b.tar", tmp_path / "new")
    with pytest.raises(PermanentError, match="There is no home"):
        backup(Settings(home=tmp_path / "none"), tmp_path / "c.tar")


def test_a_home_that_another_program_published_says_so_and_is_published_anew(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    take(tmp_path / "a.txt")
    sidecar = (home / "warehouse.duckdb").resolve().with_suffix(".json")
    named = json.loads(sidecar.read_text(encoding="utf-8"))
    sidecar.write_text(json.dumps({**named, "views": "those of an older program"}), encoding="utf-8")
    refused = copydesk("sql", "from articles", "--home", home)
    assert refused.returncode == 1
    assert "copydesk publish --home" in refused.stderr
    assert take(tmp_path / "a.txt").published
    assert copydesk("sql", "from articles", "--home", home).returncode == 0
