"""Maintenance: small files are merged, what no reader can have open any more is swept, old published files expire."""

from __future__ import annotations

from copydesk.flows.runs.compaction import tidy
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings


def maintain(settings: Settings, progress: Progress, seen: list[Run] | None = None) -> Run:
    """Merges, sweeps, expires and publishes. Raises HomeLocked, Overtaken, PermanentError."""
    with open_run(settings, "maintain", {}, progress) as run:
        if seen is not None:
            seen.append(run)
        tidy(run)
        conclude(run)
    return run
