"""Times a scheduled run that finds nothing, from pick-up to completed, on a real server of `copydesk up`.

python -m bench.idle [--runs N]
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "http://127.0.0.1:4299"


def asked(method: str, path: str, **body: Any) -> Any:
    answer = httpx.request(method, f"{ADDRESS}/api{path}", json=body or None, timeout=30, trust_env=False)
    return answer.json()


def seconds() -> float:
    """Seconds from a run's pick-up by the runner to its end."""
    deployment = asked("GET", "/deployments/name/ingest/inbox")
    run = asked("POST", f"/deployments/{deployment['id']}/create_flow_run", parameters={})
    while True:
        states = asked("GET", f"/flow_run_states/?flow_run_id={run['id']}")
        at: dict[str, datetime] = {}
        for state in sorted(states, key=lambda state: str(state["timestamp"])):
            at.setdefault(state["type"], datetime.fromisoformat(state["timestamp"]))
        if "COMPLETED" in at:
            return (at["COMPLETED"] - at["PENDING"]).total_seconds()
        if at.keys() & {"FAILED", "CRASHED", "CANCELLED"}:
            raise RuntimeError(str(states))
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        command = [sys.executable, "-m", "copydesk.flows.cli", "up", "--home", str(home), "--port", ADDRESS.rpartition(":")[2]]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        try:
            while process.stdout is not None and "Ctrl-C" not in process.stdout.readline():
                pass
            while "id" not in asked("GET", "/deployments/name/verify/weekly"):
                time.sleep(0.5)
            asked("POST", f"/deployments/{asked('GET', '/deployments/name/ingest/inbox')['id']}/pause_deployment")
            taken = [seconds() for _ in range(options.runs)]
            files = {p for p in home.rglob("*") if p.is_file() and not {"prefect", "cache"} & set(p.parts)}
            seconds()
            more = {p for p in home.rglob("*") if p.is_file() and not {"prefect", "cache"} & set(p.parts)} - files
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    print(f"a run that finds nothing: median {statistics.median(taken):.1f} s, most {max(taken):.1f} s; new files: {len(more)}")


if __name__ == "__main__":
    main()
