"""What a run counts while it goes on, for the people who read its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(kw_only=True)
class Tally:
    """The numbers of one run. Every counter goes from a name to how many there were."""

    counts: Counter[str] = field(default_factory=Counter)
    """Documents by what became of them, and the sentences and facts that were made: these go into the log."""

    skipped: Counter[str] = field(default_factory=Counter)
    """What a source left out, by reason."""

    measures: Counter[str] = field(default_factory=Counter)
    """Facts by measure, or by kind where they have none."""

    roles: Counter[str] = field(default_factory=Counter)
    """Blocks by role."""

    failed_expectations: Counter[str] = field(default_factory=Counter)
    """Rows that broke an expectation, by its name."""

    sources: list[str] = field(default_factory=list)
    """The names of the sources that were read."""

    rejected_rows: list[dict[str, Any]] = field(default_factory=list)
    """The first documents that were rejected: source_uri, reason, detail, size, decided_at."""

    conflicts: int = 0
    """The pairs of figures that do not agree of which one stands in a new article, as far as they are shown."""

    matches: int = 0
    """What watches found anew in what the run published."""

    report: Path | None = None
    """The first page of the report, where the run wrote one."""
