"""What events about documents do to the folded state: what is received, what is made of it, what goes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC

from copydesk.transforms.identity import article_id_of
from copydesk.transforms.words.signature import band_keys, unpacked
from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import (
    DocumentDuplicate,
    DocumentIngested,
    DocumentPurged,
    DocumentReceived,
    DocumentRejected,
    DocumentRequeued,
    DocumentWithdrawn,
)
from copydesk.warehouse.projections.registry import insert_statement, on, replace_statement, time_of, values_of

NOTHING = hashlib.sha256().hexdigest()
"""The content of empty documents, and of those that could not be read at all."""

RECEIVE = insert_statement(
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
    values = values_of(
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


OUTPUT = replace_statement(
    "outputs",
    "output_id document_id revision sha256 article_id batch_id rules signature duplicate_of similarity position",
)


@on(DocumentIngested)
def document_ingested(db: sqlite3.Connection, event: DocumentIngested, recorded: Recorded) -> None:
    db.execute(OUTPUT, values_of(event, recorded))
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
    db.execute(replace_statement("contents", "sha256 output_id"), vars(event))
    db.execute(
        "UPDATE documents SET status = 'ingested', reason = NULL, detail = NULL, article_id = :article_id, "
        "article_sha256 = :sha256, output_id = :output_id, outlet = coalesce(outlet, :outlet), decided_at = :at, "
        "position = :position WHERE document_id = :document_id",
        values_of(event, recorded),
    )


@on(DocumentDuplicate)
def document_duplicate(db: sqlite3.Connection, event: DocumentDuplicate, recorded: Recorded) -> None:
    _let_go(db, recorded, event.document_id, event.sha256)
    db.execute(
        "UPDATE documents SET status = 'duplicate', reason = NULL, detail = NULL, article_id = :article_id, "
        "article_sha256 = :sha256, output_id = NULL, decided_at = :at, position = :position WHERE document_id = :document_id",
        values_of(event, recorded),
    )


@on(DocumentRejected)
def document_rejected(db: sqlite3.Connection, event: DocumentRejected, recorded: Recorded) -> None:
    """The document's earlier article, if it had one, stays: a spoilt fetch takes nothing away.

    Where newer rules turn away the very content of the article, that goes, for every document that prints it.
    """
    values = values_of(event, recorded)
    db.execute(replace_statement("outputs", "output_id document_id revision sha256 batch_id rules position"), values)
    _end_reject(db, recorded, event.document_id, event.sha256)
    standing = db.execute("SELECT output_id FROM contents WHERE sha256 = :sha256", values).fetchone()
    if standing is not None:
        _die(db, recorded, standing[0], "rules")
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
        values_of(event, recorded),
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
    db.execute(replace_statement("meta", "key value"), {"key": "purged", "value": str(recorded.position)})
    contents = [(article_id_of(sha256), sha256, event.document_id) for sha256 in event.contents]
    db.executemany(
        "DELETE FROM added_claims WHERE article_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM documents WHERE sha256 = ? AND document_id <> ? AND status <> 'purged')",
        contents,
    )
    _withdraw(db, event, recorded, "purged")


def _withdraw(db: sqlite3.Connection, event: DocumentWithdrawn | DocumentPurged, recorded: Recorded, status: str) -> None:
    _let_go(db, recorded, event.document_id, None)
    db.execute(
        "UPDATE documents SET status = :status, reason = :why, article_id = NULL, article_sha256 = NULL, output_id = NULL, "
        "decided_at = :at, position = :position WHERE document_id = :document_id",
        values_of(event, recorded, status=status),
    )


def _let_go(db: sqlite3.Connection, recorded: Recorded, document_id: str, sha256: str | None) -> None:
    """Parts a document from its earlier content: the output of that dies, or goes to another document that prints it."""
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
        "died_at": time_of(recorded),
        "cause": cause,
    }
    db.execute(replace_statement("dead", "output_id batch_id position died_at cause"), values)
