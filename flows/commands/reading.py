"""Opening the published warehouse to read."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.published import open_published, published_position

if TYPE_CHECKING:
    import duckdb


def open_warehouse(options: argparse.Namespace) -> duckdb.DuckDBPyConnection:
    """The warehouse that the options' home has published, read-only, with no access to other files.

    Raises PermanentError where there is none yet, or where the home was moved.
    """
    import duckdb

    home = load_settings({"home": options.home}).place
    if published_position(home) < 0:
        if not home.exists and not home.remote:
            raise PermanentError(f"Nothing was ever ingested into {home}. Begin with: copydesk ingest FOLDER --home {home}")
        raise PermanentError(f"The warehouse of {home} must be published anew. Run: copydesk publish --home {home}")
    try:
        db = open_published(home)
    except duckdb.Error as error:
        raise PermanentError(f"{home.warehouse} cannot be opened: {error}. Run: copydesk publish --home {home}") from error
    db.execute("SET TimeZone = 'UTC'")
    named = json.loads(home.warehouse.resolve().with_suffix(".json").read_text(encoding="utf-8"))["files"]
    db.execute("SET allowed_paths = $paths", {"paths": named})
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def _reading() -> frozenset[duckdb.StatementType]:
    from duckdb import StatementType as Kind

    return frozenset({Kind.SELECT, Kind.EXPLAIN, Kind.RELATION})


def run_query(db: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of a query.

    Raises PermanentError with DuckDB's own words where it cannot be answered.
    """
    import duckdb

    try:
        for statement in db.extract_statements(query):
            if statement.type not in _reading():
                raise PermanentError(f"Only questions are taken here, no {statement.type.name} statement: nothing is written.")
        cursor = db.execute(query)
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
