"""Pages of names: an entity and what people decide of it, a place and its map, what fields complete while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from copydesk.flows.site.desk.base import HEADERS, Pages, refused_by
from copydesk.flows.site.desk.entities import decide, entity_page
from copydesk.flows.site.desk.filters import clean
from copydesk.flows.site.desk.name_lists import CALLED, PRINTED
from copydesk.flows.site.desk.places import found_place, named_places, place_page
from copydesk.warehouse.errors import CopydeskError
from copydesk.warehouse.scans import quoted

DONE = {
    "merge": "Merged",
    "split": "Split",
    "rename": "Renamed",
    "kind": "Changed the kind of",
    "undo": "Took back what was decided of",
}
"""What each decision is called once it is made."""

MOST_COMPLETED = 12
COMPLETED = {
    "entities": (
        "entities",
        f"SELECT entity_id AS value, concat_ws(', ', name, kind, country, facts || ' claims') AS label FROM entities "
        f"WHERE {CALLED} ORDER BY facts DESC, mentions DESC, entity_id LIMIT {MOST_COMPLETED}",
    ),
    "names": (
        "entities",
        f"SELECT name AS value, max(kind) AS label FROM entities WHERE {CALLED} GROUP BY name "
        f"ORDER BY sum(facts) DESC, name LIMIT {MOST_COMPLETED}",
    ),
    "places": (
        "places",
        f"SELECT name AS value, concat_ws(', ', any_value(admin1), any_value(country_code), sum(figures) || ' figures') "
        f"AS label FROM places WHERE {PRINTED} GROUP BY name ORDER BY sum(figures) DESC, name LIMIT {MOST_COMPLETED}",
    ),
    "stories": (
        "stories",
        "SELECT story_id AS value, concat_ws(', ', title, first_on, articles || ' articles') AS label FROM stories "
        f"WHERE contains(lower(title), lower({{}})) ORDER BY articles DESC, last_on DESC, story_id LIMIT {MOST_COMPLETED}",
    ),
}
"""What a field may be completed with: the view, and the query of values with what is said of each."""


class NamePages:
    """Answers the addresses of entities and places."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def add_to(self, app: FastAPI) -> None:
        """Gives the application its addresses."""
        root = self._pages.root
        app.get(root + "/entities/{entity_id}")(self.entity)
        app.post(root + "/entities/{entity_id}")(self._pages.posted(self.decided))
        app.get(root + "/places/named")(self.place_named)
        app.get(root + "/places/{key}")(self.place)
        app.get(root + "/complete/{what}")(self.complete)

    def entity(self, request: Request, entity_id: str) -> Response:
        """A person or body: its names, what it said, where it is named."""
        return self._entity(request, entity_id, {})

    def _entity(self, request: Request, entity_id: str, more: Mapping[str, Any], status: int = 200) -> Response:
        told = entity_page(self._pages.now(), entity_id)
        if told is None:
            raise HTTPException(404, "There is no such name now. Other rules, or a decision, may have given it another id.")
        did = request.query_params.get("did", "")
        done = {"of": request.query_params.get("done", ""), "did": did, "said": DONE[did]} if did in DONE else None
        return self._pages.page(request, "entity.html", {**told, "done": done, **more}, status)

    def decided(self, request: Request, form: Mapping[str, str]) -> Response:
        """Records what a form decides of an entity."""
        entity_id = request.path_params["entity_id"]
        try:
            shown = decide(self._pages.patient(), self._pages.now(), entity_id, form)
        except CopydeskError as error:
            return self._entity(request, entity_id, {"typed": form, "problem": str(error)}, refused_by(error))
        return self._pages.lead(f"entities/{quote(shown, safe='')}", form, done=entity_id, did=form["action"])

    def place_named(self, name: str = "") -> Response:
        """The place of a name; where there are several, the list of them."""
        told = clean("Name", name)
        found = named_places(self._pages.now(), told)
        if len({row["place_id"] for row in found}) == 1 and found[0]["place_id"] is not None:
            return RedirectResponse(f"{self._pages.root}/places/{found[0]['place_id']}", 303)
        if len(found) == 1:
            return RedirectResponse(f"{self._pages.root}/places/-?{urlencode({'name': found[0]['name']})}", 303)
        return RedirectResponse(f"{self._pages.root}/places?{urlencode({'q': told})}", 303)

    def place(self, request: Request, key: str, name: str = "") -> Response:
        """A place: where it lies, its figures, its articles. One that the gazetteer lacks is told by its name."""
        published = self._pages.now()
        unlisted = [row for row in named_places(published, name) if row["place_id"] is None] if key == "-" else []
        place = unlisted[0] if unlisted else found_place(published, key)
        if place is None:
            raise HTTPException(404, "There is no figure about such a place now.")
        return self._pages.page(request, "place.html", place_page(published, place))

    def complete(self, what: str, q: str = "") -> Response:
        """What a field may be completed with, as JSON."""
        if what not in COMPLETED:
            raise HTTPException(404)
        view, sql = COMPLETED[what]
        told = clean("Words", q)
        rows = self._pages.now().of(view).ask(sql.replace("{}", quoted(told))) if len(told) > 1 else []
        return JSONResponse(rows, headers=HEADERS)
