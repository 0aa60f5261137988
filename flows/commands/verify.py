"""`copydesk verify`: a home against its log."""

from __future__ import annotations

import argparse

from flows.check import check
from flows.progress import progress_for_terminal
from flows.settings import load_settings

SHOWN = 5


def run(options: argparse.Namespace) -> int:
    found = check(load_settings({"home": options.home, "wait": options.wait}), progress_for_terminal().say)
    for finding in found:
        print(f"{finding.kind}: {finding.what} {finding.detail}")
        if finding.documents:
            more = f" and {len(finding.documents) - SHOWN} more" if len(finding.documents) > SHOWN else ""
            print(f"  documents: {', '.join(finding.documents[:SHOWN])}{more}")
    print(f"{len(found)} things are not as the log says." if found else "All is as the log says.")
    return 1 if found else 0
