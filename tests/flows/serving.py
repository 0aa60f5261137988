"""A home that `copydesk up` serves, for tests to drive."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 150.0
STOPS_WITHIN = 120
"""Seconds in which a server that is told to stop has stopped, also on a busy machine."""

BUCKET = "desk"
"""The bucket of the S3 server that the tests share."""


@dataclass
class Served:
    """A home that `copydesk up` serves."""

    home: Path
    address: str
    process: subprocess.Popen[str]
    watched: Path

    def post(self, path: str, **body: Any) -> Any:
        answer = httpx.post(f"{self.address}/api{path}", json=body, timeout=30, trust_env=False)
        return answer.json() if answer.is_success else answer

    def deployment(self, name: str) -> dict[str, Any]:
        return dict(httpx.get(f"{self.address}/api/deployments/name/{name}", timeout=30, trust_env=False).json())

    def run(self, name: str, /, **parameters: Any) -> Any:
        """The flow run that the server makes of a deployment, or its refusal; a server that is busy is asked again."""

        def answer() -> Any:
            told = self.post(f"/deployments/{self.deployment(name)['id']}/create_flow_run", parameters=parameters)
            return None if isinstance(told, httpx.Response) and told.is_server_error else told

        return eventually(answer)

    def unscheduled(self, name: str) -> None:
        """Pauses a deployment's schedule: a run by the clock would cancel one that a test asks for at that moment."""
        identity = self.deployment(name)["id"]
        self.post(f"/deployments/{identity}/pause_deployment")
        asked = {
            "deployments": {"id": {"any_": [identity]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}},
        }
        eventually(lambda: self.deployment(name)["paused"] and self.post("/flow_runs/filter", **asked) == [])

    def running(self, run: dict[str, Any]) -> str | None:
        """The state of a flow run once it is running; null before."""
        told = httpx.get(f"{self.address}/api/flow_runs/{run['id']}", timeout=30, trust_env=False).json()
        return str(told["state_type"]) if told["state_type"] == "RUNNING" else None

    def ended(self, run: dict[str, Any]) -> str:
        """The state that a flow run ends in."""

        def state() -> str | None:
            told = httpx.get(f"{self.address}/api/flow_runs/{run['id']}", timeout=30, trust_env=False).json()
            return str(told["state_type"]) if told["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

        return eventually(state)


def eventually(look: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """What `look` gives once it gives something."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if found := look():
                return found
        time.sleep(0.5)
    raise AssertionError(f"nothing came within {patience:.0f} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
