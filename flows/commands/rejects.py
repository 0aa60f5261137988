"""`copydesk rejects`: what was turned away, and why."""

from __future__ import annotations

import argparse

from copydesk.flows.commands.reading import open_warehouse, run_query
from copydesk.flows.printing import first_line, say

QUERY = "SELECT stage, reason, expectation, source_uri, detail, size FROM rejects ORDER BY stage, reason, source_uri"


def run(options: argparse.Namespace) -> int:
    _, rows = run_query(open_warehouse(options), QUERY)
    for stage, reason, expectation, uri, detail, size in rows:
        rule = f" ({expectation})" if expectation else ""
        say(f"{stage:10} {reason}{rule}  {uri}  {size} bytes\n           {first_line(str(detail))}")
    say(f"{len(rows)} rejects")
    return 0
