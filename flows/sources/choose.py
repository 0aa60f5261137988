"""Which source a run reads: files that are named, a source of `sources.toml`, or the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.settings import Settings
from copydesk.flows.sources.found import Source
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import check_no_password
from copydesk.warehouse.store import is_remote

if TYPE_CHECKING:
    from copydesk.flows.sources.bounds import Bounds

INBOX = "inbox"
REPORT = "report"
"""The folder of a home's own report."""

SETTLE = 2.0
"""A file that changed in the last so many seconds is still being written: a scheduled run leaves it for the next."""


def chosen_source(
    settings: Settings, name: str | None, paths: Sequence[str], settle: float = 0.0, bounds: Bounds | None = None
) -> Source:
    """The source to read.

    Paths are read as they are; without any, `name` is a source of `sources.toml`; `inbox` or no name is the home's inbox.
    With `bounds` paths, and sources that were added from outside, are read within them alone.
    Raises PermanentError where there is no such source, or it lies outside the bounds.
    """
    from copydesk.flows.sources.bounds import check_hosts, confine
    from copydesk.flows.sources.folder import FolderSource
    from copydesk.flows.sources.registry import path_of, read_sources, source_of

    home = settings.place
    if paths:
        for path in paths:
            check_no_password(path, "A path")
        places = [bounds.checked(path, "paths") for path in paths] if bounds else list(paths)
        return FolderSource(name or _name(paths), places, settle, holds=bounds.holds if bounds else None)
    known = read_sources(home)
    if name is not None and name in known:
        spec = known[name]
        if bounds is None or not spec.confined:
            return source_of(spec, settings.max_bytes, settle)
        check_hosts(spec.allow, settings.allowed_hosts)
        within = spec.model_copy(update={"location": confine(spec, bounds)})
        return source_of(within, settings.max_bytes, settle, bounds.holds)
    if name in (None, INBOX):
        return FolderSource(INBOX, [home.with_inbox().inbox], settle)
    raise PermanentError(
        f"There is no source {name!r} in {path_of(home)}. The sources are: {', '.join([INBOX, *known])}. "
        "To add one: copydesk source add"
    )


def _name(paths: Sequence[str]) -> str:
    """A source's name where none is given: that of the one folder, else `files`."""
    if is_remote(paths[0]):
        return paths[0].rstrip("/").rpartition("/")[2] if len(paths) == 1 else "files"
    first = Path(paths[0]).resolve()
    return first.name if len(paths) == 1 and first.is_dir() and first.name else "files"
