"""What travels between the coordinator and its workers: a task out, a manifest back. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.flows.limits import Limits
from copydesk.warehouse.events import FileEntry
from copydesk.warehouse.home import Home


@dataclass(frozen=True, kw_only=True)
class Task:
    """A batch to be made."""

    home: Home
    run_id: str
    batch_id: str
    documents: Sequence[Mapping[str, Any]]
    rules: str
    limits: Limits
    now: datetime
    knowledge: Mapping[str, tuple[str | None, frozenset[str]]] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    crashed: bool = False
    """Set for a lone document that killed its worker twice: it is turned away unread."""

    into: Home | None = None
    """Where the rows are written, if not into the home that the raw bytes are read from."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one document of a batch."""

    document_id: str
    revision: int
    sha256: str
    output_id: str
    article_id: str | None
    reason: str | None
    detail: str | None
    outlet: str | None
    signature: tuple[int, ...]
    counts: Mapping[str, int]
    knowledge: str | None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a worker made of a task: files on disk, results in the task's order, numbers for people."""

    batch_id: str
    files: tuple[FileEntry, ...]
    results: tuple[Result, ...]
    measures: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    failed_expectations: Mapping[str, int] = field(default_factory=dict)
