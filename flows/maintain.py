"""Maintenance: small files are merged, what no reader can have open any more is swept, old published files expire."""

from __future__ import annotations

import time

from flows.run import Progress, Run, open_run
from flows.settings import Settings
from flows.steps import conclude
from warehouse.events import FilesCompacted, FilesSwept


def maintain(settings: Settings, progress: Progress, seen: list[Run] | None = None) -> Run:
    """Merges, sweeps, expires and publishes. Raises HomeLocked, Overtaken, PermanentError."""
    with open_run(settings, "maintain", {}, progress) as run:
        if seen is not None:
            seen.append(run)
        tidy(run)
        conclude(run)
    return run


def tidy(run: Run) -> None:
    """The steps of maintenance between the start of a run and its conclusion."""
    from warehouse.compaction import compact, sweepable
    from warehouse.publish import expire

    for replaced, entry in compact(run.home, run.state):
        run.append(FilesCompacted(run.run_id, tuple(replaced), (entry,)))
        run.counts["merged"] += len(replaced)
        run.progress.say(f"merged {len(replaced)} files of {entry.table} into one of {entry.rows:,} rows")
    expire(run.home, run.state, time.time())
    gone = sweepable(run.home, run.state, run.started_at)
    if gone:
        run.append(FilesSwept(run.run_id, tuple(gone)))
        for path in gone:
            run.home.store.delete(path)
        run.counts["swept"] += len(gone)
