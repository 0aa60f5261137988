"""The steps of a run after the receiving, in their order: learn, process, conclude. Each works on an open run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from copydesk.flows.runs.compaction import compact_if_crowded
from copydesk.flows.runs.dispatch import dispatch
from copydesk.flows.runs.run import LOT, Run, TooManyRejects, publish_if_new
from copydesk.warehouse.documents import Document
from copydesk.warehouse.errors import in_stage
from copydesk.warehouse.events import DocumentDuplicate, Event

LEAST_JUDGED = 10
"""A run with fewer documents than this never fails for its share of rejects."""


Do = Callable[..., None]
"""Calls a step with its arguments, directly or as a task of a Prefect flow."""


def directly(step: Callable[..., None], /, *arguments: Any) -> None:
    """Calls a step in this process; an error that comes out of it names the step as its `stage`."""
    with in_stage(step.__name__):
        step(*arguments)


def decide_pending(run: Run, do: Do = directly) -> None:
    """Learns what repeats over a site and decides every pending document, where there is one."""
    if run.state.has_pending:
        do(learn, run)
        do(process, run)


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


def _to_process(run: Run, first: bool) -> Iterator[Document]:
    """Pending documents whose content is no article yet; those whose content is one become duplicates on the way.

    With `first`, of those with the same bytes only the one received first.
    """
    duplicates: list[Event] = []

    def append_duplicates() -> None:
        run.tally.counts["duplicates"] += run.append_all(duplicates)
        duplicates.clear()

    for document in run.state.pending():
        article = run.state.article_of(document["sha256"], document) if document["problem"] is None else None
        if article is not None:
            duplicates.append(DocumentDuplicate(document["document_id"], document["revision"], document["sha256"], article))
            if len(duplicates) == LOT:
                append_duplicates()
        elif not (first and run.state.waits(document)):
            yield document
    append_duplicates()


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
