"""Crashes: killed at any step of the commit, then run again, the tables are those of an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import signal
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conftest import ROOT, Ingest
from tests.flows.serving import eventually
from tests.homes import contents, folder_of, found
from tests.processes import run, started

SCENARIOS = ("ingest", "revise", "reprocess", "maintain", "publish", "purge")
SAMPLED = 61
"""Of so many steps one is tried where not all are; all of them are tried by the soak."""

BEGINS = 15
"""The first step that is tried then: the shortest command takes more."""

HOMES, KILLS = 20, 10
SHOWN = ("articles", "blocks", "sentences", "facts", "numbers")


def steps(scenario: str, base: Path, every: int) -> list[dict[str, Any]]:
    """What came of killing a command at its steps; every so many of them."""
    done = run(scenario, base, every, min(every // 2, BEGINS), module="tests.crashing", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def all_well(told: list[dict[str, Any]]) -> None:
    for one in told:
        assert one["killed"], one
        assert one["whole"], f"a reader saw a half state: {one}"
        assert (one["ended"], one["equal"], one["wrong"]) == (0, True, []), one


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_at_some_steps(scenario: str, tmp_path: Path) -> None:
    told = steps(scenario, tmp_path, SAMPLED)
    assert told
    all_well(told)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_at_every_step(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = steps(scenario, tmp_path, 1)
    assert len(told) == told[0]["of"]
    with capsys.disabled():
        print(f"\n{scenario}: killed at each of {len(told)} steps")
    all_well(told)


def killed(arguments: list[str], after: float) -> bool:
    """Whether a command lived until it was killed."""
    process = started(*arguments)
    lived = not process.ends_within(after)
    if lived:
        process.kill()
    process.communicate()
    return lived


@pytest.mark.parametrize(
    ("homes", "kills"), [(1, 3), pytest.param(HOMES, KILLS, marks=[pytest.mark.slow, pytest.mark.timeout(7200)])]
)
def test_killed_at_random_times(
    take: Ingest, tmp_path: Path, homes: int, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("COPYDESK_TEST_SEED", "20240503"))
    chance = random.Random(seed)
    folder, latest = folder_of(tmp_path, 300 if homes > 1 else 40), 4.0 if homes > 1 else 1.0
    take(folder, home=tmp_path / "whole")
    whole = contents(tmp_path / "whole")
    died = 0
    for number in range(homes):
        home = tmp_path / f"home{number}"
        while died < kills * (number + 1):
            command = chance.choice(("ingest", "ingest", "ingest", "maintain", "publish"))
            paths = [str(folder), "--source", "test", "--jobs", str(chance.choice((1, 2)))] if command == "ingest" else []
            if command != "ingest" and not (home / "log.sqlite").exists():
                continue
            died += killed([command, *paths, "--home", str(home)], chance.uniform(0.0, latest))
            if (home / "warehouse.duckdb").exists():
                seen = contents(home)
                assert all(set(map(repr, seen[table])) <= set(map(repr, whole[table])) for table in SHOWN), f"seed {seed}"
        take(folder, home=home)
        assert contents(home) == whole, f"seed {seed}, home {number}"
        assert found(home) == [], f"seed {seed}, home {number}"
    if homes > 1:
        with capsys.disabled():
            print(f"\nseed {seed}: {died} kills at random times over {homes} homes of 300 documents, tables equal")


def test_ctrl_c_leaves_a_home_that_goes_on(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 70), tmp_path / "home"
    process = started("ingest", folder, "--home", home, "--jobs", "1", "--source", "test")
    process.stderr.readline()  # the first batch is in
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode in (0, 130), errors
    take(folder, home=home)
    take(folder, home=tmp_path / "whole")
    assert contents(home) == contents(tmp_path / "whole")


def test_workers_end_with_a_coordinator_that_is_killed(tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 200), tmp_path / "home"
    process = started("ingest", folder, "--home", home, "--jobs", "2")
    process.stderr.readline()  # the first batch is in, so workers are there
    below = psutil.Process(process.pid).children(recursive=True)
    assert len(below) >= 4  # two workers, with the readers of their documents
    process.kill()
    process.wait()
    eventually(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in below))
