"""Asks the watches of a home again, and tells what is new."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Timer
from typing import TYPE_CHECKING

from copydesk.flows.site.watches.definitions import Watch, feed_of, path_of, read_watches
from copydesk.flows.site.watches.feed import headline, write_feed
from copydesk.flows.site.watches.memory import Memory, error_of
from copydesk.flows.site.watches.questions import Row, rows_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import alone
from copydesk.warehouse.search import NoIndex

if TYPE_CHECKING:
    import duckdb

LONGEST = 900.0
"""Seconds after which the watches that are not answered yet are left for the next run: a question in SQL may take for ever."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a watch found anew.

    Args:
        watch: the watch.
        new: what it did not find before; empty where it was asked for the first time.
        found: how much it finds in all.
        begun: whether it was asked for the first time.
    """

    watch: Watch
    new: Sequence[Row]
    found: int
    begun: bool

    def told(self) -> str:
        """How many are new, in a line.

        >>> Match(watch=Watch(name="dead", measure="killed"), new=(), found=3, begun=True).told()
        'watch dead: begun, with 3 that are found now'
        """
        if self.begun:
            return f"watch {self.watch.name}: begun, with {self.found} that are found now"
        return f"watch {self.watch.name}: {len(self.new)} new of {self.found}"

    def headlines(self) -> list[str]:
        """What is new, a line each."""
        return [headline(self.watch, row.values) for row in self.new]


def check_watches(home: Home, warn: Callable[[str], None], only: str | None = None) -> list[Match]:
    """Asks every watch of a home, or one, of what is published; writes their feeds; gives what each found.

    A watch that cannot be asked, as for a fault in its SQL, is told by `warn`, and the others are asked all the same; so is a
    file of watches that cannot be read.

    Raises PermanentError where there is no watch of the name.
    """
    try:
        watches = read_watches(home)
    except PermanentError as error:
        warn(str(error))
        return []
    if only is not None and only not in watches:
        raise PermanentError(f"{path_of(home)} has no watch {only!r}. See: copydesk watch list")
    if not watches:
        return []
    import duckdb

    from copydesk.warehouse.published import open_to_questions

    try:
        with alone(home.prepared().cache / "watches.lock"):
            opened = os.readlink(home.warehouse)
            with closing(Memory(home.cache / "watches.sqlite")) as memory, closing(open_to_questions(home)) as db:
                memory.forget_others(watches)
                asked = Asked(home=home, db=db, memory=memory, warn=warn, opened=opened)
                return list(asked.matches([watches[only]] if only is not None else list(watches.values())))
    except (sqlite3.Error, duckdb.Error, OSError) as error:
        warn(error_of(error) if isinstance(error, sqlite3.Error) else f"watches were not asked: {error}")
        return []


@dataclass(kw_only=True)
class Asked:
    """The watches of a home while they are asked, by one process at a time.

    Args:
        home: the home.
        db: what it has published.
        memory: what the watches have told already.
        warn: tells what cannot be asked or written.
    """

    home: Home
    db: duckdb.DuckDBPyConnection
    memory: Memory
    warn: Callable[[str], None]
    opened: str
    """The published file that `db` is."""

    def matches(self, watches: Sequence[Watch]) -> Iterator[Match]:
        """What each finds. Together they may take `LONGEST` seconds; what is not answered then is left for the next run."""
        ends = time.monotonic() + LONGEST
        for watch in watches:
            left = ends - time.monotonic()
            rows = self._rows(watch, left) if left > 0 else None
            if left <= 0:
                self.warn(f"watch {watch.name} is left for the next run: those before it took {LONGEST:.0f} seconds.")
            if rows is not None:
                yield from self._told(watch, rows)

    def _rows(self, watch: Watch, seconds: float) -> list[Row] | None:
        """What a watch finds; None where it cannot be asked, which is told. No fault of one fails a run or another watch."""
        limit = Timer(seconds, self.db.interrupt)
        limit.daemon = True
        limit.start()
        try:
            return rows_of(self.db, self.home, watch)
        except NoIndex as error:
            self.warn(f"watch {watch.name} cannot be asked: {error} Run: copydesk verify --repair")
        except Exception as error:  # noqa: BLE001  # whatever its question brings up, it is told
            self.warn(f"watch {watch.name} cannot be asked: {str(error).rstrip('.')}. Mend it in {path_of(self.home)}")
        finally:
            limit.cancel()
        return None

    def _told(self, watch: Watch, rows: Sequence[Row]) -> Iterator[Match]:
        """What is new of it, once its feed is written and it is noted."""
        told = self.memory.told(watch, [row.key for row in rows], datetime.now(UTC).isoformat(timespec="seconds"))
        try:
            write_feed(self.home, watch, rows, told.at)
        except OSError as error:
            self.warn(f"the feed of watch {watch.name} cannot be written: {error}. What is new is told here alone.")
        if os.readlink(self.home.warehouse) != self.opened:
            # What was published meanwhile may lack what was purged: the run that published it asks again.
            feed_of(self.home, watch.name).unlink(missing_ok=True)
            return
        self.memory.note(watch, told)
        yield Match(watch=watch, new=[row for row in rows if row.key in told.new], found=len(rows), begun=told.begun)
