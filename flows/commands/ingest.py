"""`copydesk ingest`: by the Prefect flow where a server is named, else the same steps directly."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from copydesk.flows.printing import say
from copydesk.flows.runs.run import TooManyRejects
from copydesk.flows.served.auth import let_client_in, told_where_the_key_is
from copydesk.flows.settings import Settings, load_settings
from copydesk.flows.sources.choose import chosen_source
from copydesk.flows.sources.found import Source
from copydesk.warehouse.store import is_remote


def run(options: argparse.Namespace) -> int:
    names = ("home", "jobs", "executor", "max_rejects", "max_bytes", "wait")
    settings = load_settings({name: getattr(options, name) for name in names})
    source = chosen_source(settings, options.source, options.paths)
    if options.dry_run:
        return _dry_run(settings, source)
    if os.environ.get("PREFECT_API_URL"):
        return _by_prefect(settings, options, source.name)
    from copydesk.flows.jobs.ingest import ingest
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.summary import summary

    parameters = {"source": source.name, "paths": options.paths}
    try:
        say(summary(ingest(settings, source, parameters, progress_for_terminal())))
    except TooManyRejects as error:
        say(summary(error.run))
        raise
    return 0


def _dry_run(settings: Settings, source: Source) -> int:
    """Prints a line for each document of the source: unchanged, duplicate, article or reject, and why."""
    from copydesk.flows.jobs.dry_run import dry_run

    counts: Counter[str] = Counter()
    for forecast in dry_run(settings, source):
        counts[forecast.outcome] += 1
        outcome = f"{forecast.outcome}: {forecast.reason}" if forecast.reason else forecast.outcome
        say(f"{outcome:22} {forecast.uri}  {forecast.detail}")
    say("Nothing was written. " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 0


def _by_prefect(settings: Settings, options: argparse.Namespace, name: str) -> int:
    let_client_in(settings)
    with told_where_the_key_is():
        _flow(settings, options, name)
    return 0


def _flow(settings: Settings, options: argparse.Namespace, name: str) -> None:
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
