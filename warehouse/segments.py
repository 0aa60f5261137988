"""Segments: the log and the folded tables as Parquet, each event and each row version written once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.warehouse.columns import STAMP, Table
from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.files import write_table
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.log_tables import COPIES, DOCUMENTS, EVENTS, EXPORTS, RUNS, TELLINGS
from copydesk.warehouse.state import State

SEGMENT = 50_000
"""Rows of a segment at most; smaller ones are merged once there are over `SMALL`."""

SMALL = 16
KEYS = {
    "documents": "document_id",
    "runs": "run_id",
    "copies": "copy_output_id",
    "tellings": "telling_output_id",
    "events": "position",
}


def export(home: Home, log: EventLog, state: State) -> None:
    """Writes what is new since the last export: events, and rows of the folded tables that changed."""
    after = _last(state, "events")
    chunk: list[dict[str, Any]] = []
    for recorded in log.read(after, state.position):
        chunk.append(_event_row(recorded))
        if len(chunk) == SEGMENT:
            _write(home, state, EVENTS, chunk)
            chunk = []
    _write(home, state, EVENTS, chunk)
    for table, chunk in changed_rows(state):
        _write(home, state, table, chunk)
    for name in (*EXPORTS, EVENTS.name):
        _merge(home, state, EXPORTS.get(name, EVENTS))


def _last(state: State, table: str) -> int:
    row = state.rows("SELECT max(last) FROM segments WHERE tab = ?", table)
    return int(row[0][0] or 0)


def _event_row(recorded: Recorded) -> dict[str, Any]:
    envelope = recorded.envelope
    return {
        "position": recorded.position,
        "id": recorded.id,
        "type": recorded.event.type,
        "subject": envelope["subject"],
        "time": recorded.time,
        "run_id": recorded.run_id,
        "specversion": envelope["specversion"],
        "dataschema": envelope["dataschema"],
        "data": json.dumps(envelope["data"], ensure_ascii=False),
    }


def _documents(state: State) -> Iterator[Mapping[str, Any]]:
    yield from map(
        dict, state.db.execute("SELECT * FROM documents WHERE position > ? ORDER BY position", (_last(state, "documents"),))
    )


def _runs(state: State) -> Iterator[Mapping[str, Any]]:
    for row in state.db.execute("SELECT * FROM runs WHERE position > ? ORDER BY position", (_last(state, "runs"),)):
        counts = json.loads(row["counts"] or "{}")
        started, finished = _moment(row["started_at"]), _moment(row["finished_at"])
        seconds = (finished - started).total_seconds() if started and finished else None
        yield {**counts, **dict(row), "seconds": seconds, "sources": json.loads(row["sources"] or "[]")}


def _copies(state: State) -> Iterator[Mapping[str, Any]]:
    yield from map(
        dict,
        state.db.execute(
            "SELECT output_id AS copy_output_id, duplicate_of, similarity, position FROM outputs "
            "WHERE duplicate_of IS NOT NULL AND position > ? ORDER BY position",
            (_last(state, "copies"),),
        ),
    )


def _tellings(state: State) -> Iterator[Mapping[str, Any]]:
    for row in state.db.execute(
        "SELECT output_id AS telling_output_id, story_id, agency_id, agency_from, quotes, position FROM tellings "
        "WHERE position > ? ORDER BY position",
        (_last(state, "tellings"),),
    ):
        yield {**dict(row), "quotes": json.loads(row["quotes"] or "[]")}


def changed_rows(state: State) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of the folded tables that changed since the last export, in chunks."""
    folded = (DOCUMENTS, _documents), (RUNS, _runs), (COPIES, _copies), (TELLINGS, _tellings)
    for table, rows in ((table, rows_of(state)) for table, rows_of in folded):
        stamps = [column.name for column in table.columns if column.kind == STAMP]
        names = [column.name for column in table.columns]
        while chunk := [
            {name: _moment(row[name]) if name in stamps else row.get(name) for name in names} for row in islice(rows, SEGMENT)
        ]:
            yield table, chunk


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _write(home: Home, state: State, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows as a segment; a row exported before in an older version makes that version stale."""
    if not rows:
        return
    path = _new_path(home, table)
    write_table(pa.Table.from_pylist(list(rows), schema=table.schema), path)
    key = KEYS[table.name]
    state.db.execute("BEGIN")
    if table is not EVENTS:
        versions = [(table.name, row[key], row["position"]) for row in rows]
        state.db.executemany(
            "INSERT OR IGNORE INTO stale SELECT tab, key, position FROM exported WHERE tab = ? AND key = ? AND position < ?",
            versions,
        )
        state.db.executemany("INSERT OR REPLACE INTO exported VALUES (?, ?, ?)", versions)
    _register(home, state, table, path, rows=len(rows), first=rows[0]["position"], last=rows[-1]["position"])
    state.db.execute("COMMIT")


def _new_path(home: Home, table: Table) -> Path:
    folder = home.published / "segments"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{table.name}-{uuid.uuid4().hex[:12]}.parquet"


def _register(home: Home, state: State, table: Table, path: Path, *, rows: int, first: int, last: int) -> None:
    """Puts a segment into the state: its rows, and the log positions of its first and its last one."""
    state.db.execute(
        "INSERT INTO segments VALUES (?, ?, ?, ?, ?)", (str(path.relative_to(home.root)), table.name, rows, first, last)
    )


def _newest(small: Sequence[Any]) -> Sequence[Any]:
    """The small segments to merge now, chosen by geometric compaction; none where there are at most `SMALL`.

    The newest `SMALL` are taken, and an older one beside them only where it has no more rows than all newer ones together.
    So each row is written again a number of times that grows with the logarithm of all rows.
    """
    if len(small) <= SMALL:
        return ()
    first, rows = len(small), 0
    while first > 0 and (len(small) - first < SMALL or small[first - 1]["rows"] <= rows):
        first -= 1
        rows += small[first]["rows"]
    return small[first:]


def _merge(home: Home, state: State, table: Table) -> None:
    """Puts small segments together once there are many, and leaves stale rows behind."""
    small = _newest(state.rows("SELECT * FROM segments WHERE tab = ? AND rows < ? ORDER BY first", table.name, SEGMENT))
    if not small:
        return
    data = pa.concat_tables([pq.read_table(home.root.absolute() / row["path"], schema=table.schema) for row in small])
    gone: list[tuple[str, str, int]] = []
    if table is not EVENTS:
        stale = {
            (row["key"], row["position"]) for row in state.rows("SELECT key, position FROM stale WHERE tab = ?", table.name)
        }
        pairs = list(zip(data.column(KEYS[table.name]).to_pylist(), data.column("position").to_pylist(), strict=True))
        gone = [(table.name, *pair) for pair in pairs if pair in stale]
        data = data.filter(pa.array([pair not in stale for pair in pairs]))
    path = _new_path(home, table)
    write_table(data, path)
    state.db.execute("BEGIN")
    state.db.executemany("DELETE FROM segments WHERE path = ?", [(row["path"],) for row in small])
    last = max(row["last"] for row in small)
    _register(home, state, table, path, rows=data.num_rows, first=small[0]["first"], last=last)
    state.db.executemany("DELETE FROM stale WHERE tab = ? AND key = ? AND position = ?", gone)
    state.db.execute("COMMIT")
