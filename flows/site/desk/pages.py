"""Renders the pages of the desk: the templates, and how values are shown in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from copydesk.flows.settings.program import program_version
from copydesk.flows.site.article import anchor, bounds, counted, number_text
from copydesk.flows.site.desk.chart import SHAPES
from copydesk.flows.site.desk.maps import place_key
from copydesk.flows.site.desk.searching import pieces

SECTIONS = (
    ("", "Overview"),
    ("articles", "Articles"),
    ("stories", "Stories"),
    ("facts", "Facts"),
    ("search", "Search"),
    ("entities", "Names"),
    ("places", "Places"),
    ("series", "Over time"),
    ("conflicts", "Conflicts"),
    ("review", "Review"),
    ("sources", "Sources"),
)
"""The pages that every page leads to."""


def shown(value: Any) -> str:
    """A value as people read it: times of the day without seconds (UTC), words without underscores left as they are.

    >>> shown(None), shown(datetime(2026, 5, 3, 14, 5, 9)), shown(12345), shown(0.25)
    ('', '2026-05-03 14:05', '12,345', '0.25')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def plain(word: str | None) -> str:
    """A word of a vocabulary as people read it.

    >>> plain("health_authority")
    'health authority'
    """
    return (word or "").replace("_", " ")


@cache
def environment() -> Environment:
    """The templates of the desk, and those that it shares with the report."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("copydesk.flows.site.desk"), PackageLoader("copydesk.flows.site")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "shown": shown,
        "plain": plain,
        "anchor": anchor,
        "bounds": bounds,
        "counted": counted,
        "place_key": place_key,
    }
    made.globals |= {"sections": SECTIONS, "version": program_version(), "pieces": pieces, "shapes": SHAPES}
    return made


def rendered(name: str, given: Mapping[str, Any]) -> str:
    """A page. Text of documents in it stays text: every value is escaped."""
    return environment().get_template(name).render(given)
