"""The folded state of a home: what its log comes to, kept in SQLite, so that a new event costs no more than itself.

The file is disposable. Where it is missing, of another program's shape, or ahead of the log, it
is folded again from the first event. In memory it is the state as of any position.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from copydesk.warehouse.cache import forget_cache, open_cache
from copydesk.warehouse.documents import Document
from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import DocumentPurged
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.projections import apply
from copydesk.warehouse.state_tables import SHAPE, TABLES

PAGE = 1000
"""Rows of a page of documents."""

NEWSLESS = ("run.finished", "source.polled", "files.swept")
"""Events that change nothing a reader of the warehouse asks for; a publish need not follow them."""


class State:
    """The folded state, and the questions that the rest of the program asks of it."""

    def __init__(self, db: sqlite3.Connection, path: Path | None = None) -> None:
        self.db = db
        self._path = path
        db.row_factory = sqlite3.Row

    @classmethod
    def open(cls, path: Path | None = None) -> State:
        """The state kept in a file, or an empty one in memory."""
        state = cls._kept(path)
        if state is None:
            if path is not None:
                forget_cache(path)
            state = cls(_new(path), path)
        return state

    @classmethod
    def _kept(cls, path: Path | None) -> State | None:
        if path is None or not path.exists():
            return None
        db = open_cache(path, isolation_level=None)
        try:
            shape = db.execute("SELECT value FROM meta WHERE key = 'shape'").fetchone()
        except sqlite3.DatabaseError:
            shape = None
        if shape is None or shape[0] != str(SHAPE):
            db.close()
            return None
        return cls(db, path)

    def close(self) -> None:
        self.db.close()

    @property
    def position(self) -> int:
        return int(self._meta("position") or 0)

    @property
    def news(self) -> int:
        """The position of the last event that a publish must follow."""
        return int(self._meta("news") or 0)

    @property
    def chain(self) -> str | None:
        """The chain of the log up to `position`; None where the event there is older than the chain."""
        return self._meta("chain")

    @property
    def purged_at(self) -> int:
        """The position of the last purge, 0 when there was none."""
        return int(self._meta("purged") or 0)

    def _meta(self, key: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def catch_up(self, log: EventLog, until: int | None = None) -> State:
        """Folds the events that the log holds past this state, in one transaction a thousand.

        A purge erases texts from events that were folded already: a state that holds them is begun anew.
        """
        begun = self.position
        if begun > log.position():
            raise ValueError("the kept state is ahead of the log")
        chunk: list[Recorded] = []
        for recorded in log.read(begun, until):
            if begun and isinstance(recorded.event, DocumentPurged) and recorded.event.redacted:
                self._begin_anew()
                return self.catch_up(log, until)
            chunk.append(recorded)
            if len(chunk) == 1000:
                self._fold(chunk)
                chunk = []
        self._fold(chunk)
        return self

    def _begin_anew(self) -> None:
        self.db.close()
        if self._path is not None:
            forget_cache(self._path)
        self.db = _new(self._path)
        self.db.row_factory = sqlite3.Row

    def _fold(self, events: Iterable[Recorded]) -> None:
        events = list(events)
        if not events:
            return
        self.db.execute("BEGIN")
        try:
            for recorded in events:
                apply(self.db, recorded)
            news = [r.position for r in events if r.event.type not in NEWSLESS or _tells(r)]
            self.db.execute("UPDATE meta SET value = ? WHERE key = 'position'", (str(events[-1].position),))
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('chain', ?)", (events[-1].envelope.get("chain"),))
            if news:
                self.db.execute("UPDATE meta SET value = ? WHERE key = 'news'", (str(news[-1]),))
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def rows(self, sql: str, *parameters: Any) -> list[sqlite3.Row]:
        """The rows of a query, all at once; each value of `parameters` takes the place of one `?`."""
        return self.db.execute(sql, parameters).fetchall()

    def document(self, document_id: str) -> Document | None:
        """A document by its id; None where there is none."""
        row = self.db.execute("SELECT * FROM documents WHERE document_id = ?", (document_id,)).fetchone()
        return _document(row) if row else None

    @property
    def has_pending(self) -> bool:
        """Whether any document was received and not decided."""
        return bool(self.rows("SELECT 1 FROM documents WHERE status = 'pending' LIMIT 1"))

    @property
    def pending_count(self) -> int:
        """How many documents were received and not decided."""
        return int(self.rows("SELECT count(*) FROM documents WHERE status = 'pending'")[0][0])

    def pending(self) -> Iterator[Document]:
        """Documents received and not decided, in log order."""
        return self._documents("SELECT * FROM documents WHERE status = 'pending'")

    def waits(self, document: Document) -> bool:
        """Whether a document with the same bytes was received before this one and is not decided either."""
        return bool(
            self.rows(
                "SELECT 1 FROM documents WHERE status = 'pending' AND sha256 = ? AND received_position < ? LIMIT 1",
                document["sha256"],
                document["received_position"],
            )
        )

    def _documents(self, sql: str, *parameters: Any) -> Iterator[Document]:
        """The documents of a query in log order, a page in memory at a time; the next sees what is folded meanwhile."""
        after = -1
        page = PAGE
        while page == PAGE:
            rows = self.rows(
                f"SELECT * FROM ({sql}) WHERE received_position > ? ORDER BY received_position LIMIT ?",
                *parameters,
                after,
                PAGE,
            )
            yield from map(_document, rows)
            page = len(rows)
            after = rows[-1]["received_position"] if rows else after

    def memory(self, source: str) -> dict[str, Any]:
        """What a source remembered when it was last asked."""
        stored = self._meta(f"polled:{source}")
        return dict(json.loads(stored)) if stored else {}

    def outdated(self, rules: Iterable[str]) -> Iterator[Document]:
        """For each content that any of these rules made an article of, the document that holds it, in log order.

        A content whose bytes no document holds any more, since all of them have moved on to others, is left out.
        """
        named = list(rules)
        return self._documents(
            f"SELECT d.* FROM contents c JOIN outputs o USING (output_id) JOIN documents d ON d.document_id = ("
            f"SELECT document_id FROM documents WHERE article_sha256 = c.sha256 AND sha256 = c.sha256 "
            f"ORDER BY received_position LIMIT 1) WHERE o.rules IN ({','.join('?' * len(named))})",
            *named,
        )

    def rejected_by(self, rules: Iterable[str]) -> Iterator[Document]:
        """Readable documents that any of these rules rejected, or that went with an article of theirs, in log order."""
        named = list(rules)
        return self._documents(
            f"SELECT d.* FROM documents d LEFT JOIN outputs o USING (output_id) WHERE d.status = 'rejected' "
            f"AND d.problem IS NULL AND (o.rules IN ({','.join('?' * len(named))}) OR d.output_id IS NULL)",
            *named,
        )

    def rules(self) -> list[str]:
        """The names of all rules that ever made an output."""
        return [row[0] for row in self.rows("SELECT DISTINCT rules FROM outputs ORDER BY rules")]

    def rejected(self) -> Iterator[Document]:
        """Rejected documents, in log order."""
        return self._documents("SELECT * FROM documents WHERE status = 'rejected'")

    def purged(self) -> frozenset[str]:
        """The ids of documents that were erased for good."""
        return frozenset(row[0] for row in self.rows("SELECT document_id FROM documents WHERE status = 'purged'"))

    def purged_contents(self) -> frozenset[str]:
        """The SHA-256 of every content that was erased for good: it is not taken in again, under whatever name it comes."""
        return frozenset(row[0] for row in self.rows("SELECT sha256 FROM purged_contents"))

    def article_of(self, sha256: str, asked_by: Document | None = None) -> str | None:
        """The id of the article that is made of a content now; None where there is none.

        With `asked_by`, a document that waits for its decision, also None where the article was made of an earlier receipt
        of this very document: what its source says of it has changed, so it is made again.
        """
        row = self.db.execute(
            "SELECT o.article_id, o.revision, coalesce(w.document_id, o.document_id) AS owner FROM contents c "
            "JOIN outputs o USING (output_id) LEFT JOIN owners w USING (output_id) WHERE c.sha256 = ?",
            (sha256,),
        ).fetchone()
        if row is None or (asked_by is not None and row["owner"] == asked_by["document_id"]):
            return None
        return str(row["article_id"])

    def open_runs(self) -> list[str]:
        """Runs that began and neither finished nor were abandoned."""
        return [row[0] for row in self.rows("SELECT run_id FROM runs WHERE outcome IS NULL")]

    def named_files(self) -> frozenset[str]:
        """Every data file that an event names, those retired by compaction among them."""
        return frozenset(row[0] for row in self.rows("SELECT path FROM files UNION ALL SELECT path FROM retired"))

    def whereabouts(self, path: str) -> str | None:
        """Where the rows of a raw file are now: the path itself, unless it was written anew; None where all were purged."""
        current: str | None = path
        while row := self.db.execute("SELECT now FROM moved WHERE path = ?", (current,)).fetchone():
            current = row[0]
        return current

    def repeated_lines(self, site: str) -> tuple[str | None, frozenset[str]]:
        """The knowledge in force for a site: its id and its repeated lines."""
        row = self.db.execute("SELECT knowledge_id, lines FROM knowledge WHERE site = ?", (site,)).fetchone()
        return (row[0], frozenset(json.loads(row[1]))) if row else (None, frozenset())


def _new(path: Path | None) -> sqlite3.Connection:
    db = open_cache(path, isolation_level=None)
    db.executescript(TABLES)
    db.execute("INSERT INTO meta VALUES ('shape', ?), ('position', '0'), ('news', '0')", (str(SHAPE),))
    return db


def _document(row: sqlite3.Row) -> Document:
    return cast(Document, dict(row))


def _tells(recorded: Recorded) -> bool:
    """Whether a run's end is news: only the end of a run that found nothing is none."""
    counts = getattr(recorded.event, "counts", {})
    return getattr(recorded.event, "outcome", "completed") != "completed" or any(
        counts.get(name) for name in ("received", "ingested", "rejected", "duplicates")
    )
