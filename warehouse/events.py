"""The events: everything that can happen to a home, each a frozen record of named fields.

`type` is a stable string, never a class path. A field that a later version adds has a default here, which brings old
events up to date on reading. An event is never edited, with one exception: a purge erases texts and addresses from the
events that hold them (see `redaction`), and the event that records the purge names each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened to a home."""

    type: ClassVar[str]

    @property
    def subject(self) -> str | None:
        """The id of what the event is about: a document, a run, a batch, a claim."""
        for name in ("document_id", "claim_id", "entity_id", "story_id", "batch_id", "site", "source", "run_id"):
            if hasattr(self, name):
                return str(getattr(self, name))
        return None


@dataclass(frozen=True, kw_only=True)
class RunStarted(Event):
    type: ClassVar[str] = "run.started"
    run_id: str
    kind: str
    rules: str
    program: str
    host: str
    pid: int
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RunFinished(Event):
    type: ClassVar[str] = "run.finished"
    run_id: str
    kind: str
    outcome: str
    started_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    sources: Sequence[str] = ()
    detail: str | None = None


@dataclass(frozen=True)
class RunAbandoned(Event):
    type: ClassVar[str] = "run.abandoned"
    run_id: str
    by_run: str


@dataclass(frozen=True, kw_only=True)
class DocumentReceived(Event):
    type: ClassVar[str] = "document.received"
    document_id: str
    revision: int
    source: str
    source_uri: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime
    raw_file: str
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    problem: str | None = None
    problem_detail: str | None = None
    title: str | None = None
    published: date | None = None
    authors: Sequence[str] = ()
    published_at: str | None = None
    """What the source said of the document; the moment by ISO 8601, with its offset from UTC if it gave one."""


@dataclass(frozen=True, kw_only=True)
class DocumentIngested(Event):
    type: ClassVar[str] = "document.ingested"
    document_id: str
    revision: int
    sha256: str
    output_id: str
    article_id: str
    batch_id: str
    rules: str
    outlet: str | None
    signature: str
    counts: Mapping[str, int] = field(default_factory=dict)
    knowledge: str | None = None
    duplicate_of: str | None = None
    similarity: float | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentRejected(Event):
    type: ClassVar[str] = "document.rejected"
    document_id: str
    revision: int
    sha256: str
    output_id: str
    batch_id: str
    rules: str
    reason: str
    detail: str
    knowledge: str | None = None


@dataclass(frozen=True)
class DocumentDuplicate(Event):
    type: ClassVar[str] = "document.duplicate"
    document_id: str
    revision: int
    sha256: str
    article_id: str


@dataclass(frozen=True)
class DocumentRequeued(Event):
    type: ClassVar[str] = "document.requeued"
    document_id: str
    why: str


@dataclass(frozen=True)
class DocumentWithdrawn(Event):
    type: ClassVar[str] = "document.withdrawn"
    document_id: str
    why: str
    who: str


@dataclass(frozen=True, kw_only=True)
class DocumentPurged(Event):
    """A document was erased for good."""

    type: ClassVar[str] = "document.purged"
    document_id: str
    sha256: str
    why: str
    who: str
    contents: Sequence[str] = ()
    """The SHA-256 of each content that the document ever had: none of them is taken in again."""

    redacted: Mapping[str, str] = field(default_factory=dict)
    """The positions of the earlier events from which text was erased, each with the digest of what is left of it."""


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """A Parquet file: its table, its path under the home, its rows, bytes and SHA-256, its schema's version."""

    table: str
    path: str
    rows: int
    bytes: int
    sha256: str
    schema: int


@dataclass(frozen=True)
class BatchCommitted(Event):
    type: ClassVar[str] = "batch.committed"
    batch_id: str
    run_id: str
    files: Sequence[FileEntry] = ()
    documents: int = 0


@dataclass(frozen=True)
class KnowledgeLearned(Event):
    type: ClassVar[str] = "knowledge.learned"
    site: str
    knowledge_id: str
    documents: int
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class FilesCompacted(Event):
    """Rows of files of one table were written anew: merged, repaired, or with those of a purged document left out."""

    type: ClassVar[str] = "files.compacted"
    run_id: str
    replaced: Sequence[str] = ()
    files: Sequence[FileEntry] = ()


@dataclass(frozen=True)
class FilesSwept(Event):
    type: ClassVar[str] = "files.swept"
    run_id: str
    paths: Sequence[str] = ()


@dataclass(frozen=True)
class SourcePolled(Event):
    type: ClassVar[str] = "source.polled"
    source: str
    found: int
    new: int
    memory: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ClaimReviewed(Event):
    type: ClassVar[str] = "claim.reviewed"
    claim_id: str
    verdict: str
    why: str
    who: str
    corrections: Mapping[str, Any] = field(default_factory=dict)
    taken_back: Sequence[str] = ()
    """Fields whose earlier correction ends."""


@dataclass(frozen=True, kw_only=True)
class ClaimAdded(Event):
    """A claim that a person found in an article where the rules found none."""

    type: ClassVar[str] = "claim.added"
    claim_id: str
    article_id: str
    kind: str
    text: str
    """Its words, to the letter; empty once they were purged."""

    span_start: int
    """Where the words stood in the article's text then; where other rules made another text, they are looked for."""

    fields: Mapping[str, Any]
    """What it says, by the names of the columns of facts that a person may correct."""

    why: str
    who: str


@dataclass(frozen=True, kw_only=True)
class EntityRuled(Event):
    """What a person decided of an entity: that it is another (`merge`), two (`split`), or what it is called and is."""

    type: ClassVar[str] = "entity.ruled"
    entity_id: str
    action: str
    why: str
    who: str
    into_id: str | None = None
    """The entity that this one is, or that the split part becomes."""

    name: str | None = None
    kind: str | None = None
    country: str | None = None
    alias: str | None = None
    """The folded printed name that is split off."""

    article_id: str | None = None
    """The article in which it is another one."""


@dataclass(frozen=True, kw_only=True)
class StoryRuled(Event):
    """What a person decided of a story: that it is another (`merge`), two (`split`), or that no decision holds (`undo`)."""

    type: ClassVar[str] = "story.ruled"
    story_id: str
    action: str
    why: str
    who: str
    into_id: str | None = None
    """The story that this one is, or that the articles which are split off become."""

    article_ids: Sequence[str] = ()
    """The articles that are split off."""


EVENTS: dict[str, type[Event]] = {
    event.type: event
    for event in (
        RunStarted,
        RunFinished,
        RunAbandoned,
        DocumentReceived,
        DocumentIngested,
        DocumentRejected,
        DocumentDuplicate,
        DocumentRequeued,
        DocumentWithdrawn,
        DocumentPurged,
        BatchCommitted,
        KnowledgeLearned,
        FilesCompacted,
        FilesSwept,
        SourcePolled,
        ClaimReviewed,
        ClaimAdded,
        EntityRuled,
        StoryRuled,
    )
}
