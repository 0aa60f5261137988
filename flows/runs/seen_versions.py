"""Which version of each address was seen last: unchanged files are known without reading their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from copydesk.transforms.identity import document_id_of
from copydesk.warehouse.cache import open_cache

TABLE = "CREATE TABLE IF NOT EXISTS versions (document_id TEXT PRIMARY KEY, version TEXT, sha256 TEXT) WITHOUT ROWID"


class SeenVersions:
    """A disposable cache outside the log: address to version. Without it files are read and hashed again.

    Addresses are kept as the ids of their documents, which are hashes: nothing of a purged document is to be found here.
    """

    def __init__(self, path: Path | None) -> None:
        self._db = open_cache(path, isolation_level=None)
        self._db.execute(TABLE)
        self._take_over()
        self._new: list[tuple[str, str, str]] = []

    def sha256(self, uri: str, version: str) -> str | None:
        """The hash of the content that the address had in that version; None where it was not seen."""
        row = self._db.execute(
            "SELECT sha256 FROM versions WHERE document_id = ? AND version = ?", (document_id_of(uri), version)
        ).fetchone()
        return row[0] if row and version else None

    def remember(self, uri: str, version: str, sha256: str) -> None:
        """To be kept once `save` is called: after the document is in the log, never before."""
        self._new.append((document_id_of(uri), version, sha256))

    def forget(self, uris: Iterable[str]) -> None:
        """Lets go of addresses: what is there is read again, though its version is the same."""
        self._db.executemany("DELETE FROM versions WHERE document_id = ?", [(document_id_of(uri),) for uri in uris])

    def save(self) -> None:
        if not self._new:
            return
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO versions VALUES (?, ?, ?)", self._new)
        self._db.execute("COMMIT")
        self._new.clear()

    def _take_over(self) -> None:
        """Takes over what an earlier version of this program kept under the addresses themselves, and erases those."""
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'seen'").fetchone():
            return
        rows = self._db.execute("SELECT uri, version, sha256 FROM seen").fetchall()
        self._new += [(document_id_of(uri), version, sha256) for uri, version, sha256 in rows]
        self.save()
        self._db.execute("DROP TABLE seen")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._db.close()
