"""What the commands that serve a home to browsers have in common: where they listen, and how people reach them."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.settings import Settings, load_settings, settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError

LOOPBACK = "127.0.0.1"
LARGEST_PORT = 65535

Host = Annotated[str, Parameter(metavar="ADDRESS", help="Address to listen on.")]
Port = Annotated[int, Parameter(help="Port to listen on.")]
Origins = Annotated[
    tuple[str, ...],
    Parameter(
        metavar="URL",
        help="Address by which people reach it through a proxy: https://desk.example.org; may be given again.",
    ),
]


def served_settings(options: HomeOptions, port: int, origin: tuple[str, ...]) -> Settings:
    """The settings of a home that is served. Raises PermanentError for a port that is none."""
    if not 1 <= port <= LARGEST_PORT:
        raise PermanentError(f"{port} is no port; it must be from 1 to {LARGEST_PORT}. Choose another with --port.")
    return load_settings({"home": settings_of(options).address, "origins": origin or None})
