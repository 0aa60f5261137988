"""Parquet files: written under new names, never changed, named by the log or swept."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from copydesk.warehouse.columns import Table
from copydesk.warehouse.envelopes import SURROGATE
from copydesk.warehouse.events import FileEntry
from copydesk.warehouse.home import Home
from copydesk.warehouse.schemas import SCHEMA_VERSION, TABLES
from copydesk.warehouse.store import READ_ONLY, measured, whole

ROW_GROUP = 100_000
PARQUET: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "data_page_size": 8 * 1024 * 1024,
    "dictionary_pagesize_limit": 8 * 1024 * 1024,
}
"""Level 3 is a third smaller than pyarrow's own level 1, and no slower; larger pages hold more of what texts share."""


def write_rows(home: Home, table: Table, rows: Sequence[Mapping[str, Any]], stem: str) -> FileEntry:
    """Writes rows as one Parquet file with the table's full schema, under a new name.

    The file is complete and on disk when this returns: written aside, synced, then renamed; or put into the store.
    """
    try:
        data = pa.Table.from_pylist(list(rows), schema=table.schema)
    except UnicodeEncodeError:
        data = pa.Table.from_pylist([_whole_letters(row) for row in rows], schema=table.schema)
    with new_file(home, table.name, stem) as (writer, entries):
        writer.write_table(data, row_group_size=ROW_GROUP)
    return entries[0]


def _whole_letters(value: Any) -> Any:
    """A value whose half letters, which Parquet has no place for, are U+FFFD: as many letters as before."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {name: _whole_letters(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole_letters(one) for one in value]
    return value


@contextlib.contextmanager
def new_file(home: Home, table: str, stem: str) -> Iterator[tuple[pq.ParquetWriter, list[FileEntry]]]:
    """A writer of a new data file; its entry is in the list once it is whole."""
    path = f"data/{table}/{stem}-{uuid.uuid4().hex[:8]}.parquet"
    entries: list[FileEntry] = []
    with home.store.writing(path) as aside:
        with pq.ParquetWriter(aside, TABLES[table].schema, **PARQUET) as writer:
            yield writer, entries
        with open(aside, "rb") as file:
            size, digest = measured(file)
        rows = pq.read_metadata(aside).num_rows
    entries.append(FileEntry(table=table, path=path, rows=rows, bytes=size, sha256=digest, schema=SCHEMA_VERSION))


def of_schema(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows of a file of this or an earlier schema version, with all columns of `schema` in its order; new ones are None."""
    columns = [
        rows.column(field.name).cast(field.type) if field.name in rows.column_names else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def write_table(data: pa.Table, path: Path) -> None:
    """Writes an Arrow table to `path`, read-only on disk, so that the name never shows half a file."""
    with whole(path, READ_ONLY) as aside:
        pq.write_table(data, aside, row_group_size=ROW_GROUP, **PARQUET)


def read_raw(home: Home, path: str, wanted: Collection[tuple[str, int]]) -> Iterator[dict[str, Any]]:
    """The rows of a raw file whose document and revision are `wanted`, one row group in memory at a time."""
    keep = pa.array(sorted({document_id for document_id, _ in wanted}), pa.string())
    with home.store.open(path) as opened, pq.ParquetFile(opened) as file:
        for group in range(file.num_row_groups):
            ids = file.read_row_group(group, columns=["document_id"]).column(0)
            mask = pa.compute.is_in(ids, value_set=keep)
            if pa.compute.any(mask).as_py():
                rows = file.read_row_group(group).filter(mask).to_pylist()
                yield from (row for row in rows if (row["document_id"], row["revision"]) in wanted)


def data_files(home: Home) -> Iterator[str]:
    """The paths of all data files that lie in the home, named by the log or not."""
    for table in TABLES:
        yield from home.store.names(f"data/{table}")


def sweep(home: Home, named: frozenset[str]) -> list[str]:
    """Removes data files that no event names: what a dead run left. To be called under the lock."""
    gone = [path for path in data_files(home) if path not in named]
    for path in gone:
        home.store.delete(path)
    return gone
