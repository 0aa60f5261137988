"""`copydesk backup` and `copydesk restore`: a home in one file, and back."""

from __future__ import annotations

import argparse

from copydesk.flows.commands import publish
from copydesk.flows.jobs.backup import backup, restore
from copydesk.flows.settings import load_settings


def run(options: argparse.Namespace) -> int:
    count = backup(load_settings({"home": options.home}), options.file)
    print(f"{count} files and the log in {options.file}. Back again: copydesk restore {options.file} --home NEW")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    restore(options.file, load_settings({"home": options.home}).home)
    options.wait = options.as_of = options.to = None
    return publish.run(options)
