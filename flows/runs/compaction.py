"""Merges small files, deletes files that no reader can have open any more, and lets old published files expire."""

from __future__ import annotations

import time

from copydesk.flows.runs.run import Run
from copydesk.warehouse.events import FilesCompacted, FilesSwept


def compact_files(run: Run) -> None:
    """Merges, lets old published files go, sweeps; to be followed by a publish."""
    from copydesk.warehouse.compaction import compact, sweepable
    from copydesk.warehouse.publish import expire

    for replaced, entry in compact(run.home, run.state):
        run.append(FilesCompacted(run.run_id, tuple(replaced), (entry,)))
        run.tally.counts["merged"] += len(replaced)
        run.progress.say(f"merged {len(replaced)} files of {entry.table} into one of {entry.rows:,} rows")
    expire(run.home, run.state, time.time())
    gone = sweepable(run.home, run.state, run.started_at)
    if gone:
        run.append(FilesSwept(run.run_id, tuple(gone)))
        for path in gone:
            run.home.store.delete(path)
        run.tally.counts["swept"] += len(gone)


def compact_if_crowded(run: Run) -> None:
    """Does this at the end of a run where there are many small files, so that a home stays quick that nobody maintains."""
    from copydesk.warehouse.compaction import crowded

    if crowded(run.state):
        compact_files(run)
