"""`copydesk publish`: publishes the warehouse anew."""

from __future__ import annotations

import argparse

from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.runs.run import open_run
from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError


def run(options: argparse.Namespace) -> int:
    settings = load_settings({"home": options.home, "wait": options.wait})
    if not settings.place.exists and not settings.log:
        raise PermanentError(f"Nothing was ever ingested into {settings.home}; there is nothing to publish.")
    if (options.as_of is None) != (options.to is None):
        raise PermanentError("--as-of says which warehouse, and --to where it is written: both or none.")
    from copydesk.warehouse.asof import position_of, publish_as_of
    from copydesk.warehouse.publish import publish

    with open_run(settings, "publish", {}, progress_for_terminal()) as opened:
        if options.as_of is None:
            path = publish(opened.home, opened.log, opened.state)
        else:
            path = options.to
            publish_as_of(opened.home, opened.log, opened.state, position_of(opened.log, options.as_of), path)
    say(f"Published {path}")
    return 0
