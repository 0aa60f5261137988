"""The steps that runs are made of, in their order: receive, learn, process, conclude. Each works on an open run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from copydesk.flows.runs.compaction import compact_if_crowded
from copydesk.flows.runs.dispatch import FEW, dispatch
from copydesk.flows.runs.run import LOT, Run, TooManyRejects, publish_if_new
from copydesk.flows.runs.seen_versions import Seen
from copydesk.flows.sources.found import UNOPENED, Content, Found, Source
from copydesk.transforms.identity import document_id_of
from copydesk.warehouse.events import (
    BatchCommitted,
    DocumentDuplicate,
    DocumentReceived,
    DocumentWithdrawn,
    Event,
    SourcePolled,
)
from copydesk.warehouse.schemas import TABLES

RAW_ROWS = 500
RAW_BYTES = 8 * 1024 * 1024
"""Received documents are written and logged in lots of so many, or so many bytes."""

READ_AFTER_ALL = "it was read to its end"
"""Why the reject of a container is withdrawn; should it fail again, it is a reject again."""

NOT_REMEMBERED = ("unreadable", "vanished")
"""Problems that may be gone at the next run although the file is as it was: it is asked again."""

LEAST_JUDGED = 10
"""A run with fewer documents than this never fails for its share of rejects."""


Do = Callable[..., None]
"""Calls a step with its arguments, directly or as a task of a Prefect flow."""


def directly(step: Callable[..., None], /, *arguments: Any) -> None:
    """Calls a step in this process, with nothing around it."""
    step(*arguments)


def decide_pending(run: Run, do: Do = directly) -> None:
    """Learns what repeats over a site and decides every pending document, where there is one."""
    if run.state.has_pending:
        do(learn, run)
        do(process, run)


def receive(run: Run, source: Source) -> None:
    """Saves every new or changed document's bytes, then names them in the log; nothing is parsed.

    What was purged is not taken in again: neither its address, nor its bytes under another one.
    """
    run.tally.sources.append(source.name)
    remembered = run.state.memory(source.name)
    source.memory = dict(remembered)
    seen = Seen(run.home.cache / "seen.sqlite")
    purged, purged_contents = run.state.purged(), run.state.purged_contents()
    lot: list[tuple[DocumentReceived, bytes]] = []
    mended: list[Event] = []
    size = 0
    try:
        for found in source.discover(lambda uri, version: seen.sha256(uri, _version(run, version)) is not None):
            if found.ends:
                seen.remember(found.uri, _version(run, found.version), "")
                mended += _mended(run, found)
                continue
            if document_id_of(found.uri) in purged:
                run.tally.skipped["purged"] += 1
                continue
            received = _received(run, source.name, found, seen)
            if received is None:
                run.tally.counts["unchanged"] += 1
                continue
            if received[0].sha256 in purged_contents:
                run.tally.skipped["purged"] += 1
                continue
            lot.append(received)
            size += len(received[1])
            if len(lot) >= RAW_ROWS or size >= RAW_BYTES:
                _save(run, lot)
                seen.save()
                lot, size = [], 0
        _save(run, lot)
        if mended:
            run.append(*mended)
        seen.save()
        if source.memory != remembered:
            run.append(SourcePolled(source.name, run.tally.counts["received"], run.tally.counts["received"], source.memory))
    finally:
        run.tally.skipped.update(source.skipped)
        seen.close()


def _received(run: Run, source: str, found: Found, seen: Seen) -> tuple[DocumentReceived, bytes] | None:
    """The event and the bytes of a new or changed document; None for one that is as it was."""
    document_id = document_id_of(found.uri)
    known = run.state.document(document_id)
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
    return _event(run, source, found, content, document_id, revision), content.data


def _version(run: Run, version: str) -> str:
    """A version of what is found under the run's limit: what was too large is asked again once the limit is raised."""
    return f"{version} {run.settings.max_bytes}" if version else ""


def _read(run: Run, found: Found) -> Content:
    """The content of what was found; what cannot be read has a problem, and the others are received all the same."""
    try:
        return found.read(run.settings.max_bytes)
    except Exception as error:  # noqa: BLE001  # each store has errors of its own
        told = f"{found.uri} could not be read: {type(error).__name__}: {error}. Check it and run again."
        return Content(b"", 0, hashlib.sha256().hexdigest(), "unreadable", told)


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
    told = {
        "url": found.url,
        "title": found.title,
        "published": found.published.isoformat() if found.published else None,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "authors": json.dumps(list(found.authors)),
    }
    if not found.version and found.media_type != UNOPENED:
        told |= {"source_outlet": found.outlet, "language": found.language}
    return all(known[name] == value for name, value in told.items())


def _mended(run: Run, found: Found) -> Iterator[DocumentWithdrawn]:
    """Takes back the reject of a container that was read to its end now. It comes again should the container fail again."""
    document_id = document_id_of(found.uri)
    known = run.state.document(document_id)
    if known is not None and known["problem"] is not None and known["status"] in ("rejected", "pending"):
        yield DocumentWithdrawn(document_id, READ_AFTER_ALL, "copydesk")


def _event(run: Run, source: str, found: Found, content: Content, document_id: str, revision: int) -> DocumentReceived:
    return DocumentReceived(
        document_id,
        revision,
        source,
        found.uri,
        found.media_type,
        content.size,
        content.sha256,
        run.started_at,
        "",
        found.url,
        found.outlet,
        found.language,
        content.problem,
        content.detail,
        found.title,
        found.published,
        found.authors,
        found.published_at.isoformat() if found.published_at else None,
    )


def _save(run: Run, lot: Sequence[tuple[DocumentReceived, bytes]]) -> None:
    """Bytes to Parquet first, then the events that name the file: a crash between leaves a file to sweep."""
    if not lot:
        return
    import dataclasses

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


def learn(run: Run) -> None:
    """Learns which short lines repeat over a site, from all its raw documents so far: the run's one barrier."""
    from copydesk.flows.runs.site_lines import count_lines, site_of_document
    from copydesk.warehouse.repeated_lines import LineCounts, learn

    counts = LineCounts(run.home.cache / "lines.sqlite")
    try:
        # What a run that died had counted and not yet put into the log is learnt now.
        sites = count_lines(run, counts) | {site_of_document(document) for document in run.state.pending()}
        for event in learn(counts, run.state, sites):
            run.append(event)
    finally:
        counts.close()


def process(run: Run) -> None:
    """Decides every pending document: batches to workers, their manifests to the log, one append a batch.

    Of documents with the same bytes the first goes ahead; the others are duplicates of what it becomes, or are turned
    away as it was.
    """
    for first in (True, False):
        if total := run.state.pending_count:
            dispatch(run, _to_process(run, first), total)


def _to_process(run: Run, first: bool) -> Iterator[Mapping[str, Any]]:
    """Pending documents with contents that no article stands for; those of which one does become duplicates on the way.

    With `first`, of those with the same bytes only the one received first.
    """
    duplicates: list[Event] = []

    def told() -> None:
        run.tally.counts["duplicates"] += run.append_all(duplicates)
        duplicates.clear()

    for document in run.state.pending():
        article = run.state.article_of(document["sha256"], document) if document["problem"] is None else None
        if article is not None:
            duplicates.append(DocumentDuplicate(document["document_id"], document["revision"], document["sha256"], article))
            if len(duplicates) == LOT:
                told()
        elif not (first and run.state.waits(document)):
            yield document
    told()


def conclude(run: Run) -> None:
    """Ends the run in the log and publishes what is new; a run without news publishes nothing.

    Raises TooManyRejects where more than the allowed share of documents was turned away; what passed is kept
    and published all the same.
    """
    decided = run.tally.counts["ingested"] + run.tally.counts["rejected"] + run.tally.counts["duplicates"]
    share = run.tally.counts["rejected"] / decided if decided else 0.0
    too_many = decided >= LEAST_JUDGED and share > run.settings.max_rejects
    message = (
        f"{run.tally.counts['rejected']} of {decided} documents were rejected, more than the share of "
        f"{run.settings.max_rejects:g} that --max-rejects allows. What passed is kept. See: copydesk rejects"
    )
    compact_if_crowded(run)
    run.finish("failed" if too_many else "completed", message if too_many else None)
    publish_if_new(run)
    if too_many:
        raise TooManyRejects(message, run)
