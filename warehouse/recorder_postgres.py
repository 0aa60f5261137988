"""Events in a PostgreSQL table, chained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.utils import retry
from psycopg.sql import SQL, Identifier

from copydesk.warehouse.chain import chain_over, chained, opened


class PostgresRecorder(PostgresApplicationRecorder):
    """The last event is read and followed in one transaction, which locks the table against other writers first.

    Rows are inserted by the function that the base class makes in the database: its pipelined inserts hang on some thousand
    events at once. The datastore must therefore be one with `enable_db_functions`.
    """

    @retry((InterfaceError, OperationalError), max_attempts=10, wait=0.2)
    def insert_events(
        self, stored_events: Sequence[StoredEvent], redacted: Mapping[int, bytes] | None = None, **more: Any
    ) -> Sequence[int] | None:
        """Inserts the events after the last one and puts `redacted` states in place of earlier ones: all or nothing.

        A connection that was cut is made anew and tried again; a run that was overtaken meanwhile gets its IntegrityError.
        """
        with self.datastore.transaction(commit=True) as cursor:
            self._lock_table(cursor)
            rows = [
                self.construct_pg_stored_event(e.originator_id, e.originator_version, e.topic, e.state)
                for e in chained(stored_events, self._chain(cursor))
            ]
            cursor.execute(self.sql_invoke_pg_function_insert_events, (rows,), prepare=True)
            ids = [row[self.pg_function_name_insert_events] for row in cursor.fetchall()]
            if redacted:
                change = SQL("UPDATE {} SET state = %s WHERE notification_id = %s").format(self._table)
                cursor.executemany(change, [(state, position) for position, state in redacted.items()])
            return ids

    def _chain(self, cursor: Any) -> str:
        columns = SQL("SELECT originator_id, originator_version, state FROM {} ORDER BY notification_id").format(self._table)
        cursor.execute(columns + SQL(" DESC LIMIT 1"))
        last = cursor.fetchone()
        chain = _opened(last).chain if last else None
        if chain is None:
            chain = chain_over(map(_opened, cursor.execute(columns)))
        return chain

    @property
    def _table(self) -> Identifier:
        return Identifier(self.datastore.schema, self.events_table_name)

    def erase_remains(self) -> None:
        """Writes the table anew, without the rows as they were before a redaction. Nobody reads it meanwhile."""
        with self.datastore.get_connection() as connection:
            connection.execute(SQL("VACUUM FULL {}").format(self._table))


def _opened(row: Mapping[str, Any]) -> Any:
    return opened(row["originator_id"], row["originator_version"], bytes(row["state"]))
