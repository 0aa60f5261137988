"""What each event does to the folded state: one function an event, found by its type."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC
from typing import Any

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
    FilesCompacted,
    FilesSwept,
    KnowledgeLearned,
    Recorded,
    RunAbandoned,
    RunFinished,
    RunStarted,
    SourcePolled,
)

Apply = Callable[[sqlite3.Connection, Recorded], None]
APPLY: dict[str, Apply] = {}


def on(kind: type[Any]) -> Callable[[Apply], Apply]:
    """Registers a function as what events of that kind do."""

    def register(function: Apply) -> Apply:
        APPLY[kind.type] = function
        return function

    return register


def _time(recorded: Recorded) -> str:
    return recorded.time.astimezone(UTC).isoformat()


@on(RunStarted)
def run_started(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "INSERT OR REPLACE INTO runs (run_id, kind, started_at, rules, program, position) VALUES (?, ?, ?, ?, ?, ?)",
        (e.run_id, e.kind, _time(recorded), e.rules, e.program, recorded.position),
    )


@on(RunFinished)
def run_finished(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "INSERT INTO runs (run_id, kind, outcome, started_at, finished_at, counts, sources, detail, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO UPDATE SET outcome = excluded.outcome, "
        "started_at = excluded.started_at, finished_at = excluded.finished_at, counts = excluded.counts, "
        "sources = excluded.sources, detail = excluded.detail, position = excluded.position",
        (
            e.run_id,
            e.kind,
            e.outcome,
            e.started_at.astimezone(UTC).isoformat(),
            _time(recorded),
            json.dumps(dict(e.counts)),
            json.dumps(list(e.sources)),
            e.detail,
            recorded.position,
        ),
    )


@on(RunAbandoned)
def run_abandoned(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "UPDATE runs SET outcome = 'abandoned', finished_at = ?, detail = ?, position = ? WHERE run_id = ?",
        (_time(recorded), f"taken over by run {e.by_run}", recorded.position, e.run_id),
    )


@on(DocumentReceived)
def document_received(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    received = e.received_at.astimezone(UTC).isoformat()
    db.execute(
        "INSERT INTO documents (document_id, source, source_uri, url, outlet, language, media_type, size, sha256, "
        "revision, status, first_received_at, received_at, raw_file, problem, problem_detail, received_position, position, "
        "title, published, source_outlet, authors, published_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (document_id) DO UPDATE SET source = excluded.source, source_uri = excluded.source_uri, "
        "url = excluded.url, outlet = coalesce(excluded.outlet, outlet), language = excluded.language, "
        "media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256, revision = excluded.revision, "
        "status = 'pending', reason = NULL, detail = NULL, received_at = excluded.received_at, "
        "raw_file = excluded.raw_file, problem = excluded.problem, problem_detail = excluded.problem_detail, tries = 0, "
        "title = excluded.title, published = excluded.published, source_outlet = excluded.source_outlet, "
        "authors = excluded.authors, published_at = excluded.published_at, "
        "received_position = excluded.received_position, position = excluded.position",
        (
            e.document_id,
            e.source,
            e.source_uri,
            e.url,
            e.outlet,
            e.language,
            e.media_type,
            e.size,
            e.sha256,
            e.revision,
            received,
            received,
            e.raw_file,
            e.problem,
            e.problem_detail,
            recorded.position,
            recorded.position,
            e.title,
            e.published.isoformat() if e.published else None,
            e.outlet,
            json.dumps(list(e.authors)),
            e.published_at,
        ),
    )


@on(DocumentIngested)
def document_ingested(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            e.output_id,
            e.document_id,
            e.revision,
            e.sha256,
            e.article_id,
            e.batch_id,
            e.rules,
            e.signature,
            e.duplicate_of,
            e.similarity,
            recorded.position,
        ),
    )
    db.executemany(
        "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(key, e.output_id) for key in band_keys(unpacked(e.signature))]
    )
    _let_go(db, recorded, e.document_id, e.sha256)
    before = db.execute("SELECT output_id FROM contents WHERE sha256 = ?", (e.sha256,)).fetchone()
    if before is not None and before[0] != e.output_id:
        _die(db, recorded, before[0], "rules")
    db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (e.sha256, e.output_id))
    db.execute(
        "UPDATE documents SET status = 'ingested', reason = NULL, detail = NULL, article_id = ?, article_sha256 = ?, "
        "output_id = ?, outlet = coalesce(outlet, ?), decided_at = ?, position = ? WHERE document_id = ?",
        (e.article_id, e.sha256, e.output_id, e.outlet, _time(recorded), recorded.position, e.document_id),
    )


@on(DocumentDuplicate)
def document_duplicate(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    _let_go(db, recorded, e.document_id, e.sha256)
    db.execute(
        "UPDATE documents SET status = 'duplicate', reason = NULL, detail = NULL, article_id = ?, article_sha256 = ?, "
        "output_id = NULL, decided_at = ?, position = ? WHERE document_id = ?",
        (e.article_id, e.sha256, _time(recorded), recorded.position, e.document_id),
    )


@on(DocumentRejected)
def document_rejected(db: sqlite3.Connection, recorded: Recorded) -> None:
    """The document's earlier article, if it had one, stays: a spoilt fetch takes nothing away.

    Where newer rules turn away the very content of the article, that goes, for every document that prints it.
    """
    e: Any = recorded.event
    db.execute(
        "INSERT OR REPLACE INTO outputs (output_id, document_id, revision, sha256, batch_id, rules, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (e.output_id, e.document_id, e.revision, e.sha256, e.batch_id, e.rules, recorded.position),
    )
    _end_reject(db, recorded, e.document_id, e.sha256)
    made = db.execute("SELECT output_id FROM contents WHERE sha256 = ?", (e.sha256,)).fetchone()
    if made is not None:
        _die(db, recorded, made[0], "rules")
        db.execute("DELETE FROM contents WHERE sha256 = ?", (e.sha256,))
        db.execute(
            "UPDATE documents SET status = CASE sha256 WHEN ? THEN 'rejected' ELSE status END, reason = ?, detail = ?, "
            "article_id = NULL, article_sha256 = NULL, decided_at = ?, position = ? WHERE article_sha256 = ?",
            (e.sha256, e.reason, e.detail, _time(recorded), recorded.position, e.sha256),
        )
    db.execute(
        "UPDATE documents SET status = 'rejected', reason = ?, detail = ?, output_id = ?, decided_at = ?, position = ? "
        "WHERE document_id = ?",
        (e.reason, e.detail, e.output_id, _time(recorded), recorded.position, e.document_id),
    )


@on(DocumentRequeued)
def document_requeued(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "UPDATE documents SET status = 'pending', received_position = ?, position = ?, tries = tries + 1 WHERE document_id = ?",
        (recorded.position, recorded.position, e.document_id),
    )


@on(DocumentWithdrawn)
def document_withdrawn(db: sqlite3.Connection, recorded: Recorded) -> None:
    _withdraw(db, recorded, "withdrawn")


@on(DocumentPurged)
def document_purged(db: sqlite3.Connection, recorded: Recorded) -> None:
    _withdraw(db, recorded, "purged")


def _withdraw(db: sqlite3.Connection, recorded: Recorded, status: str) -> None:
    e: Any = recorded.event
    _let_go(db, recorded, e.document_id, None)
    db.execute(
        "UPDATE documents SET status = ?, reason = ?, article_id = NULL, article_sha256 = NULL, output_id = NULL, "
        "decided_at = ?, position = ? WHERE document_id = ?",
        (status, e.why, _time(recorded), recorded.position, e.document_id),
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
        db.execute("INSERT OR REPLACE INTO owners VALUES (?, ?)", (current[0], heir[0]))


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
    db.execute(
        "INSERT OR REPLACE INTO dead VALUES (?, ?, ?, ?, ?)",
        (output_id, batch[0] if batch else None, recorded.position, _time(recorded), cause),
    )


@on(BatchCommitted)
def batch_committed(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    for file in e.files:
        _add_file(db, recorded, file)
        db.execute("INSERT OR REPLACE INTO batch_files VALUES (?, ?)", (e.batch_id, file.path))


def _add_file(db: sqlite3.Connection, recorded: Recorded, file: Any) -> None:
    db.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
        (file.path, file.table, file.rows, file.bytes, file.sha256, file.schema, recorded.position),
    )


@on(FilesCompacted)
def files_compacted(db: sqlite3.Connection, recorded: Recorded) -> None:
    """Rows moved: every new file holds the batches of the files of its table that it replaces.

    An event of the raw table replaces files by one.
    """
    e: Any = recorded.event
    marks = ",".join("?" * len(e.replaced))
    for file in e.files:
        _add_file(db, recorded, file)
        db.execute(
            f"INSERT OR IGNORE INTO batch_files SELECT DISTINCT b.batch_id, ? FROM batch_files b JOIN files f USING (path) "
            f"WHERE f.tab = ? AND b.path IN ({marks})",
            (file.path, file.table, *e.replaced),
        )
    now = next((file.path for file in e.files if file.table == "raw"), None)
    for path in e.replaced:
        if db.execute("SELECT 1 FROM files WHERE path = ? AND tab = 'raw'", (path,)).fetchone():
            db.execute("INSERT OR REPLACE INTO moved VALUES (?, ?)", (path, now))
            db.execute("UPDATE documents SET raw_file = ? WHERE raw_file = ?", (now, path))
        db.execute("DELETE FROM files WHERE path = ?", (path,))
        db.execute("DELETE FROM batch_files WHERE path = ?", (path,))
        db.execute("INSERT OR REPLACE INTO retired VALUES (?, ?)", (path, _time(recorded)))


@on(FilesSwept)
def files_swept(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.executemany("DELETE FROM retired WHERE path = ?", [(path,) for path in e.paths])


@on(KnowledgeLearned)
def knowledge_learned(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute(
        "INSERT OR REPLACE INTO knowledge VALUES (?, ?, ?, ?)",
        (e.site, e.knowledge_id, json.dumps(list(e.lines)), recorded.position),
    )


@on(SourcePolled)
def source_polled(db: sqlite3.Connection, recorded: Recorded) -> None:
    e: Any = recorded.event
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"polled:{e.source}", json.dumps(dict(e.memory))))


@on(ClaimReviewed)
def claim_reviewed(db: sqlite3.Connection, recorded: Recorded) -> None:
    """The last verdict on a claim stands. Corrections add up field by field, whatever the verdicts between them.

    `taken_back` names fields whose correction ends; `undone` ends all that was said of the claim. A claim of which a
    correction is all that was said, and no field of it is left, is as if nobody had reviewed it.
    """
    e: Any = recorded.event
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
