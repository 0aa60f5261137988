"""`copydesk diff`: what came, went or changed between two positions or times, and why."""

from __future__ import annotations

import argparse
from collections import Counter

from copydesk.flows.commands.sql import answer
from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.runs.run import open_run
from copydesk.flows.runs.storage import existing
from copydesk.flows.settings import load_settings


def run(options: argparse.Namespace) -> int:
    from copydesk.warehouse.asof import position_of
    from copydesk.warehouse.diff import COLUMNS, diff

    settings = load_settings({"home": options.home, "wait": options.wait})
    existing(settings)
    with open_run(settings, "diff", {}, progress_for_terminal()) as opened:
        old = position_of(opened.log, options.since)
        new = position_of(opened.log, options.until) if options.until else opened.log.position()
        rows = list(diff(opened.home, opened.log, opened.state, old, new))
    answer(list(COLUMNS), rows, options.format)
    if options.format == "table":
        counts = Counter((str(row[0]), str(row[1]), str(row[2])) for row in rows)
        for (kind, change, why), count in sorted(counts.items()):
            say(f"{count} {kind}{'s' if count > 1 else ''} {change}: {why}")
    return 0
