"""What travels between the coordinator and its workers: a task out, a manifest back. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from copydesk.flows.settings.limits import Limits
from copydesk.flows.settings.program import program_version
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.documents import Receipt
from copydesk.warehouse.events import FileEntry
from copydesk.warehouse.home import Home
from copydesk.warehouse.schemas import SCHEMA_VERSION


@dataclass(frozen=True, kw_only=True)
class Task:
    """A batch to be made: documents as the state has them, in the order of their receipt."""

    home: Home
    run_id: str
    batch_id: str
    documents: Sequence[Receipt]
    rules: str
    """The name under which the log records what is made: on every machine the rules must have this name."""

    rule_set: RuleSet
    """The rules that are applied."""

    limits: Limits
    now: datetime
    """The time that the rows of the batch bear."""

    knowledge: Mapping[str, tuple[str | None, frozenset[str]]] = field(default_factory=dict)
    """For each site the id of what was learnt of it, and its repeated lines."""

    sites: Mapping[str, str] = field(default_factory=dict)
    """The site of each document, by its id."""

    crashed: bool = False
    """Set for a single document that killed its worker twice: it is rejected without being read."""

    into: Home | None = None
    """The home that the rows are written into, where that is not the one that the raw bytes are read from."""


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


def made_by() -> str:
    """The program of this process, as far as what it makes of a task depends on it beside the rules."""
    return f"copydesk {program_version()} with tables of version {SCHEMA_VERSION}"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a worker made of a task: files on disk, results in the task's order, numbers for people."""

    batch_id: str
    files: tuple[FileEntry, ...]
    results: tuple[Result, ...]
    measures: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    failed_expectations: Mapping[str, int] = field(default_factory=dict)
    program: str = field(default_factory=made_by)
    """The program that made it: on a cluster it may be another than the coordinator's."""
