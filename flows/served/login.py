"""The page that logs a browser in: by an address that `copydesk up` prints and that opens once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from copydesk.flows.site.desk.keys import OURS

PATH = f"{OURS}login"
GOOD_FOR = 900.0
"""Seconds after the start in which the printed address logs in."""

LARGEST = 200
"""Bytes of a token that is sent."""

SCRIPT = """
const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const told = document.getElementById("told");
fetch(location.pathname, {method: "POST", body: token, credentials: "same-origin"}).then(async answer => {
  if (answer.ok) {
    localStorage.setItem("prefect-password", await answer.text());
    location.replace("/deployments");
  } else {
    told.textContent = await answer.text();
  }
}).catch(() => { told.textContent = "The server does not answer."; });
"""
"""Stores what Prefect's own login page stores: the auth string in base64. The token leaves the address bar at once."""

PAGE = f"""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>copydesk: log in</title>
<p id="told">Logging in.</p><p><a href="/login">Log in with the auth string instead</a></p>
<script>{SCRIPT}</script></html>
"""
POLICY = (
    f"default-src 'none'; script-src 'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class Login:
    """Gives the auth string for a token, once, while it is new.

    Args:
        token: The token of the printed address; an empty one opens nothing
        auth_string: What it is given for
        clock: Seconds of a clock that only goes forward
    """

    def __init__(self, token: str, auth_string: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._auth_string = auth_string
        self._clock = clock
        self._until = clock() + GOOD_FOR

    def given_for(self, token: str) -> str | None:
        """The auth string, the first time that the right token comes in time; None otherwise."""
        right = hmac.compare_digest(token.encode(), self._token.encode()) and self._token != ""
        if not right or self._clock() >= self._until:
            return None
        self._token = ""
        return self._auth_string


def login_pages(login: Login, cookie: Callable[[], str]) -> Starlette:
    """The application that shows the page and takes its token.

    With the auth string it gives a cookie, as the header `Set-Cookie` writes it, so that the browser is let into the desk too.
    """

    async def show(request: Request) -> Response:
        return HTMLResponse(PAGE, headers=HEADERS)

    async def take(request: Request) -> Response:
        sent = b""
        async for part in request.stream():
            sent += part
            if len(sent) > LARGEST:
                break
        given = login.given_for(sent[: LARGEST + 1].decode("utf-8", "replace"))
        if given is None:
            told = "This address was used or is too old. Log in with the auth string; copydesk up says where it lies."
            return PlainTextResponse(told, 403, HEADERS)
        return PlainTextResponse(base64.b64encode(given.encode()).decode(), headers={**HEADERS, "Set-Cookie": cookie()})

    return Starlette(routes=[Route(PATH, show), Route(PATH, take, methods=["POST"])])
