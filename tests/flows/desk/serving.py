"""A desk in a process of its own, for a browser to look at."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.conftest import ROOT
from tests.flows.serving import STOPS_WITHIN, eventually, free_port


@dataclass
class ServedDesk:
    """A desk that `copydesk desk` serves."""

    home: Path
    origin: str
    address: str
    login: str


@contextlib.contextmanager
def desk_served(home: Path, base: Path) -> Iterator[ServedDesk]:
    """Serves the desk of a home until the block ends; what the command says lies in `base`, its working folder."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_"))} | {
        "PYTHONPATH": str(ROOT)
    }
    command = [sys.executable, "-P", "-m", "copydesk.flows.cli", "desk", "--home", str(home), "--port", str(port)]
    with (base / "told.txt").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, text=True, env=environment, cwd=base)
    origin = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: process.poll() is not None or _answers(origin))
        said = dict(line.split(": ", 1) for line in (base / "told.txt").read_text().splitlines() if ": " in line)
        yield ServedDesk(home, origin, said["Desk"].strip(), said["Log in"].strip())
    finally:
        process.terminate()
        assert process.wait(STOPS_WITHIN) == 0
        assert "Traceback" not in (base / "told.txt").read_text()


def _answers(origin: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{origin}/copydesk/desk", trust_env=False).is_success
    return False
