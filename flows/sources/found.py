"""What a source finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

UNOPENED = "application/octet-stream"
"""The media type of what could not be opened: its content has a problem."""


@dataclass(frozen=True)
class Content:
    """The bytes of a document, or the first limit's worth and why the rest was not taken.

    `size` and `sha256` are those of the whole.
    """

    data: bytes
    size: int
    sha256: str
    problem: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Found:
    """A document that a source holds: its canonical address, its kind, and how to read it.

    `version` changes whenever the content may have: for a file its size and time.
    """

    uri: str
    media_type: str
    version: str
    read: Callable[[int], Content] = field(repr=False)
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    """What the source itself says of the document, as a feed or a table's columns do."""

    ends: bool = False
    """Whether this is no document but the mark that a container was read to its end: `uri` and `version` are its own."""


Known = Callable[[str, str], bool]
"""Whether a container was read to its end before, in that version."""


class Source(Protocol):
    """Finds documents. `skipped` counts, by reason, what it passed over while discovering."""

    name: str
    skipped: Counter[str]
    memory: dict[str, Any]
    """What the source remembers from one run to the next, as plain JSON: set before `discover`, kept in the log after."""

    def discover(self, known: Known) -> Iterator[Found]:
        """The documents that are there now, one after the other, in a stable order.

        A container that is `known` in its version need not be opened: `skipped` counts it as unchanged.
        """
        ...
