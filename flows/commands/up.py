"""`copydesk up`: a Prefect server and the process that serves a home's deployments, on this machine."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from copydesk.flows.served.schedules import NIGHTLY, WEEKLY
from copydesk.flows.settings import load_settings
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

STARTS_WITHIN = 180.0
STOPS_WITHIN = 30.0
POLL = 0.25
AGAIN_AFTER = 2.0
DIES_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG: the children end when this process does, however it dies."""


def run(options: argparse.Namespace) -> int:
    """Serves until it is stopped by Ctrl-C or SIGTERM, or the server ends; a runner that dies is started again."""
    settings = load_settings({"home": load_settings({"home": options.home}).address})
    home = settings.place.with_inbox()
    sources = read_sources(home)
    address = f"http://{options.host}:{options.port}"
    with _alone(home, address), _stoppable():
        _check_port(options.host, options.port)
        environment = _environment(home, options.host, options.port)
        server = _start([sys.executable, "-m", "prefect", "server", "start"], environment, home.root / "prefect" / "server.log")
        runner: subprocess.Popen[bytes] | None = None
        try:
            _wait_for(address, server, home)
            serve = [sys.executable, "-m", "copydesk.flows.served.runner", settings.address]
            runner = _start(serve, environment, None)
            print(f"Prefect: {address}\nInbox:   {home.inbox}\nScheduled:")
            print(f"  ingest/{INBOX}: every 5 minutes")
            for spec in sources.values():
                print(f"  ingest/{spec.name}: {spec.schedule or 'by hand'} ({spec.kind} {spec.shown})")
            print(f"  maintain/nightly: {NIGHTLY}\n  verify/weekly: {WEEKLY}")
            print("Ctrl-C stops both.", flush=True)
            while server.poll() is None:
                if runner.poll() is not None:
                    print(
                        f"copydesk: the runner ended with {runner.returncode}; starting it again", file=sys.stderr, flush=True
                    )
                    time.sleep(AGAIN_AFTER)
                    runner = _start(serve, environment, None)
                time.sleep(POLL)
            print(
                f"copydesk: the server ended with {server.returncode}. See {home.root / 'prefect' / 'server.log'}",
                file=sys.stderr,
            )
            return 1
        except KeyboardInterrupt:
            print("Stopping. A run that is going on is taken up by the next.", flush=True)
            return 0
        finally:
            for process in (runner, server):
                _stop(process)


@contextlib.contextmanager
def _alone(home: Home, address: str) -> Iterator[None]:
    """Holds the home's place for one `up`.

    Raises PermanentError with the address of the one that holds it.
    """
    with (home.root / "up.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            told = file.read().strip()
            other = json.loads(told)["address"] if told else "another address"
            raise PermanentError(f"{home.root} is served already, at {other}. Open that, or stop it first.") from error
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"address": address, "pid": os.getpid()}))
        file.flush()
        yield


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM stops as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PermanentError(f"{host}:{port} is taken ({error.strerror}). Choose another with --port.") from error


def _environment(home: Home, host: str, port: int) -> dict[str, str]:
    """The environment of the server and the runner: all settings consistent, the database in the home, nothing calls out."""
    return {
        **os.environ,
        "PREFECT_HOME": str(home.root / "prefect"),
        "PREFECT_API_URL": f"http://{host}:{port}/api",
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "DO_NOT_TRACK": "1",
    }


def _start(command: list[str], environment: Mapping[str, str], log: Path | None) -> subprocess.Popen[bytes]:
    """Starts a process of its own group, so that Ctrl-C reaches it only by way of `_stop`, in the right order."""
    with contextlib.ExitStack() as stack:
        out = None
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
            out = stack.enter_context(log.open("ab"))
        return subprocess.Popen(  # noqa: S603  # our own commands
            command,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  # this process has one thread
        )


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def _wait_for(address: str, server: subprocess.Popen[bytes], home: Home) -> None:
    """Waits until the server answers.

    Raises PermanentError that names its log where it ends instead, or takes too long.
    """
    import httpx

    log = home.root / "prefect" / "server.log"
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise PermanentError(f"The Prefect server ended with {server.returncode}. What it said is in {log}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/api/health", timeout=2.0, trust_env=False).is_success:
                return
        time.sleep(POLL)
    raise PermanentError(f"The Prefect server did not answer within {STARTS_WITHIN:.0f} seconds. What it said is in {log}")


def _stop(process: subprocess.Popen[bytes] | None) -> None:
    """Stops a process and waits for it, in the end by force."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
