"""What all pages of the desk stand on: how one is made, who is let at a form, what a reader's browser remembers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from copydesk.flows.jobs.person import person_name
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.conflicts import Comparison
from copydesk.flows.site.desk.keys import Keys
from copydesk.flows.site.desk.pages import rendered
from copydesk.flows.site.desk.reader import Published, Reader
from copydesk.warehouse.errors import HomeLocked, PermanentError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}

YEAR = 365 * 86_400
WHO = "copydesk-who"
"""The cookie that keeps the name under which a reader decides."""

WAIT = 2.0
"""Seconds that what a form says waits for a run to leave the home, before the page says so."""

LARGEST = 64_000
"""Bytes of a form."""

LONGEST_WHY = 1_000
LONGEST_NAME = 60

NOT_SAID = "read at the desk"
"""What stands for why where nobody said it."""


class Pages:
    """What the pages of a home share.

    Args:
        settings: Of the home
        keys: What lets a browser in
        reader: Gives what the home shows
    """

    def __init__(self, settings: Settings, keys: Keys, reader: Reader) -> None:
        self.settings = settings
        self.keys = keys
        self.comparison = Comparison()
        self._reader = reader

    @property
    def root(self) -> str:
        """The path under which the desk lies, without a slash at its end."""
        return self.keys.root

    def now(self) -> Published:
        """What readers see now."""
        return self._reader.now()

    def page(self, request: Request, name: str, given: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A page of the desk, with what every page is given."""
        here = request.scope["path"].removeprefix(self.root).strip("/").partition("/")[0]
        always = {
            "root": self.root,
            "here": here,
            "home": self.settings.address,
            "token": self.keys.form_token(request.scope["copydesk.session"]),
            "who": unquote(request.cookies.get(WHO, "")) or person_name(),
            "words": given.get("values", {}).get("q", "") if here == "search" else "",
        }
        return HTMLResponse(rendered(name, {**always, **given}), status, HEADERS)

    def patient(self) -> Settings:
        """The settings by which what a form says is recorded."""
        return self.settings.model_copy(update={"wait": WAIT})

    def lead(self, path: str, form: Mapping[str, str], **told: str) -> Response:
        """Leads to a page once a form is done with; keeps the reader's name in the browser."""
        query = urlencode({name: value for name, value in told.items() if value})
        answer = RedirectResponse(
            f"{self.root}/{path}" + (("&" if "?" in path else "?") + query if query else ""), 303, HEADERS
        )
        if name := form.get("who", "").strip():
            answer.set_cookie(WHO, quote(name[:LONGEST_NAME]), YEAR, path=self.root, samesite="lax", httponly=True)
        return answer

    def posted(self, answer: Callable[[Request, Mapping[str, str]], Response]) -> Callable[[Request], Awaitable[Response]]:
        """What answers a form: its token is checked first, and `answer` may take its time."""

        async def checked(request: Request) -> Response:
            form = await form_of(request)
            if not self.keys.is_form_token(form.get("token", ""), request.scope["copydesk.session"]):
                raise HTTPException(403, "This form was not written by the desk. Load the page again.")
            return await run_in_threadpool(answer, request, form)

        return checked


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form. Raises HTTPException for one that is too large."""
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > LARGEST:
            raise HTTPException(413, "The form is too large.")
    return dict(parse_qsl(sent.decode("utf-8", "replace"), keep_blank_values=True))


def refused_by(error: Exception) -> int:
    """The status of a page that says why a form was not taken: 409 where a run has the home."""
    return 409 if isinstance(error, HomeLocked) else 400


def said_why(form: Mapping[str, str]) -> str:
    """Why, as the form says it. Raises PermanentError where it is too long."""
    return line(form.get("why", ""), LONGEST_WHY) or NOT_SAID


def said_who(form: Mapping[str, str]) -> str | None:
    """Who, as the form says it; None where it says nobody. Raises PermanentError where it is too long."""
    return line(form.get("who", ""), LONGEST_NAME) or None


def line(given: str, longest: int) -> str:
    """What was typed as one line of what can be seen. Raises PermanentError where it is too long."""
    told = " ".join("".join(letter if letter.isprintable() else " " for letter in given).split())
    if len(told) > longest:
        raise PermanentError(f"That has {len(told)} characters; up to {longest} are kept.")
    return told
