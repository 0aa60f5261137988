"""`watches.toml` of a home: what is watched, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from copydesk.flows.settings.options import Options, told
from copydesk.flows.settings.toml_tables import TomlTables
from copydesk.transforms.vocabulary import Measure
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.searching.query import EmptyQuestion, question_of

NAME = r"^[a-z0-9][a-z0-9_-]{0,63}$"

About = Literal["facts", "conflicts", "articles"]


class WatchOptions(Options):
    """What a watch looks for: all that is named must hold; or a question in SQL, alone."""

    about: About = Field(
        default="facts", description="What is told: facts, pairs of figures that do not agree (conflicts), or articles."
    )
    words: str | None = Field(default=None, description='Words that it holds, as in a search: "a phrase", beginn*.')
    measure: str | None = Field(default=None, description="What a figure counts, as killed.")
    place: str | None = Field(
        default=None, description="Place of a figure: its name, or that of the district, state or country that it lies in."
    )
    entity: str | None = Field(default=None, description="On whose word: a name or id of entities; a body's people count.")
    outlet: str | None = Field(default=None, description="Who printed it.")
    story: str | None = Field(default=None, description="In the articles of this story: its id.")
    sql: str | None = Field(
        default=None,
        description="A question in SQL instead; a row is new when its column id, else the whole row, was not there before.",
    )


class Watch(WatchOptions):
    """A watch of a home."""

    name: str


def path_of(home: Home) -> str:
    """The address of a home's watches, for messages."""
    return _tables(home).address


def feed_of(home: Home, name: str) -> Path:
    """Where the feed of a watch lies."""
    return home.feeds / f"{name}.xml"


def read_watches(home: Home) -> dict[str, Watch]:
    """The watches of a home by name, in the order of the file. Raises PermanentError that names the watch and the remedy."""
    return {name: watch_of(name, table, path_of(home)) for name, table in _tables(home).read().items()}


def watch_of(name: str, values: Mapping[str, Any], origin: str) -> Watch:
    """A watch of named values, checked.

    Raises PermanentError that names the watch, the value and the remedy.
    """
    where = f"{origin}: watch {name!r}"
    if wrong := sorted(set(values) - WatchOptions.model_fields.keys()):
        known = ", ".join(sorted(WatchOptions.model_fields))
        raise PermanentError(f"{where} has {wrong[0]!r}, which is nothing that a watch looks for: {known}.")
    if not re.fullmatch(NAME, name):
        raise PermanentError(f"{origin}: {name!r} is no name for a watch. Use small letters, digits, - and _.")
    try:
        watch = Watch.model_validate({**values, "name": name})
    except ValidationError as error:
        raise PermanentError(told(error, Watch, lambda field: f"{where}: {field}")) from None
    _check(watch, where)
    return watch


def _check(watch: Watch, where: str) -> None:
    looked_for = {key: value for key, value in watch.given.items() if key not in ("name", "about") and value is not None}
    if not looked_for and watch.about != "conflicts":
        raise PermanentError(
            f"{where} looks for nothing. Give it words, a measure, a place, an entity, an outlet, a story or sql."
        )
    if watch.sql is not None and (len(looked_for) > 1 or "about" in watch.given):
        raise PermanentError(f"{where} has sql and more. A question in SQL stands alone: put the rest into it.")
    if watch.measure is not None and watch.measure not in list(Measure):
        raise PermanentError(f"{where}: {watch.measure!r} is no measure. The measures are: {', '.join(Measure)}.")
    if watch.words is not None:
        try:
            question_of(watch.words)
        except EmptyQuestion as error:
            raise PermanentError(f"{where}: words: {error}") from None


def add_watch(home: Home, watch: Watch) -> None:
    """Writes a watch into the file; comments and other watches stay. Raises PermanentError where there is one of that name."""
    said = {name: value for name, value in watch.given.items() if name != "name" and value is not None}
    _tables(home).add(watch.name, said)


def remove_watch(home: Home, name: str) -> None:
    """Takes a watch out of the file, and its feed away. Raises PermanentError where there is none of that name."""
    _tables(home).remove(name)
    feed_of(home, name).unlink(missing_ok=True)


def _tables(home: Home) -> TomlTables:
    return TomlTables(home=home, file="watches.toml", key="watches", one="watch")
