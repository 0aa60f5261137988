"""`copydesk source`: what is read, from where, and when."""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Mapping
from typing import Any

from copydesk.flows.printing import say
from copydesk.flows.settings import load_settings
from copydesk.flows.sources.choose import chosen_source
from copydesk.flows.sources.registry import add_source, names_a_path, path_of, read_sources, remove_source, spec_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

SHOWN = 5


def run(options: argparse.Namespace) -> int:
    settings = load_settings({"home": options.home})
    home = settings.place
    if options.action == "add":
        return _add(home, options)
    if options.name is None and options.action in ("check", "remove"):
        raise PermanentError(f"copydesk source {options.action} needs the name of a source. See: copydesk source list")
    if options.action == "remove":
        remove_source(home, options.name)
        say(f"Removed {options.name} from {path_of(home)}. What it brought stays in the warehouse.")
        return 0
    if options.action == "check":
        return _check(chosen_source(settings, options.name, ()))
    return _list(home)


def _add(home: Home, options: argparse.Namespace) -> int:
    given: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("kind", "location", "schedule", "outlet", "language", "most")
        if getattr(options, name) is not None
    }
    if options.allow:
        given["allow"] = options.allow
    if options.column:
        given["columns"] = _columns(options.column)
    if given.get("location") and names_a_path(given.get("kind", ""), given["location"]):
        given["location"] = os.path.abspath(given["location"])  # noqa: PTH100  # a pattern is no path to resolve
    spec = spec_of(options.name or "", given, "copydesk source add")
    add_source(home, spec)
    say(f"Added {spec.name} to {path_of(home)}. Try it: copydesk source check {spec.name}")
    return 0


def _columns(pairs: list[str]) -> Mapping[str, str]:
    named = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(named.values()):
        raise PermanentError("A column is given as WHAT=NAME: --column text=body")
    return named


def _list(home: Home) -> int:
    known = read_sources(home)
    if not known:
        say(f"No sources in {path_of(home)}. Files dropped into {home.inbox} are read all the same.")
    for spec in known.values():
        say(f"{spec.name}: {spec.kind} {spec.shown}{f', at {spec.schedule}' if spec.schedule else ', by hand'}")
    return 0


def _check(source: Any) -> int:
    """Finds the first documents of a source and says what they are; nothing is kept."""
    found = list(itertools.islice(source.discover(), SHOWN))
    for one in found:
        content = one.read(1 << 20)
        say(f"{one.uri}: {one.media_type}, {content.size} bytes{f': {content.detail}' if content.detail else ''}")
    say(f"{source.name} can be read." if found else f"{source.name} can be read; there is nothing in it now.")
    for reason, count in source.skipped.items():
        say(f"skipped: {count} {reason}")
    return 0
