"""Lines that repeat over the documents of one site. A document counts a line once; a run learns them once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from copydesk.transforms.identity import knowledge_id_of
from copydesk.warehouse.cache import open_cache
from copydesk.warehouse.events import KnowledgeLearned
from copydesk.warehouse.state import State

LEAST_DOCUMENTS = 5
LEAST_SHARE = 0.3
"""A line belongs to the site and not to its articles when at least this many documents, and this share of them, print it."""


class LineCounts:
    """How many documents of a site print each short line; a disposable cache beside the log."""

    def __init__(self, path: Path) -> None:
        self._db = open_cache(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS counted (content TEXT PRIMARY KEY, site TEXT) WITHOUT ROWID")
        self._db.execute("CREATE TABLE IF NOT EXISTS upto (position INTEGER)")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS lines (site TEXT, line TEXT, documents INTEGER, PRIMARY KEY (site, line)) WITHOUT ROWID"
        )

    def close(self) -> None:
        self._db.close()

    @property
    def position(self) -> int:
        """The place in the log up to which received documents are counted."""
        row = self._db.execute("SELECT max(position) FROM upto").fetchone()
        return int(row[0] or 0)

    def reached(self, position: int) -> None:
        """Everything received up to `position` is counted: what was added since the last time is kept from now on."""
        self._db.execute("INSERT INTO upto VALUES (?)", (position,))
        self._db.execute("DELETE FROM upto WHERE position < ?", (position,))
        self._db.commit()

    def add(self, site: str, content: str, lines: Collection[str]) -> None:
        """Counts a content's distinct lines for a site, once however often it is called."""
        if self._db.execute("INSERT OR IGNORE INTO counted VALUES (?, ?)", (content, site)).rowcount:
            self._db.executemany(
                "INSERT INTO lines VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET documents = documents + 1",
                [(site, line) for line in set(lines)],
            )

    def documents(self, site: str, line: str) -> int:
        """How many documents of a site print a line."""
        row = self._db.execute("SELECT documents FROM lines WHERE site = ? AND line = ?", (site, line)).fetchone()
        return int(row[0]) if row else 0

    def learnt(self, site: str) -> tuple[int, list[str]]:
        """The documents counted for a site and the lines that repeat over them, in order."""
        documents = self._db.execute("SELECT count(*) FROM counted WHERE site = ?", (site,)).fetchone()[0]
        least = max(LEAST_DOCUMENTS, LEAST_SHARE * documents)
        rows = self._db.execute("SELECT line FROM lines WHERE site = ? AND documents >= ? ORDER BY line", (site, least))
        return documents, [row[0] for row in rows]


def learn(counts: LineCounts, state: State, sites: Collection[str]) -> Iterator[KnowledgeLearned]:
    """What is new to know of the sites: an event for each whose repeated lines changed."""
    for site in sorted(sites):
        documents, lines = counts.learnt(site)
        known = state.rows("SELECT lines FROM knowledge WHERE site = ?", site)
        if lines != (json.loads(known[0][0]) if known else []):
            yield KnowledgeLearned(site, knowledge_id_of(site, lines), documents, tuple(lines))
