"""Takes in what is new at a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.flows.runs.receive import receive
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import Do, conclude, decide_pending, directly
from copydesk.flows.settings import Settings
from copydesk.flows.sources.found import Source
from copydesk.transforms.rule_set import RuleSet


def ingest(
    settings: Settings, source: Source, parameters: Mapping[str, Any], progress: Progress, rules: RuleSet | None = None
) -> Run:
    """Takes in what is new at a source, and decides what dead runs left pending. Returns the run with its tally.

    Raises TooManyRejects (which carries the run), HomeLocked, Overtaken, PermanentError.
    """
    with open_run(settings, "ingest", parameters, progress, rules=rules) as run:
        ingest_steps(run, source)
    return run


def ingest_steps(run: Run, source: Source, do: Do = directly) -> None:
    """The steps in their order; `do` calls each of them: directly, or as a task of a flow."""
    do(receive, run, source)
    decide_pending(run, do)
    do(conclude, run)
