"""What each output was made of, according to the log: all that is needed to make it again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from copydesk.warehouse.documents import Receipt
from copydesk.warehouse.events import (
    BatchCommitted,
    DocumentIngested,
    DocumentReceived,
    DocumentRejected,
    DocumentRequeued,
    KnowledgeLearned,
)
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.state import State


@dataclass(frozen=True, kw_only=True)
class Origin:
    """An output, the receipt it was made of, and what was known of its site."""

    output_id: str
    rules: str
    reason: str | None
    """Why it was rejected; None for an article."""

    document: Receipt
    """The receipt, as the state had it then; `raw_file` is where its bytes are now, if anywhere."""

    knowledge: str | None
    lines: frozenset[str]


@dataclass(frozen=True)
class Batch:
    """A batch as it was committed: when, by which run, and the outputs in it, in their order."""

    batch_id: str
    run_id: str
    time: datetime
    origins: tuple[Origin, ...]


def batches(log: EventLog, state: State, wanted: Collection[str] | None = None) -> Iterator[Batch]:
    """The batches of the log in order, or those named; reads the log once, from its first event.

    `state` is the state now: it knows where raw files are. What is remembered of receipts lies on disk.
    """
    with closing(_Receipts(state)) as receipts:
        head: BatchCommitted | None = None
        time = datetime.min
        origins: list[Origin] = []
        for recorded in log.read():
            event = recorded.event
            if isinstance(event, DocumentIngested | DocumentRejected):
                if head is not None and (wanted is None or head.batch_id in wanted):
                    origins.append(receipts.origin(event))
                continue
            if head is not None and origins:
                yield Batch(head.batch_id, head.run_id, time, tuple(origins))
            head, origins = None, []
            if isinstance(event, BatchCommitted):
                head, time = event, recorded.time
            elif type(event) in _Receipts.KEPT:
                receipts.keep(event)
        if head is not None and origins:
            yield Batch(head.batch_id, head.run_id, time, tuple(origins))


class _Receipts:
    """The last receipt of every document up to a place in the log, and what had been learnt of sites."""

    KEPT = (DocumentReceived, DocumentRequeued, KnowledgeLearned)

    def __init__(self, state: State) -> None:
        self._state = state
        self._purged = {row[0] for row in state.rows("SELECT document_id FROM documents WHERE status = 'purged'")}
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("CREATE TABLE receipts (document_id TEXT PRIMARY KEY, receipt TEXT, tries INTEGER) WITHOUT ROWID")
        self._db.execute("CREATE TABLE knowledge (knowledge_id TEXT PRIMARY KEY, lines TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def keep(self, event: Any) -> None:
        """Remembers a receipt, another try, or what was learnt."""
        if isinstance(event, DocumentReceived):
            self._db.execute("INSERT OR REPLACE INTO receipts VALUES (?, ?, 0)", (event.document_id, _receipt(event)))
        elif isinstance(event, DocumentRequeued):
            self._db.execute("UPDATE receipts SET tries = tries + 1 WHERE document_id = ?", (event.document_id,))
        elif isinstance(event, KnowledgeLearned):
            values = (event.knowledge_id, json.dumps(list(event.lines)))
            self._db.execute("INSERT OR REPLACE INTO knowledge VALUES (?, ?)", values)

    def origin(self, event: DocumentIngested | DocumentRejected) -> Origin:
        """What an output was made of."""
        receipt, tries = self._db.execute(
            "SELECT receipt, tries FROM receipts WHERE document_id = ?", (event.document_id,)
        ).fetchone()
        row = json.loads(receipt)
        place = None if event.document_id in self._purged else self._state.whereabouts(row["raw_file"])
        document = cast(Receipt, {**row, "tries": tries, "raw_file": place})
        known = self._db.execute("SELECT lines FROM knowledge WHERE knowledge_id = ?", (event.knowledge,)).fetchone()
        lines = frozenset(json.loads(known[0])) if known else frozenset()
        return Origin(
            output_id=event.output_id,
            rules=event.rules,
            reason=event.reason if isinstance(event, DocumentRejected) else None,
            document=document,
            knowledge=event.knowledge,
            lines=lines,
        )


def _receipt(event: DocumentReceived) -> str:
    row = {**vars(event), "received_at": event.received_at.isoformat(), "source_outlet": event.outlet}
    row["published"] = event.published.isoformat() if event.published else None
    row["authors"] = json.dumps(list(event.authors))
    return json.dumps(row)
