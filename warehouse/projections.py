"""What each event does to the folded state: one function an event, found by its type."""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, TypeVar

from copydesk.transforms.signature import band_keys, unpacked
from copydesk.warehouse.events import (
    BatchCommitted,
    ClaimReviewed,
    DocumentDuplicate,
    DocumentIngested,
    DocumentPurged,
    DocumentReceived,
    DocumentRejected,
    DocumentRequeued,
    DocumentWithdrawn,
    Event,
    FileEntry,
    FilesCompacted,
    FilesSwept,
    KnowledgeLearned,
    Recorded,
    RunAbandoned,
    RunFinished,
    RunStarted,
    SourcePolled,
)

E = TypeVar("E", bound=Event)
NOTHING = hashlib.sha256().hexdigest()
"""The content of empty documents, and of those that could not be read at all."""

Handler = Callable[[sqlite3.Connection, E, Recorded], None]
"""Changes the state by an event; the record tells its position and time."""

_HANDLERS: dict[type[Event], Handler[Any]] = {}


def on(kind: type[E]) -> Callable[[Handler[E]], Handler[E]]:
    """Registers a function as what events of that kind do."""

    def register(function: Handler[E]) -> Handler[E]:
        _HANDLERS[kind] = function
        return function

    return register


def apply(db: sqlite3.Connection, recorded: Recorded) -> None:
    """Changes the state by one event of the log."""
    _HANDLERS[type(recorded.event)](db, recorded.event, recorded)


@functools.cache
def _insert(table: str, columns: str, verb: str = "INSERT") -> str:
    """A statement that inserts one row with these columns; each takes the parameter of its name.

    >>> _insert("dead", "output_id cause")
    'INSERT INTO dead (output_id, cause) VALUES (:output_id, :cause)'
    """
    names = columns.split()
    return f"{verb} INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def _replace(table: str, columns: str) -> str:
    return _insert(table, columns, "INSERT OR REPLACE")


def _time(recorded: Recorded) -> str:
    return recorded.time.astimezone(UTC).isoformat()


def _values(event: Event, recorded: Recorded, **more: Any) -> Mapping[str, Any]:
    """The parameters of a statement: the fields of the event, its `position`, its time `at`, and `more` beside or instead."""
    return {**vars(event), "position": recorded.position, "at": _time(recorded), **more}


START_RUN = _replace("runs", "run_id kind started_at rules program position")
FINISH_RUN = _insert("runs", "run_id kind outcome started_at finished_at counts sources detail position") + (
    " ON CONFLICT (run_id) DO UPDATE SET outcome = excluded.outcome, started_at = excluded.started_at, "
    "finished_at = excluded.finished_at, counts = excluded.counts, sources = excluded.sources, detail = excluded.detail, "
    "position = excluded.position"
)


@on(RunStarted)
def run_started(db: sqlite3.Connection, event: RunStarted, recorded: Recorded) -> None:
    db.execute(START_RUN, _values(event, recorded, started_at=_time(recorded)))


@on(RunFinished)
def run_finished(db: sqlite3.Connection, event: RunFinished, recorded: Recorded) -> None:
    values = _values(
        event,
        recorded,
        started_at=event.started_at.astimezone(UTC).isoformat(),
        finished_at=_time(recorded),
        counts=json.dumps(dict(event.counts)),
        sources=json.dumps(list(event.sources)),
    )
    db.execute(FINISH_RUN, values)


@on(RunAbandoned)
def run_abandoned(db: sqlite3.Connection, event: RunAbandoned, recorded: Recorded) -> None:
    db.execute(
        "UPDATE runs SET outcome = 'abandoned', finished_at = :at, detail = :detail, position = :position "
        "WHERE run_id = :run_id",
        _values(event, recorded, detail=f"taken over by run {event.by_run}"),
    )


RECEIVE = _insert(
    "documents",
    "document_id source source_uri url outlet language media_type size sha256 revision status first_received_at received_at "
    "raw_file problem problem_detail received_position position title published source_outlet authors published_at",
) + (
    " ON CONFLICT (document_id) DO UPDATE SET source = excluded.source, source_uri = excluded.source_uri, "
    "url = excluded.url, outlet = coalesce(excluded.outlet, outlet), language = excluded.language, "
    "media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256, revision = excluded.revision, "
    "status = excluded.status, reason = NULL, detail = NULL, received_at = excluded.received_at, "
    "raw_file = excluded.raw_file, problem = excluded.problem, problem_detail = excluded.problem_detail, tries = 0, "
    "title = excluded.title, published = excluded.published, source_outlet = excluded.source_outlet, "
    "authors = excluded.authors, published_at = excluded.published_at, "
    "received_position = excluded.received_position, position = excluded.position"
)


@on(DocumentReceived)
def document_received(db: sqlite3.Connection, event: DocumentReceived, recorded: Recorded) -> None:
    received = event.received_at.astimezone(UTC).isoformat()
    values = _values(
        event,
        recorded,
        status="pending",
        first_received_at=received,
        received_at=received,
        received_position=recorded.position,
        published=event.published.isoformat() if event.published else None,
        source_outlet=event.outlet,
        authors=json.dumps(list(event.authors)),
    )
    db.execute(RECEIVE, values)


OUTPUT = _replace(
    "outputs",
    "output_id document_id revision sha256 article_id batch_id rules signature duplicate_of similarity position",
)


@on(DocumentIngested)
def document_ingested(db: sqlite3.Connection, event: DocumentIngested, recorded: Recorded) -> None:
    db.execute(OUTPUT, _values(event, recorded))
    bands = [(key, event.output_id) for key in band_keys(unpacked(event.signature))]
    db.executemany("INSERT OR IGNORE INTO bands (key, output_id) VALUES (?, ?)", bands)
    _let_go(db, recorded, event.document_id, event.sha256)
    before = db.execute(
        "SELECT c.output_id, o.document_id, o.revision FROM contents c JOIN outputs o USING (output_id) WHERE c.sha256 = ?",
        (event.sha256,),
    ).fetchone()
    if before is not None and before[0] != event.output_id:
        again = before[1] == event.document_id and before[2] == event.revision
        _die(db, recorded, before[0], "rules" if again or before[1] != event.document_id else "source")
    db.execute(_replace("contents", "sha256 output_id"), vars(event))
    db.execute(
        "UPDATE documents SET status = 'ingested', reason = NULL, detail = NULL, article_id = :article_id, "
        "article_sha256 = :sha256, output_id = :output_id, outlet = coalesce(outlet, :outlet), decided_at = :at, "
        "position = :position WHERE document_id = :document_id",
        _values(event, recorded),
    )


@on(DocumentDuplicate)
def document_duplicate(db: sqlite3.Connection, event: DocumentDuplicate, recorded: Recorded) -> None:
    _let_go(db, recorded, event.document_id, event.sha256)
    db.execute(
        "UPDATE documents SET status = 'duplicate', reason = NULL, detail = NULL, article_id = :article_id, "
        "article_sha256 = :sha256, output_id = NULL, decided_at = :at, position = :position WHERE document_id = :document_id",
        _values(event, recorded),
    )


@on(DocumentRejected)
def document_rejected(db: sqlite3.Connection, event: DocumentRejected, recorded: Recorded) -> None:
    """The document's earlier article, if it had one, stays: a spoilt fetch takes nothing away.

    Where newer rules turn away the very content of the article, that goes, for every document that prints it.
    """
    values = _values(event, recorded)
    db.execute(_replace("outputs", "output_id document_id revision sha256 batch_id rules position"), values)
    _end_reject(db, recorded, event.document_id, event.sha256)
    made = db.execute("SELECT output_id FROM contents WHERE sha256 = :sha256", values).fetchone()
    if made is not None:
        _die(db, recorded, made[0], "rules")
        db.execute("DELETE FROM contents WHERE sha256 = :sha256", values)
        db.execute(
            "UPDATE documents SET status = CASE sha256 WHEN :sha256 THEN 'rejected' ELSE status END, reason = :reason, "
            "detail = :detail, article_id = NULL, article_sha256 = NULL, decided_at = :at, position = :position "
            "WHERE article_sha256 = :sha256",
            values,
        )
    db.execute(
        "UPDATE documents SET status = 'rejected', reason = :reason, detail = :detail, output_id = :output_id, "
        "decided_at = :at, position = :position WHERE document_id = :document_id",
        values,
    )


@on(DocumentRequeued)
def document_requeued(db: sqlite3.Connection, event: DocumentRequeued, recorded: Recorded) -> None:
    db.execute(
        "UPDATE documents SET status = 'pending', received_position = :position, position = :position, tries = tries + 1 "
        "WHERE document_id = :document_id",
        _values(event, recorded),
    )


@on(DocumentWithdrawn)
def document_withdrawn(db: sqlite3.Connection, event: DocumentWithdrawn, recorded: Recorded) -> None:
    _withdraw(db, event, recorded, "withdrawn")


@on(DocumentPurged)
def document_purged(db: sqlite3.Connection, event: DocumentPurged, recorded: Recorded) -> None:
    """No content that the document had is taken in again. Logs of older programs name the last one alone."""
    db.execute(
        "INSERT OR IGNORE INTO purged_contents (sha256) SELECT sha256 FROM outputs WHERE document_id = :document_id "
        "UNION SELECT sha256 FROM documents WHERE document_id = :document_id AND size > 0 AND problem IS NULL",
        vars(event),
    )
    db.executemany("INSERT OR IGNORE INTO purged_contents (sha256) VALUES (?)", [(sha256,) for sha256 in event.contents])
    db.execute("DELETE FROM purged_contents WHERE sha256 = ?", (NOTHING,))
    db.execute(_replace("meta", "key value"), {"key": "purged", "value": str(recorded.position)})
    _withdraw(db, event, recorded, "purged")


def _withdraw(db: sqlite3.Connection, event: DocumentWithdrawn | DocumentPurged, recorded: Recorded, status: str) -> None:
    _let_go(db, recorded, event.document_id, None)
    db.execute(
        "UPDATE documents SET status = :status, reason = :why, article_id = NULL, article_sha256 = NULL, output_id = NULL, "
        "decided_at = :at, position = :position WHERE document_id = :document_id",
        _values(event, recorded, status=status),
    )


def _let_go(db: sqlite3.Connection, recorded: Recorded, document_id: str, sha256: str | None) -> None:
    """The document no longer stands for its earlier content: that dies, or another that prints it owns it."""
    _end_reject(db, recorded, document_id, sha256)
    row = db.execute("SELECT article_sha256 FROM documents WHERE document_id = ?", (document_id,)).fetchone()
    before = row[0] if row else None
    if before is None or before == sha256:
        return
    current = db.execute("SELECT output_id FROM contents WHERE sha256 = ?", (before,)).fetchone()
    if current is None:
        return
    heir = db.execute(
        "SELECT document_id FROM documents WHERE article_sha256 = ? AND document_id <> ? ORDER BY received_position LIMIT 1",
        (before, document_id),
    ).fetchone()
    if heir is None:
        _die(db, recorded, current[0], "source" if sha256 else "withdrawn")
        db.execute("DELETE FROM contents WHERE sha256 = ?", (before,))
    else:
        db.execute("INSERT OR REPLACE INTO owners (output_id, document_id) VALUES (?, ?)", (current[0], heir[0]))


def _end_reject(db: sqlite3.Connection, recorded: Recorded, document_id: str, sha256: str | None) -> None:
    """A decision ends the reject that the document had before: newer rules decide the same bytes anew."""
    row = db.execute(
        "SELECT o.output_id, o.sha256 FROM documents d JOIN outputs o USING (output_id) "
        "WHERE d.document_id = ? AND o.article_id IS NULL",
        (document_id,),
    ).fetchone()
    if row is not None:
        _die(db, recorded, row[0], "rules" if row[1] == sha256 else "source")


def _die(db: sqlite3.Connection, recorded: Recorded, output_id: str, cause: str) -> None:
    batch = db.execute("SELECT batch_id FROM outputs WHERE output_id = ?", (output_id,)).fetchone()
    values = {
        "output_id": output_id,
        "batch_id": batch[0] if batch else None,
        "position": recorded.position,
        "died_at": _time(recorded),
        "cause": cause,
    }
    db.execute(_replace("dead", "output_id batch_id position died_at cause"), values)


@on(BatchCommitted)
def batch_committed(db: sqlite3.Connection, event: BatchCommitted, recorded: Recorded) -> None:
    for file in event.files:
        _add_file(db, recorded, file)
        db.execute("INSERT OR REPLACE INTO batch_files (batch_id, path) VALUES (?, ?)", (event.batch_id, file.path))


def _add_file(db: sqlite3.Connection, recorded: Recorded, file: FileEntry) -> None:
    values = {**vars(file), "tab": file.table, "position": recorded.position}
    db.execute(_replace("files", "path tab rows bytes sha256 schema position"), values)


@on(FilesCompacted)
def files_compacted(db: sqlite3.Connection, event: FilesCompacted, recorded: Recorded) -> None:
    """Rows moved: every new file holds the batches of the files of its table that it replaces.

    An event of the raw table replaces files by one.
    """
    marks = ",".join("?" * len(event.replaced))
    for file in event.files:
        _add_file(db, recorded, file)
        db.execute(
            f"INSERT OR IGNORE INTO batch_files SELECT DISTINCT b.batch_id, ? FROM batch_files b JOIN files f USING (path) "
            f"WHERE f.tab = ? AND b.path IN ({marks})",
            (file.path, file.table, *event.replaced),
        )
    now = next((file.path for file in event.files if file.table == "raw"), None)
    for path in event.replaced:
        if db.execute("SELECT 1 FROM files WHERE path = ? AND tab = 'raw'", (path,)).fetchone():
            db.execute("INSERT OR REPLACE INTO moved (path, now) VALUES (?, ?)", (path, now))
            db.execute("UPDATE documents SET raw_file = ? WHERE raw_file = ?", (now, path))
        db.execute("DELETE FROM files WHERE path = ?", (path,))
        db.execute("DELETE FROM batch_files WHERE path = ?", (path,))
        db.execute("INSERT OR REPLACE INTO retired (path, retired_at) VALUES (?, ?)", (path, _time(recorded)))


@on(FilesSwept)
def files_swept(db: sqlite3.Connection, event: FilesSwept, recorded: Recorded) -> None:
    db.executemany("DELETE FROM retired WHERE path = ?", [(path,) for path in event.paths])


@on(KnowledgeLearned)
def knowledge_learned(db: sqlite3.Connection, event: KnowledgeLearned, recorded: Recorded) -> None:
    values = _values(event, recorded, lines=json.dumps(list(event.lines)))
    db.execute(_replace("knowledge", "site knowledge_id lines position"), values)


@on(SourcePolled)
def source_polled(db: sqlite3.Connection, event: SourcePolled, recorded: Recorded) -> None:
    db.execute(_replace("meta", "key value"), {"key": f"polled:{event.source}", "value": json.dumps(dict(event.memory))})


@on(ClaimReviewed)
def claim_reviewed(db: sqlite3.Connection, e: ClaimReviewed, recorded: Recorded) -> None:
    """The last verdict on a claim stands. Corrections add up field by field, whatever the verdicts between them.

    `taken_back` names fields whose correction ends; `undone` ends all that was said of the claim. A claim of which a
    correction is all that was said, and no field of it is left, is as if nobody had reviewed it.
    """
    before = db.execute("SELECT corrections FROM reviews WHERE claim_id = ?", (e.claim_id,)).fetchone()
    merged = {**(json.loads(before[0]) if before else {}), **e.corrections}
    corrections = {name: value for name, value in merged.items() if name not in e.taken_back}
    if e.verdict == "undone" or (e.verdict == "corrected" and not corrections):
        db.execute("DELETE FROM reviews WHERE claim_id = ?", (e.claim_id,))
        return
    db.execute(
        "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?)",
        (e.claim_id, e.verdict, e.why, e.who, json.dumps(corrections), _time(recorded)),
    )
