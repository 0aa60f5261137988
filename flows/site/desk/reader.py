"""Reads what a home has published, read-only; what is published later is read from the next request on."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
MEMORY = "192MB"
"""What the queries of all requests together may hold in memory; beyond it DuckDB writes to a temporary folder."""

THREADS = 4
AT_ONCE = 2_000
"""Rows in memory while any number of them is written out."""

KEPT_MEMORY = "64MB"
"""What the views that are kept may hold in memory; beyond it DuckDB writes to a temporary folder."""

PATIENCE = 3.0
"""Seconds that a view which is summed up anew is waited for, before its rows of the publication before are shown."""


@dataclass
class Published:
    """A published warehouse, open.

    Args:
        db: The connection; each question has a cursor of its own, so that threads may ask at once
        position: The position of the log that it shows
        files: The files that its views read
        known: What was computed from it and is kept while it is shown
        earlier: Views that sum up all articles, as they were when the publication before was shown
    """

    db: duckdb.DuckDBPyConnection
    position: int
    files: frozenset[str]
    known: dict[str, Any] = field(default_factory=dict)
    earlier: Mapping[str, Published] = field(default_factory=dict)
    _kept: dict[str, Future[Published]] = field(default_factory=dict)
    _keeping: threading.Lock = field(default_factory=threading.Lock)

    def kept(self, view: str) -> Published:
        """A view that sums up all articles, with its rows as a table of its own: what it costs is paid once a publication.

        While it is summed up anew for longer than `PATIENCE`, the rows of the publication before are given; the first time
        it is waited for.
        """
        with self._keeping:
            if view not in self._kept:
                self._kept[view] = Future()
                threading.Thread(target=self._keep, args=(view, self._kept[view]), daemon=True).start()
            made = self._kept[view]
        earlier = self.earlier.get(view)
        if earlier is None:
            return made.result()
        try:
            return made.result(PATIENCE)
        except TimeoutError:
            return earlier

    def kept_so_far(self) -> dict[str, Published]:
        """The views that are kept, each as it is known so far."""
        done = {view: made.result() for view, made in self._kept.items() if made.done() and made.exception() is None}
        return {**self.earlier, **done}

    def _keep(self, view: str, made: Future[Published]) -> None:
        try:
            made.set_result(self._copied(view))
        except Exception as error:  # noqa: BLE001  # told to those who wait for it
            made.set_exception(error)

    def _copied(self, view: str) -> Published:
        import duckdb

        db = duckdb.connect(config={"memory_limit": KEPT_MEMORY, "threads": 1})
        with self.db.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {view}")
            rows: Any = cursor.to_arrow_reader(AT_ONCE)
            db.register("copied", rows)
            db.execute(f"CREATE TABLE {view} AS SELECT * FROM copied")
            db.unregister("copied")
        for name, value in (("enable_external_access", "false"), ("lock_configuration", "true")):
            db.execute(f"SET {name} = {value}")
        return Published(db, self.position, self.files)

    def ask(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """The rows of a query."""
        with self.db.cursor() as cursor:
            cursor.execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """The first row of a query; None where it has none."""
        return next(iter(self.ask(sql, parameters)), None)

    def lots(self, sql: str) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Column names with rows of a query, `AT_ONCE` at a time; the first lot comes even where it is empty."""
        with self.db.cursor() as cursor:
            cursor.execute(sql)
            reader: Any = cursor.to_arrow_reader(AT_ONCE)
            names = list(reader.schema.names)
            yield names, []
            for batch in reader:
                columns = [column.to_pylist() for column in batch.columns]
                yield names, list(zip(*columns, strict=True))


class Reader:
    """Gives what a home shows now; opened once, and anew when it is published anew."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._open: tuple[str, Published] | None = None

    def now(self) -> Published:
        """What readers see now. Requests that still read what stood before are not disturbed.

        Raises PermanentError with the remedy where nothing is published, or it must be published anew.
        """
        link = self._link()
        with self._lock:
            if self._open is None or self._open[0] != link:
                self._open = link, self._opened(self._open[1] if self._open else None)
            return self._open[1]

    def _link(self) -> str:
        try:
            return os.readlink(self._home.warehouse)
        except OSError:
            return ""

    def _opened(self, before: Published | None) -> Published:
        from copydesk.warehouse.published import open_to_questions, published_files, published_position

        position = published_position(self._home)
        if position < 0:
            raise PermanentError(
                f"{self._home} has published nothing that can be read. If nothing was ever taken in: copydesk ingest FOLDER "
                f"--home {self._home}; else: copydesk publish --home {self._home}"
            )
        limits: Mapping[str, object] = {"memory_limit": MEMORY, "threads": min(THREADS, os.cpu_count() or 1)}
        db = open_to_questions(self._home, limits)
        return Published(db, position, frozenset(published_files(self._home)), earlier=before.kept_so_far() if before else {})
