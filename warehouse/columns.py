"""What a table is made of: columns, each with its type and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

STAMP = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())
TEXT, INT, REAL, DAY, FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()


@dataclass(frozen=True)
class Column:
    """A column: `kind` is its Arrow type, `comment` says what it holds, with units."""

    name: str
    kind: pa.DataType
    comment: str
    since: int = 1
    """The schema version that brought it; in files of older ones its values are None."""

    of: frozenset[str] = frozenset()
    """For a column of facts: the kinds whose own view (figures, quotes, statements) has it."""

    correctable: bool = False
    """For a column of facts: whether a person may correct it. Where a claim stands and what it says are as printed."""

    shown: bool = False
    """For a column of facts: whether it is printed where one fact is shown."""

    before: str = ""
    """The SQL that gives its value in files of schema versions that lack it, where that is not None."""


@dataclass(frozen=True)
class Table:
    """A Parquet table. `sort` names the columns that its rows are ordered by within a file."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([(column.name, column.kind) for column in self.columns])


Line = tuple[str, pa.DataType, str] | tuple[str, pa.DataType, str, int]
"""A column as a line: its name, its type, its comment, and the schema version that brought it where that is not the first."""


def columns_of(rows: Sequence[Line]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


OUTPUT = columns_of([("output_id", TEXT, "the output that the row belongs to: what one set of rules made of one receipt")])
"""What every table of outputs has last."""
