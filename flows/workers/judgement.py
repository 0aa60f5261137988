"""Judges the rows of a batch: a row that breaks an expectation becomes a reject, and so do the rows that depend on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from copydesk.flows.workers.rows import DocumentRows, Row, Rows
from copydesk.flows.workers.task import Task
from copydesk.transforms.types import Verdict

if TYPE_CHECKING:
    from copydesk.expectations.judge import Outcome


@dataclass(frozen=True)
class Summary:
    """Numbers of a batch for people."""

    measures: Mapping[str, int]
    roles: Mapping[str, int]
    failed: Mapping[str, int]


def judged(documents: Sequence[DocumentRows], task: Task) -> tuple[Rows, Summary]:
    """The rows of a batch that hold every expectation, the rejects, and the outcome of each expectation.

    A rejected article takes its document with it; a rejected sentence its facts.
    """
    from copydesk.expectations.frames import articles_frame, documents_frame, facts_frame, sentences_frame
    from copydesk.expectations.judge import judge

    rows: Rows = {
        name: [] for name in ("articles", "blocks", "sentences", "facts", "numbers", "mentions", "rejects", "validations")
    }
    by_output = {document.output_id: document for document in documents}
    failed: Counter[str] = Counter()

    def passed(table: str, checked: list[Row], frame: Callable[[list[Row]], Any]) -> list[Row]:
        outcomes = judge(table, frame(checked)) if checked else []
        broken = _broken(outcomes)
        rows["validations"] += [_validation(table, outcome, task) for outcome in outcomes]
        for n, outcome in broken.items():
            failed[outcome.expectation.name] += 1
            rows["rejects"].append(_row_reject(by_output[checked[n]["output_id"]], table, checked[n], outcome, task))
        return [row for n, row in enumerate(checked) if n not in broken]

    received = [_document_row(document) for document in documents]
    kept = {row["output_id"] for row in passed("documents", received, documents_frame)}
    articles = [
        {**row, "ingested_at": task.now, "rules": task.rules, "batch_id": task.batch_id}
        for document in documents
        if document.verdict is None and document.output_id in kept
        for row in document.rows["articles"]
    ]
    rows["articles"] = passed("articles", articles, articles_frame)
    texts = {row["output_id"]: row["text"] for row in rows["articles"]}
    rows["sentences"] = passed("sentences", _of(documents, "sentences", texts), lambda checked: sentences_frame(checked, texts))
    alive = {row["sentence_id"] for row in rows["sentences"]}
    facts = [row for row in _of(documents, "facts", texts) if row["sentence_id"] in alive]
    rows["facts"] = passed("facts", facts, lambda checked: facts_frame(checked, texts))
    _finish(documents, rows, texts, task)
    measures = Counter(row["measure"] or row["kind"] for row in rows["facts"])
    return rows, Summary(measures, Counter(row["role"] for row in rows["blocks"]), failed)


def _of(documents: Sequence[DocumentRows], table: str, texts: Mapping[str, str]) -> list[Row]:
    return [row for document in documents if document.output_id in texts for row in document.rows[table]]


def _broken(outcomes: Sequence[Outcome]) -> dict[int, Outcome]:
    """The first expectation that each row broke."""
    broken: dict[int, Outcome] = {}
    for outcome in outcomes:
        for n in outcome.rows:
            broken.setdefault(n, outcome)
    return broken


def _finish(documents: Sequence[DocumentRows], rows: Rows, texts: Mapping[str, str], task: Task) -> None:
    """Sets the verdicts of documents whose article was rejected, and adds the rows that depend on what passed."""
    facts = {row["fact_id"] for row in rows["facts"]}
    sentences, stated = Counter(r["output_id"] for r in rows["sentences"]), Counter(r["output_id"] for r in rows["facts"])
    fell = {reject["output_id"]: reject for reject in rows["rejects"] if reject["stage"] in ("documents", "articles")}
    for document in documents:
        if document.output_id in fell:
            document.verdict = Verdict(
                "expectation", f"{fell[document.output_id]['expectation']}: {fell[document.output_id]['detail']}"
            )
        if document.verdict is not None and document.output_id not in fell:
            rows["rejects"].append(_document_reject(document, document.verdict, task))
        if document.verdict is not None:
            for row in document.rows["blocks"]:
                row["article_id"] = None
        rows["blocks"] += document.rows["blocks"]
        document.counts = {"sentences": sentences[document.output_id], "facts": stated[document.output_id]}
    rows["mentions"] = _of(documents, "mentions", texts)
    for row in _of(documents, "numbers", texts):
        if row["fact_id"] is not None and row["fact_id"] not in facts:
            row |= {"fact_id": None, "reason": "rejected"}
        rows["numbers"].append(row)


def _document_row(document: DocumentRows) -> Row:
    raw = document.raw
    return {
        "document_id": raw.document_id,
        "source_uri": raw.source_uri,
        "sha256": raw.sha256,
        "size": raw.size,
        "revision": raw.revision,
        "media_type": raw.media_type,
        "output_id": document.output_id,
    }


def _validation(table: str, outcome: Outcome, task: Task) -> Row:
    return {
        "run_id": task.run_id,
        "batch_id": task.batch_id,
        "suite": table,
        "expectation": outcome.expectation.name,
        "column_name": outcome.expectation.column,
        "success": outcome.success,
        "evaluated": outcome.evaluated,
        "failed": len(outcome.rows),
        "examples": list(outcome.examples),
        "validated_at": task.now,
    }


def _reject(document: DocumentRows, stage: str, reason: str, detail: str, task: Task) -> Row:
    raw = document.raw
    return {
        "document_id": raw.document_id,
        "source": raw.source,
        "source_uri": raw.source_uri,
        "stage": stage,
        "reason": reason,
        "expectation": None,
        "detail": detail,
        "row": None,
        "size": raw.size,
        "sha256": raw.sha256,
        "rejected_at": task.now,
        "rules": task.rules,
        "batch_id": task.batch_id,
        "output_id": document.output_id,
    }


def _document_reject(document: DocumentRows, verdict: Verdict, task: Task) -> Row:
    return _reject(document, "documents", verdict.reason, verdict.detail, task)


def _row_reject(document: DocumentRows, table: str, row: Row, outcome: Outcome, task: Task) -> Row:
    expectation = outcome.expectation
    return {
        **_reject(document, table, "expectation", expectation.why, task),
        "expectation": expectation.name,
        "row": json.dumps(row, default=_plain, ensure_ascii=False),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) or hasattr(value, "isoformat") else str(value)
