"""The files of what a large home keeps of the views that compare figures over documents, and how they are written and read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from copydesk.warehouse.home import Home
from copydesk.warehouse.scans import literal, quoted

FOLDER = "published/kept"

GROUP = 8_192
"""Rows that are read together, of files of which a few rows are read at a time."""

SORTED = ("rows", "claims")
"""Those files: their rows lie by the ids that are looked up."""


def new_files(home: Home, names: Iterable[str]) -> dict[str, Path]:
    """Where files of these names are to be written, none of which is there."""
    (home.root / FOLDER).mkdir(parents=True, exist_ok=True)
    mark = uuid.uuid4().hex[:12]
    return {name: home.root / FOLDER / f"{name}-{mark}.parquet" for name in names}


def write_each(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path], queries: Mapping[str, str]) -> None:
    """Writes the rows of each query to the file of its name, under a temporary name first: a file is whole or absent."""
    for name, sql in queries.items():
        aside = files[name].with_suffix(".part")
        grouped = f", ROW_GROUP_SIZE {GROUP}" if name in SORTED else ""
        db.execute(f"COPY ({sql}) TO {quoted(str(aside))} (FORMAT parquet, COMPRESSION zstd{grouped})")
        aside.replace(files[name])


def read(path: Path) -> str:
    """SQL of the rows of a file, to stand after FROM."""
    return f"read_parquet({quoted(literal(str(path.resolve())))})"
