"""The page that searches: articles, sentences or facts that hold some words, the best first, with the words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from copydesk.flows.jobs.search import asked_day, question, search
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.filters import BadFilter, clean
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
    return {**told, "found": found, "pages": max(1, min(DEEPEST, -(-found.total // HITS))), "address": kept}


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
