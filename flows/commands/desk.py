"""`copydesk desk`: pages to look, search and review, on this machine."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.up import LARGEST_PORT, LOOPBACK, ORIGIN
from copydesk.flows.settings import load_settings, settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError


def run(
    *,
    host: Annotated[str, Parameter(metavar="ADDRESS", help="Address to listen on.")] = LOOPBACK,
    port: Annotated[int, Parameter(help="Port to listen on.")] = 4400,
    origin: Annotated[tuple[str, ...], Parameter(metavar="URL", help=ORIGIN)] = (),
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    """Serves until it is stopped."""
    if not 1 <= port <= LARGEST_PORT:
        raise PermanentError(f"{port} is no port; it must be from 1 to {LARGEST_PORT}. Choose another with --port.")
    from copydesk.flows.runs.storage import existing
    from copydesk.flows.served.desk import serve_desk

    settings = load_settings({"home": settings_of(options).address, "origins": origin or None})
    existing(settings)
    return serve_desk(settings, host, port)
