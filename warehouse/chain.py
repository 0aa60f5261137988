"""The hash chain over the log: a changed, removed, inserted or moved event no longer fits its neighbours.

Two CloudEvents extension attributes stand at the end of each stored envelope:

* `digest`: SHA-256 of the event's stream, its version in that stream, and the envelope without these two attributes;
* `chain`: SHA-256 of the chain before the event and of the event's digest.

Events that were stored before there was a chain have neither. Their digests are computed, and the first event after them
carries a chain over all of them, so that a change to an old event is found as well.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from eventsourcing.persistence import StoredEvent

GENESIS = "0" * 64
"""The chain before the first event."""

_SEAL = re.compile(rb',"digest":"([0-9a-f]{64})"(?:,"chain":"([0-9a-f]{64})")?\}\Z')
_LONGEST = 160
"""No seal is longer than this many bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An event as it is stored: the envelope without its seal, and the seal's parts."""

    stream: uuid.UUID | str
    version: int
    computed: str
    """The digest of what is stored."""

    body: bytes
    digest: str | None
    """The digest of what was appended; None in an event older than the chain."""

    chain: str | None
    """The chain up to this event; None in an event older than the chain."""

    @property
    def original(self) -> str:
        """The digest that the chain was made with. It is not the computed one where a purge erased a part of the event."""
        return self.digest or self.computed


def digest_of(stream: uuid.UUID | str, version: int, body: bytes) -> str:
    """The digest of an event: hex of SHA-256.

    Args:
        stream: the id of the stream that the event stands in.
        version: its place in the stream, from 1.
        body: the JSON envelope without `digest` and `chain`.
    """
    name = stream.hex if isinstance(stream, uuid.UUID) else stream.replace("-", "")
    return hashlib.sha256(b"%s/%d/%s" % (name.encode(), version, body)).hexdigest()


def following(chain: str, digest: str) -> str:
    """The chain after an event: of the chain before it and its digest."""
    return hashlib.sha256((chain + digest).encode()).hexdigest()


def sealed(body: bytes, digest: str, chain: str | None) -> bytes:
    """The envelope as it is stored, with its digest and its chain; without the latter where `chain` is None.

    >>> sealed(b'{"id":"1"}', "d" * 64, None)[:20]
    b'{"id":"1","digest":"'
    """
    end = f',"digest":"{digest}","chain":"{chain}"}}' if chain else f',"digest":"{digest}"}}'
    return body[:-1] + end.encode()


def opened(stream: uuid.UUID | str, version: int, state: bytes) -> Link:
    """The parts of a stored event."""
    found = _SEAL.search(state, max(0, len(state) - _LONGEST))
    if found is None:
        computed = digest_of(stream, version, state)
        return Link(stream=stream, version=version, computed=computed, body=state, digest=None, chain=None)
    body = state[: found.start()] + b"}"
    digest, chain = found.group(1).decode(), found.group(2)
    return Link(
        stream=stream,
        version=version,
        computed=digest_of(stream, version, body),
        body=body,
        digest=digest,
        chain=chain.decode() if chain else None,
    )


def chain_over(links: Iterable[Link]) -> str:
    """The chain after these events, which are the first of a log, in order."""
    chain = GENESIS
    for link in links:
        chain = link.chain or following(chain, link.original)
    return chain


def chained(events: Sequence[StoredEvent], chain: str) -> list[StoredEvent]:
    """The events with their seals, the first following `chain`."""
    made = []
    for event in events:
        digest = digest_of(event.originator_id, event.originator_version, event.state)
        chain = following(chain, digest)
        made.append(replace(event, state=sealed(event.state, digest, chain)))
    return made
