"""`copydesk verify`: a home against its log."""

from __future__ import annotations

import argparse

from copydesk.flows.jobs.verify import check
from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.settings import Settings, load_settings
from copydesk.warehouse.errors import PermanentError

SHOWN = 5


def run(options: argparse.Namespace) -> int:
    settings = load_settings({"home": options.home, "wait": options.wait})
    if options.yes and not options.repair:
        raise PermanentError("--yes lets --repair delete what no event names; give both.")
    if options.repair:
        _repair(settings, options.yes)
    found = check(settings, progress_for_terminal().say)
    for finding in found:
        say(f"{finding.kind}: {finding.what} {finding.detail}")
        if finding.documents:
            more = f" and {len(finding.documents) - SHOWN} more" if len(finding.documents) > SHOWN else ""
            say(f"  documents: {', '.join(finding.documents[:SHOWN])}{more}")
    say(f"{len(found)} things are not as the log says." if found else "All is as the log says.")
    return 1 if found else 0


def _repair(settings: Settings, delete: bool) -> None:
    from copydesk.flows.jobs.repair import repair

    done = repair(settings, progress_for_terminal(), delete)
    told = {"mended": done.mended, "deleted": done.deleted, "cannot be mended": done.lost, "deleted with --yes": done.waiting}
    for word, lines in told.items():
        for line in lines:
            say(f"{word}: {line}")
