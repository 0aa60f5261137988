"""`copydesk up`: a Prefect server and the process that serves a home's deployments, on this machine."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.serving import LOOPBACK, Host, Origins, Port, served_settings
from copydesk.flows.settings.options import HomeOptions


def run(
    *,
    host: Host = LOOPBACK,
    port: Port = 4200,
    origin: Origins = (),
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    """Serves until it is stopped."""
    settings = served_settings(options, port, origin)
    from copydesk.flows.served.up import serve

    return serve(settings, host, port)
