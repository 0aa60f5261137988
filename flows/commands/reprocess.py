"""`copydesk reprocess` and `copydesk requeue`: made again, decided again."""

from __future__ import annotations

import argparse

from flows.progress import progress_for_terminal
from flows.remake import Selection, reprocess, requeue
from flows.run import Run
from flows.settings import load_settings
from flows.summary import remade
from warehouse.errors import TooManyRejects

SETTINGS = ("home", "jobs", "max_rejects", "wait")


def run(options: argparse.Namespace) -> int:
    settings = load_settings({name: getattr(options, name) for name in SETTINGS})
    selection = Selection(options.stage, options.source, options.since, options.until)
    done: list[Run] = []
    try:
        reprocess(settings, selection, progress_for_terminal(), done)
    except TooManyRejects:
        print(remade(done[0]))
        raise
    print(remade(done[0]))
    return 0


def run_requeue(options: argparse.Namespace) -> int:
    settings = load_settings({name: getattr(options, name) for name in SETTINGS})
    done: list[Run] = []
    try:
        requeue(settings, options.reason, options.source, progress_for_terminal(), done)
    except TooManyRejects:
        print(remade(done[0]))
        raise
    print(remade(done[0]))
    return 0
