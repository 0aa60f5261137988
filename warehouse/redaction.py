"""What a purge erases from the log: texts and addresses, in the events that hold them. That each thing happened stays.

An event keeps its id, time, type, subject, its place in the chain and the digest of what was appended. The event that records
the purge names each redacted event with the digest of what is left, so that `verify` tells a redaction from a change.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from copydesk.warehouse.chain import digest_of, sealed
from copydesk.warehouse.envelopes import as_json
from copydesk.warehouse.events import (
    ClaimAdded,
    ClaimReviewed,
    DocumentIngested,
    DocumentReceived,
    DocumentRejected,
    DocumentRequeued,
    DocumentWithdrawn,
    EntityRuled,
    KnowledgeLearned,
    StoryRuled,
)
from copydesk.warehouse.log import EventLog

TEXTS: Mapping[str, Mapping[str, Any]] = {
    DocumentReceived.type: {
        **dict.fromkeys(("url", "outlet", "title", "published", "published_at", "problem_detail")),
        "authors": [],
    },
    DocumentIngested.type: {"outlet": None},
    DocumentRejected.type: {"detail": ""},
    DocumentRequeued.type: {"why": ""},
    DocumentWithdrawn.type: {"why": ""},
    ClaimReviewed.type: {"why": "", "corrections": {}},
    ClaimAdded.type: {"why": "", "text": "", "fields": {}},
    EntityRuled.type: {"why": "", "name": None, "alias": None},
    StoryRuled.type: {"why": ""},
}
"""The fields of events about a purged document, or about a claim of it, that hold text, and what replaces each."""

REMARKS = ("detail", "problem_detail", "why")
"""The fields of an event about another document in which an address of the purged one may have been mentioned."""


def mark_of(document_id: str) -> str:
    """The mark that replaces the address of a purged document."""
    return f"purged:{document_id}"


@dataclass(frozen=True, kw_only=True)
class Personal:
    """What is to be read nowhere any more.

    Args:
        document_id: the purged document; a hash of its address, which stays.
        addresses: its addresses: URI, web address, path.
        claims: the ids of the claims that its articles made.
        articles: the ids of the articles that it alone prints: what was decided of a name in one of them goes,
            and why they were split off a story.
        lines: short lines that it alone prints.
    """

    document_id: str
    addresses: frozenset[str]
    claims: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """An event with its texts erased: its position, its state as it is to be stored, the digest of what is left."""

    position: int
    state: bytes
    digest: str


def addresses_of(events: Iterable[DocumentReceived]) -> frozenset[str]:
    """The addresses of a document, as its receipts name it, in every form in which they are written down.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2024, 5, 3, tzinfo=UTC)
    >>> receipt = DocumentReceived(
    ...     document_id="d",
    ...     revision=1,
    ...     source="s",
    ...     source_uri="file:///in/a%20b.txt",
    ...     media_type="text/plain",
    ...     size=1,
    ...     sha256="ab",
    ...     received_at=now,
    ...     raw_file="",
    ... )
    >>> sorted(addresses_of([receipt]))
    ['/in/a b.txt', 'file:///in/a%20b.txt']
    """
    addresses: set[str] = set()
    for event in events:
        for address in filter(None, (event.source_uri, event.url)):
            if address != mark_of(event.document_id):
                addresses |= {address, unquote(address)} if "%" in address and urlsplit(address).scheme != "file" else {address}
        parts = urlsplit(event.source_uri)
        if parts.scheme == "file" and not parts.fragment:
            addresses.add(unquote(parts.path))
    return frozenset(addresses)


def naming(addresses: Iterable[str]) -> re.Pattern[str]:
    r"""A pattern that finds any of the addresses in a text, and not a longer address that begins with one.

    >>> found = naming(["/in/a.txt"])
    >>> [bool(found.search(text)) for text in ("no /in/a.txt.", "/in/a.txt.bak", "/in/a.txt#2", "/more/in/a.txt")]
    [True, False, False, True]
    """
    longest_first = sorted(map(re.escape, addresses), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(longest_first)})(?![.:]?[\\w/%?#=&~+-])" if longest_first else r"(?!)")


def redactions(log: EventLog, personal: Personal) -> Iterator[Redaction]:
    """The events of the log that hold something personal, each as it is to be stored from now on. Reads the whole log."""
    erase = _Eraser(personal)
    for position, link in log.links():
        if not erase.concerns(link.body):
            continue
        envelope = json.loads(link.body)
        data = erase.data(envelope["type"], envelope["data"])
        if data != envelope["data"]:
            body = as_json({**envelope, "data": data})
            state = sealed(body, link.original, link.chain)
            yield Redaction(position=position, state=state, digest=digest_of(link.stream, link.version, body))


class _Eraser:
    def __init__(self, personal: Personal) -> None:
        self._personal = personal
        self._named = naming(personal.addresses)
        self._mark = mark_of(personal.document_id)
        self._paths = [PurePosixPath(address) for address in personal.addresses if address.startswith("/")]
        needles = [personal.document_id, *personal.addresses]
        self._needles = [_in_json(needle) for needle in needles]
        self._types = [f'"type":"{kind}"'.encode() for kind, wanted in self._only_by_type() if wanted]

    def _only_by_type(self) -> Iterator[tuple[str, object]]:
        yield ClaimReviewed.type, self._personal.claims
        yield ClaimAdded.type, self._personal.claims
        yield EntityRuled.type, self._personal.articles
        yield StoryRuled.type, self._personal.articles
        yield KnowledgeLearned.type, self._personal.lines
        # Its parameters may name a document by a path relative to the folder where the command was given.
        yield "run.started", self._paths

    def concerns(self, body: bytes) -> bool:
        """Whether an event may hold something to erase, found out without reading it as JSON."""
        return any(needle in body for needle in self._needles) or any(kind in body for kind in self._types)

    def data(self, kind: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data of an event with what is personal erased."""
        if data.get("document_id") == self._personal.document_id:
            texts = TEXTS.get(kind, {})
            own = {**data, **{name: value for name, value in texts.items() if name in data}}
            return {**own, "source_uri": self._mark} if "source_uri" in own else own
        if kind in (ClaimReviewed.type, ClaimAdded.type):
            return {**data, **TEXTS[kind]} if data["claim_id"] in self._personal.claims else data
        if kind == EntityRuled.type and data.get("article_id") in self._personal.articles:
            return {**data, **TEXTS[kind]}
        if kind == StoryRuled.type and self._personal.articles & {data["story_id"], data["into_id"], *data["article_ids"]}:
            return {**data, **TEXTS[kind]}
        if kind == KnowledgeLearned.type:
            return {**data, "lines": [line for line in data["lines"] if not self._line(line)]}
        if "document_id" in data:
            return {name: self._text(value) if name in REMARKS else value for name, value in data.items()}
        if kind == "run.started":
            return {**data, "parameters": _each(data["parameters"], self._path)}
        return {name: _each(value, self._text) for name, value in data.items()}

    def _line(self, line: str) -> bool:
        return line in self._personal.lines or bool(self._named.search(line))

    def _text(self, value: Any) -> Any:
        return self._named.sub(self._mark, value) if isinstance(value, str) else value

    def _path(self, value: Any) -> Any:
        if isinstance(value, str) and any(_ends(path, value) for path in self._paths):
            return self._mark
        return self._text(value)


def _ends(path: PurePosixPath, given: str) -> bool:
    """Whether a path as somebody gave it may be the end of this one.

    >>> [_ends(PurePosixPath("/in/news/a.txt"), given) for given in ("a.txt", "../b/../news/a.txt", "news", "b/a.txt")]
    [True, True, False, False]
    """
    parts = [part for part in PurePosixPath(posixpath.normpath(given)).parts if part not in (".", "..")]
    return bool(parts) and path.parts[-len(parts) :] == tuple(parts)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """A JSON value with every text in it changed. An entry of a mapping whose name changes is left out."""
    if isinstance(value, Mapping):
        return {name: _each(entry, change) for name, entry in value.items() if change(name) == name}
    if isinstance(value, list):
        return [_each(entry, change) for entry in value]
    return change(value)


def _in_json(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()
