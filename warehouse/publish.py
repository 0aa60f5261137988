"""Publishing: builds `warehouse-<position>.duckdb`, read-only, then swaps the symlink that readers open."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import count, product
from pathlib import Path

import duckdb
import pyarrow as pa

from copydesk.warehouse.earlier_ids import follow_earlier_ids
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.own_tables import OWN_PLACE, own_entities, own_outlets, own_places
from copydesk.warehouse.published import named_files, position_in_name, read_store
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.search_index import follow
from copydesk.warehouse.segments import export
from copydesk.warehouse.state import State
from copydesk.warehouse.store import READ_ONLY
from copydesk.warehouse.stories import fold as stories
from copydesk.warehouse.stories.kept import keep
from copydesk.warehouse.stories.kept_files import FOLDER
from copydesk.warehouse.stories.owners import known_outlets
from copydesk.warehouse.views import Sources, view_statements, views_version

STORAGE = "v1.5.0"
"""Readers of DuckDB 1.5 open the file too."""

COPIED_AT_ONCE = 50_000

KEPT_SECONDS = 24 * 3600
"""How long a published file that was replaced, and the data it names, outlive it."""

TIME = pa.timestamp("us", tz="UTC")
SMALL_TABLES = {
    "dead": [("output_id", pa.string()), ("died_at", TIME), ("cause", pa.string())],
    "owners": [("output_id", pa.string()), ("document_id", pa.string())],
    "stale": [("tab", pa.string()), ("key", pa.string()), ("position", pa.int64())],
    "reviews": [
        *((name, pa.string()) for name in ("claim_id", "verdict", "why", "who", "corrections")),
        ("reviewed_at", TIME),
    ],
    "added_claims": [
        *((name, pa.string()) for name in ("claim_id", "article_id", "kind", "text", "fields")),
        ("span_start", pa.int64()),
    ],
    "rulings": [(name, pa.string()) for name in ("entity_id", "into_id", "name", "kind", "country")],
    "moved_articles": [(name, pa.string()) for name in ("article_id", "into_id")],
    "merged_stories": [(name, pa.string()) for name in ("story_id", "into_id")],
    "splits": [(name, pa.string()) for name in ("entity_id", "alias", "article_id", "into_id", "name")],
}
"""Tables of the state that are copied into the published file, and their columns."""


OWN_TABLES = {
    "listed": (own_entities, ("slug", "entity_id", "name", "kind", "country", "wikidata_id")),
    "own_outlets": (own_outlets, ("key", "outlet_id", "name", "country", "kind")),
    "own_places": (own_places, OWN_PLACE),
    "known_outlets": (known_outlets, ("outlet_id", "name", "kind", "owner_id", "owner")),
}
"""What is copied of the home's own tables, and its columns."""

Add = Callable[[duckdb.DuckDBPyConnection], None]


def _nothing(db: duckdb.DuckDBPyConnection) -> None:
    """Adds no table: what `build` does where its caller has none to add."""


def publish(home: Home, log: EventLog, state: State, now: float | None = None) -> Path:
    """Publishes the state: exports what is new of the log, builds the file, swaps the link, expires old files.

    To be called under the lock. Returns the new file's path. Readers never see half of it.
    """
    state.catch_up(log)
    stories.follow(home, state)
    export(home, log, state)
    sources = sources_of(home, state)
    name = f"warehouse-{state.position:012d}-{uuid.uuid4().hex[:6]}.duckdb"
    path = home.published / name
    aside = path.with_suffix(".part")
    with _removed_on_error(aside):
        kept: list[Path] = []
        build(home, aside, state, sources, then=lambda db: kept.extend(keep(db, home, state)))
        os.chmod(aside, READ_ONLY)
        follow(home, log, state)
        path.with_suffix(".json").write_text(json.dumps(_named(home, sources, state.purged_at, kept)), encoding="utf-8")
        os.replace(aside, path)
    _link(home, path)
    expire(home, state, time.time() if now is None else now)
    return path


def sources_of(home: Home, state: State) -> Sources:
    """The files that the views name, by absolute address, since readers run in any folder."""
    root, store = home.root.resolve(), home.store
    files: dict[str, list[tuple[str, int, bool]]] = {}
    dirty = {row[0] for row in state.rows("SELECT DISTINCT path FROM batch_files JOIN dead USING (batch_id)")}
    for row in state.rows("SELECT tab, path, schema FROM files ORDER BY position, path"):
        files.setdefault(row["tab"], []).append((store.address(row["path"]), row["schema"], row["path"] in dirty))
    for row in state.rows("SELECT tab, path FROM segments ORDER BY first, path"):
        files.setdefault(row["tab"], []).append((str(root / row["path"]), 1, False))
    return Sources(
        files,
        frozenset(row[0] for row in state.rows("SELECT DISTINCT tab FROM stale")),
        bool(state.rows("SELECT 1 FROM owners LIMIT 1")),
        bool(state.rows("SELECT 1 FROM reviews LIMIT 1")),
        is_ruled(home, state),
        bool(own_outlets(home.root)),
        placed=bool(own_places(home.root)),
        added=bool(state.rows("SELECT 1 FROM added_claims LIMIT 1")),
        rearranged=are_stories_ruled(state),
    )


def is_ruled(home: Home, state: State) -> bool:
    """Whether anybody, or the home's own table, says anything of entities."""
    return bool(state.rows("SELECT 1 FROM entity_rulings UNION ALL SELECT 1 FROM splits LIMIT 1") or own_entities(home.root))


def are_stories_ruled(state: State) -> bool:
    """Whether anything holds that somebody decided of stories."""
    return bool(state.rows("SELECT 1 FROM merged_stories UNION ALL SELECT 1 FROM moved_articles LIMIT 1"))


def build(home: Home, path: Path, state: State, sources: Sources, more: Add = _nothing, then: Add = _nothing) -> None:
    """Writes a warehouse file: the small tables, what `more` adds to them, the views, and what `then` makes of these."""
    path.unlink(missing_ok=True)
    if "?" in str(path.resolve()):
        # DuckDB opens such a file to read, but puts its write-ahead log where the name ends before the question mark.
        with tempfile.TemporaryDirectory(prefix="copydesk-") as scratch:
            elsewhere = Path(scratch) / "warehouse.duckdb"
            _build(home, elsewhere, state, sources, more, then)
            shutil.copyfile(elsewhere, path)
    else:
        _build(home, path, state, sources, more, then)


def _build(home: Home, path: Path, state: State, sources: Sources, more: Add, then: Add) -> None:
    standing = _standing()
    if standing:
        path.write_bytes(empty_warehouse())
    with _attached(path) as db:
        read_store(db, home)
        db.execute("BEGIN")
        if not standing:
            db.execute("CREATE SCHEMA internal")
        there = bool(standing)
        for table, columns in SMALL_TABLES.items():
            copy_rows(db, state, table, pa.schema(columns), there=there)
        follow_earlier_ids(db)
        for table, (read, names) in OWN_TABLES.items():
            schema = pa.schema([(name, pa.string()) for name in names])
            insert_rows(db, table, pa.Table.from_pylist(read(home.root), schema=schema), there)
        db.execute(PUBLISHED)
        db.execute("INSERT INTO internal.published VALUES (?, ?)", [state.position, sources.shown_at])
        more(db)
        for statement in view_statements(sources, standing):
            db.execute(statement)
        then(db)
        db.execute("COMMIT")


PUBLISHED = "CREATE TABLE IF NOT EXISTS internal.published (position BIGINT, shown_at TIMESTAMPTZ)"

_built = count()
"""Counts the warehouse files that this process builds."""


def _standing() -> frozenset[str]:
    """The statements whose work is done in a copy of the empty warehouse; none for the one file that most processes build."""
    once = next(_built) == 0 and not empty_warehouse.cache_info().currsize
    return frozenset() if once else _of_an_empty_home()


@cache
def _of_an_empty_home() -> frozenset[str]:
    """The statements that make the views of a home with nothing in it."""
    return frozenset(view_statements(Sources()))


@cache
def empty_warehouse() -> bytes:
    """A warehouse file of a home with nothing in it. A process that publishes again begins with a copy of it.

    The comments of four hundred columns take longer than all the rest of a small home's file, and are always the same.
    """
    with tempfile.TemporaryDirectory(prefix="copydesk-") as scratch:
        path = Path(scratch) / "warehouse.duckdb"
        with _attached(path) as db:
            db.execute("BEGIN")
            db.execute("CREATE SCHEMA internal")
            for table, columns in SMALL_TABLES.items():
                insert_rows(db, table, pa.schema(columns).empty_table())
            for table, (_, names) in OWN_TABLES.items():
                insert_rows(db, table, pa.schema([(name, pa.string()) for name in names]).empty_table())
            db.execute(PUBLISHED)
            for statement in view_statements(Sources()):
                db.execute(statement)
            db.execute("COMMIT")
        return path.read_bytes()


@contextlib.contextmanager
def _attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes a warehouse file, which is whole at the end."""
    with contextlib.closing(duckdb.connect()) as db:
        db.execute(f"ATTACH {quoted(str(path.absolute()))} AS w (STORAGE_VERSION '{STORAGE}')")
        db.execute("USE w")
        yield db
        db.execute("USE memory")
        db.execute("DETACH w")


def copy_rows(
    db: duckdb.DuckDBPyConnection, state: State, table: str, schema: pa.Schema, name: str | None = None, there: bool = False
) -> None:
    """Copies a table of the state into one of the schema `internal`, a bounded number of rows at a time.

    It is made, unless it is known to be `there`.
    """
    name = name or table
    insert_rows(db, name, schema.empty_table(), there)
    cursor = state.db.execute(f"SELECT {', '.join(schema.names)} FROM {table}")
    stamps = [column for column in schema.names if schema.field(column).type == TIME]
    while rows := [dict(row) for row in cursor.fetchmany(COPIED_AT_ONCE)]:
        for stamp, row in product(stamps, rows):
            row[stamp] = datetime.fromisoformat(row[stamp])
        insert_rows(db, name, pa.Table.from_pylist(rows, schema=schema), there)


def insert_rows(db: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, there: bool = False) -> None:
    """Puts rows into a table of the schema `internal`, which is made, unless it is known to be `there`.

    Of no rows nothing is asked then: most of these tables are empty in most homes, and each costs two milliseconds.
    """
    if there and not rows.num_rows:
        return
    db.register("given", rows)
    db.execute(f"CREATE TABLE IF NOT EXISTS internal.{name} AS SELECT * FROM given LIMIT 0")
    db.execute(f"INSERT INTO internal.{name} SELECT * FROM given")
    db.unregister("given")


def _named(home: Home, sources: Sources, purged: int, kept: Sequence[Path]) -> dict[str, object]:
    """What a published file names, and by which views: readers of the log alone can tell whether it is still right."""
    named = [path for files in sources.files.values() for path, _, _ in files]
    named += [str(path.resolve()) for path in kept]
    tables = {name: [(path, schema) for path, schema, _ in files] for name, files in sources.files.items() if name in TABLES}
    return {"root": str(home.root.resolve()), "views": views_version(), "files": named, "tables": tables, "purged": purged}


def _link(home: Home, path: Path) -> None:
    aside = home.root / f".warehouse-{uuid.uuid4().hex[:8]}"
    aside.symlink_to(path.relative_to(home.root))
    os.replace(aside, home.warehouse)


def expire(home: Home, state: State, now: float) -> None:
    """Removes published files replaced over a day ago, and segments that neither a published file nor the state names.

    A file that was replaced and tells what stood before the last purge goes at once.
    """
    current = home.warehouse.resolve()
    kept = {str(home.root.resolve() / row["path"]) for row in state.rows("SELECT path FROM segments")}
    for path in sorted(home.published.glob("warehouse-*.duckdb")):
        sidecar = path.with_suffix(".json")
        outlived = now - path.stat().st_mtime > KEPT_SECONDS or position_in_name(path) < state.purged_at
        if path.resolve() != current and outlived:
            path.unlink(missing_ok=True)
            sidecar.unlink(missing_ok=True)
        elif sidecar.exists():
            kept |= set(named_files(sidecar))
    for part in home.published.glob("*.part"):
        part.unlink(missing_ok=True)
    for folder in (home.published / "segments", home.root / FOLDER):
        for path in folder.iterdir() if folder.is_dir() else ():
            if str(path.resolve()) not in kept:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
