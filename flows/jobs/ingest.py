"""The main job without Prefect: the same steps, called one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude, learn, process, receive
from copydesk.flows.settings import Settings
from copydesk.flows.sources.found import Source


def ingest(
    settings: Settings, source: Source, parameters: Mapping[str, Any], progress: Progress, seen: list[Run] | None = None
) -> Run:
    """Ingests what is new at a source, and what dead runs left pending. Returns the run with its counts.

    `seen` is given the run as soon as it begins, for callers who want its counts even where it fails.
    Raises TooManyRejects, HomeLocked, Overtaken, PermanentError.
    """
    with open_run(settings, "ingest", parameters, progress) as run:
        if seen is not None:
            seen.append(run)
        receive(run, source)
        if run.state.has_pending:
            learn(run)
            process(run)
        conclude(run)
    return run
