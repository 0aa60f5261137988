"""Opening the published warehouse to read, and asking it nothing but questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.questions import questions

if TYPE_CHECKING:
    import duckdb

VIEWS = (
    "SELECT view_name FROM duckdb_views() WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"
)

SHORTEST_BEGINNING = 6
"""Characters of an id that are needed before its beginning is looked for."""
AMBIGUOUS_NAMED = 5
"""Ids that an error names where a beginning may mean several."""


def open_warehouse(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The warehouse that a home has published, read-only, with no access to other files.

    Raises PermanentError where there is none yet, or where the home was moved.
    """
    import duckdb

    from copydesk.warehouse.published import open_to_questions

    home = published_home(settings)
    try:
        return open_to_questions(home)
    except duckdb.Error as error:
        raise PermanentError(f"{home.warehouse} cannot be opened: {error}. Run: copydesk publish --home {home}") from error


def published_home(settings: Settings) -> Home:
    """The home. Raises PermanentError where it has published nothing, or must publish anew."""
    from copydesk.warehouse.published import published_position

    home = settings.place
    if home.root.is_file():
        raise PermanentError(f"{home} is a file; a home is a folder. Name another with --home.")
    if published_position(home) < 0:
        if not home.exists and not home.remote:
            raise PermanentError(f"Nothing was ever ingested into {home}. Begin with: copydesk ingest FOLDER --home {home}")
        raise PermanentError(f"The warehouse of {home} must be published anew. Run: copydesk publish --home {home}")
    return home


def run_queries(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[list[str], list[tuple[object, ...]]]]:
    """Column names and rows of every question of a query, one after the other.

    Raises PermanentError with DuckDB's own words where it cannot be answered, and before any part of it is asked where
    one of them is more than a question.
    """
    import duckdb

    try:
        for question in questions(db, query):
            cursor = db.execute(question)
            yield [column[0] for column in cursor.description or ()], cursor.fetchall()
    except duckdb.Error as error:
        raise PermanentError(f"The query failed: {error}") from error


def run_query(db: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of the last question of a query. Raises PermanentError as `run_queries` does."""
    *_, last = run_queries(db, query)
    return last


def one_row(db: duckdb.DuckDBPyConnection, view: str, keys: tuple[str, ...], given: str) -> dict[str, Any] | None:
    """The first row of a view with one of the keys equal to what was given, else beginning with it: enough to show."""
    return next(iter(_rows(db, view, keys, given)), None)


def only_row(db: duckdb.DuckDBPyConnection, view: str, keys: tuple[str, ...], given: str) -> dict[str, Any] | None:
    """The row of a view that is meant by an id or its beginning, to change something; None where there is none.

    Rows with one value of the first key are one thing. Raises PermanentError, which names them, where it may be several.
    """
    found = {row[keys[0]]: row for row in reversed(_rows(db, view, keys, given))}
    if len(found) > 1:
        few = ", ".join(sorted(found)[:AMBIGUOUS_NAMED])
        more = f" and {len(found) - AMBIGUOUS_NAMED} more" if len(found) > AMBIGUOUS_NAMED else ""
        raise PermanentError(f"{given!r} may mean {len(found)} of the {view}: {keys[0]} {few}{more}. Give the whole id of one.")
    return next(iter(found.values()), None)


def _rows(db: duckdb.DuckDBPyConnection, view: str, keys: tuple[str, ...], given: str) -> list[dict[str, Any]]:
    """The rows with a key equal to what was given; where there are none, those with a key that begins with it."""
    equal = " OR ".join(f"{key} = $1" for key in keys)
    begins = " OR ".join(f"starts_with({key}, $1)" for key in keys)
    for condition in (equal, begins) if len(given) >= SHORTEST_BEGINNING else (equal,):
        cursor = db.execute(f"SELECT * FROM {view} WHERE {condition} ORDER BY {', '.join(keys)}", [given])
        names = [column[0] for column in cursor.description or ()]
        if rows := cursor.fetchall():
            return [dict(zip(names, row, strict=True)) for row in rows]
    return []


def checked_view(db: duckdb.DuckDBPyConnection, name: str) -> str:
    """The name of a public view as SQL. Raises PermanentError that lists the views where it is none."""
    views = sorted(str(row[0]) for row in db.execute(VIEWS).fetchall())
    if name not in views:
        raise PermanentError(f"There is no view {name!r}. The views are {', '.join(views)}.")
    return '"' + name.replace('"', '""') + '"'
