"""Crashes: killed at any step of the commit, then run again, the tables are those of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ingest, rows
from tests.flows.test_ingest import contents, folder_of

STEPS = (
    "warehouse.files.write_table",
    "warehouse.log.EventLog._store",
    "warehouse.publish._build",
    "warehouse.publish._link",
    "warehouse.export._write",
    "flows.seen.Seen.save",
)
"""Everything a run does to the disk goes through one of these; it is killed before and after each call."""

CRASH = """
import importlib, os, sys
from pathlib import Path
from flows.job import ingest
from flows.run import Progress
from flows.settings import Settings
from flows.sources.folder import FolderSource

step, when, count, home, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
calls = 0

def crashing(real):
    def call(*arguments, **named):
        global calls
        calls += 1
        if when == "before" and calls == count:
            os.kill(os.getpid(), 9)
        result = real(*arguments, **named)
        if when == "after" and calls == count:
            os.kill(os.getpid(), 9)
        return result
    return call

parts = step.split(".")
owner = importlib.import_module(".".join(parts[:2]))
for name in parts[2:-1]:
    owner = getattr(owner, name)
real = getattr(owner, parts[-1])
patched = crashing(real)
setattr(owner, parts[-1], patched)
for module in list(sys.modules.values()):
    if getattr(module, parts[-1], None) is real:
        setattr(module, parts[-1], patched)
import warehouse.export, warehouse.publish
for module in (warehouse.export, warehouse.publish):
    if getattr(module, parts[-1], None) is real:
        setattr(module, parts[-1], patched)
ingest(Settings(home=Path(home), jobs=1, max_rejects=1.0), FolderSource("test", [Path(folder)]), {}, Progress())
print("survived")
"""


def crashed(step: str, when: str, count: int, home: Path, folder: Path) -> bool:
    """Whether the run was killed there; it lives where it makes fewer such steps."""
    done = subprocess.run(
        [sys.executable, "-c", CRASH, step, when, str(count), str(home), str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.parametrize("step", STEPS)
def test_killed_before_and_after_every_step(step: str, take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 4)
    (folder / "bad.txt").write_bytes(b"")
    take(folder, home=tmp_path / "whole")
    whole = contents(tmp_path / "whole")
    points = 0
    for when in ("before", "after"):
        for count in (1, 3):
            home = tmp_path / f"{when}-{count}"
            if not crashed(step, when, count, home, folder):
                break
            points += 1
            take(folder, home=home)
            assert contents(home) == whole, f"{step} {when} call {count}"
            named = {
                f
                for (f,) in rows(
                    home,
                    "SELECT unnest(from_json(data->'files', '[{\"path\":\"VARCHAR\"}]')).path FROM events "
                    "WHERE type = 'batch.committed'",
                )
            }
            lying = {str(p.relative_to(home)) for p in (home / "data").rglob("*.parquet")}
            assert lying == named, "a file that no event names was left"
    assert points >= 2


def test_killed_at_random_times(take: Ingest, tmp_path: Path) -> None:
    seed = int(os.environ.get("COPYDESK_TEST_SEED", "20240503"))
    chance = random.Random(seed)
    folder = folder_of(tmp_path, 60)
    take(folder, home=tmp_path / "whole")
    home = tmp_path / "home"
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "ingest", str(folder), "--home", str(home), "--jobs", "1", "--source", "test"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        time.sleep(chance.uniform(0.2, 6.0))
        process.kill()
        process.wait()
    take(folder, home=home)
    assert contents(home) == contents(tmp_path / "whole"), f"seed {seed}"


def test_ctrl_c_leaves_a_home_that_goes_on(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 120), tmp_path / "home"
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "ingest", str(folder), "--home", str(home), "--jobs", "1", "--source", "test"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    process.stderr.readline()  # the first batch is in
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 130), errors
    take(folder, home=home)
    take(folder, home=tmp_path / "whole")
    assert contents(home) == contents(tmp_path / "whole")


def test_workers_end_with_a_coordinator_that_is_killed(tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 200), tmp_path / "home"
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "ingest", str(folder), "--home", str(home), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    process.stderr.readline()  # the first batch is in, so workers are there
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers = [int(pid) for pid in children.read_text().split()]
    assert len(workers) >= 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while any(_lives(pid) for pid in workers):
        assert time.monotonic() < deadline, "a worker outlived its coordinator"
        time.sleep(0.1)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False
