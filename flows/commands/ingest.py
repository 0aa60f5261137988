"""`copydesk ingest`: by the Prefect flow where a server is named, else the same steps directly."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import one_line, say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import RunOptions
from copydesk.warehouse.store import is_remote

if TYPE_CHECKING:
    from copydesk.flows.sources.found import Source

PATHS = "File or folder: .txt .md .html .htm, each also .gz; .zip .tar .jsonl .csv .parquet .warc. Without any, the inbox."


def run(
    *paths: Annotated[str, Parameter(metavar="PATH", help=PATHS)],
    source: Annotated[str | None, Parameter(help="Name of the source; without a PATH one of sources.toml.")] = None,
    dry_run: Annotated[bool, Parameter(help="Say what would become of each document; write nothing.")] = False,
    options: Annotated[RunOptions, FLAT] = RunOptions.defaults(),
) -> int:
    from copydesk.flows.sources.choose import chosen_source

    settings = settings_of(options)
    chosen = chosen_source(settings, source, paths)
    if dry_run:
        return _dry_run(settings, chosen)
    absolute = [path if is_remote(path) else str(Path(path).resolve()) for path in paths]
    if os.environ.get("PREFECT_API_URL"):
        return _by_prefect(settings, chosen.name, absolute)
    from copydesk.flows.commands.watch import say_watches
    from copydesk.flows.jobs.ingest import ingest
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.run import TooManyRejects
    from copydesk.flows.runs.summary import summary

    try:
        run = ingest(settings, chosen, {"source": chosen.name, "paths": absolute}, progress_for_terminal())
    except TooManyRejects as error:
        say(summary(error.run))
        say_watches(error.run)
        raise
    say(summary(run))
    say_watches(run)
    return 0


def _dry_run(settings: Settings, source: Source) -> int:
    """Prints a line for each document of the source: unchanged, duplicate, article or reject, and why."""
    from copydesk.flows.jobs.dry_run import dry_run

    counts: Counter[str] = Counter()
    for forecast in dry_run(settings, source):
        counts[forecast.outcome] += 1
        outcome = f"{forecast.outcome}: {forecast.reason}" if forecast.reason else forecast.outcome
        say(one_line(f"{outcome:22} {forecast.uri}  {forecast.detail}"))
    say("Nothing was written. " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 0


def _by_prefect(settings: Settings, source: str, paths: list[str]) -> int:
    """Runs the flow with the settings of this process as its parameters."""
    from copydesk.flows.served.auth import let_client_in, told_where_the_key_is

    let_client_in(settings)
    with told_where_the_key_is():
        from copydesk.flows.served.ingest import ingest

        ingest(source=source, paths=paths, settle=0.0, home=settings.address, **settings.recorded)
    return 0
