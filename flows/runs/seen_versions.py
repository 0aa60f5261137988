"""Which version of each address was seen last: unchanged files are known without reading their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from copydesk.warehouse.cache import open_cache

CHUNK = 2000


class Seen:
    """A disposable cache outside the log: address to version. Without it files are read and hashed again."""

    def __init__(self, path: Path | None) -> None:
        self._db = open_cache(path, isolation_level=None)
        self._db.execute("CREATE TABLE IF NOT EXISTS seen (uri TEXT PRIMARY KEY, version TEXT, sha256 TEXT) WITHOUT ROWID")
        self._new: list[tuple[str, str, str]] = []

    def sha256(self, uri: str, version: str) -> str | None:
        """The hash of the content that the address had in that version; null where it was not seen."""
        row = self._db.execute("SELECT sha256 FROM seen WHERE uri = ? AND version = ?", (uri, version)).fetchone()
        return row[0] if row and version else None

    def remember(self, uri: str, version: str, sha256: str) -> None:
        """To be kept once `save` is called: after the document is in the log, never before."""
        self._new.append((uri, version, sha256))

    def forget(self, uris: Iterable[str]) -> None:
        """Lets go of addresses: what is there is read again, though its version is the same."""
        self._db.executemany("DELETE FROM seen WHERE uri = ?", [(uri,) for uri in uris])

    def save(self) -> None:
        if not self._new:
            return
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", self._new)
        self._db.execute("COMMIT")
        self._new.clear()

    def close(self) -> None:
        self._db.close()
