"""`copydesk maintain`: what keeps a home quick."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import LockOptions


def run(*, options: Annotated[LockOptions, FLAT] = LockOptions.defaults()) -> int:
    from copydesk.flows.jobs.maintain import maintain
    from copydesk.flows.runs.progress import progress_for_terminal

    done = maintain(settings_of(options), progress_for_terminal())
    say(f"{done.tally.counts['merged']} small files merged, {done.tally.counts['swept']} swept.")
    return 0
