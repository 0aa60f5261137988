"""Pages of review: the queue, a claim with its form, and how far the claims of each kind can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from copydesk.flows.site.desk import precision, queue, reviewing
from copydesk.flows.site.desk.base import Pages, refused_by
from copydesk.flows.site.desk.reader import Published
from copydesk.warehouse.errors import CopydeskError

ALONE: Mapping[str, Any] = {"queue": None, "left": 0, "filters": (), "options": {}}
"""What a claim's page is given where it is shown by itself, outside the queue."""


class ReviewPages:
    """Answers the addresses of review."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def add_to(self, app: FastAPI) -> None:
        """Gives the application its addresses."""
        root = self._pages.root
        app.get(root + "/review")(self.queue)
        app.get(root + "/precision")(self.precision)
        app.get(root + "/review/{claim_id}")(self.claim)
        app.post(root + "/review/{claim_id}")(self._pages.posted(self.review))

    def queue(self, request: Request) -> Response:
        """The claim that is to be reviewed next."""
        published = self._pages.now()
        given = dict(request.query_params)
        asked = queue.Queue.asked(given)
        compared, _ = self._pages.comparison.of(published)
        claim = asked.next_claim(published, compared)
        told = {
            "queue": asked,
            "left": asked.length(published),
            "filters": queue.filters(),
            "options": queue.choices(published),
        }
        done = self._done(published, given)
        if claim is None:
            return self._pages.page(request, "queue_end.html", {**told, "done": done})
        return self._claim_page(request, claim, {**told, "done": done})

    def _done(self, published: Published, given: Mapping[str, str]) -> dict[str, Any] | None:
        """What was said last, so that it can be taken back at once."""
        claim_id, did = given.get("done", ""), given.get("did", "")
        if not claim_id or did not in reviewing.SAID:
            return None
        fact = published.indexed.one("SELECT claim_id, text FROM facts WHERE claim_id = $1 LIMIT 1", [claim_id])
        return {**fact, "said": reviewing.SAID[did], "did": did} if fact else None

    def claim(self, request: Request, claim_id: str) -> Response:
        """One claim, to be reviewed."""
        done = self._done(self._pages.now(), dict(request.query_params))
        return self._claim_page(request, claim_id, {**ALONE, "done": done})

    def _claim_page(self, request: Request, claim_id: str, more: Mapping[str, Any], status: int = 200) -> Response:
        published = self._pages.now()
        told = queue.claim_page(published, self._pages.comparison.of(published)[0], claim_id)
        if told is None:
            raise HTTPException(404, "There is no such claim now.")
        always = {"typed": {}, "problem": "", "fields": reviewing.fields_of(told["fact"]), "completed": reviewing.COMPLETED}
        return self._pages.page(request, "claim.html", {**always, **told, **more}, status)

    def review(self, request: Request, form: Mapping[str, str]) -> Response:
        """Records what a form says of a claim, then shows the next."""
        claim_id = request.path_params["claim_id"]
        fact = self._pages.now().indexed.one("SELECT * FROM facts WHERE claim_id = $1 ORDER BY fact_id LIMIT 1", [claim_id])
        if fact is None:
            raise HTTPException(404, "There is no such claim now.")
        try:
            reviewing.say(self._pages.patient(), fact, form)
        except CopydeskError as error:
            told = {**ALONE, "done": None, "typed": form, "problem": str(error)}
            return self._claim_page(request, claim_id, told, refused_by(error))
        return self._after(claim_id, form)

    def _after(self, claim_id: str, form: Mapping[str, str]) -> Response:
        back = dict(parse_qsl(form.get("back", "").removeprefix("?")))
        kept = urlencode({name: value for name, value in back.items() if name not in ("done", "did")})
        path = f"review/{quote(claim_id, safe='')}" if form.get("back", "-") == "-" else f"review?{kept}" if kept else "review"
        return self._pages.lead(path, form, done=claim_id, did=form["action"])

    def precision(self, request: Request) -> Response:
        """How many of the reviewed claims were right, by measure, rule and confidence."""
        return self._pages.page(request, "precision.html", precision.precision_page(self._pages.now()))
