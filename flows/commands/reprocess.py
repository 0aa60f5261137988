"""`copydesk reprocess` and `copydesk requeue`: what older rules made, and what was turned away, is processed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import ReprocessOptions, RequeueOptions

if TYPE_CHECKING:
    from copydesk.flows.runs.run import Run


def run(*, options: Annotated[ReprocessOptions, FLAT] = ReprocessOptions.defaults()) -> int:
    from copydesk.flows.jobs.reprocess import Selection, reprocess
    from copydesk.flows.runs.progress import progress_for_terminal

    selection = Selection(options.stage, options.source, options.since, options.until)
    return _print_summary(lambda: reprocess(settings_of(options), selection, progress_for_terminal()))


def run_requeue(*, options: Annotated[RequeueOptions, FLAT] = RequeueOptions.defaults()) -> int:
    from copydesk.flows.jobs.reprocess import Rejects, requeue
    from copydesk.flows.runs.progress import progress_for_terminal

    rejects = Rejects(options.reason, options.source)
    return _print_summary(lambda: requeue(settings_of(options), rejects, progress_for_terminal()))


def _print_summary(job: Callable[[], Run]) -> int:
    """Prints what a run made, also where too much of it was turned away."""
    from copydesk.flows.commands.watch import say_watches
    from copydesk.flows.runs.run import TooManyRejects
    from copydesk.flows.runs.summary import remade

    try:
        run = job()
    except TooManyRejects as error:
        say(remade(error.run))
        say_watches(error.run)
        raise
    say(remade(run))
    say_watches(run)
    return 0
