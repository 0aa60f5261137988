"""What a worker does with a batch: transforms, judges, writes Parquet under new names, returns a manifest."""

from __future__ import annotations

import contextlib
import signal
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from types import FrameType
from typing import Any

from copydesk.flows.wiring import rules, transformer
from copydesk.flows.workers.lazy_imports import UNUSED, defer, loading
from copydesk.flows.workers.rows import Made, judged, made_of, rows_of
from copydesk.transforms.identity import output_id_of
from copydesk.transforms.types import Extraction, RawDocument, Verdict
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import FileEntry
from copydesk.warehouse.files import read_raw, write_rows
from copydesk.warehouse.home import Home
from copydesk.warehouse.schemas import TABLES

SECONDS = 30
"""How long the rules may take for one document before it is turned away as `timed_out`."""


LOST = ("unreadable", "Its raw bytes are lost. Put the file back where it was and run: copydesk verify --repair")


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeoutError inside the block once the time is over; only a process's main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(frozen=True)
class Task:
    """A batch to be made: plain data, so that it can travel."""

    home: Home
    run_id: str
    batch_id: str
    documents: Sequence[Mapping[str, Any]]
    rules: str
    limit: int
    now: datetime
    knowledge: Mapping[str, tuple[str | None, frozenset[str]]] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    crashed: bool = False
    """Set for a lone document that killed its worker twice: it is turned away unread."""

    into: Home | None = None
    """Where the rows are written, if not into the home that the raw bytes are read from."""


@dataclass(frozen=True)
class Result:
    """What became of one document of a batch."""

    document_id: str
    revision: int
    sha256: str
    output_id: str
    article_id: str | None
    reason: str | None
    detail: str | None
    outlet: str | None
    signature: tuple[int, ...]
    counts: Mapping[str, int]
    knowledge: str | None


@dataclass(frozen=True)
class Manifest:
    """What a worker made of a task: files on disk, results in the task's order, numbers for people."""

    batch_id: str
    files: tuple[FileEntry, ...]
    results: tuple[Result, ...]
    measures: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    failed_expectations: Mapping[str, int] = field(default_factory=dict)


@cache
def ready() -> None:
    """Loads what a worker needs, once a process: the rules and the judge."""
    with loading():
        defer(*UNUSED)
        import_module("copydesk.expectations.judge")
        transformer()


def work(task: Task) -> Manifest:
    """Makes a batch. One bad document never stops the others: what it raises becomes its reject."""
    ready()
    raws = raw_documents(task.home, task.documents)
    made = [_one(task, raw, document["tries"]) for raw, document in zip(raws, task.documents, strict=True)]
    rows, outcome = judged(made, task)
    files = tuple(
        write_rows(task.into or task.home, TABLES[table], table_rows, task.batch_id)
        for table, table_rows in rows.items()
        if table_rows
    )
    return Manifest(task.batch_id, files, tuple(map(_result, made)), outcome.measures, outcome.roles, outcome.failed)


def work_elsewhere(task: Task) -> Manifest:
    """Makes a batch on another machine.

    Raises PermanentError where other rules are installed there: what they made would not be what the log says.
    """
    if task.rules != rules():
        raise PermanentError("A worker has other rules than the run. Install the same copydesk and libraries on all machines.")
    return work(task)


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
    )


def _one(task: Task, raw: RawDocument, tries: int) -> Made:
    knowledge, repeated = task.knowledge.get(task.sites.get(raw.document_id, ""), (None, frozenset()))
    if task.crashed:
        raw = replace(raw, problem="crashed_worker", problem_detail="Its worker died twice while reading it.")
    output_id = output_id_of(raw.document_id, raw.revision, raw.sha256, task.rules, knowledge, tries)
    rest = (output_id, knowledge, rows_of)
    try:
        with time_limit(SECONDS):
            extraction = transformer().transform(raw, task.limit, repeated)
        return made_of(raw, extraction, *rest)
    except TimeoutError:
        detail = f"Reading it took longer than {SECONDS} seconds. Its bytes are kept; report the file to the maintainers."
        return made_of(raw, Extraction(verdict=Verdict("timed_out", detail)), *rest)
    except Exception:  # noqa: BLE001  # whatever a rule raises is that document's alone
        verdict = Verdict("failed", traceback.format_exc(limit=-8))
        return made_of(raw, Extraction(verdict=verdict), *rest)


def _result(made: Made) -> Result:
    raw = made.raw
    return Result(
        raw.document_id,
        raw.revision,
        raw.sha256,
        made.output_id,
        None if made.verdict else made.article_id,
        made.verdict.reason if made.verdict else None,
        made.verdict.detail if made.verdict else None,
        made.outlet,
        made.signature,
        made.counts,
        made.knowledge,
    )
