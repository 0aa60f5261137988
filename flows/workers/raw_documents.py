"""Raw documents as the rules read them: made of what the log says of a receipt, and of its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from copydesk.transforms.types import RawDocument
from copydesk.warehouse.documents import Receipt
from copydesk.warehouse.events import DocumentReceived
from copydesk.warehouse.files import read_raw
from copydesk.warehouse.home import Home

LOST = ("unreadable", "Its raw bytes are lost. Put the file back where it was and run: copydesk verify --repair")
"""The problem of a document whose raw bytes are not where the log says."""


def raw_document(receipt: DocumentReceived, data: bytes | None) -> RawDocument:
    """A raw document of its receipt and its bytes; without bytes it has the problem that they are lost."""
    problem, detail = (receipt.problem, receipt.problem_detail) if data is not None else LOST
    return RawDocument(
        document_id=receipt.document_id,
        revision=receipt.revision,
        source=receipt.source,
        source_uri=receipt.source_uri,
        media_type=receipt.media_type,
        data=data or b"",
        size=receipt.size,
        sha256=receipt.sha256,
        received_at=receipt.received_at,
        url=receipt.url,
        outlet=receipt.outlet,
        language=receipt.language,
        problem=problem,
        problem_detail=detail,
        title=receipt.title,
        published=receipt.published,
        published_at=datetime.fromisoformat(receipt.published_at) if receipt.published_at else None,
        authors=tuple(receipt.authors),
    )


def receipt_of(document: Receipt) -> DocumentReceived:
    """The receipt that a row of the state's documents was made of, with the file where its bytes are now."""
    return DocumentReceived(
        document_id=document["document_id"],
        revision=document["revision"],
        source=document["source"],
        source_uri=document["source_uri"],
        media_type=document["media_type"],
        size=document["size"],
        sha256=document["sha256"],
        received_at=datetime.fromisoformat(document["received_at"]),
        raw_file=document["raw_file"] or "",
        url=document["url"],
        outlet=document["source_outlet"],
        language=document["language"],
        problem=document["problem"],
        problem_detail=document["problem_detail"],
        title=document["title"],
        published=date.fromisoformat(document["published"]) if document["published"] else None,
        published_at=document["published_at"],
        authors=tuple(json.loads(document["authors"] or "[]")),
    )


def raw_documents(home: Home, documents: Sequence[Receipt]) -> Iterator[RawDocument]:
    """The raw documents that rows of the state name, in their order; the bytes of one raw file in memory at a time."""
    for path, group in groupby(documents, key=itemgetter("raw_file")):
        wanted: Mapping[tuple[str, int], Receipt] = {
            (document["document_id"], document["revision"]): document for document in group
        }
        data = {(row["document_id"], row["revision"]): row["data"] for row in read_raw(home, path, wanted)}
        for key, document in wanted.items():
            yield raw_document(receipt_of(document), data.pop(key, None))
