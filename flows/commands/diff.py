"""`copydesk diff`: what came, went or changed between two positions or times, and why."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, RowFormat, When
from copydesk.flows.commands.sql import answer
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError


def run(
    *,
    since: Annotated[When, Parameter(help="What came after this: a day, a time, yesterday, -7d.")] = None,
    old: Annotated[When, Parameter(name="--from", help="Instead: a position of the log, a time, or a day's end.")] = None,
    until: Annotated[When, Parameter(name="--to", help="Position of the log, time, or day; now where it is left out.")] = None,
    form: RowFormat = "table",
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.run import open_run
    from copydesk.flows.runs.storage import existing
    from copydesk.warehouse.asof import position_of, position_since
    from copydesk.warehouse.diff import COLUMNS, diff

    if (since is None) == (old is None):
        raise PermanentError("Say since when, as --since yesterday, or from which position, as --from 120: one of the two.")
    settings = settings_of(options)
    existing(settings)
    with open_run(settings, "diff", {}, progress_for_terminal()) as opened:
        first = position_of(opened.log, old) if old is not None else position_since(opened.log, str(since))
        last = position_of(opened.log, until) if until else opened.log.position()
        rows = list(diff(opened.home, opened.log, opened.state, first, last))
    answer(list(COLUMNS), rows, form)
    if form == "table":
        counts = Counter((str(row[0]), str(row[1]), str(row[2])) for row in rows)
        for (kind, change, why), count in sorted(counts.items()):
            say(f"{count} {kind}{'s' if count > 1 else ''} {change}: {why}")
    return 0
