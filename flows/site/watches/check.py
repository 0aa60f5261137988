"""Asks the watches of a home again, and tells what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Timer
from typing import TYPE_CHECKING

from copydesk.flows.site.watches.definitions import Watch, path_of, read_watches
from copydesk.flows.site.watches.feed import headline, write_feed
from copydesk.flows.site.watches.memory import Memory, error_of
from copydesk.flows.site.watches.questions import Row, rows_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
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
        with closing(Memory(home.cache / "watches.sqlite")) as memory, closing(open_to_questions(home)) as db:
            memory.forget_others(watches)
            return list(_asked(home, db, memory, [watches[only]] if only is not None else list(watches.values()), warn))
    except (sqlite3.Error, duckdb.Error, OSError) as error:
        warn(error_of(error) if isinstance(error, sqlite3.Error) else f"watches were not asked: {error}")
        return []


def _asked(
    home: Home, db: duckdb.DuckDBPyConnection, memory: Memory, watches: Sequence[Watch], warn: Callable[[str], None]
) -> Iterator[Match]:
    import duckdb

    limit = Timer(LONGEST, db.interrupt)
    limit.daemon = True
    limit.start()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for watch in watches:
        try:
            rows = rows_of(db, home, watch)
        except (duckdb.Error, PermanentError) as error:
            warn(f"watch {watch.name} cannot be asked: {str(error).rstrip('.')}. Mend it in {path_of(home)}")
            continue
        except NoIndex as error:
            warn(f"watch {watch.name} cannot be asked: {error} Run: copydesk verify --repair")
            continue
        told = memory.tell(watch, [row.key for row in rows], now)
        write_feed(home, watch, rows, told.at)
        yield Match(watch=watch, new=[row for row in rows if row.key in told.new], found=len(rows), begun=told.begun)
    limit.cancel()
