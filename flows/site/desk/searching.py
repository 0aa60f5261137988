"""The page that searches: articles, sentences or facts that hold some words, the best first, with the words marked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from copydesk.flows.jobs.search import asked_day, question, search, search_facets
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.filters import BadFilter, clean
from copydesk.flows.site.desk.reader import Row
from copydesk.transforms.vocabulary import Measure
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.search import Kind, Wanted
from copydesk.warehouse.searching.marks import Span

HITS = 20
"""Hits of a page."""

DEEPEST = 50
"""Pages that can be turned to."""

AMONG: tuple[Kind, ...] = get_args(Kind)
FIELDS = {"q": "Words", "in": "In", "from": "From", "to": "To", "outlet": "Outlet", "measure": "Measure", "place": "Place"}


def search_page(settings: Settings, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page is given: the values of its form, and the hits where words were given.

    Raises BadFilter for what a field cannot take, with the field and the value.
    """
    values = {name: clean(label, given.get(name, "")) for name, label in FIELDS.items()}
    among: Kind = next((kind for kind in AMONG if kind == values["in"]), AMONG[0])
    values["in"] = among
    page = given.get("page", "1")
    number = min(max(1, int(page)), DEEPEST) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    told = {
        "values": values,
        "among": AMONG,
        "measures": list(Measure),
        "page": number,
        "found": None,
        "pages": 1,
        "address": "",
        "facets": [],
    }
    if not values["q"]:
        return told
    try:
        wanted = Wanted(
            question=question(values["q"]),
            among=among,
            outlets=(values["outlet"],) if values["outlet"] else (),
            since=asked_day("From", values["from"] or None),
            until=asked_day("To", values["to"] or None),
            measure=values["measure"] or None,
            place=values["place"] or None,
            limit=HITS,
            skip=(number - 1) * HITS,
        )
        found = search(settings, wanted)
    except PermanentError as error:
        raise BadFilter(str(error)) from None
    kept = urlencode({name: value for name, value in values.items() if value})
    told["facets"] = _facets(settings, wanted, found.total, values)
    return {**told, "found": found, "pages": max(1, min(DEEPEST, -(-found.total // HITS))), "address": kept}


def _facets(settings: Settings, wanted: Wanted, total: int, values: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    """By what the hits can be narrowed further: values with their hits, each with the address that asks for them."""
    counted = search_facets(settings, wanted, total) if total > 1 else {}
    made = []
    for name, label in {"outlet": "Outlet", "month": "Month", "measure": "Measure", "place": "Place"}.items():
        if name in counted and not values.get(name):
            rows = [{"value": value, "n": n, "address": _narrowed(values, name, value)} for value, n in counted[name]]
            made.append((label, rows))
    return made


def _narrowed(values: Mapping[str, str], name: str, value: str) -> str:
    """The address of a search that is narrowed to a value; a month is its first day to its last."""
    more = {name: value}
    if name == "month":
        year, month = map(int, value.split("-"))
        more = {"from": f"{value}-01", "to": f"{value}-{monthrange(year, month)[1]:02d}"}
    return urlencode({one: told for one, told in {**values, **more}.items() if told})


def pieces(text: str, marks: Sequence[Span]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is marked.

    >>> pieces("The flood of May", [(4, 9)])
    [('The ', False), ('flood', True), (' of May', False)]
    """
    made, place = [], 0
    for start, end in marks:
        made += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in [*made, (text[place:], False)] if piece[0]]
