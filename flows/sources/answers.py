"""What a server answers: its headers read, its body counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
from tenacity import RetryCallState, wait_exponential_jitter

from copydesk.flows.sources.addresses import Address
from copydesk.flows.sources.bodies import BadBody
from copydesk.flows.sources.found import UNOPENED, Content

REDIRECTED = (301, 302, 303, 307, 308)
WHOLE = (200, 203)
BUSY = (429, *range(500, 600))
"""Answers by which a server redirects, gives a page, and asks to be asked again later."""


class Busy(Exception):
    """The server asks for patience, or failed in a way that may pass; `wait` is how many seconds it asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Unexpected(Exception):
    """An answer that is no page; the message says what it was."""


@dataclass(frozen=True)
class Fetched:
    """An answer: the content with its media type and final address, or `unchanged` since last time.

    `postponed` says, as a slug, why nobody was asked: the page is left for the next run.
    """

    url: str
    media_type: str
    content: Content
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    postponed: str | None = None


def failed(url: str, problem: str, detail: str) -> Fetched:
    """The record of a page that could not be fetched."""
    return Fetched(url, UNOPENED, Content(b"", 0, hashlib.sha256(url.encode()).hexdigest(), problem, detail))


def postponed(address: Address, why: str) -> Fetched:
    """The record of a page that was not asked for; `why` is a slug."""
    return Fetched(address.text, UNOPENED, Content(b"", 0, ""), postponed=why)


def header(answer: httpcore.Response, name: str) -> str:
    """The value of a header, empty where there is none; those of one name are joined by commas."""
    values = [value for key, value in answer.headers if key.lower() == name.encode()]
    return b", ".join(values).decode("utf-8", "replace").strip()


def media_type(value: str) -> tuple[str, str]:
    """The media type and the charset of a Content-Type header.

    >>> media_type('Text/HTML; Charset="koi8-r"')
    ('text/html', 'koi8-r')
    """
    kind, *parameters = (part.strip() for part in value.split(";"))
    named = {name.strip().lower(): given.strip().strip("\"'") for name, _, given in (p.partition("=") for p in parameters)}
    return kind.lower(), named.get("charset", "")


def retry_after(answer: httpcore.Response) -> float | None:
    """Seconds that the server asks us to wait: a number, or a time on the server's own clock."""
    asked = header(answer, "retry-after")
    if asked.isdecimal() and asked.isascii():
        return float(asked[:9])
    try:
        until = _moment(asked)
        now = _moment(header(answer, "date")) if header(answer, "date") else datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, (until - now).total_seconds())


def _moment(text: str) -> datetime:
    told = parsedate_to_datetime(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def bounded(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Raises BadBody where there is more on the wire than any body within its limit needs."""
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > most:
            break
        yield chunk
    else:
        return
    raise BadBody(f"it has more than {most:,} bytes as sent")


def patience(state: RetryCallState) -> float:
    """Seconds before the next try of a request: what the server asks for, otherwise longer at each try."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, Busy) else None
    return asked if asked is not None else wait_exponential_jitter(initial=1, max=10)(state)


def content_of(address: Address, pieces: Iterable[bytes], limit: int) -> Content:
    """The content of an answer whose unpacked body comes in pieces; of one over the limit its first part."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > limit:
            data = bytes(kept[:limit])
            detail = f"{address.text} has more than {limit:,} bytes. Raise max_bytes to take it; its first part is kept."
            return Content(data, limit + 1, hashlib.sha256(data).hexdigest(), "too_large", detail)
    return Content(bytes(kept), len(kept), hashlib.sha256(kept).hexdigest())
