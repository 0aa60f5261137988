"""The warehouse as it was: its state at an earlier position, found in the files of today."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.log_tables import EXPORTS
from copydesk.warehouse.publish import are_stories_ruled, build, copy_rows, insert_rows, is_ruled, sources_of
from copydesk.warehouse.segments import changed_rows, export
from copydesk.warehouse.state import State
from copydesk.warehouse.store import whole
from copydesk.warehouse.stories import fold as stories
from copydesk.warehouse.when import moment


def position_of(log: EventLog, given: str) -> int:
    """The position that a number names, or the last at a time, or by the end of a day (UTC).

    Raises PermanentError for what is none of these, or before the first event.
    """
    if given.isdecimal():
        position = min(int(given), log.position())
    else:
        position = _last_before(log, _moment(given, end=True), inclusive=True)
    if position < 1:
        raise PermanentError(f'There is nothing in the log at {given}. See: copydesk sql "select position, time from events"')
    return position


def position_since(log: EventLog, given: str) -> int:
    """The last position before a time, or before a day's beginning (UTC): what changed since came after it.

    0 where the log is younger. Raises PermanentError for what is no time.
    """
    return _last_before(log, _moment(given), inclusive=False)


def _last_before(log: EventLog, bound: datetime, inclusive: bool) -> int:
    position = 0
    for recorded in log.read():
        if recorded.time > bound or (recorded.time == bound and not inclusive):
            break
        position = recorded.position
    return position


def _moment(given: str, end: bool = False) -> datetime:
    try:
        return moment(given, datetime.now(UTC), end)
    except ValueError as error:
        raise PermanentError(f"{error}, or a position of the log.") from error


def publish_as_of(home: Home, log: EventLog, state: State, position: int, target: Path) -> None:
    """Writes the warehouse as it was at a position to a file; its views read the home's files of today.

    To be called under the lock. Raises PermanentError where the file is there.
    """
    if target.exists():
        raise PermanentError(f"{target} is there already. Choose another name, or move it away.")
    state.catch_up(log)
    stories.follow(home, state)
    export(home, log, state)
    with closing(State.open()) as then:
        then.catch_up(log, position)
        then.db.executemany(
            "INSERT INTO tellings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(tuple, state.db.execute("SELECT * FROM tellings WHERE position <= ?", (position,))),
        )
        now = sources_of(home, state)
        dirty = {table: [(path, schema, True) for path, schema, _ in files] for table, files in now.files.items()}
        owners = bool(then.rows("SELECT 1 FROM owners LIMIT 1"))
        reviews = bool(then.rows("SELECT 1 FROM reviews LIMIT 1"))
        added = bool(then.rows("SELECT 1 FROM added_claims LIMIT 1"))
        shown_at = next((recorded.time for recorded in log.read(position - 1, position)), None)
        sources = dataclasses.replace(
            now,
            files=dirty,
            owners=owners,
            reviews=reviews,
            ruled=is_ruled(home, then),
            added=added,
            rearranged=are_stories_ruled(then),
            until=position,
            shown_at=shown_at,
        )
        with whole(target) as aside:
            build(home, aside, then, sources, lambda db: _then(db, then))


def _then(db: duckdb.DuckDBPyConnection, state: State) -> None:
    """The outputs that had been made, and the rows of the folded tables."""
    copy_rows(db, state, "outputs", pa.schema([("output_id", pa.string()), ("batch_id", pa.string())]), "known")
    for table in EXPORTS.values():
        insert_rows(db, f"{table.name}_then", table.schema.empty_table())
    for table, rows in changed_rows(state):
        insert_rows(db, f"{table.name}_then", pa.Table.from_pylist(rows, schema=table.schema))
