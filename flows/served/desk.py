"""The desk of a home behind its entrance; `copydesk desk` serves it alone, without Prefect, behind the same door."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from copydesk.flows.printing import say
from copydesk.flows.served.auth import file_of, own_auth_string
from copydesk.flows.served.door import Door, own_origins
from copydesk.flows.served.hosting import address_of, check_port, operators_choice, say_what_is_in_front, stoppable
from copydesk.flows.served.login import GOOD_FOR, Login
from copydesk.flows.served.programs import WithAuthString
from copydesk.flows.settings import Settings
from copydesk.flows.site.answers.api import API, api_of
from copydesk.flows.site.desk.app import application
from copydesk.flows.site.desk.entrance import ENTER, Entrance
from copydesk.flows.site.desk.keys import LOGIN, Keys
from copydesk.flows.site.desk.reader import Reader


def desk_of(settings: Settings, auth_string: str, opened: Callable[[str], bool]) -> ASGIApp:
    """The desk of a home behind its entrance, and the questions of programs, which bring the auth string with each.

    `opened` says whether a token of a printed address opens, once.
    """
    keys = Keys(auth_string)
    reader = Reader(settings.place)
    pages = Entrance(application(settings, keys, reader), keys, opened)
    programs = WithAuthString(api_of(settings, reader), auth_string)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["path"].startswith(f"{API}/")
        await (programs if asked else pages)(scope, receive, send)

    return answer


def serve_desk(settings: Settings, host: str, port: int) -> int:
    """Serves the desk until it is stopped by Ctrl-C or SIGTERM.

    Raises PermanentError where the port is taken, or where other machines would reach it and nobody chose an auth string.
    """
    import uvicorn

    home = settings.place
    chosen = operators_choice(settings, host)
    origins = own_origins(host, port, settings.origins)
    check_port(host, port)
    auth_string, where = chosen or (own_auth_string(home.prepared()), str(file_of(home)))
    keys, token = Keys(auth_string), secrets.token_urlsafe(32)
    login = Login(token, auth_string)
    pages = desk_of(settings, auth_string, lambda given: login.given_for(given) is not None)
    address = address_of(host, port)
    say(f"Desk:    {address}{keys.root}/")
    say(f"Log in:  {address}{ENTER}{token}")
    say(f"         opens once, within {GOOD_FOR / 60:.0f} minutes; later log in with the auth string in {where}")
    say_what_is_in_front(host, settings, origins)
    say("Ctrl-C stops it.", flush=True)
    configured = uvicorn.Config(
        Door(_to_the_login, pages, origins),
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
    )
    with stoppable(), contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(configured).run()
    return 0


async def _to_the_login(scope: Scope, receive: Receive, send: Send) -> None:
    """What lies outside of copydesk's own pages leads to the page that asks for the auth string."""
    from starlette.responses import RedirectResponse

    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await RedirectResponse(LOGIN, 307)(scope, receive, send)
