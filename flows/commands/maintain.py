"""`copydesk maintain`: what keeps a home quick."""

from __future__ import annotations

import argparse

from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.settings import load_settings


def run(options: argparse.Namespace) -> int:
    done = maintain(load_settings({"home": options.home, "wait": options.wait}), progress_for_terminal())
    say(f"{done.tally.counts['merged']} small files merged, {done.tally.counts['swept']} swept.")
    return 0
