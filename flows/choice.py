"""Which source a run reads: files that are named, a source of `sources.toml`, or the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.settings import Settings
from flows.sources.found import Source
from warehouse.errors import PermanentError
from warehouse.home import Home

INBOX = "inbox"
SETTLE = 2.0
"""A file that changed in the last so many seconds is still being written: a scheduled run leaves it for the next."""


def chosen_source(settings: Settings, name: str | None, paths: Sequence[Path], settle: float = 0.0) -> Source:
    """The source to read.

    Paths are read as they are; without any, `name` is a source of `sources.toml`; `inbox` or no name is the home's inbox.
    Raises PermanentError where there is no such source.
    """
    from flows.sources.folder import FolderSource
    from flows.sources.registry import read_sources, source_of

    home = Home(settings.home)
    if paths:
        return FolderSource(name or _name(paths), list(paths), settle)
    known = read_sources(home)
    if name is not None and name in known:
        return source_of(known[name], settings.max_bytes, settle)
    if name in (None, INBOX):
        home.prepared().inbox.mkdir(exist_ok=True)
        return FolderSource(INBOX, [home.inbox], settle)
    raise PermanentError(
        f"There is no source {name!r} in {home.root / 'sources.toml'}. The sources are: {', '.join([INBOX, *known])}. "
        "To add one: copydesk source add"
    )


def _name(paths: Sequence[Path]) -> str:
    """A source's name where none is given: that of the one folder, else `files`."""
    first = paths[0].resolve()
    return first.name if len(paths) == 1 and first.is_dir() and first.name else "files"
