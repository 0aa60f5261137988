"""Compaction: moves rows from many small files to a few larger ones, unchanged, and finds the files to delete then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.warehouse.events import FileEntry
from copydesk.warehouse.files import new_file
from copydesk.warehouse.home import Home
from copydesk.warehouse.publish import KEPT_SECONDS
from copydesk.warehouse.published import named_files
from copydesk.warehouse.schemas import SCHEMA_VERSION, TABLES
from copydesk.warehouse.state import State

SMALL = 32 * 1024 * 1024
"""Files of fewer bytes are merged; larger ones are never written again."""

MOST_SMALL = 16
"""A table with no more small files than this is left as it is."""

CROWDED = 200
"""A table with more small files than this is merged at the end of any run, whether or not maintenance is ever asked for."""

TARGET = 256 * 1024 * 1024

GROUP = 16 * 1024 * 1024
"""Bytes in memory of a row group of a merged file: rows of many small files stand together in one."""

Merge = tuple[Sequence[str], FileEntry]
"""The paths that were merged, and the file that holds their rows now."""


def compact(home: Home, state: State) -> Iterator[Merge]:
    """Merges the small files of every table; each merge is to be committed before the next is asked for.

    Raw files that the log names by their first path are found by the state under the one that holds their rows now.
    """
    for table in TABLES:
        for group in _groups(_small(state, table)):
            yield [row["path"] for row in group], _merged(home, table, group)


def crowded(state: State) -> bool:
    """Whether some table has more small files than readers should have to open."""
    return any(len(_small(state, table)) > CROWDED for table in TABLES)


def _small(state: State, table: str) -> list[Any]:
    rows = state.rows(
        "SELECT path, bytes FROM files WHERE tab = ? AND bytes < ? AND schema = ? ORDER BY position, path",
        table,
        SMALL,
        SCHEMA_VERSION,
    )
    return rows if len(rows) > MOST_SMALL else []


def _groups(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Neighbours of at most `TARGET` bytes together."""
    group: list[Any] = []
    size = 0
    for row in rows:
        if group and size + row["bytes"] > TARGET:
            yield group
            group, size = [], 0
        group.append(row)
        size += row["bytes"]
    if len(group) > 1:
        yield group


def _merged(home: Home, table: str, group: Sequence[Any]) -> FileEntry:
    """One file with the rows of many, a row group in memory at a time; complete and on disk when this returns."""
    with new_file(home, table, "merged") as (writer, made):
        held: list[pa.Table] = []
        size = 0
        for rows in _row_groups(home, table, group):
            held.append(rows)
            size += rows.nbytes
            if size >= GROUP:
                writer.write_table(pa.concat_tables(held))
                held, size = [], 0
        if held:
            writer.write_table(pa.concat_tables(held))
    return made[0]


def _row_groups(home: Home, table: str, group: Sequence[Any]) -> Iterator[pa.Table]:
    for one in group:
        with home.store.open(one["path"]) as opened, pq.ParquetFile(opened) as file:
            for number in range(file.num_row_groups):
                yield file.read_row_group(number).cast(TABLES[table].schema)


def sweepable(home: Home, state: State, now: datetime) -> list[str]:
    """Files that a merge replaced so long ago that no reader can have them open, and that no published file names."""
    named: set[str] = set()
    for sidecar in home.published.glob("warehouse-*.json"):
        named |= set(named_files(sidecar))
    gone = []
    for row in state.rows("SELECT path, retired_at FROM retired ORDER BY path"):
        age = (now - datetime.fromisoformat(row["retired_at"]).astimezone(UTC)).total_seconds()
        if age > KEPT_SECONDS and home.store.address(row["path"]) not in named:
            gone.append(row["path"])
    return gone
