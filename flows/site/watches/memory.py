"""What watches have told already: keys alone, no text of any article."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.site.watches.definitions import Watch
from copydesk.warehouse.cache import open_cache

TABLES = (
    "CREATE TABLE IF NOT EXISTS watches (name TEXT PRIMARY KEY, question TEXT NOT NULL, since TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS told (name TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name, key)) "
    "WITHOUT ROWID;"
)


@dataclass(frozen=True)
class Told:
    """What a watch knows after it was asked: the keys that are new, and when each was first found, as ISO 8601."""

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

    def tell(self, watch: Watch, keys: Sequence[str], now: str) -> Told:
        """Notes what a watch finds now; of two processes that do this at once one alone gets what is new."""
        asked = hashlib.sha256(watch.model_dump_json(exclude={"name"}).encode()).hexdigest()
        with closing(self._db.cursor()) as db:
            db.execute("BEGIN IMMEDIATE")
            known = db.execute("SELECT question FROM watches WHERE name = ?", (watch.name,)).fetchone()
            begun = known is None or known[0] != asked
            if begun:
                db.execute("DELETE FROM told WHERE name = ?", (watch.name,))
                db.execute("INSERT OR REPLACE INTO watches VALUES (?, ?, ?)", (watch.name, asked, now))
            before = {row[0] for row in db.execute("SELECT key FROM told WHERE name = ?", (watch.name,))}
            new = [key for key in dict.fromkeys(keys) if key not in before]
            db.executemany("INSERT INTO told VALUES (?, ?, ?)", ((watch.name, key, now) for key in new))
            at = dict(db.execute("SELECT key, at FROM told WHERE name = ?", (watch.name,)).fetchall())
            db.execute("COMMIT")
        return Told(frozenset() if begun else frozenset(new), at, begun)

    def forget_others(self, names: Collection[str]) -> None:
        """Forgets the watches that the home has no longer."""
        known = [row[0] for row in self._db.execute("SELECT name FROM watches").fetchall()]
        for name in set(known) - set(names):
            self._db.execute("DELETE FROM told WHERE name = ?", (name,))
            self._db.execute("DELETE FROM watches WHERE name = ?", (name,))


def error_of(error: sqlite3.Error) -> str:
    """What the disk or SQLite says of the memory, for a message."""
    return f"what watches have told cannot be kept: {error}"
