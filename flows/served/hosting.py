"""What it takes to serve a home to browsers, by `up` or by the desk alone: address, port, auth string, a clean stop."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Iterator

from copydesk.flows.printing import say
from copydesk.flows.served.auth import operators_auth_string
from copydesk.flows.served.door import is_loopback
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError

LOGIN_TOKEN = "COPYDESK_LOGIN_TOKEN"  # noqa: S105  # the name of a variable
ORIGINS = "COPYDESK_SERVER_ORIGINS"
"""The variables that hold the token of the printed address, and the origins that are ours, by commas."""


def address_of(host: str, port: int) -> str:
    """The address at which this machine reaches what listens at a host and port."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  # nothing is bound here
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def operators_choice(settings: Settings, host: str) -> tuple[str, str] | None:
    """The auth string that the operator chose, and where it lies; None for the home's own.

    Raises PermanentError where other machines would reach the server and the operator chose none.
    """
    chosen = operators_auth_string(settings, os.environ)
    if chosen is None and not is_loopback(host):
        raise PermanentError(
            f"{host} is reached from other machines. Three things are needed for that: an auth string of your own, in a file "
            "that you alone can read, named by auth_file in copydesk.toml or COPYDESK_AUTH_FILE; a reverse proxy with TLS in "
            "front, since the auth string goes over the net with every request; and the address at which people reach it: "
            "--origin https://desk.example.org. A proxy on this machine needs no other host than 127.0.0.1."
        )
    return chosen


def say_what_is_in_front(host: str, settings: Settings, origins: tuple[str, ...]) -> None:
    if settings.origins or not is_loopback(host):
        say(f"Answers: {', '.join(origins)}")
    if not is_loopback(host):
        say(f"Note:    {host} is reached from other machines. Put a reverse proxy with TLS in front: without it the auth")
        say("         string goes over the net in clear text, with every request.")


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM stops as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def check_port(host: str, port: int) -> None:
    family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            raise PermanentError(f"{host}:{port} is taken ({error.strerror}). Choose another with --port.") from error
