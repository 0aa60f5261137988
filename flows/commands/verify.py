"""`copydesk verify`: a home against its log."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import one_line, say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

SHOWN = 5


def run(
    *,
    repair: Annotated[bool, Parameter(help="Mend what raw bytes and log allow first, and say what cannot be.")] = False,
    yes: Annotated[bool, Parameter(help="Let the repair delete what no event names, and go on with a cut log.")] = False,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.jobs.verify import check
    from copydesk.flows.runs.progress import progress_for_terminal

    settings = settings_of(options)
    if yes and not repair:
        raise PermanentError("--yes lets --repair delete what no event names; give both.")
    if repair:
        _repair(settings, yes)
    found = check(settings, progress_for_terminal().say)
    for finding in found:
        say(one_line(f"{finding.kind}: {finding.what} {finding.detail}"))
        if finding.documents:
            more = f" and {len(finding.documents) - SHOWN} more" if len(finding.documents) > SHOWN else ""
            say(f"  documents: {', '.join(finding.documents[:SHOWN])}{more}")
    say(f"{len(found)} things are not as the log says." if found else "All is as the log says.")
    return 1 if found else 0


def _repair(settings: Settings, delete: bool) -> None:
    from copydesk.flows.jobs.repair import repair
    from copydesk.flows.runs.progress import progress_for_terminal

    done = repair(settings, progress_for_terminal(), delete)
    told = {"mended": done.mended, "deleted": done.deleted, "cannot be mended": done.lost, "deleted with --yes": done.waiting}
    for word, lines in told.items():
        for line in lines:
            say(f"{word}: {line}")
