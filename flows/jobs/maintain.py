"""Maintenance: small files are merged, files that no reader can have open any more are deleted, old published files expire."""

from __future__ import annotations

from copydesk.flows.runs.compaction import compact_files
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import Do, conclude, directly
from copydesk.flows.settings import Settings


def maintain(settings: Settings, progress: Progress) -> Run:
    """Merges, deletes, lets expire and publishes. Raises HomeLocked, Overtaken, PermanentError."""
    with open_run(settings, "maintain", {}, progress) as run:
        maintain_steps(run)
    return run


def maintain_steps(run: Run, do: Do = directly) -> None:
    """The steps in their order; `do` calls each of them."""
    do(compact_files, run)
    do(conclude, run)
