"""Receipts of invented documents, for tests of the log and of what is made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from copydesk.transforms.identity import document_id_of
from copydesk.warehouse.events import DocumentReceived

NOON = datetime(2024, 5, 3, 12, tzinfo=UTC)


def receipt(uri: str = "file:///in/a.txt", **fields: Any) -> DocumentReceived:
    """The receipt of a plain text; `fields` are those in which it differs."""
    given = {
        "document_id": document_id_of(uri),
        "revision": 1,
        "source": "s",
        "source_uri": uri,
        "media_type": "text/plain",
        "size": 3,
        "sha256": "ab" * 32,
        "received_at": NOON,
        "raw_file": "data/raw/a.parquet",
        **fields,
    }
    return DocumentReceived(**given)
