"""`copydesk desk`: pages to look, search and review, on this machine."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.serving import LOOPBACK, Host, Origins, Port, served_settings
from copydesk.flows.settings.options import HomeOptions


def run(
    *,
    host: Host = LOOPBACK,
    port: Port = 4400,
    origin: Origins = (),
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    """Serves until it is stopped."""
    settings = served_settings(options, port, origin)
    from copydesk.flows.runs.storage import existing
    from copydesk.flows.served.desk import serve_desk

    existing(settings)
    return serve_desk(settings, host, port)
