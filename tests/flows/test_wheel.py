"""An installed wheel works in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT


def test_a_wheel_works_in_an_empty_folder(tmp_path: Path) -> None:
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path / "dist"),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    wheel = next((tmp_path / "dist").glob("copydesk-*.whl"))
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    assert {path.name for path in site.iterdir() if "dist-info" not in path.name} == {"copydesk"}
    names = {path.name for path in (site / "copydesk").iterdir()}
    assert names == {"flows", "transforms", "expectations", "warehouse", "seeds"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COPYDESK_")} | {"PYTHONPATH": str(site)}
    where = [sys.executable, "-P", "-c", "import copydesk.seeds; print(copydesk.seeds.__file__)"]
    assert str(site) in subprocess.run(where, capture_output=True, text=True, cwd=empty, env=environment, check=True).stdout
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "copydesk.flows.cli",
            "ingest",
            str(site / "copydesk" / "seeds" / "articles"),
            "--jobs",
            "1",
        ],
        capture_output=True,
        text=True,
        cwd=empty,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "15 ingested" in done.stdout
    assert (empty / "data" / "warehouse.duckdb").exists()
    shown = subprocess.run(
        [sys.executable, "-P", "-m", "copydesk.flows.cli", "report"],
        capture_output=True,
        text=True,
        cwd=empty,
        env=environment,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert (empty / "data" / "report" / "assets" / "report.js").stat().st_size > 100_000
