"""What a source finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


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


class Source(Protocol):
    """Finds documents. `skipped` counts, by reason, what it passed over while discovering."""

    name: str
    skipped: dict[str, int]

    def discover(self) -> Iterator[Found]:
        """The documents that are there now, one after the other, in a stable order."""
        ...
