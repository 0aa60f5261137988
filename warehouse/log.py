"""The event log: an append-only sequence with one stream a run, over a recorder of `eventsourcing`.

The narrow port of the store: append at an expected version, read by position, the last position. The recorders chain each
event to the one before it (see `chain`).
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from eventsourcing.persistence import IntegrityError, Notification, PersistenceError, StoredEvent

from copydesk.warehouse.chain import Link, opened
from copydesk.warehouse.envelopes import Recorded, decode, encode
from copydesk.warehouse.errors import Overtaken, PermanentError
from copydesk.warehouse.events import Event, RunAbandoned
from copydesk.warehouse.passwords import postgres_parts, said_by_postgres

TURNS = uuid.UUID("c0b7de5c-0000-4000-8000-000000000001")
"""The stream that holds the first event of every run: the fence before a run has a stream of its own."""

PAGE = 5000
LOCK_TIMEOUT = 60
"""Seconds that SQLite waits for a writer; its default of 5 failed under load."""

LOG_ERRORS = (PersistenceError, sqlite3.DatabaseError)
"""What is raised where a file is no log, or a damaged one."""

TRIES = 100
"""How often a stream is tried to be closed while its run still appends to it."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class EventLog:
    """Appends and reads events. Build one by `memory_log`, `sqlite_log` or `postgres_log`."""

    def __init__(self, recorder: Any, clock: Clock = utc_now, close: Callable[[], None] = lambda: None) -> None:
        self._recorder = recorder
        self._clock = clock
        self.close = close

    def position(self) -> int:
        """The position of the last event, 0 when there is none."""
        return self._recorder.max_notification_id() or 0

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Recorded]:
        """The events past position `after`, in order, up to `until` inclusive; read in pages."""
        for stored in self._stored(after, until):
            yield decode(stored.id, stored.state)

    def links(self, after: int = 0, until: int | None = None) -> Iterator[tuple[int, Link]]:
        """The same events as they are stored, each with its position, its digest and its place in the chain."""
        for stored in self._stored(after, until):
            yield stored.id, opened(stored.originator_id, stored.originator_version, stored.state)

    def _stored(self, after: int, until: int | None) -> Iterator[Notification]:
        while True:
            page = self._recorder.select_notifications(after, PAGE, until, inclusive_of_start=False)
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1].id

    def turns(self) -> int:
        """How many runs have appended anything: the version that the next run's first event takes."""
        last = self._recorder.select_events(TURNS, desc=True, limit=1)
        return last[0].originator_version if last else 0

    def writer(self, run_id: str) -> RunWriter:
        """A writer for a new run, to be made under the home's lock."""
        return RunWriter(self, run_id, self.turns())

    def abandon(self, run_id: str, by_run: str) -> None:
        """Closes a dead run's stream, so that its next append fails.

        A run that is not dead after all may append between the look at its stream and the event that closes it: then it is
        looked at again.
        """
        stream = uuid.UUID(run_id)
        for tries_left in reversed(range(TRIES)):
            last = self._recorder.select_events(stream, desc=True, limit=1)
            version = last[0].originator_version + 1 if last else 1
            try:
                self._store([_stored(stream, version, RunAbandoned(run_id, by_run), by_run, self._clock())])
                return
            except IntegrityError:
                if not tries_left:
                    raise

    def _store(self, stored: Sequence[StoredEvent], redacted: Mapping[int, bytes] | None = None) -> None:
        self._recorder.insert_events(stored, redacted=redacted)

    def erase_remains(self) -> None:
        """Removes what the store keeps of events as they were before they were redacted, as far as it lets us."""
        self._recorder.erase_remains()

    def append_for(
        self, run_id: str, turn: int, version: int, events: Sequence[Event], redacted: Mapping[int, bytes] | None = None
    ) -> None:
        """Appends a run's events in one transaction; the run's very first one takes its turn.

        `redacted` holds new states of earlier events by position: they are put in place in the same transaction.

        Raises Overtaken when another run took over: nothing of the events is kept.
        """
        now = self._clock()
        stored = []
        for n, event in enumerate(events):
            if version == 0 and n == 0:
                stored.append(_stored(TURNS, turn + 1, event, run_id, now))
            else:
                stored.append(_stored(uuid.UUID(run_id), version + n, event, run_id, now))
        try:
            self._store(stored, redacted)
        except IntegrityError as error:
            raise Overtaken(
                f"Run {run_id} lost its turn: another run took over this home. It has committed nothing more; "
                "the other run finishes its documents."
            ) from error


def _stored(stream: uuid.UUID, version: int, event: Event, run_id: str, now: datetime) -> StoredEvent:
    return StoredEvent(stream, version, event.type, encode(event, run_id, now))


class RunWriter:
    """Appends the events of one run, at the versions it expects."""

    def __init__(self, log: EventLog, run_id: str, turn: int) -> None:
        self._log = log
        self._turn = turn
        self._version = 0
        self.run_id = run_id

    @property
    def started(self) -> bool:
        """Whether the run has appended anything."""
        return self._version > 0

    def append(self, *events: Event, redacted: Mapping[int, bytes] | None = None) -> None:
        """Appends the events in one transaction: all or, on Overtaken or a failing store, none.

        `redacted` holds new states of earlier events by position, which are put in place in the same transaction.
        """
        if events:
            self._log.append_for(self.run_id, self._turn, self._version, events, redacted)
            self._version += len(events)


def memory_log(clock: Clock = utc_now) -> EventLog:
    """A log in this process's memory."""
    from copydesk.warehouse.recorder_memory import MemoryRecorder

    return EventLog(MemoryRecorder(), clock)


def sqlite_log(path: Path, clock: Clock = utc_now) -> EventLog:
    """A log in a SQLite file, made if it is not there. Raises PermanentError where something else stands there."""
    check_file(path)
    from eventsourcing.sqlite import SQLiteDatastore

    from copydesk.warehouse.recorder_sqlite import SQLiteRecorder

    # As a URI: the store takes a name with `:memory:` or `file:` in it for something else than a file's name.
    store = SQLiteDatastore(path.absolute().as_uri(), lock_timeout=LOCK_TIMEOUT)
    recorder = SQLiteRecorder(store)
    recorder.create_table()
    return EventLog(recorder, clock, store.close)


def check_file(path: Path) -> None:
    """Raises PermanentError where something stands at a log's path that is no file; a pipe would be waited for."""
    if not path.is_file() and (path.exists() or path.is_symlink()):
        raise PermanentError(f"{path} is no file, and so no event log. Move it away, or restore the home from a backup.")


def postgres_log(url: str, clock: Clock = utc_now) -> EventLog:
    """A log in a PostgreSQL database; create it under the home's lock, as first creations race.

    Raises PermanentError where the address is malformed or the database cannot be reached.
    """
    from eventsourcing.postgres import PostgresDatastore

    from copydesk.warehouse.recorder_postgres import PostgresRecorder

    parts = postgres_parts(url)
    store = PostgresDatastore(
        parts["dbname"],
        parts.get("host", ""),
        parts.get("port", "5432"),
        parts.get("user", ""),
        parts.get("password", ""),
        enable_db_functions=True,
    )
    # What the address says beside these, such as sslmode, holds for this connection as well.
    store.pool.kwargs = {**parts, **cast(dict[str, Any], store.pool.kwargs)}
    try:
        recorder = PostgresRecorder(store, events_table_name="copydesk_events")
        recorder.create_table()
    except PersistenceError as error:
        store.close()
        message = said_by_postgres(error, url)
        raise PermanentError(f"The event log in PostgreSQL cannot be reached: {message}. Is COPYDESK_LOG right?") from None
    return EventLog(recorder, clock, store.close)
