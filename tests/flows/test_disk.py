"""What the machine does to a home: a full disk, a read-only one, files that shrink or vanish, a clock set back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.receive import receive
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.runs.steps import conclude, learn, process
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.sources.found import Found, Poll
from tests.conftest import Ingest, article, copydesk, rows
from tests.homes import contents, folder_of, found
from tests.texts import distinct, distinct_folder

Mount = Callable[[str], Path]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small disk, or changes how it is mounted; skips where that is not allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    there = False

    def mount(options: str) -> Path:
        nonlocal there
        asked = f"remount,{options}" if there else options
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", asked, "tmpfs", str(place)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("mounting a small disk is not allowed here")
        there = True
        return place

    yield mount
    if there:
        subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A folder of many documents, and the content of an undisturbed home of them."""
    base = tmp_path_factory.mktemp("full")
    folder = distinct_folder(base / "in", range(100))
    ingest(Settings(home=base / "home", jobs=1), FolderSource("test", [folder]), {}, Progress())
    return folder, contents(base / "home")


@pytest.mark.parametrize("size", ["600k", "1500k", "2600k"])  # full while it receives, decides, publishes
def test_a_full_disk_stops_a_run_and_the_next_goes_on(mounted: Mount, alone: tuple[Path, Any], size: str) -> None:
    folder, whole = alone
    home = mounted(f"size={size}") / "home"
    arguments = ("ingest", folder, "--home", home, "--source", "test", "--jobs", "1")
    full = copydesk(*arguments)
    assert full.returncode == 1, full.stderr
    assert "The disk is full. Make room" in full.stderr
    assert "Traceback" not in full.stderr
    mounted("size=200m")
    again = copydesk(*arguments)
    assert again.returncode == 0, again.stderr
    assert contents(home) == whole
    assert found(home) == []


def test_a_disk_that_fills_under_the_workers_is_said_so(mounted: Mount, alone: tuple[Path, Any]) -> None:
    folder, _ = alone
    home = mounted("size=1500k") / "home"
    full = copydesk("ingest", folder, "--home", home, "--jobs", "2")
    assert (full.returncode, "The disk is full" in full.stderr, "Traceback" in full.stderr) == (1, True, False), full.stderr


def test_a_read_only_home_is_read_and_not_written(mounted: Mount, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    home = mounted("size=50m") / "home"
    assert copydesk("ingest", folder, "--home", home, "--jobs", "1").returncode == 0
    before = contents(home)
    mounted("ro")
    (folder / "new.txt").write_text(article(9), encoding="utf-8")
    refused = copydesk("ingest", folder, "--home", home, "--jobs", "1")
    assert refused.returncode == 1
    assert "read-only" in refused.stderr
    assert "Traceback" not in refused.stderr
    asked = copydesk("sql", "--home", home, "--format", "csv", "select count(*) from articles")
    assert asked.stdout.split() == ["count_star()", "2"]
    mounted("rw,size=50m")
    assert contents(home) == before
    assert copydesk("ingest", folder, "--home", home, "--jobs", "1").returncode == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(3,)]


def test_an_inbox_or_a_folder_that_vanished(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert copydesk("ingest", "--home", home).returncode == 0
    (home / "inbox").rmdir()
    assert copydesk("ingest", "--home", home).returncode == 0
    added = copydesk("source", "add", "gone", "--kind", "folder", "--location", tmp_path / "gone", "--home", home)
    assert added.returncode == 0
    refused = copydesk("ingest", "--source", "gone", "--home", home)
    assert refused.returncode == 1
    assert f"{tmp_path / 'gone'}: there is no such file or folder" in refused.stderr


def test_a_file_that_shrinks_or_vanishes_between_listing_and_reading(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 3), tmp_path / "home"

    class Late(FolderSource):
        """A folder whose files change after they were listed."""

        def discover(self, poll: Poll | None = None) -> Iterator[Found]:
            listed = list(super().discover(poll))
            (folder / "000.txt").write_text(article(0)[:300], encoding="utf-8")
            (folder / "001.txt").unlink()
            yield from listed

    with open_run(Settings(home=home, jobs=1, max_rejects=1.0), "ingest", {}, Progress()) as run:
        receive(run, Late("test", [folder]))
        learn(run)
        process(run)
        conclude(run)
    assert rows(home, "SELECT parse_filename(source_uri), status, reason, size FROM documents ORDER BY 1")[:2] == [
        ("000.txt", "ingested", None, 300),
        ("001.txt", "rejected", "vanished", 0),
    ]
    (folder / "000.txt").write_text(article(0), encoding="utf-8")
    (folder / "001.txt").write_text(article(1), encoding="utf-8")
    take(folder)
    take(folder, home=tmp_path / "alone")
    columns = "parse_filename(source_uri), status, sha256"
    query = f"SELECT {columns} FROM documents ORDER BY 1"
    assert rows(home, query) == rows(tmp_path / "alone", query)


def test_a_clock_that_is_set_back_changes_times_and_nothing_else(take: Ingest, tmp_path: Path) -> None:
    folder, home = distinct_folder(tmp_path / "in", range(2)), tmp_path / "home"
    take(folder)
    (folder / "00000.txt").write_text(distinct(40), encoding="utf-8")
    (folder / "new.txt").write_text(distinct(41), encoding="utf-8")
    past = datetime.now(UTC) - timedelta(days=400)
    with open_run(Settings(home=home, jobs=1), "ingest", {}, Progress(), lambda: past) as run:
        receive(run, FolderSource("test", [folder]))
        learn(run)
        process(run)
        conclude(run)
    positions = [row[0] for row in rows(home, "SELECT position FROM events ORDER BY position")]
    assert positions == list(range(1, len(positions) + 1))
    take(folder, home=tmp_path / "alone")
    assert contents(home)["articles"] == contents(tmp_path / "alone")["articles"]
    assert take(folder).tally.counts["received"] == 0
    assert found(home) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_a_home_whose_path_holds_quotes_spaces_and_more(tmp_path: Path) -> None:
    home = tmp_path / 'it\'s a "home"; --drop $HOME %s *[x] é\nnew'
    folder = folder_of(tmp_path, 2, "in 'quoted' #1?")
    assert copydesk("ingest", folder, "--home", home, "--jobs", "1").returncode == 0
    asked = copydesk("sql", "--home", home, "--format", "csv", "select count(*) from facts where confidence > 0.5")
    assert int(asked.stdout.split()[-1]) > 4, asked.stderr
    for command in (
        ("verify",),
        ("maintain",),
        ("rebuild", "--jobs", "1"),
        ("publish",),
        ("status",),
        ("diff", "--from", "2", "--to", "99"),
    ):
        done = copydesk(*command, "--home", home)
        assert done.returncode == 0, (command, done.stderr)
    assert copydesk("export", "articles", tmp_path / "o'ut.parquet", "--home", home).returncode == 0
    assert copydesk("backup", tmp_path / "b'ack.tar", "--home", home).returncode == 0


@pytest.mark.parametrize("kilobytes", [700_000, 1_200_000, 1_500_000])
def test_too_little_memory_is_one_sentence_and_the_next_run_goes_on(take: Ingest, tmp_path: Path, kilobytes: int) -> None:
    """Under `ulimit -v`, which the libraries answer each in their own way. More than 16 documents: a pool is asked for."""
    folder, home = distinct_folder(tmp_path / "in", range(20)), tmp_path / "home"
    command = f"ulimit -v {kilobytes}; exec '{sys.executable}' -m copydesk.flows.cli ingest '{folder}' --home '{home}' --jobs 2"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode > 0:  # on another machine it may be enough; below 0 a library's own abort, which nobody can answer
        assert "memory" in done.stderr.casefold(), done.stderr  # OpenBLAS says it in its own words, and ends
    take(folder, home=home)
    assert rows(home, "SELECT count(*) FROM articles") == [(20,)]
    assert found(home) == []
