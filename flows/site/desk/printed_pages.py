"""Pages of what was printed: the overview, lists, an article, the search, conflicts, a series; and all lists as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from copydesk.flows.site.article import anchor
from copydesk.flows.site.desk import conflicts as comparing
from copydesk.flows.site.desk import missed, precision, series
from copydesk.flows.site.desk.articles import article_page
from copydesk.flows.site.desk.base import Pages, refused_by
from copydesk.flows.site.desk.downloads import WRITERS, file_of
from copydesk.flows.site.desk.facets import shown_facets
from copydesk.flows.site.desk.filters import LONGEST, BadFilter, time_of
from copydesk.flows.site.desk.listing import Listing, choices_of
from copydesk.flows.site.desk.maps import places_map
from copydesk.flows.site.desk.overview import overview
from copydesk.flows.site.desk.reader import Published
from copydesk.flows.site.desk.searching import search_page
from copydesk.flows.site.desk.stories import decide, story_page
from copydesk.flows.site.desk.work_lists import LISTS
from copydesk.warehouse.errors import CopydeskError

REARRANGED = {
    "merge": "The other story is a part of this one now.",
    "split": "The articles are another story now.",
    "undo": "What was decided is taken back.",
}
"""What each decision of a story is called once it is made."""


class PrintedPages:
    """Answers the addresses of what was printed, and those of all lists."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def add_to(self, app: FastAPI) -> None:
        """Gives the application its addresses."""
        root = self._pages.root
        app.get(root + "/")(self.overview)
        app.get(root + "/{name}.{kind}")(self.download)
        app.get(root + "/search")(self.search)
        app.get(root + "/conflicts")(self.conflicts)
        app.get(root + "/series")(self.series)
        app.get(root + "/articles/{article_id}")(self.article)
        app.post(root + "/articles/{article_id}")(self._pages.posted(self.added))
        app.get(root + "/stories/{story_id}")(self.story)
        app.post(root + "/stories/{story_id}")(self._pages.posted(self.rearranged))
        app.get(root + "/facts/{fact_id}")(self.fact)
        app.get(root + "/{name}")(self.listed)

    def overview(self, request: Request) -> Response:
        """What is new."""
        given = request.query_params.get("since", "").strip()
        since = time_of("Since", given) if given else None
        published = self._pages.now()
        compared, current = self._pages.comparison.of(published)
        told = overview(published, compared, since)
        return self._pages.page(request, "overview.html", {**told, "current": current, "position": published.position})

    def listed(self, request: Request, name: str) -> Response:
        """A page of a list."""
        if name not in LISTS:
            raise HTTPException(404)
        listing, published, given = LISTS[name], self._pages.now(), dict(request.query_params)
        told: dict[str, Any] = {
            "listing": listing,
            "options": choices_of(listing, published),
            "answer": None,
            "facets": [],
            "problem": "",
            "chart": None,
        }
        try:
            asked = listing.asked(given)
        except BadFilter as error:
            values = {one.name: given.get(one.name, "")[:LONGEST] for one in listing.filters}
            return self._pages.page(request, "list.html", {**told, "values": values, "problem": str(error)}, 400)
        answer = asked.answer(published)
        facets = shown_facets(answer, published, bool(given.get("facets")))
        more = {**told, "values": asked.values, "answer": answer, "facets": facets, **_drawn(listing, published, answer.asked)}
        return self._pages.page(request, "list.html", more)

    def search(self, request: Request) -> Response:
        """What holds some words, the best first."""
        given = dict(request.query_params)
        settings = self._pages.settings
        try:
            return self._pages.page(request, "search.html", {**search_page(settings, given), "problem": ""})
        except BadFilter as error:
            return self._pages.page(request, "search.html", {**search_page(settings, {}), "problem": str(error)}, 400)

    def download(self, request: Request, name: str, kind: str) -> Response:
        """All rows of a list, as a file."""
        if kind not in WRITERS:
            raise HTTPException(404)
        published, given = self._pages.now(), dict(request.query_params)
        if name in LISTS:
            listing = LISTS[name]
            return file_of(listing.source(published), listing.asked(given).sql(), name, kind)
        return file_of(published, _other_sql(published, name, given), name, kind)

    def article(self, request: Request, article_id: str) -> Response:
        """An article."""
        return self._article(request, article_id)

    def _article(self, request: Request, article_id: str, status: int = 200, **more: Any) -> Response:
        told = article_page(self._pages.now(), article_id)
        if told is None:
            raise HTTPException(404, "There is no such article now. It may have been withdrawn.")
        always = {"offered": missed.offered(), "typed": {}, "problem": ""}
        return self._pages.page(request, "article_page.html", {**told, **always, **more}, status)

    def added(self, request: Request, form: Mapping[str, str]) -> Response:
        """Records a claim that a reader found, and shows it in its article."""
        article_id, published = request.path_params["article_id"], self._pages.now()
        article = published.one("SELECT * FROM articles WHERE article_id = $1", [article_id])
        if article is None:
            raise HTTPException(404, "There is no such article now. It may have been withdrawn.")
        try:
            claim_id = missed.add(self._pages.patient(), published, article, form)
        except CopydeskError as error:
            return self._article(request, article_id, refused_by(error), typed=form, problem=str(error))
        return self._pages.lead(f"facts/{claim_id}", form)

    def story(self, request: Request, story_id: str) -> Response:
        """An event: its articles and their origins, what is claimed, what does not agree."""
        return self._story(request, story_id, {})

    def _story(self, request: Request, story_id: str, more: Mapping[str, Any], status: int = 200) -> Response:
        published = self._pages.now()
        compared, _ = self._pages.comparison.of(published)
        told = story_page(published, compared, story_id)
        if told is None:
            raise HTTPException(404, "There is no such story now. Its first article may have been withdrawn.")
        done = REARRANGED.get(request.query_params.get("did", ""), "")
        return self._pages.page(request, "story.html", {**told, "done": done, "typed": {}, "problem": "", **more}, status)

    def rearranged(self, request: Request, form: Mapping[str, str]) -> Response:
        """Records what a form decides of a story."""
        story_id = request.path_params["story_id"]
        try:
            shown = decide(self._pages.patient(), story_id, form)
        except CopydeskError as error:
            return self._story(request, story_id, {"typed": form, "problem": str(error)}, refused_by(error))
        return self._pages.lead(f"stories/{quote(shown, safe='')}", form, did=form["action"])

    def fact(self, fact_id: str) -> Response:
        """The place of a fact in its article."""
        found = self._pages.now().indexed.one(
            "SELECT article_id, fact_id FROM facts WHERE fact_id = $1 OR claim_id = $1 ORDER BY fact_id LIMIT 1", [fact_id]
        )
        if found is None:
            raise HTTPException(404, "There is no such fact now. Other rules, or another text, may have made it another.")
        return RedirectResponse(f"{self._pages.root}/articles/{found['article_id']}#{anchor(found['fact_id'])}", 303)

    def conflicts(self, request: Request) -> Response:
        """Pairs of figures."""
        published = self._pages.now()
        compared, current = self._pages.comparison.of(published)
        told = comparing.page_of(compared, dict(request.query_params))
        return self._pages.page(request, "pairs.html", {**told, "current": current, "sql": comparing.SQL})

    def series(self, request: Request) -> Response:
        """A measure at a place over time: who printed which number when."""
        return self._pages.page(request, "series_page.html", series.series_page(self._pages.now(), dict(request.query_params)))


def _drawn(listing: Listing, published: Published, asked: Any) -> dict[str, Any]:
    """What a list draws above its rows: places their map."""
    return {"chart": places_map(listing.source(published), asked)} if listing.name == "places" else {}


def _other_sql(published: Published, name: str, given: Mapping[str, str]) -> str:
    """The query behind a page that is no list. Raises HTTPException where there is none of that name."""
    if name == "conflicts":
        return comparing.SQL
    if name == "series":
        return series.Asked.of(published, given).sql()
    if name in ("precision", "readers"):
        return precision.SQL if name == "precision" else precision.AGREED
    raise HTTPException(404)
