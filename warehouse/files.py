"""Parquet files: written under new names, never changed, named by the log or swept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from warehouse.events import FileEntry
from warehouse.home import Home
from warehouse.schemas import SCHEMA_VERSION, TABLES, Table

COMPRESSION = "zstd"
ROW_GROUP = 100_000


def write_rows(home: Home, table: Table, rows: Sequence[Mapping[str, Any]], stem: str) -> FileEntry:
    """Writes rows as one Parquet file with the table's full schema, under a new name.

    The file is complete and on disk when this returns: written aside, synced, then renamed.
    """
    data = pa.Table.from_pylist(list(rows), schema=table.schema)
    folder = home.data / table.name
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{stem}-{uuid.uuid4().hex[:8]}.parquet"
    path = folder / name
    write_table(data, path)
    size, digest = measured(path)
    return FileEntry(table.name, str(path.relative_to(home.root)), len(rows), size, digest, SCHEMA_VERSION)


def write_table(data: pa.Table, path: Path) -> None:
    """Writes an Arrow table to `path` so that the name never shows half a file."""
    with whole(path) as aside:
        pq.write_table(data, aside, compression=COMPRESSION, row_group_size=ROW_GROUP)


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name to write a file under that is to stand at `path`: synced and renamed at the end, removed on an error."""
    aside = path.with_name(f".{path.name}.part")
    try:
        yield aside
        with open(aside, "rb") as written:
            os.fsync(written.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def measured(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest


def read_raw(home: Home, path: str, wanted: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a raw file whose document is `wanted`, one row group in memory at a time."""
    keep = pa.array(sorted(set(wanted)), pa.string())
    with pq.ParquetFile(home.root / path) as file:
        for group in range(file.num_row_groups):
            ids = file.read_row_group(group, columns=["document_id"]).column(0)
            mask = pa.compute.is_in(ids, value_set=keep)
            if pa.compute.any(mask).as_py():
                yield from file.read_row_group(group).filter(mask).to_pylist()


def sweep(home: Home, named: frozenset[str]) -> list[str]:
    """Removes data files that no event names: what a dead run left. To be called under the lock."""
    gone = []
    for table in TABLES:
        folder = home.data / table
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            relative = str(path.relative_to(home.root))
            if relative not in named:
                path.unlink()
                gone.append(relative)
    return gone
