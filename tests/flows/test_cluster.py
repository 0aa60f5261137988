"""A Dask cluster, in processes of its own: the tables of a local run, to the row, also where workers die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from copydesk.flows.workers.executors import on_cluster
from copydesk.flows.workers.task import Task
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.store import ObjectStore
from tests.conftest import ROOT, Ingest, copydesk, rows
from tests.flows.deadly import deadly
from tests.flows.serving import BUCKET, eventually, free_port
from tests.flows.spinning import GOOD, SECONDS, SPINNING, home_of_the_good, one_timed_out, with_one_that_spins
from tests.homes import contents, found
from tests.processes import Process, started
from tests.texts import distinct_folder

pytest.importorskip("distributed")

KILLED_IN = 40
"""Documents of a run that loses a worker: several batches for each."""


@dataclass
class Cluster:
    """A scheduler and two workers, each a process."""

    address: str
    processes: list[Process]

    def worker(self, **environment: str) -> None:
        flags = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "600"]
        address = self.address.replace("dask://", "tcp://")
        self.processes.append(started(address, *flags, module="distributed.cli.dask_worker", quiet=True, **environment))


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """A cluster that runs until the block ends."""
    port, told = free_port(), free_port()
    flags = ["--host", "127.0.0.1", "--port", port, "--dashboard-address", f"127.0.0.1:{told}"]
    scheduler = started(*flags, module="distributed.cli.dask_scheduler", cwd=folder, quiet=True)
    made = Cluster(f"dask://127.0.0.1:{port}", [scheduler])
    try:
        for _ in range(2):
            made.worker()

        def workers() -> bool:
            found = httpx.get(f"http://127.0.0.1:{told}/json/counts.json", trust_env=False, timeout=300).json()
            return bool(found["workers"] == 2)

        eventually(workers)
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def lasting(s3: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that no test harms."""
    with running(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def cluster(s3: dict[str, str], tmp_path: Path) -> Iterator[Cluster]:
    """A cluster whose workers may be killed."""
    with running(tmp_path) as made:
        yield made


def test_the_same_tables_as_a_local_run(lasting: Cluster, take: Ingest, tmp_path: Path, log: str) -> None:
    folder = distinct_folder(tmp_path / "in", range(20))
    (folder / "empty.txt").write_text("")
    take(folder, home=tmp_path / "alone")
    shared = copydesk("ingest", folder, "--home", tmp_path / "home", "--executor", lasting.address, "--source", "test")
    assert shared.returncode == 0, shared.stderr
    assert contents(tmp_path / "home") == contents(tmp_path / "alone")

    store = f"s3://{BUCKET}/cluster"
    environment = {"COPYDESK_LOG": log, "COPYDESK_LOCAL": str(tmp_path / "machine"), "COPYDESK_EXECUTOR": lasting.address}
    remote = copydesk("ingest", folder, "--home", store, "--source", "test", env=environment)
    assert remote.returncode == 0, remote.stderr
    assert contents(tmp_path / "machine", ObjectStore(store).filesystem) == contents(tmp_path / "alone")


def test_a_document_that_takes_too_long_ends_alone(
    lasting: Cluster, take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.flows.runs.dispatch.LEAST_BATCH", GOOD // 2)
    home_of_the_good(tmp_path)
    take(
        with_one_that_spins(tmp_path / "in"),
        home=tmp_path / "shared",
        rules=SPINNING,
        executor=lasting.address,
        max_seconds=SECONDS,
    )
    one_timed_out(tmp_path / "shared", tmp_path / "home")


def test_a_worker_that_is_killed_in_mid_run_loses_nothing(
    cluster: Cluster, take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.flows.runs.dispatch.LEAST_BATCH", 8)
    folder, home = distinct_folder(tmp_path / "in", range(KILLED_IN)), tmp_path / "home"
    take(folder, home=tmp_path / "alone")

    def kill() -> None:
        articles = home / "data" / "articles"
        eventually(lambda: articles.is_dir() and any(articles.iterdir()), pauses=0.1)
        cluster.processes[1].send_signal(signal.SIGKILL)

    killing = threading.Thread(target=kill, daemon=True)
    killing.start()
    take(folder, home=home, executor=cluster.address, jobs=4)
    killing.join()
    assert contents(home) == contents(tmp_path / "alone")
    assert rows(home, "SELECT count(*), count(DISTINCT subject) FROM events WHERE type = 'document.ingested'") == [
        (KILLED_IN, KILLED_IN)
    ]


def test_a_document_that_kills_its_workers_is_turned_away_alone(
    cluster: Cluster, take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import copydesk.flows.workers.executors

    folder, home = distinct_folder(tmp_path / "in", range(20)), tmp_path / "home"
    whole = on_cluster
    monkeypatch.setattr(copydesk.flows.workers.executors, "on_cluster", lambda tasks, address: whole(tasks, address, deadly))
    fed = True

    def feed() -> None:
        """Workers that were killed come back, as a nanny would have them."""
        while fed:
            if sum(process.poll() is None for process in cluster.processes) < 3:
                cluster.worker()
            time.sleep(0.3)

    feeding = threading.Thread(target=feed)
    feeding.start()
    try:
        take(folder, executor=cluster.address)
    finally:
        fed = False
        feeding.join()
    assert rows(home, "SELECT reason, parse_filename(source_uri) FROM rejects") == [("crashed_worker", "00007.txt")]
    assert rows(home, "SELECT count(*) FROM articles") == [(19,)]


def test_a_cluster_that_does_not_answer_is_said_so(take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = distinct_folder(tmp_path / "in", range(2))
    monkeypatch.setattr("copydesk.flows.workers.clusters.CONNECTS_WITHIN", 1)
    with pytest.raises(PermanentError, match="No Dask scheduler answers"):
        take(folder, executor=f"dask://127.0.0.1:{free_port()}")
    wrong = copydesk("ingest", folder, "--home", tmp_path / "home", "--executor", "spark://x")
    assert "dask://HOST:PORT" in wrong.stderr


def test_a_worker_with_other_rules_is_refused() -> None:
    from copydesk.flows.workers.worker import work_elsewhere

    with pytest.raises(PermanentError, match="other rules"):
        work_elsewhere(_task("older"))


OTHER = """import importlib.metadata
own = importlib.metadata.version
importlib.metadata.version = lambda name: "0.0.1" if name == "{name}" else own(name)
"""


@pytest.mark.parametrize(("name", "told"), [("htmldate", "has other rules"), ("copydesk", "A worker runs copydesk 0.0.1")])
def test_what_a_worker_with_other_rules_makes_is_not_taken_in(
    cluster: Cluster, take: Ingest, tmp_path: Path, name: str, told: str
) -> None:
    """A worker among others whose libraries, or whose program, were updated at another time."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text(OTHER.format(name=name), encoding="utf-8")
    for process in cluster.processes[1:]:
        process.kill()
        process.wait()
    command = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.address.replace("dask://", "tcp://")]
    flags = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "600"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(other), str(ROOT)])}
    worker = subprocess.Popen([*command, *flags], env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        folder, home = distinct_folder(tmp_path / "in", range(3)), tmp_path / "home"
        with pytest.raises(PermanentError, match=told):
            take(folder, executor=cluster.address)
        assert not list((home / "published").glob("*.duckdb")) or rows(home, "SELECT * FROM articles") == []
        take(folder)
        assert rows(home, "SELECT count(*) FROM articles") == [(3,)]
        assert found(home) == []
    finally:
        worker.kill()
        worker.wait()


def _task(rules: str) -> Task:
    from datetime import UTC, datetime

    from copydesk.flows.settings import Settings
    from copydesk.flows.wiring import INSTALLED
    from copydesk.warehouse.home import Home

    home, limits = Home(Path("x")), Settings().limits
    return Task(
        home=home,
        run_id="r",
        batch_id="b",
        documents=(),
        rules=rules,
        rule_set=INSTALLED,
        limits=limits,
        now=datetime.now(UTC),
    )
