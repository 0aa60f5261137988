"""Checks the log itself: each event follows the one before it, is as it was appended, and names things by the right ids."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from copydesk.transforms.identity import article_id_of, document_id_of, knowledge_id_of, output_id_of
from copydesk.warehouse.chain import GENESIS, Link, following
from copydesk.warehouse.envelopes import Recorded, decode
from copydesk.warehouse.errors import UnknownEvent
from copydesk.warehouse.events import (
    BatchCommitted,
    DocumentDuplicate,
    DocumentIngested,
    DocumentPurged,
    DocumentReceived,
    DocumentRejected,
    DocumentRequeued,
    KnowledgeLearned,
)
from copydesk.warehouse.log import EventLog

Fault = tuple[int, str]
"""The position of an event, and what is wrong with it."""

UNREADABLE = (UnknownEvent, ValueError, LookupError, TypeError, AttributeError)
"""What decoding raises for a state that is no envelope of an event that this program knows."""


class LogCheck:
    """What one reading of a log from its first event finds.

    Args:
        log: the log.
        seen: a position and the chain up to it as this home saw it earlier; None where it saw none.
    """

    def __init__(self, log: EventLog, seen: tuple[int, str] | None = None) -> None:
        self._log = log
        self._seen = seen
        self._chain = _Chain()
        self._ids = _Ids()
        self.last = 0
        """The position of the last event that was read."""

        self.readable = True
        """Whether every event could be decoded."""

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, most of it in the order of the log."""
        for position, link in self._log.links():
            if position <= self.last:
                yield position, f"stands after position {self.last}"
            yield from self._chain.faults(position, link, self.last)
            if self._seen and self._seen[0] == position and link.chain != self._seen[1]:
                yield position, "has another chain than this home saw there: the log was written anew"
            self.last = position
            try:
                recorded = decode(position, link.body)
            except UNREADABLE as error:
                self.readable = False
                yield position, f"cannot be read: {error}"
                continue
            self._chain.learn(recorded)
            # An event of which a part was erased, and one that was changed, no longer holds what its ids were made of.
            if link.computed == link.original:
                yield from self._ids.faults(recorded, chained=link.chain is not None)
        yield from self._chain.changed()


class _Chain:
    """Follows the chain, and sets what purges erased apart from what was changed."""

    def __init__(self) -> None:
        self._chain = GENESIS
        self._begun = False
        self._differing: dict[int, str] = {}
        """The digest of each event that is not as it was appended, by position."""

        self._redacted: dict[int, str] = {}
        """The digest that the last purge left of each event it erased a part of."""

    def faults(self, position: int, link: Link, last: int) -> Iterator[Fault]:
        if link.computed != link.original:
            self._differing[position] = link.computed
        expected = following(self._chain, link.original)
        if link.chain is None and self._begun:
            yield position, "has no place in the chain, though events before it have: it was put in"
        elif link.chain not in (None, expected):
            yield position, self._broken(last)
        self._chain = link.chain or expected
        self._begun = self._begun or link.chain is not None

    def _broken(self, last: int) -> str:
        if not self._begun:
            return f"does not follow the events before it: one of them, up to position {last}, was changed, removed or put in"
        return (
            f"does not follow the event at position {last}: one that stood between them was removed, one of the two was put in "
            "or moved, or it was changed together with its digest"
        )

    def learn(self, recorded: Recorded) -> None:
        if isinstance(recorded.event, DocumentPurged):
            self._redacted |= {int(position): digest for position, digest in recorded.event.redacted.items()}

    def changed(self) -> Iterator[Fault]:
        """Events that are neither as they were appended nor as the last purge that erased a part of them left them."""
        for position in sorted(self._differing.keys() | self._redacted.keys()):
            if position not in self._redacted:
                yield position, "was changed after it was appended"
            elif self._differing.get(position) != self._redacted[position]:
                yield position, "is not as a purge left it"


class _Ids:
    """Makes the ids that events name again from what they are made of."""

    def __init__(self) -> None:
        self._tries: Counter[str] = Counter()
        """How often each document was put in the queue again since it was last received."""

    def faults(self, recorded: Recorded, chained: bool) -> Iterator[Fault]:
        """Ids that are not what they should be. Ids of outputs are checked in events of programs that chain alone."""
        event = recorded.event
        if recorded.envelope.get("subject") != event.subject or recorded.envelope.get("source", "").count("/") != 1:
            yield recorded.position, "names another subject in its envelope than in its data"
        for name, found, right in _named(event):
            if found != right:
                yield recorded.position, f"names {name} {found}, which is {right} by the rest of the event"
        if isinstance(event, DocumentReceived):
            self._tries.pop(event.document_id, None)
        elif isinstance(event, DocumentRequeued):
            self._tries[event.document_id] += 1
        elif chained and isinstance(event, DocumentIngested | DocumentRejected):
            tries = self._tries[event.document_id]
            right = output_id_of(event.document_id, event.revision, event.sha256, event.rules, event.knowledge, tries)
            if event.output_id != right:
                yield recorded.position, f"names the output {event.output_id}, which is {right} by the rest of the event"


@functools.singledispatch
def _named(event: Any) -> Iterator[tuple[str, str, str]]:
    """The ids in an event that can be computed again: what each identifies, the id in the event, and the computed one."""
    return iter(())


def _of(kind: type[Any]) -> Callable[[Callable[[Any], Iterator[tuple[str, str, str]]]], Any]:
    return _named.register(kind)


@_of(DocumentReceived)
def _received(event: DocumentReceived) -> Iterator[tuple[str, str, str]]:
    yield "the document", event.document_id, document_id_of(event.source_uri)


@_of(DocumentIngested)
@_of(DocumentDuplicate)
def _decided(event: DocumentIngested | DocumentDuplicate) -> Iterator[tuple[str, str, str]]:
    yield "the article", event.article_id, article_id_of(event.sha256)


@_of(KnowledgeLearned)
def _learned(event: KnowledgeLearned) -> Iterator[tuple[str, str, str]]:
    yield "the knowledge", event.knowledge_id, knowledge_id_of(event.site, event.lines)


@_of(BatchCommitted)
def _committed(event: BatchCommitted) -> Iterator[tuple[str, str, str]]:
    for file in event.files:
        stem = f"data/{file.table}/{event.batch_id}-"
        yield "a file", file.path[: len(stem)], stem
