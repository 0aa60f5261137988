"""Documents to workers, their manifests to the log: one append a batch is the commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from copydesk.flows.runs.run import Run
from copydesk.flows.wiring import rules
from copydesk.warehouse.events import BatchCommitted, DocumentIngested, DocumentRejected, Event
from copydesk.warehouse.home import Home

LEAST_BATCH, MOST_BATCH = 32, 256
BATCH_BYTES = 24 * 1024 * 1024
"""A worker is given so many documents at once, or so many bytes of them: what is judged together costs less."""

ALONE = 4 * 1024 * 1024
"""A document of more bytes is a batch of its own."""

FEW = 16
"""So few documents are made in this process: a pool costs more than it saves."""


def dispatch(run: Run, documents: Iterable[Mapping[str, Any]], total: int) -> None:
    """Makes the outputs of documents, rows of the state in the order of their receipt, by the rules in force.

    `total` is how many there are at most. They are read as workers become free, so that memory stays flat.
    """
    from copydesk.flows.workers.executors import in_process, on_cluster, on_processes
    from copydesk.warehouse.copies import CopyFinder

    copies = CopyFinder(run.state)
    tasks = _tasks(run, documents, total)
    if run.settings.executor:
        made = on_cluster(tasks, run.settings.executor)
    elif run.settings.workers == 1 or total <= FEW:
        made = in_process(tasks)
    else:
        made = on_processes(tasks, run.settings.workers, pool=run.pool)
    done = rejected = 0
    for _, manifest in made:
        run.append(*_decided(manifest, run, copies))
        copies.committed()
        run.tally.measures.update(manifest.measures)
        run.tally.roles.update(manifest.roles)
        run.tally.failed_expectations.update(manifest.failed_expectations)
        done += len(manifest.results)
        rejected += sum(result.article_id is None for result in manifest.results)
        run.progress.batch(done, total, rejected)


def _tasks(run: Run, documents: Iterable[Mapping[str, Any]], total: int) -> Iterator[Any]:
    """Cuts documents into batches; how they are cut changes no result."""
    from copydesk.flows.runs.site_lines import site_of_document
    from copydesk.flows.workers.task import Task

    for n, batch in enumerate(_cut(documents, total, run.settings.workers)):
        sites = {d["document_id"]: site_of_document(d) for d in batch}
        yield Task(
            home=Home(run.home.root.resolve(), run.home.remote),
            run_id=run.run_id,
            batch_id=f"{run.run_id[:8]}-{run.state.position}-{n}",
            documents=batch,
            rules=rules(),
            limits=run.settings.limits,
            now=run.started_at,
            knowledge={site: run.state.repeated_lines(site) for site in set(sites.values())},
            sites=sites,
        )


def _cut(documents: Iterable[Mapping[str, Any]], total: int, workers: int) -> Iterator[list[Mapping[str, Any]]]:
    """Batches of at most `MOST_BATCH` documents or `BATCH_BYTES`; one of over `ALONE` bytes holds up no other.

    Towards the end of the `total` they become smaller, so that all workers end at about the same time.
    """
    left = total
    batch: list[Mapping[str, Any]] = []
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


def _decided(manifest: Any, run: Run, copies: Any) -> list[Event]:
    """The events of one batch, near copies decided in the order of the log."""
    from copydesk.transforms.signature import packed

    events: list[Event] = [BatchCommitted(manifest.batch_id, run.run_id, manifest.files, len(manifest.results))]
    for r in manifest.results:
        if r.article_id is None:
            run.tally.counts["rejected"] += 1
            events.append(
                DocumentRejected(
                    r.document_id,
                    r.revision,
                    r.sha256,
                    r.output_id,
                    manifest.batch_id,
                    rules(),
                    r.reason,
                    r.detail,
                    r.knowledge,
                )
            )
            continue
        run.tally.counts["ingested"] += 1
        run.tally.counts.update({name: r.counts[name] for name in ("sentences", "facts")})
        copy = copies.decide(r.article_id, r.document_id, r.signature)
        events.append(
            DocumentIngested(
                r.document_id,
                r.revision,
                r.sha256,
                r.output_id,
                r.article_id,
                manifest.batch_id,
                rules(),
                r.outlet,
                packed(r.signature),
                r.counts,
                r.knowledge,
                copy.duplicate_of if copy else None,
                copy.similarity if copy else None,
            )
        )
    return events
