"""Workers that die: they are replaced, their batch is tried again, and one guilty document is turned away alone."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import copydesk.flows.workers.executors
from copydesk.flows.workers.executors import on_processes
from copydesk.flows.workers.task import Manifest, Task
from copydesk.flows.workers.worker import work
from tests.conftest import Ingest, rows
from tests.homes import contents, folder_of
from tests.texts import distinct_folder

DOCUMENTS = 40
GUILTY = "00007.txt"


def deadly(task: Task) -> Manifest:
    """Kills its worker where one document is among those it is given."""
    if not task.crashed and any(document["source_uri"].endswith(GUILTY) for document in task.documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


def clumsy(task: Task) -> Manifest:
    """Kills the first worker that is given anything, once."""
    with open(task.home.cache / "died", "a+", encoding="utf-8") as died:
        died.seek(0)
        if not died.read():
            died.write("once")
            died.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("copydesk.flows.runs.dispatch.LEAST_BATCH", 8)
    return distinct_folder(tmp_path / "in", range(DOCUMENTS))


def test_a_document_that_kills_its_worker_is_turned_away_alone(
    take: Ingest, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        copydesk.flows.workers.executors, "on_processes", lambda tasks, jobs, pool: on_processes(tasks, jobs, deadly, pool)
    )
    run = take(folder, jobs=2)
    home = tmp_path / "home"
    assert (run.tally.counts["ingested"], run.tally.counts["rejected"]) == (DOCUMENTS - 1, 1)
    assert rows(home, "SELECT reason, parse_filename(source_uri) FROM rejects") == [("crashed_worker", GUILTY)]
    assert rows(home, "SELECT count(*), count(DISTINCT document_id) FROM articles") == [(DOCUMENTS - 1, DOCUMENTS - 1)]


def test_a_worker_that_dies_once_is_replaced_and_its_batch_made(
    take: Ingest, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(folder, home=tmp_path / "alone")
    monkeypatch.setattr(
        copydesk.flows.workers.executors, "on_processes", lambda tasks, jobs, pool: on_processes(tasks, jobs, clumsy, pool)
    )
    take(folder, jobs=2)
    assert (tmp_path / "home" / "cache" / "died").read_text() == "once"
    assert contents(tmp_path / "home") == contents(tmp_path / "alone")


def test_results_come_in_the_order_of_the_tasks_whatever_their_batches(take: Ingest, folder: Path, tmp_path: Path) -> None:
    take(folder, home=tmp_path / "alone")
    take(folder, jobs=2)
    batches = rows(tmp_path / "home", "SELECT count(DISTINCT batch_id) FROM articles")[0][0]
    assert batches > 1
    assert contents(tmp_path / "home") == contents(tmp_path / "alone")
    ingested = "SELECT subject FROM events WHERE type = 'document.ingested' ORDER BY position"
    received = "SELECT subject FROM events WHERE type = 'document.received' ORDER BY position"
    assert rows(tmp_path / "home", ingested) == rows(tmp_path / "home", received)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_do_not_depend_on_jobs_or_batches(
    take: Ingest, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, 40)
    take(folder, home=tmp_path / "one")
    monkeypatch.setattr("copydesk.flows.runs.receive.RAW_ROWS", 7)
    for part in ("a", "b"):
        chosen = sorted(folder.iterdir())[: 23 if part == "a" else 40]
        take(*chosen, home=tmp_path / "many", jobs=jobs)
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
