"""A source that gave nothing new for three times as long as it usually takes: a scheduled run says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from copydesk.flows.runs.run import Run
from copydesk.warehouse.rhythm import LATEST, overdue


@dataclass(frozen=True, kw_only=True)
class Silence:
    """How long a source has been silent, and how long it usually is."""

    source: str
    since: datetime
    silent: timedelta
    usual: timedelta

    def __str__(self) -> str:
        return (
            f"{self.source} has given nothing new since {self.since:%Y-%m-%d %H:%M}, {_hours(self.silent)}; "
            f"usually something comes within {_hours(self.usual)}."
        )


def silence_of(run: Run, source: str) -> Silence | None:
    """The silence of a source that is longer than its rhythm allows; None where it is not, or has no rhythm yet."""
    rows = run.state.rows(
        "SELECT DISTINCT received_at FROM documents WHERE source = ? ORDER BY received_at DESC LIMIT ?", source, LATEST
    )
    silent = overdue([datetime.fromisoformat(row[0]) for row in rows], run.started_at)
    if silent is None:
        return None
    return Silence(source=source, since=silent.since, silent=run.started_at - silent.since, usual=silent.usual)


def _hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours > 48 else f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} minutes"
