"""`copydesk backup` and `copydesk restore`: a home in one file, and back."""

from __future__ import annotations

import argparse

from copydesk.flows.commands import publish
from copydesk.flows.jobs.backup import backup
from copydesk.flows.jobs.restore import restore
from copydesk.flows.printing import say
from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError


def run(options: argparse.Namespace) -> int:
    saved = backup(load_settings({"home": options.home}), options.file)
    already = "already, as the home stands now" if saved.already else ""
    say(f"{saved.files} files and the log are in {options.file} {already}".rstrip() + ".")
    say(f"Back again: copydesk restore {options.file} --home NEW")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    settings = load_settings({"home": options.home})
    if settings.log or settings.remote:
        raise PermanentError("A backup is of a home whose log lies in its folder. Restore into a folder, without COPYDESK_LOG.")
    if not restore(options.file, settings.home):
        say(f"{settings.home} was made of {options.file} before; it is left as it is.")
    options.wait = options.as_of = options.to = None
    return publish.run(options)
