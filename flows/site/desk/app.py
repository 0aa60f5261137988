"""The application of the desk: its addresses, and what answers them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import duckdb
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from copydesk.flows.jobs.person import person_name
from copydesk.flows.settings import Settings
from copydesk.flows.site.article import anchor
from copydesk.flows.site.desk import conflicts as comparing
from copydesk.flows.site.desk import queue, reviewing
from copydesk.flows.site.desk.articles import article_page
from copydesk.flows.site.desk.conflicts import Comparison
from copydesk.flows.site.desk.downloads import MEDIA, WRITERS
from copydesk.flows.site.desk.keys import Keys
from copydesk.flows.site.desk.listing import LONGEST, BadFilter, Listing, choices_of, moment
from copydesk.flows.site.desk.lists import ARTICLES, LISTS, REJECTS, RUNS
from copydesk.flows.site.desk.overview import overview
from copydesk.flows.site.desk.pages import rendered
from copydesk.flows.site.desk.reader import Published, Reader
from copydesk.flows.site.desk.searching import search_page
from copydesk.warehouse.errors import CopydeskError, HomeLocked

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
ASSETS = {
    "style.css": ("copydesk.flows.site", "text/css"),
    "desk.css": ("copydesk.flows.site.desk", "text/css"),
    "desk.js": ("copydesk.flows.site.desk", "text/javascript"),
}
YEAR = 365 * 86_400
WHO = "copydesk-who"
"""The cookie that keeps the name under which a reader reviews."""

LARGEST = 64_000
"""Bytes of a form."""

ALONE: Mapping[str, Any] = {"queue": None, "left": 0, "filters": (), "options": {}}
"""What a claim's page is given where it is shown by itself, outside the queue."""

HEALTH = "SELECT * FROM source_health ORDER BY overdue DESC, source LIMIT 500"


class Desk:
    """The pages of a home.

    Args:
        settings: Of the home
        keys: What lets a browser in
    """

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._settings = settings
        self._keys = keys
        self._reader = Reader(settings.place)
        self._comparison = Comparison()

    def page(self, request: Request, name: str, given: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A page of the desk, with what every page is given."""
        here = request.scope["path"].removeprefix(self._keys.root).strip("/").partition("/")[0]
        always = {
            "root": self._keys.root,
            "here": here,
            "home": self._settings.address,
            "token": self._keys.form_token(request.scope["copydesk.session"]),
            "who": unquote(request.cookies.get(WHO, "")) or person_name(),
            "words": given.get("values", {}).get("q", "") if here == "search" else "",
        }
        return HTMLResponse(rendered(name, {**always, **given}), status, HEADERS)

    def overview(self, request: Request) -> Response:
        """What is new."""
        given = request.query_params.get("since", "").strip()
        if given:
            moment("Since", given)
        published = self._reader.now()
        compared, current = self._comparison.of(published)
        since = datetime.fromisoformat(given) if given else None
        since = since.replace(tzinfo=UTC) if since and since.tzinfo is None else since
        told = overview(published, compared, since)
        return self.page(request, "overview.html", {**told, "current": current, "position": published.position})

    def listed(self, request: Request, listing: Listing) -> Response:
        """A page of a list."""
        published = self._reader.now()
        given = dict(request.query_params)
        told: dict[str, Any] = {"listing": listing, "options": choices_of(listing, published), "answer": None, "problem": ""}
        try:
            asked = listing.asked(given)
        except BadFilter as error:
            values = {one.name: given.get(one.name, "")[:LONGEST] for one in listing.filters}
            return self.page(request, "list.html", {**told, "values": values, "problem": str(error)}, 400)
        return self.page(request, "list.html", {**told, "values": asked.values, "answer": asked.answer(published)})

    def search(self, request: Request) -> Response:
        """What holds some words, the best first."""
        given = dict(request.query_params)
        try:
            return self.page(request, "search.html", {**search_page(self._settings, given), "problem": ""})
        except BadFilter as error:
            return self.page(request, "search.html", {**search_page(self._settings, {}), "problem": str(error)}, 400)

    def download(self, name: str, kind: str, given: Mapping[str, str]) -> Response:
        """All rows of a list, as a file."""
        sql = comparing.SQL if name == "conflicts" else LISTS[name].asked(given).sql()
        return _file(self._reader.now(), sql, name, kind)

    def article(self, request: Request, article_id: str) -> Response:
        """An article."""
        told = article_page(self._reader.now(), article_id)
        if told is None:
            raise HTTPException(404, "There is no such article now. It may have been withdrawn.")
        return self.page(request, "article_page.html", told)

    def fact(self, fact_id: str) -> Response:
        """The place of a fact in its article."""
        found = self._reader.now().one(
            "SELECT article_id, fact_id FROM facts WHERE fact_id = $1 OR claim_id = $1 ORDER BY fact_id LIMIT 1", [fact_id]
        )
        if found is None:
            raise HTTPException(404, "There is no such fact now. Other rules, or another text, may have made it another.")
        return RedirectResponse(f"{self._keys.root}/articles/{found['article_id']}#{anchor(found['fact_id'])}", 303)

    def conflicts(self, request: Request) -> Response:
        """Pairs of figures."""
        published = self._reader.now()
        compared, current = self._comparison.of(published)
        told = comparing.page_of(compared, dict(request.query_params))
        return self.page(request, "pairs.html", {**told, "current": current, "sql": comparing.SQL})

    def sources(self, request: Request) -> Response:
        """The health of sources, the last runs, the last rejects."""
        published = self._reader.now()
        few = {
            "runs": RUNS.asked({}).answer(published).rows[:10],
            "rejects": REJECTS.asked({}).answer(published).rows[:10],
        }
        return self.page(request, "sources.html", {"health": published.ask(HEALTH), "sql": HEALTH, **few})

    def run(self, request: Request, run_id: str) -> Response:
        """A run: what it brought, what it turned away."""
        published = self._reader.now()
        run = published.one("SELECT * FROM runs WHERE run_id = $1", [run_id])
        if run is None:
            raise HTTPException(404, "There is no such run.")
        lists = {one.name: one.asked({"run": run_id}).answer(published) for one in (ARTICLES, REJECTS)}
        return self.page(request, "run.html", {"run": run, **lists})

    def queue(self, request: Request) -> Response:
        """The claim that is to be reviewed next."""
        published = self._reader.now()
        given = dict(request.query_params)
        asked = queue.Queue.asked(given)
        compared, _ = self._comparison.of(published)
        claim = asked.next_claim(published, compared)
        told = {
            "queue": asked,
            "left": asked.length(published),
            "filters": queue.filters(),
            "options": queue.choices(published),
        }
        done = self._done(published, given)
        if claim is None:
            return self.page(request, "queue_end.html", {**told, "done": done})
        return self._claim_page(request, claim, {**told, "done": done})

    def _done(self, published: Published, given: Mapping[str, str]) -> dict[str, Any] | None:
        """What was said last, so that it can be taken back at once."""
        claim_id, did = given.get("done", ""), given.get("did", "")
        if not claim_id or did not in reviewing.SAID:
            return None
        fact = published.one("SELECT claim_id, text FROM facts WHERE claim_id = $1 LIMIT 1", [claim_id])
        return {**fact, "said": reviewing.SAID[did], "did": did} if fact else None

    def claim(self, request: Request, claim_id: str) -> Response:
        """One claim, to be reviewed."""
        done = self._done(self._reader.now(), dict(request.query_params))
        return self._claim_page(request, claim_id, {**ALONE, "done": done})

    def _claim_page(self, request: Request, claim_id: str, more: Mapping[str, Any], status: int = 200) -> Response:
        published = self._reader.now()
        told = queue.claim_page(published, self._comparison.of(published)[0], claim_id)
        if told is None:
            raise HTTPException(404, "There is no such claim now.")
        always = {"typed": {}, "problem": "", "fields": reviewing.fields_of(told["fact"])}
        return self.page(request, "claim.html", {**always, **told, **more}, status)

    def review(self, request: Request, claim_id: str, form: Mapping[str, str]) -> Response:
        """Records what a form says of a claim, then shows the next."""
        fact = self._reader.now().one("SELECT * FROM facts WHERE claim_id = $1 ORDER BY fact_id LIMIT 1", [claim_id])
        if fact is None:
            raise HTTPException(404, "There is no such claim now.")
        try:
            reviewing.say(self._settings, fact, form)
        except CopydeskError as error:
            status = 409 if isinstance(error, HomeLocked) else 400
            told = {**ALONE, "done": None, "typed": form, "problem": str(error)}
            return self._claim_page(request, claim_id, told, status)
        return self._after(claim_id, form)

    def _after(self, claim_id: str, form: Mapping[str, str]) -> Response:
        did = urlencode({"done": claim_id, "did": form["action"]})
        back = dict(parse_qsl(form.get("back", "").removeprefix("?")))
        if form.get("back", "-") == "-":
            where = f"/review/{quote(claim_id, safe='')}?{did}"
        else:
            kept = urlencode({name: value for name, value in back.items() if name not in ("done", "did")})
            where = f"/review?{did}" + (f"&{kept}" if kept else "")
        answer = RedirectResponse(self._keys.root + where, 303, HEADERS)
        if name := form.get("who", "").strip():
            answer.set_cookie(WHO, quote(name[:60]), YEAR, path=self._keys.root, samesite="lax", httponly=True)
        return answer


def _file(published: Published, sql: str, name: str, kind: str) -> Response:
    """The rows of a query as a file that is written while it is read."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(WRITERS[kind](published, sql), media_type=MEDIA[kind], headers=headers)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form. Raises HTTPException for one that is too large, or that another page wrote."""
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > LARGEST:
            raise HTTPException(413, "The form is too large.")
    return dict(parse_qsl(sent.decode("utf-8", "replace"), keep_blank_values=True))


def application(settings: Settings, keys: Keys) -> FastAPI:
    """The desk of a home, to be put behind an `Entrance`."""
    desk = Desk(settings, keys)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    root = keys.root

    app.get(root + "/")(desk.overview)
    app.get(root)(lambda: RedirectResponse(f"{root}/", 308))

    @app.get(root + "/{name}.{kind}")
    def download(request: Request, name: str, kind: str) -> Response:
        if name not in (*LISTS, "conflicts") or kind not in WRITERS:
            raise HTTPException(404)
        return desk.download(name, kind, dict(request.query_params))

    app.get(root + "/search")(desk.search)
    app.get(root + "/conflicts")(desk.conflicts)
    app.get(root + "/sources")(desk.sources)
    app.get(root + "/review")(desk.queue)
    app.get(root + "/review/{claim_id}")(desk.claim)
    app.get(root + "/articles/{article_id}")(desk.article)
    app.get(root + "/runs/{run_id}")(desk.run)
    app.get(root + "/facts/{fact_id}")(desk.fact)

    @app.get(root + "/{name}")
    def listed(request: Request, name: str) -> Response:
        if name not in LISTS:
            raise HTTPException(404)
        return desk.listed(request, LISTS[name])

    @app.get(root + "/assets/{name}")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404)
        package, media = ASSETS[name]
        headers = {**HEADERS, "Cache-Control": "max-age=300"}
        return Response((files(package) / "assets" / name).read_bytes(), media_type=media, headers=headers)

    @app.post(root + "/review/{claim_id}")
    async def review(request: Request, claim_id: str) -> Response:
        form = await form_of(request)
        if not keys.is_form_token(form.get("token", ""), request.scope["copydesk.session"]):
            raise HTTPException(403, "This form was not written by the desk. Load the page again.")
        return await run_in_threadpool(desk.review, request, claim_id, form)

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
        return desk.page(request, "problem.html", {"told": told or "There is no such page.", "status": status}, status)

    for kind in (HTTPException, BadFilter, CopydeskError, duckdb.Error):
        app.add_exception_handler(kind, problem)
    return app
