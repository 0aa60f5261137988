"""The first step of a run: what is new at a source is stored as it is, and the log says that it was received."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from copydesk.flows.runs.dispatch import FEW
from copydesk.flows.runs.run import Run
from copydesk.flows.runs.seen_versions import SeenVersions
from copydesk.flows.sources.found import UNOPENED, Content, Found, Poll, Source
from copydesk.transforms.identity import document_id_of
from copydesk.warehouse.events import BatchCommitted, DocumentReceived, DocumentWithdrawn, Event, SourcePolled
from copydesk.warehouse.schemas import TABLES

RAW_ROWS = 500
RAW_BYTES = 8 * 1024 * 1024
"""Received documents are written and logged in lots of this many documents, or this many bytes."""

READ_AFTER_ALL = "it was read to its end"
"""Why the reject of a container is withdrawn; should it fail again, it is a reject again."""

NOT_REMEMBERED = ("unreadable", "vanished")
"""Problems that may be gone at the next run although the file is as it was: it is asked again."""


def receive(run: Run, source: Source) -> None:
    """Stores the bytes of every new or changed document, then names them in the log; nothing is parsed.

    What was purged is not taken in again: neither its address, nor its bytes under another one.
    """
    run.tally.sources.append(source.name)
    seen = SeenVersions(run.home.cache / "seen.sqlite")
    read_after_all: list[Event] = []

    def known(uri: str, version: str) -> bool:
        return seen.sha256(uri, _version(run, version)) is not None

    def ended(uri: str, version: str) -> None:
        seen.remember(uri, _version(run, version), "")
        read_after_all.extend(_reject_withdrawn(run, uri))

    remembered = run.state.memory(source.name)
    poll = Poll(known=known, ended=ended, memory=dict(remembered))
    try:
        _receive_all(run, source, poll, seen)
        if read_after_all:
            run.append(*read_after_all)
        seen.save()
        if poll.memory != remembered:
            received = run.tally.counts["received"]
            run.append(SourcePolled(source.name, received, received, poll.memory))
    finally:
        run.tally.skipped.update(source.skipped)
        seen.close()


def _receive_all(run: Run, source: Source, poll: Poll, seen: SeenVersions) -> None:
    """Stores what is new at a source, in lots."""
    purged, purged_contents = run.state.purged(), run.state.purged_contents()
    lot: list[tuple[DocumentReceived, bytes]] = []
    size = 0
    for found in source.discover(poll):
        if document_id_of(found.uri) in purged:
            run.tally.skipped["purged"] += 1
            continue
        received = _received(run, source.name, found, seen)
        if received is None:
            run.tally.counts["unchanged"] += 1
            continue
        receipt, data = received
        if receipt.sha256 in purged_contents:
            run.tally.skipped["purged"] += 1
            continue
        run.tally.counts["changed"] += receipt.revision > 1
        lot.append((receipt, data))
        size += len(data)
        if len(lot) >= RAW_ROWS or size >= RAW_BYTES:
            _save(run, lot)
            seen.save()
            lot, size = [], 0
    _save(run, lot)


def _received(run: Run, source: str, found: Found, seen: SeenVersions) -> tuple[DocumentReceived, bytes] | None:
    """The event and the bytes of a new or changed document; None for one that is as it was."""
    known = run.state.document(document_id_of(found.uri))
    version = _version(run, found.version)
    failed_again = known is not None and known["status"] == "withdrawn" and known["reason"] == READ_AFTER_ALL
    if known is not None and not failed_again and seen.sha256(found.uri, version) == known["sha256"]:
        return None
    content = _read(run, found)
    if content.problem not in NOT_REMEMBERED:
        seen.remember(found.uri, version, content.sha256)
    if known is not None and not failed_again and is_as_it_was(known, content) and told_as_before(known, found, source):
        return None
    revision = known["revision"] + 1 if known else 1
    receipt = receipt_of_found(found, content, source=source, revision=revision, received_at=run.started_at)
    return receipt, content.data


def _version(run: Run, version: str) -> str:
    """A version of what is found under the run's limit: what was too large is asked again once the limit is raised."""
    return f"{version} {run.settings.max_bytes}" if version else ""


def _read(run: Run, found: Found) -> Content:
    """The content of what was found; what cannot be read has a problem, and the others are received all the same."""
    try:
        return found.read(run.settings.max_bytes)
    except Exception as error:  # noqa: BLE001  # each store has errors of its own
        detail = f"{found.uri} could not be read: {type(error).__name__}: {error}. Check it and run again."
        return Content(b"", 0, hashlib.sha256().hexdigest(), "unreadable", detail)


def is_as_it_was(known: Mapping[str, Any], content: Content) -> bool:
    """Whether a document has the content, or the problem, that it had."""
    same = known["sha256"] == content.sha256 and known["problem"] == content.problem
    return bool(same and (content.problem is None or known["problem_detail"] == content.detail))


def told_as_before(known: Mapping[str, Any], found: Found, source: str) -> bool:
    """Whether the source says of a document what it said before: the same headline, authors, day, moment and address.

    What another source says of the same document is no news of it. The outlet and language of a file are settings of its
    source; those of a row of a table are the row's own.
    """
    if known["source"] != source or known["problem"] is not None:
        return True
    said = {
        "url": found.url,
        "title": found.title,
        "published": found.published.isoformat() if found.published else None,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "authors": json.dumps(list(found.authors)),
    }
    if not found.version and found.media_type != UNOPENED:
        said |= {"source_outlet": found.outlet, "language": found.language}
    return all(known[name] == value for name, value in said.items())


def _reject_withdrawn(run: Run, uri: str) -> Sequence[DocumentWithdrawn]:
    """Takes back the reject of a container that was read to its end now. It comes again should the container fail again."""
    document = run.state.document(document_id_of(uri))
    if document is None or document["problem"] is None or document["status"] not in ("rejected", "pending"):
        return ()
    return (DocumentWithdrawn(document["document_id"], READ_AFTER_ALL, "copydesk"),)


def receipt_of_found(found: Found, content: Content, *, source: str, revision: int, received_at: datetime) -> DocumentReceived:
    """The receipt of a document as a source gave it; the file of its bytes is named once they are written.

    Args:
        found: the document and what its source says of it.
        content: its bytes, or the problem that it has.
        source: the name of the source.
        revision: which of the document's contents this is, from 1.
        received_at: when the run began.
    """
    return DocumentReceived(
        document_id=document_id_of(found.uri),
        revision=revision,
        source=source,
        source_uri=found.uri,
        media_type=found.media_type,
        size=content.size,
        sha256=content.sha256,
        received_at=received_at,
        raw_file="",
        url=found.url,
        outlet=found.outlet,
        language=found.language,
        problem=content.problem,
        problem_detail=content.detail,
        title=found.title,
        published=found.published,
        authors=found.authors,
        published_at=found.published_at.isoformat() if found.published_at else None,
    )


def _save(run: Run, lot: Sequence[tuple[DocumentReceived, bytes]]) -> None:
    """Bytes to Parquet first, then the events that name the file: a crash between leaves a file to sweep."""
    if not lot:
        return
    from copydesk.warehouse.files import write_rows

    batch_id = f"raw-{lot[0][0].document_id[:8]}-{run.run_id[:8]}"
    rows = [
        {
            "document_id": event.document_id,
            "revision": event.revision,
            "sha256": event.sha256,
            "size": event.size,
            "media_type": event.media_type,
            "data": data,
        }
        for event, data in lot
    ]
    entry = write_rows(run.home, TABLES["raw"], rows, batch_id)
    events = [dataclasses.replace(event, raw_file=entry.path) for event, _ in lot]
    run.append(BatchCommitted(batch_id, run.run_id, (entry,), len(lot)), *events)
    run.tally.counts["received"] += len(lot)
    if run.tally.counts["received"] > FEW:
        run.warm_up()
