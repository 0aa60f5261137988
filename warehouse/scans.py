"""Queries over Parquet files, as DuckDB reads them: names quoted, older schemas widened, dead outputs left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from copydesk.warehouse.columns import Table
from copydesk.warehouse.schemas import SCHEMA_VERSION
from copydesk.warehouse.store import is_remote

SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
    pa.timestamp("us"): "TIMESTAMP",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.list_(pa.string()): "VARCHAR[]",
}
PATTERN = re.compile(r"[*?\[]")
"""The letters of a path that DuckDB takes for a pattern."""


def quoted(text: str) -> str:
    """A string literal of SQL.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def literal(path: str) -> str:
    """A path for `read_parquet` that names one file: DuckDB reads `[`, `*` and `?` in a name as a pattern.

    Without it the home `home[1]` shows the rows of its neighbour `home1`. An address in an object store stays as it is.

    >>> literal("/desk/home[1]/a.parquet")
    '/desk/home[[]1]/a.parquet'
    """
    return path if is_remote(path) else PATTERN.sub(r"[\g<0>]", path)


def scan(table: Table, files: Sequence[tuple[str, int, bool]], live: bool, only: str = "") -> str:
    """A query of a table's rows: one read a schema version, an anti-join only where a file has dead outputs.

    `only` is a condition on top of that.
    """
    parts = []
    for version in range(1, SCHEMA_VERSION + 1):
        columns = ", ".join(
            column.name
            if column.since <= version
            else f"({column.before or 'NULL'})::{SQL_TYPES[column.kind]} AS {column.name}"
            for column in table.columns
        )
        for dirty in (False, True):
            paths = [path for path, schema, dead in files if schema == version and dead == dirty]
            if not paths:
                continue
            part = f"SELECT {columns} FROM read_parquet([{', '.join(quoted(literal(path)) for path in paths)}])"
            conditions = [only] if only else []
            if live and dirty:
                conditions.append("output_id NOT IN (SELECT output_id FROM internal.dead)")
            if conditions:
                part += f" WHERE {' AND '.join(conditions)}"
            parts.append(part)
    if parts:
        return " UNION ALL BY NAME ".join(parts)
    nulls = ", ".join(f"NULL::{SQL_TYPES[column.kind]} AS {column.name}" for column in table.columns)
    return f"SELECT {nulls} WHERE false"
