"""Opening the published warehouse to read, and asking it nothing but questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.flows.commands.questions import questions
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

if TYPE_CHECKING:
    import duckdb

VIEWS = (
    "SELECT view_name FROM duckdb_views() WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"
)


def open_warehouse(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The warehouse that a home has published, read-only, with no access to other files.

    Raises PermanentError where there is none yet, or where the home was moved.
    """
    import duckdb

    from copydesk.warehouse.published import open_published, published_files
    from copydesk.warehouse.views import literal

    home = published_home(settings)
    try:
        db = open_published(home)
    except duckdb.Error as error:
        raise PermanentError(f"{home.warehouse} cannot be opened: {error}. Run: copydesk publish --home {home}") from error
    db.execute("SET TimeZone = 'UTC'")
    # Otherwise a name in a query that is no view may be a variable of this program.
    db.execute("SET python_enable_replacements = false")
    named = [address for path in published_files(home) for address in dict.fromkeys((path, literal(path)))]
    db.execute("SET allowed_paths = $paths", {"paths": named})
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def published_home(settings: Settings) -> Home:
    """The home. Raises PermanentError where it has published nothing, or must publish anew."""
    from copydesk.warehouse.published import published_position

    home = settings.place
    if published_position(home) < 0:
        if not home.exists and not home.remote:
            raise PermanentError(f"Nothing was ever ingested into {home}. Begin with: copydesk ingest FOLDER --home {home}")
        raise PermanentError(f"The warehouse of {home} must be published anew. Run: copydesk publish --home {home}")
    return home


def run_query(db: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of the last question of a query, whose parts are all asked.

    Raises PermanentError with DuckDB's own words where it cannot be answered, and before any part of it is asked where
    one of them is more than a question.
    """
    import duckdb

    try:
        for question in questions(db, query):
            cursor = db.execute(question)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()
    except duckdb.Error as error:
        raise PermanentError(f"The query failed: {error}") from error


def one_row(db: duckdb.DuckDBPyConnection, view: str, keys: tuple[str, ...], given: str) -> dict[str, Any] | None:
    """The first row of a view with one of the keys equal to what was given, else beginning with it."""
    where = " OR ".join(f"{key} = $1" for key in keys)
    like = " OR ".join(f"starts_with({key}, $1)" for key in keys)
    for condition in (where, like) if len(given) >= 6 else (where,):
        cursor = db.execute(f"SELECT * FROM {view} WHERE {condition} LIMIT 1", [given])
        row = cursor.fetchone()
        if row is not None:
            return dict(zip((c[0] for c in cursor.description or ()), row, strict=True))
    return None


def checked_view(db: duckdb.DuckDBPyConnection, name: str) -> str:
    """The name of a public view as SQL. Raises PermanentError that lists the views where it is none."""
    views = sorted(str(row[0]) for row in db.execute(VIEWS).fetchall())
    if name not in views:
        raise PermanentError(f"There is no view {name!r}. The views are {', '.join(views)}.")
    return '"' + name.replace('"', '""') + '"'
