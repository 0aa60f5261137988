"""`copydesk up`: a Prefect server and the process that serves a home's deployments, on this machine."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.settings import load_settings, settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError

LOOPBACK = "127.0.0.1"
LARGEST_PORT = 65535
ORIGIN = "Address by which people reach it through a proxy: https://desk.example.org; may be given again."


def run(
    *,
    host: Annotated[str, Parameter(metavar="ADDRESS", help="Address to listen on.")] = LOOPBACK,
    port: Annotated[int, Parameter(help="Port to listen on.")] = 4200,
    origin: Annotated[tuple[str, ...], Parameter(metavar="URL", help=ORIGIN)] = (),
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    """Serves until it is stopped."""
    if not 1 <= port <= LARGEST_PORT:
        raise PermanentError(f"{port} is no port; it must be from 1 to {LARGEST_PORT}. Choose another with --port.")
    from copydesk.flows.served.up import serve

    settings = load_settings({"home": settings_of(options).address, "origins": origin or None})
    return serve(settings, host, port)
