"""Disposable SQLite files beside the log, opened under the home's lock."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


def open_cache(path: Path | None, **options: Any) -> sqlite3.Connection:
    """Opens a cache, or one in memory; a file that is no database is begun anew.

    So is one whose lock somebody holds: they had the home's lock and lost it, as a process that was stopped in the midst
    of a transaction and overtaken. Raises sqlite3.OperationalError where the disk refuses it.
    """
    # Absolute: SQLite takes a name that begins with `file:` for an address.
    name = path.absolute() if path else ":memory:"
    db: sqlite3.Connection = sqlite3.connect(name, **options)
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        db.close()
        refused = isinstance(error, sqlite3.OperationalError) and "locked" not in str(error)
        if path is None or refused:
            raise
        forget_cache(path)
        db = sqlite3.connect(name, **options)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def forget_cache(path: Path) -> None:
    """Removes a cache with its side files."""
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        part.unlink(missing_ok=True)


def forget_index(path: Path) -> None:
    """Removes an index of DuckDB with its side file. A process that has it open begins a new one once it is published anew."""
    for part in (path, path.with_name(f"{path.name}.wal")):
        part.unlink(missing_ok=True)
