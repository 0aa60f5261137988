"""What the rules are given, and what holds for all that they make."""

from __future__ import annotations

from datetime import UTC, datetime

from copydesk.flows.wiring import transformer
from copydesk.transforms.types import Extraction, RawDocument

RECEIVED = datetime(2024, 6, 1, tzinfo=UTC)
LATE = datetime(2024, 12, 1, tzinfo=UTC)
"""After every day that the cases print."""


def raw_of(data: bytes, media: str = "text/plain", received_at: datetime = RECEIVED) -> RawDocument:
    """A raw document of some bytes, with nothing said of it but its media type and when it was received."""
    return RawDocument(
        document_id="d",
        revision=1,
        source="s",
        source_uri="file:///d.txt",
        media_type=media,
        data=data,
        size=len(data),
        sha256="ab" * 32,
        received_at=received_at,
    )


def made(content: str, media: str = "text/html") -> Extraction:
    """What the installed rules make of a page or text."""
    return transformer().transform(raw_of(content.encode(), media, LATE), 1 << 22)


def well_made(made: Extraction) -> None:
    """An extraction is an article whose spans point at their text, or a verdict."""
    if made.article is None:
        assert made.verdict is not None
        return
    body = made.article.text
    for spanned in (*made.sentences, *made.facts, *made.numbers):
        assert body[spanned.span_start : spanned.span_end] == spanned.text
    for number in made.numbers:
        assert (number.fact is None) != (number.reason is None)
    at = 0
    for block in made.blocks:
        if block.raw_start is not None and block.raw_end is not None:
            assert at <= block.raw_start <= block.raw_end
            at = block.raw_end
