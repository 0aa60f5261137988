"""Gives documents to workers in batches, and appends what came of each batch to the log: that append is the commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from copydesk.flows.runs.run import Run
from copydesk.warehouse.events import BatchCommitted, DocumentIngested, DocumentRejected, Event
from copydesk.warehouse.home import Home

if TYPE_CHECKING:
    from copydesk.flows.workers.task import Manifest, Result, Task
    from copydesk.warehouse.copies import Copy, CopyFinder
    from copydesk.warehouse.documents import Receipt

LEAST_BATCH, MOST_BATCH = 32, 256
BATCH_BYTES = 24 * 1024 * 1024
"""A worker is given this many documents at once, or this many bytes of them: what is judged together costs less."""

ALONE = 4 * 1024 * 1024
"""A document of more bytes is a batch of its own."""

FEW = 16
"""Up to this many documents are made in this process: a pool of processes costs more than it saves."""


def dispatch(run: Run, documents: Iterable[Receipt], total: int) -> None:
    """Makes the outputs of documents, rows of the state in the order of their receipt, by the rules in force.

    `total` is how many there are at most. They are read as workers become free, so that memory stays flat.
    """
    from copydesk.flows.workers.executors import in_process, on_cluster, on_processes
    from copydesk.warehouse.copies import CopyFinder

    copies = CopyFinder(run.state)
    tasks = _tasks(run, documents, total)
    if run.settings.executor:
        manifests = on_cluster(tasks, run.settings.executor)
    elif run.settings.workers == 1 or total <= FEW:
        manifests = in_process(tasks)
    else:
        manifests = on_processes(tasks, run.settings.workers, pool=run.pool)
    done = rejected = 0
    for _, manifest in manifests:
        run.append(*_decided(manifest, run, copies))
        copies.committed()
        run.tally.measures.update(manifest.measures)
        run.tally.roles.update(manifest.roles)
        run.tally.failed_expectations.update(manifest.failed_expectations)
        done += len(manifest.results)
        rejected += sum(result.article_id is None for result in manifest.results)
        run.progress.batch(done, total, rejected)


def _tasks(run: Run, documents: Iterable[Receipt], total: int) -> Iterator[Task]:
    """Cuts documents into batches; how they are cut changes no result."""
    from copydesk.flows.runs.site_lines import site_of_document
    from copydesk.flows.workers.task import Task

    for number, batch in enumerate(_cut(documents, total, run.settings.workers)):
        sites = {document["document_id"]: site_of_document(document) for document in batch}
        yield Task(
            home=Home(run.home.root.resolve(), run.home.remote),
            run_id=run.run_id,
            batch_id=f"{run.run_id[:8]}-{run.state.position}-{number}",
            documents=batch,
            rules=run.rules.name,
            rule_set=run.rules,
            limits=run.settings.limits,
            now=run.started_at,
            knowledge={site: run.state.repeated_lines(site) for site in set(sites.values())},
            sites=sites,
        )


def _cut(documents: Iterable[Receipt], total: int, workers: int) -> Iterator[list[Receipt]]:
    """Batches of at most `MOST_BATCH` documents or `BATCH_BYTES`; one of over `ALONE` bytes holds up no other.

    Towards the end of the `total` they become smaller, so that all workers end at about the same time.
    """
    left = total
    batch: list[Receipt] = []
    weight = 0
    for document in documents:
        size = max(LEAST_BATCH, min(MOST_BATCH, left // (workers * 2)))
        full = len(batch) >= size or weight + document["size"] > BATCH_BYTES
        if batch and (full or max(document["size"], batch[-1]["size"]) > ALONE):
            yield batch
            left -= len(batch)
            batch, weight = [], 0
        batch.append(document)
        weight += document["size"]
    if batch:
        yield batch


def _decided(manifest: Manifest, run: Run, copies: CopyFinder) -> list[Event]:
    """The events of one batch, near copies decided in the order of the log."""
    events: list[Event] = [BatchCommitted(manifest.batch_id, run.run_id, manifest.files, len(manifest.results))]
    for result in manifest.results:
        if result.article_id is None:
            run.tally.counts["rejected"] += 1
            events.append(_rejected(result, manifest.batch_id, run.rules.name))
            continue
        run.tally.counts["ingested"] += 1
        run.tally.counts.update({name: result.counts[name] for name in ("sentences", "facts")})
        copy = copies.decide(result.article_id, result.document_id, result.signature)
        events.append(_ingested(result, result.article_id, copy, manifest.batch_id, run.rules.name))
    return events


def _rejected(result: Result, batch_id: str, rules: str) -> DocumentRejected:
    return DocumentRejected(
        document_id=result.document_id,
        revision=result.revision,
        sha256=result.sha256,
        output_id=result.output_id,
        batch_id=batch_id,
        rules=rules,
        reason=result.reason or "",
        detail=result.detail or "",
        knowledge=result.knowledge,
    )


def _ingested(result: Result, article_id: str, copy: Copy | None, batch_id: str, rules: str) -> DocumentIngested:
    from copydesk.transforms.words.signature import packed

    return DocumentIngested(
        document_id=result.document_id,
        revision=result.revision,
        sha256=result.sha256,
        output_id=result.output_id,
        article_id=article_id,
        batch_id=batch_id,
        rules=rules,
        outlet=result.outlet,
        signature=packed(result.signature),
        counts=result.counts,
        knowledge=result.knowledge,
        duplicate_of=copy.duplicate_of if copy else None,
        similarity=copy.similarity if copy else None,
    )
