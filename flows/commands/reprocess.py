"""`copydesk reprocess` and `copydesk requeue`: made again, decided again."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from copydesk.flows.jobs.reprocess import Selection, reprocess, requeue
from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.runs.run import Run
from copydesk.flows.runs.summary import remade
from copydesk.flows.settings import Settings, load_settings
from copydesk.warehouse.errors import TooManyRejects

SETTINGS = ("home", "jobs", "executor", "max_rejects", "wait")


def run(options: argparse.Namespace) -> int:
    selection = Selection(options.stage, options.source, options.since, options.until)
    return _told(options, lambda settings, done: reprocess(settings, selection, progress_for_terminal(), done))


def run_requeue(options: argparse.Namespace) -> int:
    return _told(
        options,
        lambda settings, done: requeue(settings, options.reason, options.source, progress_for_terminal(), done),
    )


def _told(options: argparse.Namespace, make: Callable[[Settings, list[Run]], Run]) -> int:
    """Says what a run made, also where too much of it was turned away."""
    done: list[Run] = []
    try:
        make(load_settings({name: getattr(options, name) for name in SETTINGS}), done)
    except TooManyRejects:
        say(remade(done[0]))
        raise
    say(remade(done[0]))
    return 0
