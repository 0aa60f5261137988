"""`copydesk ingest`: by the Prefect flow where a server is named, else the same steps directly."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from copydesk.flows.printing import say
from copydesk.flows.runs.run import Run
from copydesk.flows.settings import Settings, load_settings
from copydesk.flows.sources.choose import chosen_source
from copydesk.warehouse.errors import TooManyRejects
from copydesk.warehouse.store import is_remote


def run(options: argparse.Namespace) -> int:
    names = ("home", "jobs", "executor", "max_rejects", "max_bytes", "wait")
    settings = load_settings({name: getattr(options, name) for name in names})
    source = chosen_source(settings, options.source, options.paths)
    if options.dry_run:
        from copydesk.flows.jobs.dry_run import dry_run

        return dry_run(settings, source)
    if os.environ.get("PREFECT_API_URL"):
        return _by_prefect(settings, options, source.name)
    from copydesk.flows.jobs.ingest import ingest
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.summary import summary

    done: list[Run] = []
    try:
        ingest(settings, source, {"paths": options.paths}, progress_for_terminal(), done)
    except TooManyRejects:
        say(summary(done[0]))
        raise
    say(summary(done[0]))
    return 0


def _by_prefect(settings: Settings, options: argparse.Namespace, name: str) -> int:
    from copydesk.flows.served.ingest import ingest as flow

    flow(
        paths=[p if is_remote(p) else str(Path(p).resolve()) for p in options.paths],
        home=settings.address,
        source=name,
        settle=0.0,
        jobs=settings.jobs,
        executor=settings.executor or "",
        max_rejects=settings.max_rejects,
        max_bytes=settings.max_bytes,
        wait=settings.wait,
    )
    return 0
