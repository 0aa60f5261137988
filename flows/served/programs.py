"""Serves the questions of programs: by a pipe of their own, or over HTTP on this machine, behind the same door."""

from __future__ import annotations

import base64
import contextlib
import hmac

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from copydesk.flows.printing import say
from copydesk.flows.served.auth import file_of, own_auth_string
from copydesk.flows.served.door import Door, own_origins
from copydesk.flows.served.hosting import address_of, check_port, operators_choice, stoppable
from copydesk.flows.settings import Settings
from copydesk.flows.settings.program import program_version
from copydesk.flows.site.answers.answers import Answers
from copydesk.flows.site.answers.tools import server_of

PATH = "/mcp"


class WithAuthString:
    """Lets requests in that carry the auth string, as `Authorization: Basic` with the string in base64.

    Args:
        inside: what is behind it.
        auth_string: what is asked for.
    """

    def __init__(self, inside: ASGIApp, auth_string: str) -> None:
        self._inside = inside
        self._right = f"Basic {base64.b64encode(auth_string.encode()).decode()}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request; a websocket, of which there are none behind it, is closed."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and not self.lets_in(scope):
            refusal = PlainTextResponse("The auth string of the home is asked for.\n", 401, {"WWW-Authenticate": "Basic"})
            await refusal(scope, receive, send)
            return
        await self._inside(scope, receive, send)

    def lets_in(self, scope: Scope) -> bool:
        """Whether a request carries the auth string."""
        return hmac.compare_digest(Headers(scope=scope).get("authorization", "").encode(), self._right.encode())


def serve_by_pipe(settings: Settings) -> int:
    """Answers a program on standard input and output, until it ends them."""
    server_of(Answers(settings), program_version()).run("stdio")
    return 0


def serve_by_http(settings: Settings, host: str, port: int) -> int:
    """Answers programs of this machine until it is stopped by Ctrl-C or SIGTERM. Raises PermanentError for a taken port."""
    import uvicorn

    check_port(host, port)
    chosen = operators_choice(settings, host)
    auth_string, where = chosen or (own_auth_string(settings.place.prepared()), str(file_of(settings.place)))
    origins = own_origins(host, port, settings.origins)
    server = server_of(Answers(settings), program_version())
    app = WithAuthString(server.streamable_http_app(streamable_http_path=PATH, stateless_http=True, host=host), auth_string)
    say(f"Programs: {address_of(host, port)}{PATH}")
    say(f"          with the auth string in {where}, as Authorization: Basic and the string in base64")
    say("Ctrl-C stops it.", flush=True)
    configured = uvicorn.Config(Door(app, app, origins), host=host, port=port, log_level="warning", server_header=False)
    with stoppable(), contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(configured).run()
    return 0
