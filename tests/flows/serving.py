"""A home that `copydesk up` serves, for tests to drive."""

from __future__ import annotations

import base64
import contextlib
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

PATIENCE = 1200.0
"""Seconds that anything is waited for: far more than it takes on a busy machine, so that only what never comes fails its test."""

STOPS_WITHIN = 1200
"""Seconds in which a server that is told to stop has stopped, as generous."""

CLIENT = httpx.Client(timeout=300, trust_env=False, verify=False)  # noqa: S501  # it asks servers of this machine, by HTTP
"""Asks the servers of the tests: a client for each question would cost more of the processor than its answer."""

EVERYWHERE = "0.0.0.0"  # noqa: S104  # what is asked for is refused
"""A host at which other machines would be heard."""

BUCKET = "desk"
"""The bucket of the S3 server that the tests share."""


@dataclass
class Served:
    """A home that `copydesk up` serves."""

    home: Path
    address: str
    process: subprocess.Popen[str]
    watched: Path
    allowed: Path
    """A folder that the operator's copydesk.toml allows runs to read."""

    told: Path
    """What `copydesk up` says."""

    _csrf: dict[str, str] = field(default_factory=dict)

    @property
    def auth_string(self) -> str:
        """What the server asks for."""
        return (self.home / "auth-string").read_text().strip()

    @property
    def client(self) -> dict[str, str]:
        """The environment in which a Prefect client reaches the server."""
        return {"PREFECT_API_URL": f"{self.address}/api", "PREFECT_API_AUTH_STRING": self.auth_string}

    @property
    def login(self) -> str:
        """The address that logs a browser in, once."""
        return next(line.split()[2] for line in self.told.read_text().splitlines() if line.startswith("Log in:"))

    def get(self, path: str) -> httpx.Response:
        """What the API answers to one who is logged in; a server that is busy is asked again."""
        url = f"{self.address}/api{path}"
        return unless_busy(lambda: CLIENT.get(url, headers={"Authorization": self.authorization}))

    def post(self, path: str, **body: Any) -> Any:
        """What the API answers to one who is logged in and has its token against forged requests; a busy one is asked again."""
        if not self._csrf:
            client = uuid.uuid4().hex
            token = self.get(f"/csrf-token?client={client}").json()["token"]
            self._csrf = {"Prefect-Csrf-Client": client, "Prefect-Csrf-Token": token}
        url = f"{self.address}/api{path}"
        headers = {**self._csrf, "Authorization": self.authorization}
        answer = unless_busy(lambda: CLIENT.post(url, json=body, headers=headers))
        return answer.json() if answer.is_success else answer

    @property
    def authorization(self) -> str:
        """The header by which a client shows that it holds the auth string."""
        return f"Basic {base64.b64encode(self.auth_string.encode()).decode()}"

    def deployment(self, name: str) -> dict[str, Any]:
        return dict(self.get(f"/deployments/name/{name}").json())

    def run(self, name: str, /, **parameters: Any) -> Any:
        """The flow run that the server makes of a deployment, or its refusal."""
        return self.post(f"/deployments/{self.deployment(name)['id']}/create_flow_run", parameters=parameters)

    def unscheduled(self, name: str) -> None:
        """Pauses a deployment's schedule, and waits until none of its runs is there: one that a test asks for would wait for them."""
        unscheduled(self.deployment(name)["id"], self.post)
        eventually(lambda: self.deployment(name)["paused"])

    def state(self, run: dict[str, Any]) -> dict[str, Any]:
        """The state of a flow run as the server has it, with its message."""
        return dict(self.get(f"/flow_runs/{run['id']}").json()["state"])

    def running(self, run: dict[str, Any]) -> str | None:
        """The state of a flow run once it is running; None before."""
        kind = str(self.state(run)["type"])
        return kind if kind == "RUNNING" else None

    def ended(self, run: dict[str, Any]) -> str:
        """The state that a flow run ends in."""

        def state() -> str | None:
            kind = str(self.state(run)["type"])
            return kind if kind in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

        return eventually(state)


def unscheduled(deployment: str, post: Callable[..., Any]) -> None:
    """Pauses a deployment's schedule, and waits until none of its runs is there: one that a test asks for would wait for them.

    A run by the clock would cancel one that a test asks for at that moment. The server's scheduler may add runs for a deployment
    that it looked at before the pause; a pause takes away the runs that are scheduled, so it is asked for until none is left.
    """
    going = ["SCHEDULED", "PENDING", "RUNNING"]
    asked = {"deployments": {"id": {"any_": [deployment]}}, "flow_runs": {"state": {"type": {"any_": going}}}}

    def none_left() -> bool:
        post(f"/deployments/{deployment}/pause_deployment")
        return bool(post("/flow_runs/filter", **asked) == [])

    eventually(none_left)


def unless_busy(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """An answer, once it is another than that the server is busy or does not answer."""

    def answer() -> list[httpx.Response]:
        told = ask()
        return [] if told.is_server_error else [told]

    found: list[httpx.Response] = eventually(answer)
    return found[0]


def eventually(look: Callable[[], Any], patience: float = PATIENCE, *, pauses: float = 1.0) -> Any:
    """What `look` gives once it gives something.

    `pauses` are the longest seconds between two looks: few where something must be caught while it goes on.
    """
    deadline = time.monotonic() + patience
    pause = 0.05
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if found := look():
                return found
        # What takes long is looked at less often: a server that is asked all the time has no time for what it is asked about.
        time.sleep(pause)
        pause = min(1.5 * pause, pauses)
    raise AssertionError(f"nothing came within {patience:.0f} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def commands() -> dict[psutil.Process, str]:
    """Every process of this machine with its command line."""
    told = psutil.process_iter(["cmdline"])
    return {process: " ".join(process.info["cmdline"] or ()) for process in told}


def children(parent: int, what: str) -> list[psutil.Process]:
    """The processes under another whose command holds some words."""
    return [process for process in psutil.Process(parent).children() if what in " ".join(process.cmdline())]
