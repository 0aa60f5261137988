"""Extractions as rows of the tables, judged; what breaks an expectation becomes a reject with what hangs on it."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.sites import outlet_of
from copydesk.transforms.facts import EXTRACTORS
from copydesk.transforms.identity import article_id_of, claim_id_of
from copydesk.transforms.types import Article, Extraction, Fact, RawDocument, Sentence, Verdict

if TYPE_CHECKING:
    from copydesk.expectations.judge import Outcome
    from copydesk.flows.workers.worker import Task

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass
class Made:
    """A document's rows on their way through the judgement; `verdict` is set where it was turned away."""

    raw: RawDocument
    output_id: str
    article_id: str
    knowledge: str | None
    verdict: Verdict | None
    outlet: str | None
    signature: tuple[int, ...]
    rows: Rows
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """Numbers of a batch for people."""

    measures: Mapping[str, int]
    roles: Mapping[str, int]
    failed: Mapping[str, int]


def made_of(
    raw: RawDocument,
    extraction: Extraction,
    output_id: str,
    knowledge: str | None,
    rows: Callable[[RawDocument, Extraction, str, str], Rows],
) -> Made:
    """The rows of one extraction."""
    article_id = article_id_of(raw.sha256)
    article = extraction.article
    outlet = outlet_of(raw.url or (article.url if article else None), raw.outlet, article, lexicon())
    made = rows(raw, extraction, output_id, article_id)
    for row in made["articles"]:
        row["outlet"] = outlet
    # The bytes have been read: a batch holds those of one document at a time.
    spent = dataclasses.replace(raw, data=b"")
    return Made(spent, output_id, article_id, knowledge, extraction.verdict, outlet, extraction.signature, made)


def rows_of(raw: RawDocument, extraction: Extraction, output_id: str, article_id: str) -> Rows:
    """An extraction as rows by table; times and batch are filled in by `judged`."""
    article = extraction.article
    out: Rows = {"articles": [], "blocks": [], "sentences": [], "facts": [], "numbers": []}
    out["blocks"] = [
        {
            "document_id": raw.document_id,
            "article_id": article_id if article else None,
            "ordinal": n,
            "paragraph": block.paragraph,
            "role": block.role,
            "reason": block.reason,
            "text": block.text,
            "raw_start": block.raw_start,
            "raw_end": block.raw_end,
            "output_id": output_id,
        }
        for n, block in enumerate(extraction.blocks)
    ]
    if article is None:
        return out
    out["articles"] = [_article_row(raw, article, output_id, article_id)]
    out["sentences"] = [
        {**_fields(s), "sentence_id": f"{output_id}-s{s.ordinal}", "article_id": article_id, "output_id": output_id}
        for s in extraction.sentences
    ]
    out["facts"] = _fact_rows(raw, article, extraction.facts, output_id, article_id)
    out["numbers"] = [
        {
            "article_id": article_id,
            "ordinal": n,
            "text": number.text,
            "span_start": number.span_start,
            "span_end": number.span_end,
            "value_low": number.low,
            "value_high": number.high,
            "fact_id": out["facts"][number.fact]["fact_id"] if number.fact is not None else None,
            "reason": number.reason,
            "output_id": output_id,
        }
        for n, number in enumerate(extraction.numbers)
    ]
    return out


def _article_row(raw: RawDocument, article: Article, output_id: str, article_id: str) -> Row:
    return {
        "article_id": article_id,
        "document_id": raw.document_id,
        "source": raw.source,
        "source_uri": raw.source_uri,
        "url": article.url,
        "outlet_printed": article.outlet_printed,
        "section": article.section,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "agency": article.agency,
        "published_on": article.published_on,
        "published_at": article.published_at.replace(tzinfo=None) if article.published_at else None,
        "published_offset": _offset(article.published_at),
        "dateline": article.dateline,
        "language": article.language,
        "text": article.text,
        "words": article.words,
        "content_sha256": raw.sha256,
        "received_at": raw.received_at,
        "revision": raw.revision,
        "output_id": output_id,
    }


def _offset(moment: datetime | None) -> str | None:
    """The offset of a moment from UTC, where it has a zone.

    >>> _offset(datetime.fromisoformat("2024-06-18T07:30:00+02:00")), _offset(datetime(2024, 6, 18))
    ('+02:00', None)
    """
    return moment.isoformat(timespec="minutes")[-6:] if moment is not None and moment.tzinfo is not None else None


def _fact_rows(raw: RawDocument, article: Article, facts: Sequence[Fact], output_id: str, article_id: str) -> list[Row]:
    rows = []
    seen: Counter[tuple[str, str]] = Counter()
    for n, fact in enumerate(facts):
        raw_start, raw_end = article.offsets.raw(fact.span_start, fact.span_end)
        place: Sequence[Any] = (raw_start, raw_end) if raw_start is not None else (fact.text, seen[fact.kind, fact.text])
        seen[fact.kind, fact.text] += 1
        row = _fields(fact)
        row |= {
            "fact_id": f"{output_id}-f{n}",
            "claim_id": claim_id_of(raw.sha256, fact.kind, place),
            "article_id": article_id,
            "sentence_id": f"{output_id}-s{fact.sentence}",
            "raw_start": raw_start,
            "raw_end": raw_end,
            "extractor_version": EXTRACTORS[fact.extractor],
            "output_id": output_id,
        }
        rows.append(row)
    return rows


def _fields(record: Sentence | Fact) -> Row:
    """A flat record as a row; `dataclasses.asdict` would copy every value."""
    return {name: getattr(record, name) for name in FIELDS[type(record)]}


FIELDS = {kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in (Sentence, Fact)}


def judged(made: Sequence[Made], task: Task) -> tuple[Rows, Summary]:
    """The rows of a batch that hold every expectation, with the rejects and the outcomes beside them.

    A rejected article takes its document with it; a rejected sentence its facts.
    """
    from copydesk.expectations.frames import articles_frame, documents_frame, facts_frame, sentences_frame
    from copydesk.expectations.judge import judge

    rows: Rows = {name: [] for name in ("articles", "blocks", "sentences", "facts", "numbers", "rejects", "validations")}
    by_output = {one.output_id: one for one in made}
    failed: Counter[str] = Counter()

    def passed(table: str, given: list[Row], frame: Callable[[list[Row]], Any]) -> list[Row]:
        outcomes = judge(table, frame(given)) if given else []
        broken = _broken(outcomes)
        rows["validations"] += [_validation(table, outcome, task) for outcome in outcomes]
        for n, outcome in broken.items():
            failed[outcome.expectation.name] += 1
            rows["rejects"].append(_row_reject(by_output[given[n]["output_id"]], table, given[n], outcome, task))
        return [row for n, row in enumerate(given) if n not in broken]

    received = [_document_row(one) for one in made]
    kept = {row["output_id"] for row in passed("documents", received, documents_frame)}
    articles = [
        {**row, "ingested_at": task.now, "rules": task.rules, "batch_id": task.batch_id}
        for one in made
        if one.verdict is None and one.output_id in kept
        for row in one.rows["articles"]
    ]
    rows["articles"] = passed("articles", articles, articles_frame)
    texts = {row["output_id"]: row["text"] for row in rows["articles"]}
    rows["sentences"] = passed("sentences", _of(made, "sentences", texts), lambda given: sentences_frame(given, texts))
    alive = {row["sentence_id"] for row in rows["sentences"]}
    facts = [row for row in _of(made, "facts", texts) if row["sentence_id"] in alive]
    rows["facts"] = passed("facts", facts, lambda given: facts_frame(given, texts))
    _finish(made, rows, texts, task)
    measures = Counter(row["measure"] or row["kind"] for row in rows["facts"])
    return rows, Summary(measures, Counter(row["role"] for row in rows["blocks"]), failed)


def _of(made: Sequence[Made], table: str, texts: Mapping[str, str]) -> list[Row]:
    return [row for one in made if one.output_id in texts for row in one.rows[table]]


def _broken(outcomes: Sequence[Outcome]) -> dict[int, Outcome]:
    """The first expectation that each row broke."""
    broken: dict[int, Outcome] = {}
    for outcome in outcomes:
        for n in outcome.rows:
            broken.setdefault(n, outcome)
    return broken


def _finish(made: Sequence[Made], rows: Rows, texts: Mapping[str, str], task: Task) -> None:
    """Verdicts for documents whose article fell, and the rows that hang on what passed."""
    facts = {row["fact_id"] for row in rows["facts"]}
    sentences, stated = Counter(r["output_id"] for r in rows["sentences"]), Counter(r["output_id"] for r in rows["facts"])
    fell = {reject["output_id"]: reject for reject in rows["rejects"] if reject["stage"] in ("documents", "articles")}
    for one in made:
        if one.output_id in fell:
            one.verdict = Verdict("expectation", f"{fell[one.output_id]['expectation']}: {fell[one.output_id]['detail']}")
        if one.verdict is not None and one.output_id not in fell:
            rows["rejects"].append(_document_reject(one, one.verdict, task))
        if one.verdict is not None:
            for row in one.rows["blocks"]:
                row["article_id"] = None
        rows["blocks"] += one.rows["blocks"]
        one.counts = {"sentences": sentences[one.output_id], "facts": stated[one.output_id]}
    for row in _of(made, "numbers", texts):
        if row["fact_id"] is not None and row["fact_id"] not in facts:
            row |= {"fact_id": None, "reason": "rejected"}
        rows["numbers"].append(row)


def _document_row(one: Made) -> Row:
    raw = one.raw
    return {
        "document_id": raw.document_id,
        "source_uri": raw.source_uri,
        "sha256": raw.sha256,
        "size": raw.size,
        "revision": raw.revision,
        "media_type": raw.media_type,
        "output_id": one.output_id,
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


def _reject(one: Made, stage: str, reason: str, detail: str, task: Task) -> Row:
    raw = one.raw
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
        "output_id": one.output_id,
    }


def _document_reject(one: Made, verdict: Verdict, task: Task) -> Row:
    return _reject(one, "documents", verdict.reason, verdict.detail, task)


def _row_reject(one: Made, table: str, row: Row, outcome: Outcome, task: Task) -> Row:
    expectation = outcome.expectation
    return {
        **_reject(one, table, "expectation", expectation.why, task),
        "expectation": expectation.name,
        "row": json.dumps(row, default=_plain, ensure_ascii=False),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) or hasattr(value, "isoformat") else str(value)
