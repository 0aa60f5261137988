"""The Prefect server behind the door, with the desk: the application and services that `prefect server start` runs.

Started by `copydesk up` with everything that it goes by in the environment.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from copydesk.flows.served.hosting import LOGIN_TOKEN, ORIGINS
from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


def main(home: str) -> None:
    """Serves a home's Prefect until it is told to stop. Raises PermanentError where nobody gave it an auth string."""
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    from copydesk.flows.served.desk import desk_of
    from copydesk.flows.served.door import Door
    from copydesk.flows.served.login import PATH, Login, login_pages
    from copydesk.flows.site.desk.keys import Keys

    settings = get_current_settings().server
    auth_string = settings.api.auth_string
    if auth_string is None:
        raise PermanentError(f"The server has no auth string. It is started by: copydesk up --home {home}")
    login = Login(os.environ.pop(LOGIN_TOKEN, ""), auth_string.get_secret_value())
    keys = Keys(auth_string.get_secret_value())
    entering = login_pages(login, keys.set_cookie)
    desk = desk_of(load_settings({"home": home}), auth_string.get_secret_value(), lambda token: False)

    async def pages(scope: Scope, receive: Receive, send: Send) -> None:
        await (entering if scope["path"] == PATH else desk)(scope, receive, send)

    uvicorn.run(
        Door(create_app(final=True), pages, os.environ[ORIGINS].split(",")),
        host=settings.api.host,
        port=settings.api.port,
        timeout_keep_alive=settings.api.keepalive_timeout,
        ws_ping_interval=settings.api.websocket_ping_interval,
        ws_ping_timeout=settings.api.websocket_ping_timeout,
        log_level=settings.logging_level.lower(),
        proxy_headers=False,
        server_header=False,
    )
