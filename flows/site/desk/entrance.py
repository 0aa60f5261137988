"""The entrance of the desk: who is not logged in gets a page that asks for the auth string, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from urllib.parse import parse_qsl

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from copydesk.flows.site.desk.keys import LOGIN, OURS, Keys

ENTER = f"{OURS}enter/"
"""The path of the printed address, before its token."""

LARGEST = 4_096
"""Bytes of a form that logs in."""

STYLE = (
    "html{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}body{max-width:26rem;margin:12vh auto;padding:0 1rem}"
    "input,button{font:inherit;padding:.4rem .6rem;box-sizing:border-box}input{display:block;width:100%;margin:.3rem 0 .8rem}"
)
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>copydesk: log in</title><style>{style}</style></head><body><main><h1>copydesk</h1>{told}"
    '<form method="post" action="{login}"><label>Auth string of the home <input name="string" type="password" '
    'autocomplete="current-password" required autofocus></label><input name="next" type="hidden" value="{next}">'
    "<button>Log in</button></form><p>It lies in the home, in the file auth-string, unless the operator chose another.</p>"
    "</main></body></html>"
)


class Entrance:
    """Lets in who has the cookie of the desk; gives the cookie for the auth string, or for the token of a printed address.

    Args:
        inside: The desk
        keys: What lets a browser in
        opened: Whether a token of a printed address opens, once
    """

    def __init__(self, inside: ASGIApp, keys: Keys, opened: Callable[[str], bool]) -> None:
        self._inside = inside
        self._keys = keys
        self._opened = opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        path = request.url.path
        root = self._keys.root
        session = request.cookies.get(self._keys.cookie, "")
        if self._keys.is_session(session) and (path == root or path.startswith(root + "/")):
            inner = {**scope, "copydesk.session": session}
            await self._inside(inner, receive, send)
            return
        await (await self._answer(request, path))(scope, receive, send)

    async def _answer(self, request: Request, path: str) -> Response:
        """What somebody without the cookie is answered."""
        if path == LOGIN and request.method == "POST":
            return await self._login(request)
        if path.startswith(ENTER) and request.method == "GET":
            if self._opened(path.removeprefix(ENTER)):
                return self._let_in(self._keys.root + "/")
            return self._page("This address was used or is too old.", 403)
        asked = str(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
        return self._page("", 200 if path == LOGIN else 401, asked)

    async def _login(self, request: Request) -> Response:
        sent = b""
        async for part in request.stream():
            sent += part
            if len(sent) > LARGEST:
                return self._page("That is not the auth string.", 403)
        form = dict(parse_qsl(sent.decode("utf-8", "replace")))
        wanted = form.get("next", "")
        if not self._keys.opens(form.get("string", "")):
            return self._page("That is not the auth string.", 403, wanted)
        return self._let_in(wanted if self._is_ours(wanted) else self._keys.root + "/")

    def _is_ours(self, path: str) -> bool:
        return path.startswith(self._keys.root + "/") and path.isascii() and path.isprintable() and "\\" not in path

    def _let_in(self, path: str) -> Response:
        answer = RedirectResponse(path, 303)
        answer.headers["Set-Cookie"] = self._keys.set_cookie()
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    def _page(self, told: str, status: int, wanted: str = "") -> Response:
        said = f"<p role=alert>{escape(told)}</p>" if told else ""
        kept = escape(wanted) if self._is_ours(wanted) else ""
        return HTMLResponse(PAGE.format(style=STYLE, told=said, login=LOGIN, next=kept), status, HEADERS)
