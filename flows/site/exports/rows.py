"""Rows of a published view as they are exported, and what its columns hold."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 1000
"""Rows in memory at a time."""

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


@dataclass(frozen=True)
class ViewColumn:
    """A column of a view: its name, its type as DuckDB names it, and what it holds."""

    name: str
    kind: str
    comment: str


def columns_of(db: duckdb.DuckDBPyConnection, view: str) -> list[ViewColumn]:
    """The columns of a view of the attached warehouse `w`, in order."""
    query = (
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE database_name = 'w' "
        "AND schema_name = 'main' AND table_name = $1 ORDER BY column_index"
    )
    return [ViewColumn(*row) for row in db.execute(query, [view]).fetchall()]


def comment_of(db: duckdb.DuckDBPyConnection, view: str) -> str:
    """What a row of a view of the attached warehouse `w` is."""
    query = "SELECT comment FROM duckdb_views() WHERE database_name = 'w' AND schema_name = 'main' AND view_name = $1"
    row = db.execute(query, [view]).fetchone()
    return str(row[0]) if row else ""


def views(db: duckdb.DuckDBPyConnection) -> list[str]:
    """The public views of the attached warehouse `w`, by name."""
    query = (
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'w' AND schema_name = 'main' AND NOT internal ORDER BY 1"
    )
    return [str(row[0]) for row in db.execute(query).fetchall()]


def records(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """The rows of a query, each by the names of its columns; a bounded number is in memory at a time."""
    cursor = db.execute(query)
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(AT_ONCE):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def json_of(value: object) -> str:
    """A value as JSON in one line; days and times by ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def urn(kind: str, identity: str) -> str:
    """A name for the whole world of a thing with an id here: the same thing has the same one in every export.

    >>> urn("fact", "f-1") == urn("fact", "f-1") != urn("article", "f-1")
    True
    """
    return uuid.uuid5(uuid.NAMESPACE_OID, f"copydesk {kind} {identity}").urn


def xml_text(text: str) -> str:
    r"""A text without the characters that XML cannot hold.

    >>> xml_text("14\x0b dead")
    '14 dead'
    """
    return FORBIDDEN.sub("", text)
