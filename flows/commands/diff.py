"""`copydesk diff`: what came, went or changed between two positions or times, and why."""

from __future__ import annotations

import argparse
from collections import Counter

from flows.commands.sql import answer
from flows.progress import progress_for_terminal
from flows.run import open_run
from flows.settings import load_settings
from flows.wiring import existing


def run(options: argparse.Namespace) -> int:
    from warehouse.asof import position_of
    from warehouse.diff import COLUMNS, diff

    settings = load_settings({"home": options.home, "wait": options.wait})
    existing(settings)
    with open_run(settings, "diff", {}, progress_for_terminal()) as opened:
        old, new = (position_of(opened.log, given) for given in (options.since, options.until))
        rows = list(diff(opened.home, opened.log, opened.state, old, new))
    answer(list(COLUMNS), rows, options.format)
    if options.format == "table":
        counts = Counter((str(row[0]), str(row[1]), str(row[2])) for row in rows)
        for (kind, change, why), count in sorted(counts.items()):
            print(f"{count} {kind}{'s' if count > 1 else ''} {change}: {why}")
    return 0
