"""`copydesk reprocess` and `copydesk requeue`: made again, decided again."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from flows.progress import progress_for_terminal
from flows.remake import Selection, reprocess, requeue
from flows.run import Run
from flows.settings import Settings, load_settings
from flows.summary import remade
from warehouse.errors import TooManyRejects

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
        print(remade(done[0]))
        raise
    print(remade(done[0]))
    return 0
