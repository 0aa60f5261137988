"""The lock that lets one run at a time write to a home; it goes when its process ends, however that ends."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.warehouse.errors import HomeLocked, PermanentError
from copydesk.warehouse.passwords import postgres_parts, said_by_postgres

POLL = 0.2
"""Seconds between two looks at a lock that somebody else holds."""

ADVISORY_KEY = 0x636F7079
"""The key of PostgreSQL's advisory lock; one log, one lock."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as they wrote it down: for messages alone, never for decisions."""

    run_id: str
    pid: int
    host: str
    kind: str

    def __str__(self) -> str:
        return f"{self.kind} run {self.run_id[:8]} (process {self.pid} on {self.host})"


Say = Callable[[str], None]


@contextlib.contextmanager
def folder_lock(path: Path, holder: Holder, wait: float, say: Say) -> Iterator[None]:
    """Holds `flock` on a file of the home. Waits up to `wait` seconds and says for whom.

    Raises HomeLocked when the time is over. The lock goes when the process does, however it dies.
    """
    with open(path, "a+", encoding="utf-8") as file:
        _patiently(lambda: _flock(file.fileno()), lambda: _read(path), wait, say)
        file.seek(0)
        file.truncate()
        file.write(json.dumps(holder.__dict__))
        file.flush()
        yield
        # The file is truncated while the lock is still held: nobody reads a stale name.
        file.seek(0)
        file.truncate()


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Holds `flock` on a file, for as long as it takes; waits while another holds it. It goes when the process does."""
    with open(path, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> str:
    try:
        return str(Holder(**json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return "another process"


@contextlib.contextmanager
def postgres_lock(url: str, holder: Holder, wait: float, say: Say) -> Iterator[None]:
    """Holds a session advisory lock in the log's database; it goes when the connection does.

    Raises HomeLocked when the time is over, PermanentError where the address is malformed or the database cannot be reached.
    """
    import psycopg

    postgres_parts(url)
    try:
        opened = psycopg.connect(url, autocommit=True, application_name=str(holder)[:63])
    except (psycopg.Error, ValueError) as error:
        message = said_by_postgres(error, url)
        raise PermanentError(f"The event log in PostgreSQL cannot be reached: {message}. Is COPYDESK_LOG right?") from None
    with opened as connection:

        def take() -> bool:
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (ADVISORY_KEY,)).fetchone()
            return bool(row and row[0])

        def who() -> str:
            row = connection.execute(
                "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                "WHERE l.locktype = 'advisory' AND l.objid = %s AND l.granted",
                (ADVISORY_KEY,),
            ).fetchone()
            return str(row[0]) if row else "another process"

        _patiently(take, who, wait, say)
        yield


def _patiently(take: Callable[[], bool], who: Callable[[], str], wait: float, say: Say) -> None:
    deadline = time.monotonic() + wait
    said = False
    while not take():
        if not said:
            say(f"waiting for {who()}, up to {wait:.0f} s")
            said = True
        if time.monotonic() >= deadline:
            raise HomeLocked(f"The home is in use by {who()}. Try again when it is done, or wait longer with --wait.")
        time.sleep(min(POLL, max(0.0, deadline - time.monotonic())))


def process_name() -> tuple[int, str]:
    """This process's id and its host's name."""
    return os.getpid(), os.uname().nodename
