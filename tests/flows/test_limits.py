"""A document that takes too much ends alone: the others of its batch come out as if it had not been there."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.flows.settings.limits import MEGABYTE, Limits
from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers import guard
from tests.conftest import Ingest, article, copydesk, rows
from tests.extractions import raw_of
from tests.flows.spinning import GOOD, SECONDS, SPINNING, home_of_the_good, one_timed_out, with_one_that_spins
from tests.rule_sets import faulty
from tests.texts import distinct_folder

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("copydesk.flows.runs.dispatch.LEAST_BATCH", GOOD // 2)
    return with_one_that_spins(tmp_path / "in")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the good documents and nothing else."""
    home_of_the_good(base := tmp_path_factory.mktemp("alone"))
    return base / "home"


def test_in_one_process(take: Ingest, folder: Path, alone: Path, tmp_path: Path) -> None:
    take(folder, rules=SPINNING, max_seconds=SECONDS)
    one_timed_out(tmp_path / "home", alone)


def test_on_two_processes(take: Ingest, folder: Path, alone: Path, tmp_path: Path) -> None:
    take(folder, rules=SPINNING, jobs=2, max_seconds=SECONDS)
    one_timed_out(tmp_path / "home", alone)


def test_without_the_fault_the_page_is_an_article(take: Ingest, folder: Path, tmp_path: Path) -> None:
    take(folder, max_seconds=20)
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(GOOD + 1,)]


Rule = Callable[[], None]


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hoards() -> None:
    held = bytearray(400 * MEGABYTE)
    while held:
        pass


def waits() -> None:
    time.sleep(10_000)


@pytest.mark.parametrize(
    ("rule", "detail"),
    [(kills_itself, "SIGKILL"), (hoards, "max_memory"), (waits, "stood still")],
    ids=lambda one: str(one)[:12],
)
def test_a_rule_that_brings_its_process_down_costs_one_document(
    take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: Rule, detail: str
) -> None:
    monkeypatch.setattr(guard, "IDLE", 600 if rule is hoards else 8)
    take(distinct_folder(tmp_path / "in", range(4)), rules=faulty("00001.txt", rule), max_memory=200 * MEGABYTE)
    found = rows(tmp_path / "home", "SELECT parse_filename(source_uri), reason, detail FROM rejects")
    assert [row[:2] for row in found] == [("00001.txt", "crashed_worker")]
    assert detail in found[0][2]
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(3,)]


def test_a_child_holds_no_file_of_its_parent_open(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with guard.Guard(guard.Limits(bytes=1000, seconds=10, memory=1 << 30), INSTALLED) as reader:
        reader.read(raw_of(b"x"))
        os.close(writing)
        assert os.read(reading, 1) == b""
    os.close(reading)


def test_clean_and_the_dry_run_have_the_same_limit(tmp_path: Path) -> None:
    folder = distinct_folder(tmp_path / "in", range(1))
    (folder / "slow.txt").write_text(
        "The harbour of Torvik counted 14 boats on Monday, the mayor said. " * 30_000, encoding="utf-8"
    )
    short = {"COPYDESK_MAX_SECONDS": "0.2"}
    cleaned = copydesk("clean", folder / "slow.txt", env=short)
    assert cleaned.returncode == 1
    assert "timed_out" in cleaned.stderr
    dry = copydesk("ingest", folder, "--dry-run", "--home", tmp_path / "home", env=short)
    assert "rejected: timed_out" in dry.stdout


@pytest.mark.parametrize(
    ("media_type", "size", "wanted"),
    [
        ("text/plain", 10_000, 30.0),
        ("text/plain; charset=utf-8", 1_000_000, 60.0),
        ("text/plain", 900_000_000, 300.0),
        ("text/html; charset=utf-8", 5_000_000, 30.0),
        ("application/xhtml+xml", 5_000_000, 30.0),
    ],
)
def test_a_long_plain_text_has_more_time_in_proportion(media_type: str, size: int, wanted: float) -> None:
    raw = dataclasses.replace(raw_of(b"x", media_type), size=size)
    assert guard.seconds_for(raw, Limits(bytes=1 << 30, seconds=30.0, memory=1 << 30)) == wanted


@pytest.mark.slow
def test_a_row_of_two_megabytes_comes_in(take: Ingest, tmp_path: Path) -> None:
    """A dump of a whole archive in one row of a table is long, and no fault."""
    paragraph = "The council of Torvik met on Monday. Officials said {} people were injured when the river broke its banks."
    text = "\n\n".join(paragraph.format(number) for number in range(2, 18_000))
    rows_of_table = [{"text": text, "title": "The whole year"}, {"text": article(1), "title": "A day"}]
    (tmp_path / "dump.jsonl").write_text("\n".join(map(json.dumps, rows_of_table)), encoding="utf-8")
    take(tmp_path / "dump.jsonl")
    assert len(text) > 1_900_000
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(2,)]
    assert rows(tmp_path / "home", "SELECT count(*) FROM rejects") == [(0,)]
