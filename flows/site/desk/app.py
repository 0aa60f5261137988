"""The application of the desk: its addresses, and what answers them."""

from __future__ import annotations

from importlib.resources import files

import duckdb
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.base import HEADERS, Pages
from copydesk.flows.site.desk.filters import BadFilter
from copydesk.flows.site.desk.keys import Keys
from copydesk.flows.site.desk.name_pages import NamePages
from copydesk.flows.site.desk.printed_pages import PrintedPages
from copydesk.flows.site.desk.reader import Reader
from copydesk.flows.site.desk.review_pages import ReviewPages
from copydesk.flows.site.desk.source_pages import SourcePages
from copydesk.warehouse.errors import CopydeskError

ASSETS = {
    "style.css": ("copydesk.flows.site", "text/css"),
    "desk.css": ("copydesk.flows.site.desk", "text/css"),
    "charts.css": ("copydesk.flows.site.desk", "text/css"),
    "desk.js": ("copydesk.flows.site.desk", "text/javascript"),
}


def application(settings: Settings, keys: Keys, reader: Reader) -> FastAPI:
    """The desk of a home, to be put behind an `Entrance`."""
    pages = Pages(settings, keys, reader)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.get(keys.root)(lambda: RedirectResponse(f"{keys.root}/", 308))
    _add_assets(app, keys.root)
    SourcePages(pages).add_to(app)
    ReviewPages(pages).add_to(app)
    NamePages(pages).add_to(app)
    PrintedPages(pages).add_to(app)  # the last: its lists answer every name that is none of the above
    _add_problems(app, pages)
    return app


def _add_assets(app: FastAPI, root: str) -> None:
    @app.get(root + "/assets/{name}")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404)
        package, media = ASSETS[name]
        headers = {**HEADERS, "Cache-Control": "max-age=300"}
        return Response((files(package) / "assets" / name).read_bytes(), media_type=media, headers=headers)


def _add_problems(app: FastAPI, pages: Pages) -> None:
    def problem(request: Request, error: Exception) -> Response:
        status, told = 500, "The desk cannot answer that."
        if isinstance(error, HTTPException):
            status, told = error.status_code, error.detail if error.status_code != 404 or error.detail != "Not Found" else ""
        elif isinstance(error, BadFilter):
            status, told = 400, str(error)
        elif isinstance(error, CopydeskError):
            status, told = 503, str(error)
        elif isinstance(error, duckdb.Error):
            told = f"The question could not be answered: {error}"
        return pages.page(request, "problem.html", {"told": told or "There is no such page.", "status": status}, status)

    for kind in (HTTPException, BadFilter, CopydeskError, duckdb.Error):
        app.add_exception_handler(kind, problem)
