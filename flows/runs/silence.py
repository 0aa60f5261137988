"""Silence is news: a source that was silent for three times its rhythm."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from copydesk.flows.runs.run import Run
from copydesk.warehouse.series import LATEST, LEAST_GAPS, TIMES


@dataclass(frozen=True)
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
    """The silence of a source that is longer than its rhythm allows; null where it is not, or has no rhythm yet."""
    rows = run.state.rows(
        "SELECT DISTINCT received_at FROM documents WHERE source = ? ORDER BY received_at DESC LIMIT ?", source, LATEST
    )
    times = [datetime.fromisoformat(row[0]) for row in rows]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    if len(gaps) < LEAST_GAPS:
        return None
    usual = timedelta(seconds=statistics.median(gaps))
    silent = run.started_at - times[0]
    return Silence(source, times[0], silent, usual) if silent > TIMES * usual else None


def _hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours > 48 else f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} minutes"
