"""What a worker does with a batch: transforms, judges, writes Parquet under new names, returns a manifest."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import Any

from copydesk.flows.wiring import rules
from copydesk.flows.workers.guard import Guard, load_rules
from copydesk.flows.workers.judgement import judged
from copydesk.flows.workers.lazy_imports import UNUSED, defer, loading
from copydesk.flows.workers.rows import Made, made_of, rows_of
from copydesk.flows.workers.task import Manifest, Result, Task
from copydesk.transforms.identity import output_id_of
from copydesk.transforms.types import RawDocument
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.files import read_raw, write_rows
from copydesk.warehouse.home import Home
from copydesk.warehouse.schemas import TABLES

LOST = ("unreadable", "Its raw bytes are lost. Put the file back where it was and run: copydesk verify --repair")


@cache
def ready() -> None:
    """Loads what a worker needs, once a process: the rules and the judge."""
    with loading():
        defer(*UNUSED)
        import_module("copydesk.expectations.judge")
        load_rules()


def work(task: Task) -> Manifest:
    """Makes a batch, with a reader of its own."""
    with Guard(task.limits) as guard:
        return make(task, guard)


_kept = threading.local()


def work_on(task: Task) -> Manifest:
    """Makes a batch with the reader that made this thread's last one: what it loaded late, it loads once."""
    guard: Guard | None = getattr(_kept, "guard", None)
    if guard is None or guard.limits != task.limits:
        guard = _kept.guard = Guard(task.limits)
    return make(task, guard)


def make(task: Task, guard: Guard) -> Manifest:
    """Makes a batch. One bad document never stops the others: what it raises becomes its reject."""
    ready()
    raws = raw_documents(task.home, task.documents)
    made = [_one(task, raw, document["tries"], guard) for raw, document in zip(raws, task.documents, strict=True)]
    rows, outcome = judged(made, task)
    files = tuple(
        write_rows(task.into or task.home, TABLES[table], table_rows, task.batch_id)
        for table, table_rows in rows.items()
        if table_rows
    )
    return Manifest(
        batch_id=task.batch_id,
        files=files,
        results=tuple(map(_result, made)),
        measures=outcome.measures,
        roles=outcome.roles,
        failed_expectations=outcome.failed,
    )


def work_elsewhere(task: Task) -> Manifest:
    """Makes a batch on another machine.

    Raises PermanentError where other rules are installed there: what they made would not be what the log says.
    """
    if task.rules != rules():
        raise PermanentError("A worker has other rules than the run. Install the same copydesk and libraries on all machines.")
    return work_on(task)


def raw_documents(home: Home, documents: Sequence[Mapping[str, Any]]) -> Iterator[RawDocument]:
    """The raw documents that rows of the state name, in their order; the bytes of one raw file in memory at a time."""
    for path, group in groupby(documents, key=itemgetter("raw_file")):
        wanted = {(document["document_id"], document["revision"]): document for document in group}
        data = {(row["document_id"], row["revision"]): row["data"] for row in read_raw(home, path, wanted)}
        for key, document in wanted.items():
            yield _raw_document(document, data.pop(key, None))


def _raw_document(d: Mapping[str, Any], data: bytes | None) -> RawDocument:
    problem, detail = (d["problem"], d["problem_detail"]) if data is not None else LOST
    return RawDocument(
        document_id=d["document_id"],
        revision=d["revision"],
        source=d["source"],
        source_uri=d["source_uri"],
        media_type=d["media_type"],
        data=data or b"",
        size=d["size"],
        sha256=d["sha256"],
        received_at=datetime.fromisoformat(d["received_at"]),
        url=d["url"],
        outlet=d["source_outlet"],
        language=d["language"],
        problem=problem,
        problem_detail=detail,
        title=d["title"],
        published=date.fromisoformat(d["published"]) if d["published"] else None,
        published_at=datetime.fromisoformat(d["published_at"]) if d.get("published_at") else None,
        authors=tuple(json.loads(d.get("authors") or "[]")),
    )


def _one(task: Task, raw: RawDocument, tries: int, guard: Guard) -> Made:
    knowledge, repeated = task.knowledge.get(task.sites.get(raw.document_id, ""), (None, frozenset()))
    if task.crashed:
        raw = replace(raw, problem="crashed_worker", problem_detail="Its worker died twice while reading it.")
    output_id = output_id_of(raw.document_id, raw.revision, raw.sha256, task.rules, knowledge, tries)
    return made_of(raw, guard.read(raw, repeated), output_id, knowledge, rows_of)


def _result(made: Made) -> Result:
    raw = made.raw
    return Result(
        document_id=raw.document_id,
        revision=raw.revision,
        sha256=raw.sha256,
        output_id=made.output_id,
        article_id=None if made.verdict else made.article_id,
        reason=made.verdict.reason if made.verdict else None,
        detail=made.verdict.detail if made.verdict else None,
        outlet=made.outlet,
        signature=made.signature,
        counts=made.counts,
        knowledge=made.knowledge,
    )
