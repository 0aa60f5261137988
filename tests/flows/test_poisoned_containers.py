"""Containers made to harm are read in bounded memory and time, and what is over a bound is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.flows.poison import MEASURED, POISONS

MOST_MEGABYTES = 600
QUICK = ("twenty-gigabytes.tar.bz2", "overlapping.zip", "lying-size.zip", "one-line.jsonl.gz", "dictionary.parquet")


def measured(path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", QUICK)
def test_a_poisoned_container_is_bounded_and_told(name: str, tmp_path: Path) -> None:
    POISONS[name](tmp_path / name)
    told = measured(tmp_path / name)
    assert told["problems"] or told["skipped"]
    assert told["megabytes"] < MOST_MEGABYTES


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_poisoned_container_is_bounded_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(POISONS) >= 20
    for name, write in POISONS.items():
        write(tmp_path / name)
        size, told = (tmp_path / name).stat().st_size, measured(tmp_path / name)
        (tmp_path / name).unlink()
        with capsys.disabled():
            print(
                f"\n{name}: {size:,} bytes; {told['megabytes']} MB, {told['seconds']} s of processor time; {told['problems']}"
            )
        assert told["problems"] or told["skipped"], name
        assert told["megabytes"] < MOST_MEGABYTES, name
