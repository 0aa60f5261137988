"""Pages of sources: how each is, when it is read next, to try and add one, to decide rejects again."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from copydesk.flows.jobs.apart import Apart
from copydesk.flows.jobs.trial import FIELDS, add_asked, try_source
from copydesk.flows.site.desk.base import Pages, refused_by
from copydesk.flows.site.desk.listing import ROWS
from copydesk.flows.site.desk.lists import ARTICLES
from copydesk.flows.site.desk.sources import KINDS, health, planned, requeue
from copydesk.flows.site.desk.work_lists import REJECTS, RUNS
from copydesk.transforms.reject_reasons import RejectReason
from copydesk.warehouse.errors import CopydeskError, PermanentError

PATIENCE = 120.0
"""Seconds that a trial of a source may take."""

EMPTY = dict.fromkeys(("name", *FIELDS), "")


@dataclass(frozen=True, kw_only=True)
class Requeue:
    """Rejects that are decided again, beside the requests."""

    what: str
    job: Apart

    def told(self) -> str:
        """How far it is, in words."""
        if not self.job.answered(0.0):
            return f"{self.what} are being decided again. Load the page again to see what came of it."
        try:
            return f"{self.what}: {self.job.answer(0.0)}"
        except PermanentError as error:
            return f"{self.what}: {error}"


class SourcePages:
    """Answers the addresses of sources and runs."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._lock = threading.Lock()
        self._requeue: Requeue | None = None

    def add_to(self, app: FastAPI) -> None:
        """Gives the application its addresses."""
        root = self._pages.root
        app.get(root + "/sources")(self.sources)
        app.get(root + "/sources/new")(self.new)
        app.post(root + "/sources/new")(self._pages.posted(self.asked))
        app.post(root + "/requeue")(self._pages.posted(self.requeue))
        app.get(root + "/runs/{run_id}")(self.run)

    def sources(self, request: Request) -> Response:
        """The health of sources, what is read next, the last runs, the last rejects."""
        return self._sources(request, request.query_params.get("added", ""))

    def _sources(self, request: Request, added: str = "", problem: str = "", status: int = 200) -> Response:
        published = self._pages.now()
        rows, sql = health(published)
        plans, trouble = planned(self._pages.settings.place)
        requeue = self._requeue
        told = {
            "health": [{**row, "plan": plans.get(row["source"])} for row in rows],
            "unread": [plan for name, plan in plans.items() if name not in {row["source"] for row in rows}],
            "sql": sql,
            "runs": RUNS.asked({}).answer(published).rows[:10],
            "rejects": REJECTS.asked({}).answer(published).rows[: ROWS // 5],
            "reasons": published.ask(
                "SELECT reason, count(*) AS n FROM documents WHERE status = 'rejected' GROUP BY 1 ORDER BY 2 DESC, 1"
            ),
            "requeue": requeue.told() if requeue else "",
            "added": added if added in plans else "",
            "problem": problem or trouble,
        }
        return self._pages.page(request, "sources.html", told, status)

    def run(self, request: Request, run_id: str) -> Response:
        """A run: what it brought, what it turned away."""
        published = self._pages.now()
        run = published.one("SELECT * FROM runs WHERE run_id = $1", [run_id])
        if run is None:
            raise HTTPException(404, "There is no such run.")
        lists = {one.name: one.asked({"run": run_id}).answer(published) for one in (ARTICLES, REJECTS)}
        return self._pages.page(request, "run.html", {"run": run, **lists})

    def new(self, request: Request) -> Response:
        """The form by which a source is added."""
        return self._new(request, EMPTY)

    def _new(self, request: Request, typed: Mapping[str, Any], status: int = 200, **more: Any) -> Response:
        told = {"typed": {**EMPTY, **typed}, "kinds": KINDS, "found": None, "problem": "", **more}
        return self._pages.page(request, "source_new.html", told, status)

    def asked(self, request: Request, form: Mapping[str, str]) -> Response:
        """Shows what a source would bring, or adds it."""
        given: dict[str, Any] = {name: form.get(name, "").strip() for name in FIELDS}
        given["allow"] = tuple(given["allow"].split())
        name = form.get("name", "").strip()
        try:
            if form.get("action") == "add":
                Apart(add_asked, self._pages.settings, name, given).answer(PATIENCE)
                return self._pages.lead("sources", form, added=name)
            found = Apart(try_source, self._pages.settings, name, given).answer(PATIENCE)
        except CopydeskError as error:
            return self._new(request, form, refused_by(error), problem=str(error))
        return self._new(request, form, found=found)

    def requeue(self, request: Request, form: Mapping[str, str]) -> Response:
        """Begins to decide rejects again, one requeue at a time."""
        reason, source = form.get("reason") or None, form.get("source") or None
        if reason is not None and reason not in set(RejectReason):
            return self._sources(request, problem=f"{reason!r} is no reason of a reject.", status=400)
        with self._lock:
            if self._requeue is not None and not self._requeue.job.answered(0.0):
                return self._sources(request, problem="Rejects are being decided again already.", status=409)
            what = f"Rejects{f' of {source}' if source else ''}{f', {reason}' if reason else ''}"
            self._requeue = Requeue(what=what, job=Apart(requeue, self._pages.settings, reason, source))
        return self._pages.lead("sources", form)
