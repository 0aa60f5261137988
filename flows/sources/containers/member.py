"""Records of containers: a document in one, its bytes once it is read, and the options of a reading."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from copydesk.flows.sources.containers.bounds import Budget

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
SHOWN = 120


@dataclass(frozen=True)
class Part:
    """The bytes of a member that were taken, the size of the whole, and why the rest was not taken: a slug and a sentence."""

    data: bytes
    size: int
    problem: str | None = None
    detail: str | None = None


@dataclass(frozen=True, kw_only=True)
class Member:
    """A document in a container: its place there, its name (whose ending says its kind) or media type, how to read it."""

    fragment: str
    name: str = ""
    read: Callable[[int], Part]
    """Gives, for a limit in bytes, what is in it. To be called before the next member is asked for."""

    media_type: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a source says of its containers: the columns of tables, the mark between the fields of a CSV, its language."""

    columns: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    delimiter: str | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading of one container: the file, its options, how much may still be taken, what was passed over and why."""

    path: Path
    options: Options
    budget: Budget
    skipped: Counter[str]


Reader = Callable[[Reading], Iterator[Member]]


def bad_member(fragment: str, reason: str, detail: str, size: int = 0) -> Member:
    """A member that cannot be read: it becomes a reject of its own that says why."""
    return Member(fragment=fragment, media_type="application/octet-stream", read=lambda limit: Part(b"", size, reason, detail))


def bounded(data: bytes, limit: int, name: str) -> Part:
    """Bytes in memory as a part: those over the limit are left out."""
    if len(data) > limit:
        return Part(data[:limit], len(data), "too_large", over(name, limit))
    return Part(data, len(data))


def over(name: str, limit: int) -> str:
    """The sentence about a member that is over the limit."""
    return f"{name} has more than {limit:,} bytes. Raise max_bytes to take it."


def printable(name: str) -> str:
    """A name as a message shows it: one line, no control characters, no half letters, not too long.

    >>> printable("a" + chr(10) + "b" + chr(0xDCE9))
    'a b?'
    """
    shown = CONTROL.sub(" ", name.encode("utf-8", "replace").decode())
    return shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"


def with_own_addresses(members: Iterator[Member]) -> Iterator[Member]:
    """The members, of which those that share a place get one of their own: the second of `a.txt` is `a.txt (2)`."""
    taken: dict[bytes, int] = {}
    for member in members:
        first, number = _key(member.fragment), 1
        key, place = first, member.fragment
        while key in taken:
            number = taken[first] = taken[first] + 1
            place = f"{member.fragment} ({number})"
            key = _key(place)
        taken[key] = 1
        yield member if number == 1 else replace(member, fragment=place)


def _key(place: str) -> bytes:
    return hashlib.blake2b(place.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def sentence(error: BaseException) -> str:
    """An error of a library in one line, its kind where it says nothing else."""
    return printable(str(error)) or type(error).__name__


Record = Mapping[str, Any]
