"""A folder with a Parquet file a view, described by a Frictionless `datapackage.json` and a Croissant `croissant.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.flows.site.exports.croissant import dataset
from copydesk.flows.site.exports.rows import columns_of, comment_of, views
from copydesk.warehouse.store import measured, whole

if TYPE_CHECKING:
    import duckdb

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTION, CROISSANT = "datapackage.json", "croissant.json"
TITLE = "Facts in news text, as copydesk found them"
NEWEST = "SELECT coalesce(max(received_at)::DATE, DATE '1970-01-01')::VARCHAR FROM w.articles"
TYPES = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "INTEGER": "integer",
    "UBIGINT": "integer",
    "DOUBLE": "number",
    "FLOAT": "number",
}
"""Types of DuckDB by their names in a Table Schema; lists are `array`, decimals `number`, all else `string`."""

Copy = Callable[[str, Path], int]
"""Writes a view to a Parquet file; gives the number of rows."""


def write_package(db: duckdb.DuckDBPyConnection, folder: Path, copy: Copy) -> int:
    """Writes every view and the descriptions, which come last, into a folder that is there. Gives the number of rows."""
    rows = 0
    resources = []
    for view in views(db):
        path = folder / f"{view}.parquet"
        with whole(path) as aside:
            rows += copy(view, aside)
        resources.append(_resource(db, view, path))
    package = {
        "$schema": PROFILE,
        "name": "copydesk",
        "title": TITLE,
        "resources": resources,
    }
    ((day,),) = db.execute(NEWEST).fetchall()
    croissant = dataset(TITLE, day, resources, {name: columns_of(db, name) for name in views(db)})
    for name, description in ((CROISSANT, croissant), (DESCRIPTION, package)):
        with whole(folder / name) as aside:
            aside.write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return rows


def _resource(db: duckdb.DuckDBPyConnection, view: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        size, digest = measured(file)
    fields = [{"name": c.name, "type": type_of(c.kind), "description": c.comment} for c in columns_of(db, view)]
    return {
        "name": view,
        "path": path.name,
        "description": comment_of(db, view),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields},
    }


def type_of(kind: str) -> str:
    """The type of a Table Schema for a type of DuckDB.

    >>> type_of("VARCHAR[]"), type_of("DECIMAL(18,3)"), type_of("JSON")
    ('array', 'number', 'string')
    """
    if kind.endswith("[]"):
        return "array"
    return "number" if kind.startswith("DECIMAL") else TYPES.get(kind, "string")
