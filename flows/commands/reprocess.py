"""`copydesk reprocess` and `copydesk requeue`: what older rules made, and what was turned away, is processed again."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from copydesk.flows.jobs.reprocess import Rejects, Selection, reprocess, requeue
from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.runs.run import Run, TooManyRejects
from copydesk.flows.runs.summary import remade
from copydesk.flows.settings import load_settings

SETTINGS = ("home", "jobs", "executor", "max_rejects", "wait")


def run(options: argparse.Namespace) -> int:
    settings = load_settings({name: getattr(options, name) for name in SETTINGS})
    selection = Selection(options.stage, options.source, options.since, options.until)
    return _print_summary(lambda: reprocess(settings, selection, progress_for_terminal()))


def run_requeue(options: argparse.Namespace) -> int:
    settings = load_settings({name: getattr(options, name) for name in SETTINGS})
    rejects = Rejects(options.reason, options.source)
    return _print_summary(lambda: requeue(settings, rejects, progress_for_terminal()))


def _print_summary(job: Callable[[], Run]) -> int:
    """Prints what a run made, also where too much of it was turned away."""
    try:
        say(remade(job()))
    except TooManyRejects as error:
        say(remade(error.run))
        raise
    return 0
