"""Events in a SQLite file, chained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from copydesk.warehouse.chain import chain_over, chained, opened


class SQLiteRecorder(SQLiteApplicationRecorder):
    """The last event is read and followed in one transaction, which holds the file's write lock from its start."""

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        redacted: Mapping[int, bytes] | None = None,
        **more: Any,
    ) -> Sequence[int] | None:
        """Inserts the events after the last one and puts `redacted` states in place of earlier ones: all or nothing."""
        c.execute("ROLLBACK")
        c.execute("BEGIN IMMEDIATE")
        ids: Sequence[int] | None = super()._insert_events(c, chained(stored_events, self._chain(c)), **more)
        if redacted:
            # What a page held before is overwritten with zeros.
            c.execute("PRAGMA secure_delete = ON")
            changes = [(state, position) for position, state in redacted.items()]
            c.executemany(f"UPDATE {self.events_table_name} SET state = ? WHERE rowid = ?", changes)
        return ids

    def _chain(self, c: SQLiteCursor) -> str:
        columns = f"SELECT originator_id, originator_version, state FROM {self.events_table_name} ORDER BY rowid"
        c.execute(f"{columns} DESC LIMIT 1")
        last = c.fetchone()
        chain = opened(*last).chain if last else None
        if chain is None:
            c.execute(columns)
            chain = chain_over(opened(*row) for row in iter(c.fetchone, None))
        return chain

    def erase_remains(self) -> None:
        """Empties the write-ahead log, which holds pages as they were before a redaction."""
        with self.datastore.get_connection(commit=True) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
