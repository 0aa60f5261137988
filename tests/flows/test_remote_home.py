"""A home in an object store with its log in PostgreSQL: the tables of a home in a folder, from any machine."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.store import ObjectStore
from tests.conftest import ROOT, Ingest, article, copydesk
from tests.flows.serving import BUCKET, eventually, free_port, unless_busy, unscheduled
from tests.homes import contents, folder_of


def desk(home: str, log: str, machine: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command on one of the machines that share a home, each with a folder of its own."""
    environment = {"COPYDESK_LOG": log, "COPYDESK_LOCAL": str(machine), "COPYDESK_JOBS": "1"}
    return copydesk(*arguments, "--home", home, env=environment)


def test_a_home_in_a_store_has_the_tables_of_one_in_a_folder(
    s3: dict[str, str], log: str, take: Ingest, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 6)
    take(folder, home=tmp_path / "whole")
    home = f"s3://{BUCKET}/same"
    done = desk(home, log, tmp_path / "one", "ingest", folder, "--source", "test")
    assert done.returncode == 0, done.stderr
    asked = desk(home, log, tmp_path / "one", "sql", "--format", "csv", "select title from articles order by title")
    assert len(asked.stdout.splitlines()) == 7, asked.stderr
    assert not (tmp_path / "one" / "data").exists()
    assert contents(tmp_path / "one", ObjectStore(home).filesystem) == contents(tmp_path / "whole")

    other = desk(home, log, tmp_path / "two", "publish")
    assert other.returncode == 0, other.stderr
    asked = desk(home, log, tmp_path / "two", "sql", "--format", "csv", "select count(*) from sentences")
    assert asked.stdout.split() == ["count_star()", str(len(contents(tmp_path / "whole")["sentences"]))]
    again = desk(home, log, tmp_path / "two", "ingest", folder, "--source", "test")
    assert "6 documents are as they were" in again.stdout, again.stdout + again.stderr
    assert desk(home, log, tmp_path / "one", "verify").stdout == "All is as the log says.\n"

    shown = desk(home, log, tmp_path / "one", "sql", "copy (select 1) to 's3://desk/same/data/articles/x.parquet'")
    assert shown.returncode == 1
    assert "nothing is written" in shown.stderr


def test_a_home_in_a_store_is_swept_merged_and_checked(s3: dict[str, str], log: str, tmp_path: Path) -> None:
    home = f"s3://{BUCKET}/kept"
    store = ObjectStore(home)
    for number in range(18):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.txt").write_text(article(number), encoding="utf-8")
        if number in (0, 17):
            assert desk(home, log, tmp_path / "m", "ingest", tmp_path / "in").returncode == 0
    names = store.names("data/articles")
    with store.writing("data/articles/left-by-a-crash.parquet") as aside:
        aside.write_bytes(b"half")
    found = desk(home, log, tmp_path / "m", "verify")
    assert "orphan: data/articles/left-by-a-crash.parquet" in found.stdout
    assert desk(home, log, tmp_path / "m", "maintain").returncode == 0
    assert store.names("data/articles") == names
    store.filesystem.rm_file(f"{BUCKET}/kept/{names[0]}")
    found = desk(home, log, tmp_path / "m", "verify")
    assert f"missing_file: {names[0]}" in found.stdout


def test_files_of_a_store_are_sources(s3: dict[str, str], tmp_path: Path, take: Ingest) -> None:
    filesystem = ObjectStore(f"s3://{BUCKET}").filesystem
    for number in (1, 2):
        filesystem.pipe_file(f"{BUCKET}/wire/day/{number}.txt", article(number).encode())
    filesystem.pipe_file(f"{BUCKET}/wire/photo.jpg", b"\xff\xd8")
    filesystem.pipe_file(f"{BUCKET}/wire/.hidden.txt", b"x")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as packed:
        packed.writestr("three.txt", article(3))
    filesystem.put_file(str(tmp_path / "more.zip"), f"{BUCKET}/wire/more.zip")
    filesystem.pipe_file(
        f"{BUCKET}/wire/rows.jsonl", b'{"body": "' + article(4).replace("\n", "\\n").replace('"', '\\"').encode() + b'"}\n'
    )
    filesystem.pipe_file(f"{BUCKET}/wire/broken.zip", b"PK no zip")

    source = FolderSource("wire", [f"s3://{BUCKET}/wire"])
    run = take(f"s3://{BUCKET}/wire")  # type: ignore[arg-type]
    assert (run.tally.counts["ingested"], run.tally.counts["rejected"]) == (4, 1)
    assert dict(run.tally.skipped) == {"other_kind": 1, "hidden": 1}
    found = {one.uri for one in source.discover()}
    assert found == {
        f"s3://{BUCKET}/wire/{name}" for name in ("day/1.txt", "day/2.txt", "more.zip#three.txt", "rows.jsonl#1", "broken.zip")
    }
    again = take(f"s3://{BUCKET}/wire")  # type: ignore[arg-type]
    assert (again.tally.counts["received"], again.tally.counts["unchanged"]) == (0, 2)
    filesystem.pipe_file(f"{BUCKET}/wire/day/1.txt", article(5).encode())
    assert take(f"s3://{BUCKET}/wire").tally.counts["received"] == 1  # type: ignore[arg-type]

    only = FolderSource("day", [f"s3://{BUCKET}/wire/**/2.txt"], pattern=True)
    assert [one.uri for one in only.discover()] == [f"s3://{BUCKET}/wire/day/2.txt"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("s3://desk/nothing-here", "there is no such"),
        ("https://example.com/a.zip", "kind urls, feed or sitemap"),
        ("nofs://a/b", "nofs"),
    ],
)
def test_a_place_that_cannot_be_read_says_why(s3: dict[str, str], place: str, told: str) -> None:
    done = copydesk("ingest", place, "--home", "unused", "--dry-run")
    assert done.returncode == 1
    assert told in done.stderr


def test_a_home_in_a_store_needs_a_log_that_is_shared(tmp_path: Path) -> None:
    done = copydesk("status", "--home", "s3://desk/lonely", cwd=tmp_path)
    assert done.returncode == 1
    assert "COPYDESK_LOG" in done.stderr
    assert Settings(home=tmp_path).address == str(tmp_path)


@dataclass(frozen=True)
class Prefect:
    """A server of Prefect's own, without a home, and what is run beside it."""

    folder: Path
    address: str
    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> None:
        """Starts a command of Prefect's that goes on; what it says is in a file named after it."""
        command = [sys.executable, "-m", "prefect", *arguments]
        with (self.folder / f"{arguments[0]}.log").open("wb") as told:
            started = subprocess.Popen(command, env=self.environment, stdout=told, stderr=told, cwd=self.folder)
        self.running.append(started)

    def get(self, path: str) -> Any:
        return (
            unless_busy(lambda: httpx.get(f"{self.address}/api{path}", timeout=300, trust_env=False)).raise_for_status().json()
        )

    def post(self, path: str, **body: Any) -> Any:
        asked = partial(httpx.post, f"{self.address}/api{path}", json=body, timeout=300, trust_env=False)
        return unless_busy(asked).raise_for_status().json()

    def ended(self, run: dict[str, Any]) -> str:
        """The state that a flow run ends in."""

        def state() -> str | None:
            kind = str(self.get(f"/flow_runs/{run['id']}")["state_type"])
            return kind if kind in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

        return eventually(state)


@pytest.fixture
def prefect(tmp_path: Path) -> Iterator[Prefect]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_"))} | {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
    }
    served = Prefect(tmp_path, address, environment)
    try:
        served.start("server", "start")
        eventually(lambda: served.get("/health"))
        yield served
    finally:
        for process in reversed(served.running):
            process.kill()  # a worker that hears no Ctrl-C, as in the background, waits for ever; its run has ended
            process.wait()


def test_workers_of_a_pool_serve_a_home_in_a_store(s3: dict[str, str], log: str, tmp_path: Path, prefect: Prefect) -> None:
    """A server, a process work pool and its worker: what `copydesk deploy` registers runs there."""
    home = f"s3://{BUCKET}/pool"
    prefect.environment.update(s3, COPYDESK_HOME=home, COPYDESK_LOG=log, COPYDESK_LOCAL=str(tmp_path / "worker"))
    prefect.post("/work_pools/", name="copydesk", type="process")
    by_file = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    done = subprocess.run(by_file, env=prefect.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {one["name"] for one in prefect.post("/deployments/filter")} == {
        "inbox",
        "reprocess",
        "requeue",
        "add-source",
        "remove-source",
        "add-watch",
        "remove-watch",
        "rule-entity",
        "rule-story",
        "maintain",
        "verify",
    }
    registered = copydesk("deploy", "--home", home, env=prefect.environment)
    assert registered.returncode == 0, registered.stderr
    deployment = prefect.get("/deployments/name/ingest/inbox")
    unscheduled(deployment["id"], prefect.post)
    prefect.start("worker", "start", "--pool", "copydesk")
    ObjectStore(home).filesystem.pipe_file(f"{BUCKET}/pool/inbox/road.txt", article(9).encode())
    run = prefect.post(f"/deployments/{deployment['id']}/create_flow_run", parameters={"settle": 0})
    assert prefect.ended(run) == "COMPLETED", (tmp_path / "worker.log").read_text()
    assert desk(home, log, tmp_path / "reader", "publish").returncode == 0
    asked = desk(home, log, tmp_path / "reader", "sql", "--format", "csv", "select source, source_uri from articles")
    assert asked.stdout.splitlines()[1:] == [f"inbox,{home}/inbox/road.txt"], asked.stderr
