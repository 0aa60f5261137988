"""Fixtures of the tests that drive a real server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.flows.serving import Served, eventually, free_port


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("up")
    home, watched, port = folder / "home", folder / "watched", free_port()
    home.mkdir()
    watched.mkdir()
    (home / "sources.toml").write_text(
        f'[sources.minute]\nkind = "folder"\nlocation = "{watched}"\nschedule = "* * * * *"\n', encoding="utf-8"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_"))} | {
        "PYTHONPATH": str(ROOT)
    }
    command = [sys.executable, "-m", "flows.cli", "up", "--home", str(home), "--port", str(port)]
    with (folder / "told.txt").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, text=True, env=environment, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: "Ctrl-C" in (folder / "told.txt").read_text())
        one = Served(home, address, process, watched)
        eventually(lambda: "id" in one.deployment("verify/weekly"))
        one.unscheduled("ingest/inbox")
        yield one
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
