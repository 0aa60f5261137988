"""Workers that die: they are replaced, their batch is tried again, and one guilty document is turned away alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import copydesk.flows.workers.executors
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.workers.executors import on_processes
from tests.conftest import Ingest, rows
from tests.flows.deadly import GUILTY, clumsy, deadly
from tests.homes import contents, folder_of
from tests.texts import distinct_folder

DOCUMENTS = 40


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents; not to be written to."""
    return distinct_folder(tmp_path_factory.mktemp("given") / "in", range(DOCUMENTS))


@pytest.fixture
def folder(given: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, whose documents come in several batches."""
    monkeypatch.setattr("copydesk.flows.runs.dispatch.LEAST_BATCH", 8)
    return given


@pytest.fixture(scope="module")
def alone(given: Path) -> Path:
    """A home of the documents that one process took in at once; not to be written to."""
    home = given.parent / "home"
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("test", [given]), {}, Progress())
    return home


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
    take: Ingest, folder: Path, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        copydesk.flows.workers.executors, "on_processes", lambda tasks, jobs, pool: on_processes(tasks, jobs, clumsy, pool)
    )
    take(folder, jobs=2)
    assert (tmp_path / "home" / "cache" / "died").read_text() == "once"
    assert contents(tmp_path / "home") == contents(alone)


def test_results_come_in_the_order_of_the_tasks_whatever_their_batches(
    take: Ingest, folder: Path, alone: Path, tmp_path: Path
) -> None:
    take(folder, jobs=2)
    batches = rows(tmp_path / "home", "SELECT count(DISTINCT batch_id) FROM articles")[0][0]
    assert batches > 1
    assert contents(tmp_path / "home") == contents(alone)
    ingested = "SELECT subject FROM events WHERE type = 'document.ingested' ORDER BY position"
    received = "SELECT subject FROM events WHERE type = 'document.received' ORDER BY position"
    assert rows(tmp_path / "home", ingested) == rows(tmp_path / "home", received)


def test_results_do_not_depend_on_jobs_or_batches(take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path, 40)
    take(folder, home=tmp_path / "one")
    monkeypatch.setattr("copydesk.flows.runs.receive.RAW_ROWS", 7)
    for jobs in (1, 2):
        home = tmp_path / f"many{jobs}"
        for end in (23, 40):
            take(*sorted(folder.iterdir())[:end], home=home, jobs=jobs)
        assert contents(tmp_path / "one") == contents(home), jobs
