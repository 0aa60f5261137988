"""`copydesk publish`: publishes the warehouse anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, When
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError


def run(
    *,
    as_of: Annotated[When, Parameter(help="As it was at a position of the log, a time, or a day's end (UTC).")] = None,
    to: Annotated[Path | None, Parameter(metavar="FILE", help="Where the warehouse as it was is written.")] = None,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    return publish_anew(settings_of(options), as_of, to)


def publish_anew(settings: Settings, as_of: str | None = None, to: Path | None = None) -> int:
    """Publishes a home as it is, or as it was into a file of its own, and says where."""
    if not settings.place.exists and not settings.log:
        raise PermanentError(f"Nothing was ever ingested into {settings.home}; there is nothing to publish.")
    if (as_of is None) != (to is None):
        raise PermanentError("--as-of says which warehouse, and --to where it is written: both or none.")
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.run import open_run
    from copydesk.warehouse.asof import position_of, publish_as_of
    from copydesk.warehouse.publish import publish

    with open_run(settings, "publish", {}, progress_for_terminal()) as opened:
        if as_of is None or to is None:
            path = publish(opened.home, opened.log, opened.state)
        else:
            path = to
            publish_as_of(opened.home, opened.log, opened.state, position_of(opened.log, as_of), path)
    say(f"Published {path}")
    return 0
