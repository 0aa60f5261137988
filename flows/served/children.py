"""The processes of `copydesk up`: the Prefect server and the runner of a home's deployments."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from copydesk.flows.printing import warn
from copydesk.flows.served.auth import CLIENTS, SERVERS
from copydesk.flows.served.hosting import LOGIN_TOKEN, ORIGINS, address_of
from copydesk.flows.settings import FILE_VARIABLE, Settings, settings_file
from copydesk.warehouse.errors import PermanentError

Process = subprocess.Popen[bytes]

STOPS_WITHIN = 30.0
POLL = 0.25
DIES_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG: the children end when this process does, however it dies."""

AGAIN_AFTER = (2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds to wait before a runner that ended is started again, the first time, the second in a row and so on."""

STEADY = 120.0
"""Seconds after which a runner that lives is well: what was before it is forgotten."""


@dataclass(kw_only=True)
class Restarts:
    """When a process that ended is started again: later each time, and in the end no more."""

    waits: Sequence[float] = AGAIN_AFTER
    steady: float = STEADY
    ended: int = field(default=0, init=False)
    """How often it ended in a row, each time before it was steady."""

    def wait_after(self, lived: float) -> float | None:
        """Seconds to wait after a process that lived so many seconds; None where it is to be given up.

        >>> restarts = Restarts(waits=(2.0, 4.0))
        >>> [restarts.wait_after(lived) for lived in (1.0, 1.0, 1.0)], restarts.wait_after(500.0)
        ([2.0, 4.0, None], 2.0)
        """
        self.ended = 1 if lived >= self.steady else self.ended + 1
        return self.waits[self.ended - 1] if self.ended <= len(self.waits) else None


def environment_of(
    settings: Settings, host: str, port: int, auth_string: str, origins: Sequence[str], outer: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of server and runner: all settings consistent, the database in the home, nothing calls out.

    They work in a folder of the home, so what names a place from the folder that `copydesk up` was called in is resolved.
    """
    return {
        **outer,
        "COPYDESK_HOME": settings.address,
        **({"COPYDESK_LOCAL": str(settings.home.resolve())} if settings.remote else {}),
        FILE_VARIABLE: str(settings_file(outer).resolve()),
        "PYTHONSAFEPATH": "1",
        **_database(folder_of(settings).resolve() / "prefect.db"),
        "PREFECT_HOME": str(folder_of(settings)),
        "PREFECT_API_URL": f"{address_of(host, port)}/api",
        "PREFECT_UI_API_URL": "/api",
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(origins),
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
        SERVERS: auth_string,
        CLIENTS: auth_string,
        ORIGINS: ",".join(origins),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "DO_NOT_TRACK": "1",
    }


def _database(path: Path) -> dict[str, str]:
    """The address of the server's database, where Prefect's own would name another file: at a question mark it ends."""
    if "?" not in str(path) and ":memory:" not in str(path):
        return {}
    return {"PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///file:{quote(str(path))}?uri=true"}


def start_server(settings: Settings, environment: Mapping[str, str], login_token: str) -> Process:
    """Starts the server. What it says goes to `server_log`."""
    with server_log(settings).open("ab") as out:
        return start(_child("server", settings), {**environment, LOGIN_TOKEN: login_token}, folder_of(settings), out.fileno())


def start_runner(settings: Settings, environment: Mapping[str, str]) -> Process:
    """Starts the runner. What it says goes where this process's own words go."""
    return start(_child("runner", settings), environment, folder_of(settings))


def folder_of(settings: Settings) -> Path:
    """The folder in which both work, made where it is not there.

    Prefect imports a flow from the working folder first: a folder `copydesk/` or `flows/` of the user's own would hide ours.
    """
    folder = settings.place.root.resolve() / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def server_log(settings: Settings) -> Path:
    """Where the server's own words are kept."""
    return folder_of(settings) / "server.log"


def _child(what: str, settings: Settings) -> list[str]:
    return [sys.executable, "-P", "-m", "copydesk.flows.served.child", what, settings.address]


def start(command: Sequence[str], environment: Mapping[str, str], folder: Path, out: int | None = None) -> Process:
    """Starts a process of its own group, so that Ctrl-C reaches it only by way of `stop`, in the right order.

    SIGINT waits until the process unblocks it: see `child`.
    """
    return subprocess.Popen(  # noqa: S603  # our own commands
        command,
        env=environment,
        cwd=folder,
        stdout=out,
        stderr=out,
        start_new_session=True,
        preexec_fn=_before_it_begins,  # noqa: PLW1509  # this process has one thread
    )


def _before_it_begins() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def wait_until_it_answers(address: str, server: Process, log: Path, within: float) -> None:
    """Waits until the server answers.

    Raises PermanentError that names its log where it ends instead, or takes too long.
    """
    import httpx

    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise PermanentError(f"The Prefect server ended with {server.returncode}. What it said is in {log}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/api/health", timeout=2.0, trust_env=False).is_success:
                return
        time.sleep(POLL)
    raise PermanentError(f"The Prefect server did not answer within {within:.0f} seconds. What it said is in {log}")


def keep_running(server: Process, start_one: Callable[[], Process], restarts: Restarts) -> None:
    """Keeps a runner going for as long as the server lives; the runner is stopped at the end, however that comes.

    Raises PermanentError where the runner ends again and again.
    """
    runner, began = start_one(), time.monotonic()
    try:
        while server.poll() is None:
            if runner.poll() is not None:
                wait = restarts.wait_after(time.monotonic() - began)
                if wait is None:
                    raise PermanentError(
                        f"The runner ended {restarts.ended} times in a row, the last time with {runner.returncode}. What it "
                        "said stands above: mend that and start again."
                    )
                warn(f"copydesk: the runner ended with {runner.returncode}; it is started again in {wait:.0f} s")
                _pause(wait, server)
                runner, began = start_one(), time.monotonic()
            time.sleep(POLL)
    finally:
        stop(runner)


def _pause(seconds: float, server: Process) -> None:
    """Waits, no longer than the server lives."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(seconds)


def stop(process: Process) -> None:
    """Stops a process and waits for it, in the end by force."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
