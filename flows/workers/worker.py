"""What a worker does with a batch: transforms, judges, writes Parquet under new names, returns a manifest."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from importlib import import_module

from copydesk.flows.workers.guard import Guard, load_rules
from copydesk.flows.workers.judgement import judged
from copydesk.flows.workers.lazy_imports import OPTIONAL, UNASKED, UNUSED, absent, defer, loading, unasked
from copydesk.flows.workers.raw_documents import raw_documents
from copydesk.flows.workers.rows import DocumentRows, document_rows
from copydesk.flows.workers.task import Manifest, Result, Task
from copydesk.transforms.identity import output_id_of
from copydesk.transforms.rule_set import RuleSet
from copydesk.transforms.types import RawDocument
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.files import write_rows
from copydesk.warehouse.schemas import TABLES


@cache
def ready(rule_set: RuleSet) -> None:
    """Loads what a worker needs, once a process: the rules and the judge."""
    with loading():
        defer(*UNUSED)
        with absent(*OPTIONAL), unasked(*UNASKED):
            import_module("copydesk.expectations.judge").prepare()
            load_rules(rule_set)


def work(task: Task) -> Manifest:
    """Makes a batch, with a reader of its own."""
    with Guard(task.limits, task.rule_set) as guard:
        return make(task, guard)


_thread = threading.local()
"""The guard of each thread that makes batches, kept from one batch to the next."""


def work_on(task: Task) -> Manifest:
    """Makes a batch with the reader that made this thread's last one: what it loaded late, it loads once."""
    guard: Guard | None = getattr(_thread, "guard", None)
    if guard is None or (guard.limits, guard.rule_set) != (task.limits, task.rule_set):
        guard = _thread.guard = Guard(task.limits, task.rule_set)
    return make(task, guard)


def make(task: Task, guard: Guard) -> Manifest:
    """Makes a batch. One bad document never stops the others: what it raises becomes its reject."""
    ready(task.rule_set)
    raws = raw_documents(task.home, task.documents)
    documents = [
        _document_rows(task, raw, document["tries"], guard) for raw, document in zip(raws, task.documents, strict=True)
    ]
    rows, outcome = judged(documents, task)
    files = tuple(
        write_rows(task.into or task.home, TABLES[table], table_rows, task.batch_id)
        for table, table_rows in rows.items()
        if table_rows
    )
    return Manifest(
        batch_id=task.batch_id,
        files=files,
        results=tuple(map(_result, documents)),
        measures=outcome.measures,
        roles=outcome.roles,
        failed_expectations=outcome.failed,
    )


def work_elsewhere(task: Task) -> Manifest:
    """Makes a batch on another machine.

    Raises PermanentError where other rules are installed there: what they made would not be what the log says.
    """
    if task.rules != task.rule_set.name:
        raise PermanentError("A worker has other rules than the run. Install the same copydesk and libraries on all machines.")
    return work_on(task)


def _document_rows(task: Task, raw: RawDocument, tries: int, guard: Guard) -> DocumentRows:
    """What the rules make of one document, at its try number `tries`, from 0."""
    knowledge, repeated = task.knowledge.get(task.sites.get(raw.document_id, ""), (None, frozenset()))
    if task.crashed:
        raw = replace(raw, problem="crashed_worker", problem_detail="Its worker died twice while reading it.")
    output_id = output_id_of(raw.document_id, raw.revision, raw.sha256, task.rules, knowledge, tries)
    return document_rows(raw, guard.read(raw, repeated), output_id, knowledge, task.rule_set.lexicon())


def _result(document: DocumentRows) -> Result:
    raw = document.raw
    return Result(
        document_id=raw.document_id,
        revision=raw.revision,
        sha256=raw.sha256,
        output_id=document.output_id,
        article_id=None if document.verdict else document.article_id,
        reason=document.verdict.reason if document.verdict else None,
        detail=document.verdict.detail if document.verdict else None,
        outlet=document.outlet,
        signature=document.signature,
        counts=document.counts,
        knowledge=document.knowledge,
    )
