"""`copydesk mcp`: lets programs ask the home by the Model Context Protocol, by their own pipe or over HTTP."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.serving import LOOPBACK, served_settings
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions


def run(
    *,
    port: Annotated[
        int | None, Parameter(help="Port of this machine to serve by HTTP instead, with the auth string of the home.")
    ] = None,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    """Answers on standard input and output until that ends; with a port, by HTTP until it is stopped."""
    from copydesk.flows.commands.reading import published_home
    from copydesk.flows.served.programs import serve_by_http, serve_by_pipe

    if port is None:
        settings = settings_of(options)
        published_home(settings)
        return serve_by_pipe(settings)
    return serve_by_http(served_settings(options, port, ()), LOOPBACK, port)
