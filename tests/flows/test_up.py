"""`copydesk up`: a real server, a schedule that fires, runs from its forms, an end that leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT, article, copydesk, rows
from tests.flows.serving import STOPS_WITHIN, Served, children, commands, eventually, free_port
from tests.homes import folder_of
from tests.processes import holder

MANY = 3
"""Documents of a run that is killed before it begins with them."""

MISSED = 3
"""Times that pass while nobody serves a home; each costs a process that loads Prefect."""


@pytest.fixture(scope="module", autouse=True)
def lost(served: Served) -> dict[str, Any]:
    """A run whose process is killed, and the runner with it: the other tests of the module pass while the server learns of it.

    Another process holds the home meanwhile, so that the run is still going on when it is killed, however slow the test is.
    A file is dropped as well, for the schedule of each minute, which is in force again with the next runner.
    """
    (served.watched / "road.txt").write_text(article(5), encoding="utf-8")
    folder_of(served.allowed, MANY, "many")
    holding = holder(served.home / "lock")
    try:
        run: dict[str, Any] = served.run("ingest/many", settle=0, jobs=1)
        eventually(lambda: served.running(run) is not None, pauses=0.2)
        (runner,) = children(served.process.pid, "copydesk.flows.served.child runner")
        engines = children(runner.pid, "prefect.engine")
        (engine,) = [one for one in engines if one.environ()["PREFECT__FLOW_RUN_ID"] == run["id"]]
        registered = served.deployment("ingest/inbox")["updated"]
        runner.kill()
        engine.kill()
    finally:
        holding.kill()
        holding.wait()
    # The next runner puts the schedules in force again: a run by the clock would hold off those of tests.
    eventually(lambda: served.deployment("ingest/inbox")["updated"] != registered)
    served.unscheduled("ingest/inbox")
    return run


def test_every_deployment_is_listed_with_its_schedule(served: Served) -> None:
    listed = {f"{d['name']}": d for d in served.post("/deployments/filter")}
    by_hand = {"reprocess", "requeue", "add-source", "remove-source", "add-watch", "remove-watch", "rule-entity", "rule-story"}
    by_hand |= {"maintain", "verify"}
    assert set(listed) >= {"inbox", "minute", *by_hand}
    crons = {name: [s["schedule"]["cron"] for s in d["schedules"]] for name, d in listed.items()}
    assert crons["inbox"] == ["*/5 * * * *"]
    assert crons["minute"] == ["* * * * *"]
    assert crons["reprocess"] == []
    assert crons["maintain"] == ["30 3 * * *"]
    assert crons["verify"] == ["0 4 * * 0"]
    for deployment in listed.values():
        assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"
        for name, parameter in deployment["parameter_openapi_schema"]["properties"].items():
            assert parameter.get("description"), name
            assert parameter.get("type") or parameter.get("enum") or parameter.get("anyOf"), name


def test_a_bad_parameter_is_refused_before_anything_runs(served: Served) -> None:
    refused = served.run("ingest/inbox", max_rejects=2.0)
    assert isinstance(refused, httpx.Response)
    assert refused.status_code in (409, 422)
    assert "max_rejects" in refused.text or "maximum" in refused.text


def test_a_run_with_a_changed_parameter_shows_what_duckdb_gives(served: Served) -> None:
    inbox = served.home / "inbox"
    for number in (1, 2):
        (inbox / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (inbox / "large.txt").write_text(article(3) * 20, encoding="utf-8")
    old = time.time() - 60
    for path in inbox.iterdir():
        os.utime(path, (old, old))
    run = served.run("ingest/inbox", max_bytes=5000, max_rejects=1.0)
    assert served.ended(run) == "COMPLETED"
    assert rows(served.home, "SELECT count(*) FROM articles WHERE source_uri LIKE '%/inbox/_.txt'") == [(2,)]
    assert rows(served.home, "SELECT reason FROM rejects WHERE source_uri LIKE '%large.txt'") == [("too_large",)]
    found = served.post("/artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    shown = {artifact["key"]: str(artifact["data"]) for artifact in found if artifact["key"]}
    assert "| ingested | 2 |" in shown["ingest-run"]
    assert "too_large" in shown["ingest-rejects"]
    assert "requeue/requeue" in shown["ingest-rejects"]
    assert "sentence" in shown["ingest-facts"]
    assert served.get(f"/flow_runs/{run['id']}").json()["name"].startswith("inbox 20")
    assert served.state(run)["message"] == "2 new, 1 turned away"
    assert "## Turned away (1)" in shown["ingest-run"].split("## Documents")[0], "it stands above the counts"


def test_a_schedule_fires_and_takes_in_what_was_dropped(served: Served) -> None:
    def arrived() -> bool:
        warehouse = served.home / "warehouse.duckdb"
        return warehouse.exists() and rows(served.home, "SELECT count(*) FROM articles WHERE source = 'minute'") == [(1,)]

    assert eventually(arrived)
    served.unscheduled("ingest/minute")


def test_a_source_is_added_and_removed_from_its_form(served: Served) -> None:
    refused = served.run("add-source/add-source", name="Two Words", kind="folder", location="x")
    assert isinstance(refused, httpx.Response)
    assert refused.status_code == 409, refused.text
    refused = served.run("add-source/add-source", name="valley", kind="ftp", location="x")
    assert isinstance(refused, httpx.Response)
    valley = served.allowed / "valley"
    valley.mkdir()
    (valley / "road.txt").write_text(article(77), encoding="utf-8")
    given = {"name": "valley", "kind": "folder", "location": str(valley), "schedule": "15 6 * * *", "outlet": "Valley Echo"}
    assert served.ended(served.run("add-source/add-source", **given)) == "COMPLETED"
    made = eventually(lambda: "id" in (one := served.deployment("ingest/valley")) and one)
    assert [s["schedule"]["cron"] for s in made["schedules"]] == ["15 6 * * *"]
    assert served.ended(served.run("ingest/valley", settle=0)) == "COMPLETED"
    assert rows(served.home, "SELECT outlet FROM articles WHERE source = 'valley'") == [("Valley Echo",)]
    # What the form of remove-source does to the file is tried in process: see test_asked.
    assert copydesk("source", "remove", "valley", "--home", served.home).returncode == 0
    assert eventually(lambda: "id" not in served.deployment("ingest/valley"))
    assert rows(served.home, "SELECT outlet FROM articles WHERE source = 'valley'") == [("Valley Echo",)]


def test_times_missed_in_an_outage_give_one_run(served: Served) -> None:
    """The runs that a server planned while nobody served it are all late when somebody does again.

    A run that a person asks for meanwhile waits its turn, and is done.
    """
    identity = served.deployment("ingest/inbox")["id"]
    missed: list[Any] = []
    due: dict[str, str] = {}
    for minutes in range(1, MISSED + 1):
        planned = {"type": "SCHEDULED", "state_details": {"scheduled_time": in_minutes(60 + minutes)}}
        missed.append(served.post(f"/deployments/{identity}/create_flow_run", parameters={}, state=planned))
        due[missed[-1]["id"]] = in_minutes(-minutes)
    planned_by_the_clock(served.home, due)
    for run in missed:
        late = {"type": "SCHEDULED", "name": "Late", "state_details": {"scheduled_time": due[run["id"]]}}
        served.post(f"/flow_runs/{run['id']}/set_state", state=late, force=True)
    asked = served.run("ingest/inbox", settle=0)
    ended = Counter(served.ended(run) for run in missed)
    assert ended["COMPLETED"] + ended["CANCELLED"] == MISSED
    assert ended["CANCELLED"] >= MISSED - 1, "all of them, where the run that was asked for went first"
    assert served.ended(asked) == "COMPLETED"


def in_minutes(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def planned_by_the_clock(home: Path, due: dict[str, str]) -> None:
    """Makes runs look as the server's scheduler makes them, due at these times: no request to the server can."""
    with closing(sqlite3.connect(home / "prefect" / "prefect.db", timeout=60)) as db, db:
        for run, at in due.items():
            moment = datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M:%S.%f")
            changed = db.execute(
                "UPDATE flow_run SET auto_scheduled = 1, expected_start_time = ? WHERE id IN (?, ?)",
                (moment, run, run.replace("-", "")),
            )
            assert changed.rowcount == 1


def test_rejects_are_decided_again_from_the_ui(served: Served) -> None:
    run = served.run("requeue/requeue", reason="too_large")
    assert served.ended(run) == "COMPLETED"


def test_a_run_reads_what_the_operator_allowed_and_nothing_else(served: Served, tmp_path: Path) -> None:
    """It fails before it reads anything; what it was refused, and the remedy, is in its state. Others: see test_asked."""
    (tmp_path / "diary.txt").write_text(article(901), encoding="utf-8")
    (served.allowed / "link").symlink_to(tmp_path)
    run = served.run("ingest/inbox", paths=[str(served.allowed), f"{served.allowed}/link"], settle=0)
    assert served.ended(run) == "FAILED"
    assert "allowed_roots" in served.state(run)["message"]


def test_a_run_whose_process_is_gone_is_marked_crashed_and_taken_up_by_the_next(served: Served, lost: dict[str, Any]) -> None:
    assert "the runner ended with -9; it is started again" in served.told.read_text()
    assert served.ended(lost) == "CRASHED"
    assert served.ended(served.run("ingest/many", settle=0)) == "COMPLETED"
    assert rows(served.home, "SELECT count(*) FROM printings WHERE source = 'many'") == [(MANY,)]


def test_folders_of_the_users_own_with_our_names_disturb_no_server(served: Served) -> None:
    """The working folder of `copydesk up` holds them, and all that was asked for has run."""
    assert "another package hides ours" not in served.told.read_text()


def test_ctrl_c_leaves_no_process_behind(served: Served, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "prefect").mkdir(parents=True)
    # A database that has its tables: to make them takes longer than all the rest of a start.
    with (
        closing(sqlite3.connect(served.home / "prefect" / "prefect.db", timeout=60)) as there,
        closing(sqlite3.connect(home / "prefect" / "prefect.db")) as here,
    ):
        there.backup(here)
    command = [sys.executable, "-m", "copydesk.flows.cli", "up", "--home", str(home), "--port", str(free_port())]
    # It is stopped while its runner still loads, which is no reason to tell of it.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (tmp_path / "told.txt").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=environment, cwd=tmp_path)
    eventually(lambda: "Ctrl-C" in (tmp_path / "told.txt").read_text())
    process.send_signal(signal.SIGTERM)
    assert process.wait(STOPS_WITHIN) == 0
    assert [command for command in commands().values() if str(home) in command] == []
    assert "KeyboardInterrupt" not in (tmp_path / "told.txt").read_text()
