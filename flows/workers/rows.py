"""Turns what the rules made of a document into rows of the tables; they are judged afterwards."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.transforms.cleaning.characters import without_controls
from copydesk.transforms.facts import EXTRACTORS, fact_support
from copydesk.transforms.identity import article_id_of, claim_id_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article, Block, Extraction, Fact, Mention, RawDocument, Sentence, Verdict
from copydesk.warehouse.passwords import without_login

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(kw_only=True)
class DocumentRows:
    """The rows that were made of a document, before and while they are judged; `verdict` is set where it is rejected."""

    raw: RawDocument
    output_id: str
    article_id: str
    knowledge: str | None
    verdict: Verdict | None
    outlet: str | None
    signature: tuple[int, ...]
    rows: Rows
    counts: dict[str, int] = field(default_factory=dict)


def document_rows(
    raw: RawDocument, extraction: Extraction, output_id: str, knowledge: str | None, lexicon: Lexicon
) -> DocumentRows:
    """What the rules made of a document, as rows.

    Args:
        raw: the document.
        extraction: what the rules made of it.
        output_id: the id of that output.
        knowledge: the id of what was learnt of the document's site; None where nothing was.
        lexicon: the reference tables, which name outlets.
    """
    article_id = article_id_of(raw.sha256)
    article = extraction.article
    printed, host = (article.outlet_printed, article.host_printed) if article else (None, None)
    outlet = lexicon.outlets.of(raw.url or (article.url if article else None), raw.outlet, printed, host)
    rows = rows_of(raw, extraction, output_id, article_id)
    for row in rows["articles"]:
        row["outlet"] = without_controls(outlet.name) if outlet else None
        row["outlet_id"] = without_controls(outlet.outlet_id) if outlet else None
        row["outlet_country"], row["outlet_kind"] = (outlet.country, outlet.kind) if outlet else (None, None)
    return DocumentRows(
        # The bytes have been read: a batch holds those of one document at a time.
        raw=dataclasses.replace(raw, data=b""),
        output_id=output_id,
        article_id=article_id,
        knowledge=knowledge,
        verdict=extraction.verdict,
        outlet=outlet.name if outlet else None,
        signature=extraction.signature,
        rows=rows,
    )


def rows_of(raw: RawDocument, extraction: Extraction, output_id: str, article_id: str) -> Rows:
    """An extraction as rows by table; times and batch are filled in by the judgement."""
    article = extraction.article
    rows: Rows = {"articles": [], "blocks": [], "sentences": [], "facts": [], "numbers": [], "mentions": []}
    rows["blocks"] = [
        {
            "document_id": raw.document_id,
            "article_id": article_id if article else None,
            "ordinal": n,
            **_fields(block),
            "output_id": output_id,
        }
        for n, block in enumerate(extraction.blocks)
    ]
    if article is None:
        return rows
    rows["articles"] = [_article_row(raw, article, output_id, article_id)]
    rows["sentences"] = [
        {**_fields(s), "sentence_id": f"{output_id}-s{s.ordinal}", "article_id": article_id, "output_id": output_id}
        for s in extraction.sentences
    ]
    rows["facts"] = _fact_rows(raw, article, extraction.facts, output_id, article_id)
    rows["numbers"] = [
        {
            "article_id": article_id,
            "ordinal": n,
            "text": number.text,
            "span_start": number.span_start,
            "span_end": number.span_end,
            "value_low": number.low,
            "value_high": number.high,
            "unit": number.unit,
            "fact_id": rows["facts"][number.fact]["fact_id"] if number.fact is not None else None,
            "reason": number.reason,
            "output_id": output_id,
        }
        for n, number in enumerate(extraction.numbers)
    ]
    rows["mentions"] = [
        {**_fields(mention), "article_id": article_id, "ordinal": n, "output_id": output_id}
        for n, mention in enumerate(extraction.mentions)
    ]
    return rows


SHORT_TEXTS = ("url", "outlet_printed", "section", "title", "subtitle", "agency", "dateline")
"""Fields of an article from which control characters are left out; its bytes keep them."""


def _article_row(raw: RawDocument, article: Article, output_id: str, article_id: str) -> Row:
    row: Row = {
        "article_id": article_id,
        "document_id": raw.document_id,
        "source": raw.source,
        "source_uri": raw.source_uri,
        "url": article.url and without_login(article.url),
        "outlet_printed": article.outlet_printed,
        "section": article.section,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "agency": article.agency,
        "published_on": article.published_on,
        "published_at": article.published_at.replace(tzinfo=None) if article.published_at else None,
        "published_offset": _offset(article.published_at),
        "modified_at": article.modified_at.replace(tzinfo=None) if article.modified_at else None,
        "dateline": article.dateline,
        "language": article.language,
        "facts": fact_support(article.language),
        "text": article.text,
        "words": article.words,
        "content_sha256": raw.sha256,
        "received_at": raw.received_at,
        "revision": raw.revision,
        "output_id": output_id,
    }
    for name in SHORT_TEXTS:
        row[name] = without_controls(row[name]) if isinstance(row[name], str) else row[name]
    row["authors"] = [without_controls(author) for author in article.authors]
    return row


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
            "part_of": f"{output_id}-f{fact.part_of}" if fact.part_of is not None else None,
            "output_id": output_id,
        }
        rows.append(row)
    return rows


def _fields(record: Block | Sentence | Fact | Mention) -> Row:
    """A flat record as a row; `dataclasses.asdict` would copy every value."""
    return {name: getattr(record, name) for name in FIELDS[type(record)]}


FIELDS = {kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in (Block, Sentence, Fact, Mention)}
