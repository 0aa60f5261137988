"""Checks a home against its log: the log itself, files and their hashes, raw contents, spans, what is published.

How the log itself is checked stands in `verify_log`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from copydesk.warehouse.files import data_files
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.published import open_published, published_files, published_position
from copydesk.warehouse.search_check import faults
from copydesk.warehouse.state import State
from copydesk.warehouse.store import is_remote, measured
from copydesk.warehouse.verify_log import UNREADABLE, LogCheck

SPANS = """
SELECT '{table}', x.{key}, a.document_id FROM {table} x JOIN articles a USING (article_id)
WHERE substring(a.text, x.span_start + 1, x.span_end - x.span_start) <> x.text
"""
MOST_TOLD = 50
"""Findings of one kind that are printed one by one."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as the log says: what is wrong, with what, and which documents it touches."""

    kind: str
    what: str
    detail: str
    documents: tuple[str, ...] = ()


def verify(home: Home, log: EventLog) -> Iterator[Finding]:
    """Everything that is wrong with a home; to be called under its lock. Reads the log from its first event."""
    state = State.open()
    try:
        yield from _log(home, log, state)
        yield from changed_files(home, state)
        yield from _orphans(home, state)
        yield from _published(home, state)
        yield from _search(home, log, state)
    finally:
        state.close()


def _log(home: Home, log: EventLog, state: State) -> Iterator[Finding]:
    """Every event is as it was appended, in its place, can be folded, and the cache has seen no more than there is."""
    cache = home.cache / "state.sqlite"
    kept = State.open(cache) if cache.exists() else None
    seen, position = (kept.chain, kept.position) if kept is not None else (None, 0)
    if kept is not None:
        kept.close()
    check = LogCheck(log, (position, seen) if seen else None)
    yield from (Finding("log", f"position {at}", wrong) for at, wrong in check.faults())
    try:
        state.catch_up(log)
    except UNREADABLE as error:
        if check.readable:
            yield Finding("log", f"after position {state.position}", f"cannot be folded: {error}")
    if position > check.last:
        detail = f"ends at position {check.last}, but {position} was seen: its end was cut off"
        yield Finding("log", str(home.log), detail)


def changed_files(home: Home, state: State) -> Iterator[Finding]:
    """Every file that the log names is there, to the byte and the row; raw rows hold what their hashes say."""
    for row in state.rows("SELECT path, tab, rows, sha256 FROM files ORDER BY path"):
        touched = _documents(state, row["path"])
        try:
            with home.store.open(row["path"]) as file:
                digest = measured(file)[1]
        except FileNotFoundError:
            yield Finding("missing_file", row["path"], "is named by the log and not there", touched)
            continue
        except OSError as error:
            yield Finding("missing_file", row["path"], f"cannot be read: {error.strerror}", touched)
            continue
        if digest != row["sha256"]:
            yield Finding("changed_file", row["path"], "has another SHA-256 than the log says", touched)
            continue
        with home.store.open(row["path"]) as file:
            found = pq.read_metadata(file).num_rows
        if found != row["rows"]:
            yield Finding("changed_file", row["path"], f"holds {found} rows, not {row['rows']}", touched)
        if row["tab"] == "raw":
            yield from _raw(home, row["path"])


def _raw(home: Home, path: str) -> Iterator[Finding]:
    with home.store.open(path) as opened, pq.ParquetFile(opened) as file:
        for batch in file.iter_batches(batch_size=64, columns=["document_id", "sha256", "size", "data"]):
            for row in batch.to_pylist():
                if len(row["data"]) == row["size"] and hashlib.sha256(row["data"]).hexdigest() != row["sha256"] and row["size"]:
                    yield Finding("changed_raw", path, "holds bytes that are not their hash's", (row["document_id"],))


def _documents(state: State, path: str) -> tuple[str, ...]:
    """The documents whose outputs or bytes a file holds."""
    rows = state.rows(
        "SELECT DISTINCT o.document_id FROM batch_files b JOIN outputs o USING (batch_id) WHERE b.path = ? "
        "UNION SELECT document_id FROM documents WHERE raw_file = ? ORDER BY 1",
        path,
        path,
    )
    return tuple(row[0] for row in rows)


def _orphans(home: Home, state: State) -> Iterator[Finding]:
    named = state.named_files()
    for path in data_files(home):
        if path not in named:
            yield Finding("orphan", path, "is named by no event; the next run sweeps it")


def _published(home: Home, state: State) -> Iterator[Finding]:
    """What readers open is as new as the log, all its files are there, and every span in it points at its text."""
    if state.news == 0:
        return
    if published_position(home) < state.news:
        yield Finding("stale_publish", str(home.warehouse), "tells less than the log. Run: copydesk publish")
        return
    if published_position(home) > state.position:
        yield Finding("stale_publish", str(home.warehouse), "tells more than the log holds")
        return
    for path in published_files(home):
        if not is_remote(path) and not Path(path).is_file():
            yield Finding("stale_publish", path, "is named by the published warehouse and not there")
            return
    try:
        with open_published(home) as db:
            for table, key in (("sentences", "sentence_id"), ("facts", "fact_id")):
                for _, row_id, document in db.execute(SPANS.format(table=table, key=key)).fetchmany(MOST_TOLD):
                    yield Finding("wrong_span", f"{table} {row_id}", "does not point at its text", (document,))
    except duckdb.Error as error:
        yield Finding("unreadable", str(home.warehouse), str(error).splitlines()[0])


def _search(home: Home, log: EventLog, state: State) -> Iterator[Finding]:
    """The search index, where there is one, is whole, follows this log, and holds what readers see, to the letter."""
    if home.search.exists():
        for wrong in faults(home, log, state):
            yield Finding("search_index", str(home.search), f"{wrong}. Delete it, or run: copydesk verify --repair")
