"""The index of the desk: the rows that its lists and pages count and sort, as DuckDB keeps them, in one file of the cache.

The views of a home read Parquet files that are sorted by nothing, and sum up names and places anew at each question. The index
holds the same rows of articles (without their texts), facts and mentions, and the sums of names and places. The process that
shows the desk brings it to each publication; only what changed is read. It may be deleted at any time.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.site.desk import index_rows, index_tables
from copydesk.warehouse.cache import forget_index
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import published_position, published_purge, published_tables, read_store
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.store import ObjectStore
from copydesk.warehouse.views import views_version

if TYPE_CHECKING:
    import duckdb

SHAPE = 3
"""Raised when the tables of the index change: an older one is built anew."""

KIND = f"{SHAPE} {views_version()}"
"""What an index is of: these tables, by the views of this program."""

STOPS_WITHIN = 5.0
"""Seconds that an index is waited for when the process ends."""

NAME = "desk"
"""The name of the index in queries, and of its file."""

MEMORY = "128MB"
"""What the index may hold in memory; beyond it DuckDB writes to a temporary folder."""


class Index:
    """The index of a home, open to be asked and to be brought along by this process alone.

    Where another process has the home's index open, this one makes one of its own, which is gone with the process.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._db: duckdb.DuckDBPyConnection | None = None
        self._following = threading.Lock()
        self.stopped = False
        self._at_work: duckdb.DuckDBPyConnection | None = None
        own = weakref.ref(self)
        atexit.register(lambda: index.stop() if (index := own()) is not None else None)

    @property
    def db(self) -> duckdb.DuckDBPyConnection:
        """The connection; each question takes a cursor of its own. To be asked for once the index followed something."""
        if self._db is None:
            self._db = self._opened()
        return self._db

    def follow(self) -> None:
        """Brings the index to what is published, in one transaction. Where that fails, the index is begun anew once.

        Raises duckdb.Error where that fails too.
        """
        import duckdb

        with self._following:
            try:
                self._follow()
            except (duckdb.Error, index_rows.Outdated):
                if self.stopped:
                    raise
                self._begin_anew()
                self._follow()

    def stop(self) -> None:
        """Leaves off what it is at, before the process ends; what was followed so far stays."""
        self.stopped = True
        if self._at_work is not None:
            self._at_work.interrupt()
        if self._following.acquire(timeout=STOPS_WITHIN):
            self._following.release()

    def _follow(self) -> None:
        home = self._home
        position, purge = published_position(home), published_purge(home)
        if position < 0:
            raise PermanentError(f"{home} has published nothing that can be read.")
        known = self._meta()
        last = int(known.get("position", -1))
        if known.get("kind") != KIND or last > position or int(known["purged"]) != purge:
            self._begin_anew()
            known, last = {}, -1
        if last == position and known.get("file") == home.warehouse.resolve().name:
            return
        tables = {name: [(path, schema) for path, schema in published_tables(home).get(name, [])] for name in index_rows.FILES}
        read = {name: {tuple(one) for one in files} for name, files in json.loads(known.get("tables", "{}")).items()}
        new = {name: [one for one in files if one not in read.get(name, ())] for name, files in tables.items()}
        told = {"kind": KIND, "position": position, "purged": purge, "tables": json.dumps(tables)}
        told["file"] = home.warehouse.resolve().name
        with self.db.cursor() as db:
            db.execute(f"ATTACH {quoted(str(home.warehouse.resolve()))} AS w (READ_ONLY)")
            try:
                self._at_work = db
                db.execute("BEGIN")
                if not known:
                    index_tables.begin(db)
                index_rows.follow(db, new, last)
                db.execute("USE desk")
                db.execute("DELETE FROM internal.meta")
                db.executemany("INSERT INTO internal.meta VALUES (?, ?)", [(name, str(value)) for name, value in told.items()])
                db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):
                    db.execute("ROLLBACK")
                raise
            finally:
                self._at_work = None
                db.execute("USE desk")
                db.execute("DETACH w")

    def _meta(self) -> dict[str, str]:
        with self.db.cursor() as db:
            if not db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta' AND database_name = 'desk'").fetchall():
                return {}
            return dict(db.execute("SELECT key, value FROM desk.internal.meta").fetchall())

    def _opened(self) -> duckdb.DuckDBPyConnection:
        """The index of the home; one of this process where another has it, or it cannot be read or written."""
        import duckdb

        path = self._home.desk
        try:
            path.parent.mkdir(exist_ok=True)
            return self._connected(path)
        except (duckdb.Error, OSError) as error:
            if "lock" not in str(error) and not isinstance(error, OSError):
                with contextlib.suppress(duckdb.Error, OSError):
                    forget_index(path)
                    return self._connected(path)
        self._own = tempfile.TemporaryDirectory(prefix="copydesk-desk-", ignore_cleanup_errors=True)
        return self._connected(Path(self._own.name) / path.name)

    def _connected(self, path: Path) -> duckdb.DuckDBPyConnection:
        import duckdb

        home = self._home
        db = duckdb.connect(str(path.absolute()), config={"memory_limit": MEMORY, "threads": 2})
        if db.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
            db.close()
            raise duckdb.IOException(f"{path}: another lock of this process")
        read_store(db, home)
        folders = [f"{path.absolute().parent}/", f"{home.root.resolve()}/"]
        if isinstance(home.store, ObjectStore):
            folders.append(home.store.address(""))
        settings = {"TimeZone": "UTC", "python_enable_replacements": False, "preserve_insertion_order": False}
        for name, value in settings.items():
            db.execute(f"SET GLOBAL {name} = {quoted(str(value))}")
        db.execute("SET allowed_directories = $folders", {"folders": folders})
        db.execute("SET enable_external_access = false")
        db.execute("SET lock_configuration = true")
        return db

    def _begin_anew(self) -> None:
        """Begins an index that holds nothing, in a new file: what was erased is not to be found in the old one."""
        if self._db is not None:
            if not self._meta():
                return
            self._db.close()
        path = Path(self._own.name) / f"{NAME}.duckdb" if self._own else self._home.desk
        forget_index(path)
        self._db = self._connected(path)
