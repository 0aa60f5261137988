"""What watches have told already: keys alone, no text of any article."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.site.watches.definitions import Watch
from copydesk.warehouse.cache import open_cache

TABLES = (
    "CREATE TABLE IF NOT EXISTS watches (name TEXT PRIMARY KEY, question TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS told (name TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name, key)) "
    "WITHOUT ROWID;"
)


@dataclass(frozen=True)
class Told:
    """What a watch finds: the keys that are new, and when each was first found, as ISO 8601."""

    new: frozenset[str]
    at: dict[str, str]
    begun: bool
    """Whether it was asked for the first time: what it finds then is not new."""


class Memory:
    """The keys that each watch has found, in a file of the home's cache. Without the file every watch begins anew."""

    def __init__(self, path: Path) -> None:
        self._db = open_cache(path, isolation_level=None)
        self._db.executescript(TABLES)

    def close(self) -> None:
        self._db.close()

    def told(self, watch: Watch, keys: Iterable[str], now: str) -> Told:
        """What is new of what a watch finds now. Notes nothing."""
        row = self._db.execute("SELECT question FROM watches WHERE name = ?", (watch.name,)).fetchone()
        begun = row is None or row[0] != _question(watch)
        known = {} if begun else dict(self._db.execute("SELECT key, at FROM told WHERE name = ?", (watch.name,)).fetchall())
        at = {key: known.get(key, now) for key in keys}
        return Told(frozenset() if begun else frozenset(at.keys() - known.keys()), at, begun)

    def note(self, watch: Watch, told: Told) -> None:
        """Notes what was told, all or nothing."""
        new = told.at if told.begun else {key: told.at[key] for key in told.new}
        with closing(self._db.cursor()) as db:
            db.execute("BEGIN IMMEDIATE")
            if told.begun:
                db.execute("DELETE FROM told WHERE name = ?", (watch.name,))
                db.execute("INSERT OR REPLACE INTO watches VALUES (?, ?)", (watch.name, _question(watch)))
            rows = ((watch.name, key, at) for key, at in new.items())
            db.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", rows)
            db.execute("COMMIT")

    def forget_others(self, names: Collection[str]) -> None:
        """Forgets the watches that the home has no longer."""
        known = [row[0] for row in self._db.execute("SELECT name FROM watches").fetchall()]
        for name in set(known) - set(names):
            self._db.execute("DELETE FROM told WHERE name = ?", (name,))
            self._db.execute("DELETE FROM watches WHERE name = ?", (name,))


def _question(watch: Watch) -> str:
    """A hash of what a watch asks: another question is another watch."""
    return hashlib.sha256(watch.model_dump_json(exclude={"name"}).encode()).hexdigest()


def error_of(error: sqlite3.Error) -> str:
    """What the disk or SQLite says of the memory, for a message."""
    return f"what watches have told cannot be kept: {error}"
