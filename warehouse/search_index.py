"""The search index: the words of every article that readers see, its sentences and facts, brought along at every publish.

It lies in the cache and may be deleted at any time. It knows the position of the log that it follows and the chain there:
an index that is missing, damaged, of another program, of another log, or that held what was purged since, is built anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk.warehouse.cache import forget_cache, open_cache
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.search_added import follow_added
from copydesk.warehouse.search_rows import Index, put_articles, put_facts, put_sentences
from copydesk.warehouse.search_tables import DAMAGE, FTS5, SHAPE, TABLES
from copydesk.warehouse.state import State

MADE = (
    "SELECT o.output_id, o.batch_id FROM outputs o JOIN contents c ON c.sha256 = o.sha256 AND c.output_id = o.output_id "
    "WHERE o.position > ? AND o.output_id NOT IN (SELECT output_id FROM dead) ORDER BY o.position, o.output_id"
)
GONE = "SELECT output_id FROM dead WHERE position > ?"
OWNERS = "SELECT w.output_id, d.source FROM owners w JOIN documents d USING (document_id)"
FILES = (
    "SELECT DISTINCT f.path, f.position FROM batch_files b JOIN files f USING (path) "
    "WHERE b.batch_id = ? AND f.tab = ? ORDER BY f.position, f.path"
)
PASSES = (("articles", put_articles), ("sentences", put_sentences), ("facts", put_facts))
"""The tables whose rows are put in, in this order: a fact is looked up in its sentence, a sentence in its article."""


def follow(home: Home, log: EventLog, state: State) -> None:
    """Brings the index of a home to the position of its state, in one transaction. To be called under the home's lock.

    Raises sqlite3.OperationalError where the disk refuses it.
    """
    db = _kept(home.search, log, state)
    if db is not None:
        try:
            with contextlib.closing(db):
                _bring_along(db, home, state)
            return
        except DAMAGE as error:
            if not _damaged(error):
                raise
    _build(home, state)


def _damaged(error: Exception) -> bool:
    """Whether an error tells of a file that is no longer what it was, and not of a disk that is full or read-only.

    >>> _damaged(sqlite3.OperationalError("no such table: meta")), _damaged(sqlite3.OperationalError("disk I/O error"))
    (True, False)
    """
    return not isinstance(error, sqlite3.OperationalError) or "no such" in str(error) or "vtable" in str(error)


def _kept(path: Path, log: EventLog, state: State) -> sqlite3.Connection | None:
    """The index that is there, where it may go on from where it is; None where it must be built anew."""
    if not path.exists():
        return None
    db = open_cache(path, isolation_level=None)
    try:
        position, chain = meta(db, "position"), meta(db, "chain")
        good = meta(db, "shape") == str(SHAPE) and state.purged_at <= int(position or 0) <= state.position
        if good and chain == chain_at(log, int(position or 0)):
            return db
    except (sqlite3.DatabaseError, ValueError):
        pass
    db.close()
    return None


def meta(db: sqlite3.Connection, key: str) -> str | None:
    """What an index says of itself: its `shape`, its `position` and the `chain` of the log there."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def chain_at(log: EventLog, position: int) -> str | None:
    """The chain of the log at a position; None where the event there is older than the chain, or there is none."""
    found = next(log.read(position - 1, position), None) if position else None
    return found.envelope.get("chain") if found else None


def _build(home: Home, state: State) -> None:
    """Writes an index of all that stands, under a temporary name, then renames."""
    aside = home.search.with_name(f"{home.search.name}.part")
    forget_cache(aside)
    try:
        with contextlib.closing(sqlite3.connect(aside.absolute(), isolation_level=None)) as db:
            # Nobody else sees the file, and one that was not finished is thrown away.
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
            db.executescript(TABLES + FTS5)
            db.execute("INSERT INTO meta VALUES ('shape', ?), ('position', '0'), ('chain', NULL)", (str(SHAPE),))
            _bring_along(db, home, state)
            db.execute("PRAGMA journal_mode = WAL")
        with open(aside, "rb") as written:
            os.fsync(written.fileno())
        forget_cache(home.search)
        os.replace(aside, home.search)
    finally:
        forget_cache(aside)


def _bring_along(db: sqlite3.Connection, home: Home, state: State) -> None:
    """Takes out what went since the position of the index, puts in what came, and follows what people said of claims."""
    since = int(meta(db, "position") or 0)
    db.execute("BEGIN IMMEDIATE")
    with _all_or_nothing(db):
        index = Index(db)
        for row in state.rows(GONE, since):
            index.take_out(row["output_id"])
        _follow_reviews(index, state)
        made = standing(state, since)
        for output_id, _ in made:
            index.take_out(output_id)
        for table, put in PASSES:
            for path, outputs in files_of(state, table, made).items():
                put(index, home, path, outputs)
        follow_added(index, state)
        for row in state.rows(OWNERS):
            index.rename_source(row["output_id"], row["source"])
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [("position", str(state.position)), ("chain", state.chain)])


@contextlib.contextmanager
def _all_or_nothing(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def standing(state: State, since: int = 0) -> list[tuple[str, str]]:
    """The outputs that readers see an article of and that were made past a position, each with its batch."""
    return [(row["output_id"], row["batch_id"]) for row in state.rows(MADE, since)]


def files_of(state: State, table: str, made: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """The files that hold rows of the outputs, each with those whose batch it holds."""
    batches: dict[str, set[str]] = {}
    for output_id, batch_id in made:
        batches.setdefault(batch_id, set()).add(output_id)
    files: dict[str, set[str]] = {}
    for batch_id, outputs in batches.items():
        for row in state.rows(FILES, batch_id, table):
            files.setdefault(row["path"], set()).update(outputs)
    return files


def _follow_reviews(index: Index, state: State) -> None:
    """Takes over what people said of claims since, and makes the facts of these claims what they are now."""
    asked = "SELECT claim_id, verdict, corrections FROM reviews"
    before = {row[0]: tuple(row) for row in index.db.execute(asked)}
    now = {row[0]: tuple(row) for row in state.rows(asked)}
    for claim in sorted(before.keys() | now.keys()):
        if before.get(claim) != now.get(claim):
            index.db.execute("DELETE FROM reviews WHERE claim_id = ?", (claim,))
            if claim in now:
                index.db.execute("INSERT INTO reviews VALUES (?, ?, ?)", now[claim])
            index.review(claim)
