"""Rows about documents, as the folded state holds them. Times are ISO 8601 in UTC, ids and hashes hex."""

from __future__ import annotations

from typing import TypedDict


class Receipt(TypedDict):
    """What the log says of the last content that was received of a document."""

    document_id: str
    revision: int
    source: str
    source_uri: str
    url: str | None
    source_outlet: str | None
    """Who published it, as the source said."""

    language: str | None
    media_type: str
    size: int
    """Bytes of the whole content."""

    sha256: str
    received_at: str
    raw_file: str | None
    """Where its bytes are; None where they were purged."""

    problem: str | None
    problem_detail: str | None
    title: str | None
    published: str | None
    published_at: str | None
    authors: str | None
    """The authors that the source named, as a JSON list."""

    tries: int
    """How often it was put into the queue again."""


class Document(Receipt):
    """A row of the table `documents`: the last receipt of a document, and what became of it."""

    outlet: str | None
    """Who published it: as the source said, otherwise as its article says."""

    status: str
    reason: str | None
    detail: str | None
    article_id: str | None
    article_sha256: str | None
    """The content of the article that the document prints; not `sha256` where a later content was turned away."""

    output_id: str | None
    first_received_at: str
    decided_at: str | None
    received_position: int
    position: int
