"""What readers see: the position of what is published, read from the name of the file."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.warehouse.home import Home
from copydesk.warehouse.scans import literal, quoted
from copydesk.warehouse.store import ObjectStore, is_inside
from copydesk.warehouse.views import views_version

if TYPE_CHECKING:
    import duckdb


OPENING = threading.Lock()

NAME = re.compile(r"published/warehouse-\d+-\w+\.duckdb", re.ASCII)
"""The path of a published file in its home, as `publish` makes it."""


def published_position(home: Home) -> int:
    """The position that readers see, -1 where nothing is published, the home was moved or the program's views changed since."""
    try:
        target = os.readlink(home.warehouse)
    except OSError:
        return -1
    path = home.root / target
    if not NAME.fullmatch(target) or not path.exists() or not _still_here(home, path):
        return -1
    return position_in_name(path)


def position_in_name(path: Path) -> int:
    """The position up to which a published file follows the log: its name is `warehouse-POSITION-RANDOM.duckdb`."""
    return int(path.name.split("-")[1])


def _still_here(home: Home, path: Path) -> bool:
    """Whether the published file names files of this folder, by the views of this program."""
    try:
        named = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(named, dict):
        return False
    root = str(home.root.resolve())
    ours = named.get("root") == root and named.get("views") == views_version() and "tables" in named
    return bool(ours and _of_the_home(home, named.get("files")))


def _of_the_home(home: Home, files: object) -> bool:
    """Whether these are addresses of files of the home, and of no others: readers are let into what is named here."""
    if not isinstance(files, list):
        return False
    places = (f"{home.root.resolve()}/", home.store.address("x")[:-1])
    return all(
        isinstance(file, str) and any(file.startswith(place) and is_inside(file[len(place) :]) for place in places)
        for file in files
    )


def published_files(home: Home) -> list[str]:
    """The absolute addresses of the files that the published views read."""
    return named_files(home.warehouse.resolve().with_suffix(".json"))


def named_files(sidecar: Path) -> list[str]:
    """The files that the page beside a published file names; none where it is damaged."""
    try:
        named = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    files = named.get("files") if isinstance(named, dict) else None
    return [file for file in files if isinstance(file, str)] if isinstance(files, list) else []


def published_tables(home: Home) -> dict[str, list[tuple[str, int]]]:
    """For each table of data its files in what is published, each with the version of its schema."""
    tables = _sidecar(home).get("tables")
    return (
        {name: [(path, schema) for path, schema in files] for name, files in tables.items()} if isinstance(tables, dict) else {}
    )


def published_purge(home: Home) -> int:
    """The position of the last purge that what is published follows; 0 where there was none."""
    purged = _sidecar(home).get("purged")
    return purged if isinstance(purged, int) else 0


def _sidecar(home: Home) -> dict[str, Any]:
    named = json.loads(home.warehouse.resolve().with_suffix(".json").read_text(encoding="utf-8"))
    return named if isinstance(named, dict) else {}


def open_published(home: Home) -> duckdb.DuckDBPyConnection:
    """A read-only connection to what readers see now. Raises duckdb.Error where it cannot be opened."""
    import duckdb

    db = duckdb.connect(str(home.warehouse.resolve()), read_only=True)
    read_store(db, home)
    return db


def open_to_questions(home: Home, limits: Mapping[str, object] | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection to what readers see now, which reaches no other file, whatever it is asked.

    `limits` are settings of DuckDB by name, such as `memory_limit`. Raises duckdb.Error where it cannot be opened.
    """
    # The connections of a process share what is set: two threads must not set it at once.
    with OPENING:
        return _limited(open_published(home), home, limits)


def _limited(db: duckdb.DuckDBPyConnection, home: Home, limits: Mapping[str, object] | None) -> duckdb.DuckDBPyConnection:
    if db.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
        return db  # this process has the file open already: its connections share what is set
    db.execute("SET GLOBAL TimeZone = 'UTC'")
    # Otherwise a name in a query that is no view may be a variable of this program.
    db.execute("SET python_enable_replacements = false")
    for name, value in (limits or {}).items():
        db.execute(f"SET {name} = {quoted(str(value))}")
    named = [address for path in published_files(home) for address in dict.fromkeys((path, literal(path)))]
    db.execute("SET allowed_paths = $paths", {"paths": named})
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def attach_published(db: duckdb.DuckDBPyConnection, home: Home, file: Path | None = None) -> None:
    """Attaches what readers see now, or another warehouse file of the home, as `w`, read-only. Raises duckdb.Error."""
    read_store(db, home)
    db.execute(f"ATTACH {quoted(str(file or home.warehouse.resolve()))} AS w (READ_ONLY)")


def read_store(db: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Lets a connection read the home's files where they lie in an object store."""
    if isinstance(home.store, ObjectStore):
        db.register_filesystem(home.store.filesystem)
