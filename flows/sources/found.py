"""What a source finds, and how it is asked."""

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
    """The bytes of a document, or the first of them up to the limit, and why the rest was not taken.

    `size` and `sha256` are those of the whole.
    """

    data: bytes
    size: int
    sha256: str
    problem: str | None = None
    detail: str | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A document that a source holds: its canonical address, its kind, and how to read it.

    `version` changes whenever the content may have changed: for a file it is its size and time.
    `read` gives the content, for a limit in bytes. The fields from `url` on are what the source itself says of the
    document, as a feed or the columns of a table do.
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


def _nothing_known(uri: str, version: str) -> bool:
    return False


def _not_recorded(uri: str, version: str) -> None:
    """Nobody asks for it."""


@dataclass(kw_only=True)
class Poll:
    """One reading of a source: what is known of it before, and what is to be remembered of it afterwards."""

    known: Callable[[str, str], bool] = _nothing_known
    """Whether the container at an address was read to its end before, in that version."""

    ended: Callable[[str, str], None] = _not_recorded
    """Called with the address and the version of each container once it was read to its end."""

    memory: dict[str, Any] = field(default_factory=dict)
    """What the source remembers from one run to the next, as plain JSON: the source changes it while it is read."""


class Source(Protocol):
    """Finds documents. `skipped` counts, by reason, what it passed over while discovering."""

    name: str
    skipped: Counter[str]

    def discover(self, poll: Poll | None = None) -> Iterator[Found]:
        """The documents that are there now, one after the other, in a stable order.

        A container that is known in its version need not be opened: `skipped` counts it as unchanged. Without a `poll`
        nothing is known, and nothing is remembered.
        """
        ...
