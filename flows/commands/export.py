"""`copydesk export`: a view to a file."""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.commands.reading import open_warehouse, run_query
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 50_000


def run(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    views = {
        row[0] for row in run_query(db, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal")[1]
    }
    if options.table not in views:
        raise PermanentError(f"There is no view {options.table!r}. The views are {', '.join(sorted(map(str, views)))}.")
    write = WRITERS.get(options.file.suffix.lower())
    if write is None:
        raise PermanentError(f"{options.file}: the ending says the kind; write to .parquet, .csv or .json.")
    reader = db.sql(f"SELECT * FROM {options.table}").to_arrow_reader(ROWS)
    aside = options.file.with_name(f".{options.file.name}.part")
    try:
        rows = write(aside, reader)
        os.replace(aside, options.file)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise PermanentError(f"{options.file} cannot be written: {error.strerror}.") from error
    print(f"{rows} rows of {options.table} in {options.file}")
    return 0


def _parquet(path: Path, reader: pa.RecordBatchReader) -> int:
    import pyarrow.parquet as pq

    rows = 0
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _csv(path: Path, reader: pa.RecordBatchReader) -> int:
    rows = 0
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(reader.schema.names)
        for batch in reader:
            for row in batch.to_pylist():
                writer.writerow(
                    "" if value is None else "; ".join(value) if isinstance(value, list) else value for value in row.values()
                )
            rows += batch.num_rows
    return rows


def _json(path: Path, reader: pa.RecordBatchReader) -> int:
    rows = 0
    with open(path, "w", encoding="utf-8") as file:
        for batch in reader:
            for row in batch.to_pylist():
                file.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")
            rows += batch.num_rows
    return rows


WRITERS: dict[str, Callable[[Path, pa.RecordBatchReader], int]] = {".parquet": _parquet, ".csv": _csv, ".json": _json}
