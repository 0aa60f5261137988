"""`copydesk source`: what is read, from where, and when."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import one_line, say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.flows.sources.source_options import NAMED_COLUMNS, SourceOptions
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

SHOWN = 5


def run(
    action: Annotated[Literal["list", "add", "check", "remove"], Parameter(help="What to do.")],
    name: Annotated[str | None, Parameter(help="Name of the source.")] = None,
    /,
    *,
    added: Annotated[SourceOptions | None, FLAT] = None,
    column: Annotated[
        tuple[str, ...],
        Parameter(metavar="WHAT=NAME", help=f"Column of a table that holds {NAMED_COLUMNS}; may be given again."),
    ] = (),
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.sources.choose import chosen_source
    from copydesk.flows.sources.registry import path_of, remove_source

    settings = settings_of(options)
    home = settings.place
    if action == "list":
        return _list(home)
    if name is None:
        raise PermanentError(f"copydesk source {action} needs the name of a source. See: copydesk source list")
    if action == "add":
        return _add(home, name, added, column)
    if action == "remove":
        remove_source(home, name)
        say(f"Removed {name} from {path_of(home)}. What it brought stays in the warehouse.")
        return 0
    return _check(chosen_source(settings, name, ()))


def _add(home: Home, name: str, added: SourceOptions | None, columns: Sequence[str]) -> int:
    from copydesk.flows.sources.registry import add_source, names_a_path, path_of, spec_of

    given: dict[str, Any] = added.given if added is not None else {}
    if columns:
        given["columns"] = _columns(columns)
    if given.get("location") and names_a_path(given["kind"], given["location"]):
        given["location"] = os.path.abspath(given["location"])  # noqa: PTH100  # a pattern is no path to resolve
    spec = spec_of(name, given, "copydesk source add")
    add_source(home, spec)
    say(f"Added {spec.name} to {path_of(home)}. Try it: copydesk source check {spec.name}")
    return 0


def _columns(pairs: Sequence[str]) -> Mapping[str, str]:
    named = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(named.values()):
        raise PermanentError("A column is given as WHAT=NAME: --column text=body")
    return named


def _list(home: Home) -> int:
    from copydesk.flows.sources.registry import path_of, read_sources

    known = read_sources(home)
    if not known:
        say(f"No sources in {path_of(home)}. Files dropped into {home.inbox} are read all the same.")
    for spec in known.values():
        say(f"{spec.name}: {spec.kind} {one_line(spec.shown)}{f', at {spec.schedule}' if spec.schedule else ', by hand'}")
    return 0


def _check(source: Any) -> int:
    """Finds the first documents of a source and says what they are; nothing is kept."""
    found = list(itertools.islice(source.discover(), SHOWN))
    for one in found:
        content = one.read(1 << 20)
        say(one_line(f"{one.uri}: {one.media_type}, {content.size} bytes{f': {content.detail}' if content.detail else ''}"))
    say(f"{source.name} can be read." if found else f"{source.name} can be read; there is nothing in it now.")
    for reason, count in source.skipped.items():
        if count:
            say(f"skipped: {count} {reason}")
    return 0
