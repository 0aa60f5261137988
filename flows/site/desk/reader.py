"""Reads what a home has published, read-only; what is published later is read from the next request on."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copydesk.flows.site.desk.index import Index
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

KEPT_MEMORY = "32MB"
"""What the views that are kept may hold in memory; beyond it DuckDB writes to a temporary folder."""

PATIENCE = 10.0
"""Seconds that what is summed up anew is waited for, before names, places and stories are shown as they were before it."""

INDEXED = frozenset({"articles", "facts", "mentions", "entities", "places", "stories", "reviews"})
"""The views that the index has."""

SUMMED = frozenset({"entities", "places", "stories"})
"""The views that sum up all articles: where the index has them not, they are kept as tables of their own."""


@dataclass
class Published:
    """A published warehouse, open.

    Args:
        db: The connection; each question has a cursor of its own, so that threads may ask at once
        position: The position of the log that it shows
        files: The files that its views read
        known: What was computed from it and is kept while it is shown
        purge: The position of the last purge that it follows
        index: The same rows as the index of the desk has them; None until it has
        earlier: Views that sum up all articles, as they were when the publication before was shown
    """

    db: duckdb.DuckDBPyConnection
    position: int
    files: frozenset[str]
    known: dict[str, Any] = field(default_factory=dict)
    purge: int = 0
    index: Published | None = None
    earlier: Mapping[str, Published] = field(default_factory=dict)
    _kept: dict[str, Future[Published]] = field(default_factory=dict)
    _keeping: threading.Lock = field(default_factory=threading.Lock)

    @property
    def indexed(self) -> Published:
        """Where articles without their texts, facts, mentions, names, places are asked for: the index, where there is one."""
        return self.index or self

    @property
    def has_kept_rows(self) -> bool:
        """Whether the rows of pairs, groups of claims and timelines are kept beside what is published, as in a large home."""
        if "kept rows" not in self.known:
            sql = "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'internal' AND table_name = 'figure_conflicts_new'"
            self.known["kept rows"] = bool(self.ask(sql))
        return bool(self.known["kept rows"])

    def of(self, view: str) -> Published:
        """Where a view is asked for: of the index where it has it, else of what is kept of it, else of the files."""
        if self.index is not None and view in INDEXED:
            return self.index
        if view not in SUMMED:
            return self
        return self.earlier.get(view) or self.kept(view)

    def kept(self, view: str) -> Published:
        """A view that sums up all articles, with its rows as a table of its own: what it costs is paid once a publication."""
        with self._keeping:
            if view not in self._kept:
                self._kept[view] = Future()
                threading.Thread(target=self._keep, args=(view, self._kept[view]), daemon=True).start()
            made = self._kept[view]
        return made.result()

    def kept_so_far(self) -> dict[str, Published]:
        """The views that sum up all articles, each as it is known so far."""
        if self.index is not None:
            return dict.fromkeys(SUMMED, self.index)
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
            rows: Any = cursor.sql(f"SELECT * FROM {view}").to_arrow_reader(AT_ONCE)
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
            reader: Any = cursor.sql(sql).to_arrow_reader(AT_ONCE)
            names = list(reader.schema.names)
            yield names, []
            for batch in reader:
                columns = [column.to_pylist() for column in batch.columns]
                yield names, list(zip(*columns, strict=True))


class Reader:
    """Gives what a home shows now; opened once, and anew when it is published anew.

    The index of the desk is brought along beside the requests: until it is there, the views are asked, and names, places and
    stories are shown as they stood before, where they did.

    Args:
        home: The home
        indexed: Whether there is an index; a program that asks few questions asks the views
    """

    def __init__(self, home: Home, *, indexed: bool = True) -> None:
        self._home = home
        self._index = Index(home) if indexed else None
        self._lock = threading.Lock()
        self._link: str | None = None
        self._until = 0.0
        self._opened: Published | None = None
        self._shown: Future[Published] = Future()

    def now(self) -> Published:
        """What readers see now. Requests that still read what stood before are not disturbed.

        Raises PermanentError with the remedy where nothing is published, or it must be published anew.
        """
        link = self._newest()
        with self._lock:
            opened = self._opened if self._link == link else None
            if opened is None:
                opened = self._open(link)
            shown = self._shown
        try:
            return shown.result(max(0.0, self._until - time.monotonic()))
        except TimeoutError:
            return opened

    def _newest(self) -> str:
        try:
            return os.readlink(self._home.warehouse)
        except OSError:
            return ""

    def _open(self, link: str) -> Published:
        """Opens what is published, and begins to bring the index to it."""
        opened = self._read(self._opened)
        self._opened, self._link, self._until, self._shown = opened, link, time.monotonic() + PATIENCE, Future()
        threading.Thread(target=self._follow, args=(opened, self._shown), daemon=True).start()
        return opened

    def _follow(self, opened: Published, shown: Future[Published]) -> None:
        try:
            if self._index is None:
                return
            self._index.follow()
            opened.index = Published(self._index.db, opened.position, opened.files)
        except Exception as error:  # noqa: BLE001  # the views answer the same, only slower
            if self._index is None or not self._index.stopped:
                told = str(error).partition("\n")[0]
                logging.getLogger(__name__).warning("The index of the desk could not be made: %s", told)
        finally:
            shown.set_result(opened)

    def _read(self, before: Published | None) -> Published:
        from copydesk.warehouse.published import open_to_questions, published_files, published_position, published_purge

        position = published_position(self._home)
        if position < 0:
            raise PermanentError(
                f"{self._home} has published nothing that can be read. If nothing was ever taken in: copydesk ingest FOLDER "
                f"--home {self._home}; else: copydesk publish --home {self._home}"
            )
        limits: Mapping[str, object] = {"memory_limit": MEMORY, "threads": min(THREADS, os.cpu_count() or 1)}
        db = open_to_questions(self._home, limits)
        files, purge = frozenset(published_files(self._home)), published_purge(self._home)
        earlier = before.kept_so_far() if before and before.purge == purge else {}
        return Published(db, position, files, purge=purge, earlier=earlier)
