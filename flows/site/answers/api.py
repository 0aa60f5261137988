"""The questions of programs as JSON over HTTP, to read only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import duckdb
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic_core import to_jsonable_python

from copydesk.flows.settings import Settings
from copydesk.flows.site.answers.answers import Answers
from copydesk.flows.site.answers.tools import QUESTIONS
from copydesk.flows.site.desk.keys import OURS
from copydesk.flows.site.desk.reader import Reader
from copydesk.warehouse.errors import CopydeskError, HomeLocked

API = f"{OURS}api"
"""The path of the API, without a slash at its end."""


def api_of(settings: Settings, reader: Reader | None = None) -> FastAPI:
    """The API of a home: `API/QUESTION?argument=value` for each question, and its description at `API/openapi.json`."""
    answers = Answers(settings, reader)
    app = FastAPI(title="copydesk", docs_url=None, redoc_url=None, openapi_url=f"{API}/openapi.json")
    for name in QUESTIONS:
        ask = getattr(answers, name)
        app.add_api_route(f"{API}/{name}", ask, methods=["GET"], name=name, response_class=PlainJson, response_model=None)
    for kind, status in STATUS.items():
        app.add_exception_handler(kind, _told(status))

    @app.middleware("http")
    async def unstored(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        told = await answer(request)
        told.headers["Cache-Control"] = "no-store"
        return told

    return app


class PlainJson(JSONResponse):
    """JSON of rows: days and times by ISO 8601."""

    def render(self, content: Any) -> bytes:
        return super().render(to_jsonable_python(content))


STATUS: dict[type[Exception], int] = {HomeLocked: 409, CopydeskError: 400, duckdb.Error: 500}


def _told(status: int) -> Callable[[Request, Exception], Response]:
    return lambda request, error: PlainJson({"detail": str(error)}, status)
