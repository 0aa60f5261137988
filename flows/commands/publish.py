"""`copydesk publish`: publishes the warehouse anew."""

from __future__ import annotations

import argparse

from flows.progress import progress_for_terminal
from flows.run import open_run
from flows.settings import load_settings
from warehouse.errors import PermanentError


def run(options: argparse.Namespace) -> int:
    settings = load_settings({"home": options.home, "wait": options.wait})
    if not settings.place.exists and not settings.log:
        raise PermanentError(f"Nothing was ever ingested into {settings.home}; there is nothing to publish.")
    from warehouse.publish import publish

    with open_run(settings, "publish", {}, progress_for_terminal()) as opened:
        path = publish(opened.home, opened.log, opened.state)
    print(f"Published {path}")
    return 0
