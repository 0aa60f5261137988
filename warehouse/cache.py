"""Disposable SQLite files beside the log, opened under the home's lock."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


def open_cache(path: Path | None, **options: Any) -> sqlite3.Connection:
    """Opens a cache, or one in memory.

    A file whose lock somebody holds is left to them and begun anew: who holds it had the home's lock and lost it, as a
    process that was stopped in the midst of a transaction and overtaken.
    """
    db: sqlite3.Connection = sqlite3.connect(path or ":memory:", **options)
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        db.close()
        if path is None or "locked" not in str(error):
            raise
        forget_cache(path)
        db = sqlite3.connect(path, **options)
    return db


def forget_cache(path: Path) -> None:
    """Removes a cache with its side files."""
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        part.unlink(missing_ok=True)
