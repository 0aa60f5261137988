"""Reads documents from their sources again that could not be read before: only their failure is stored."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from copydesk.flows.runs.receive import receive
from copydesk.flows.runs.run import Run
from copydesk.flows.runs.seen_versions import SeenVersions
from copydesk.flows.sources.bounds import Bounds, allowed_of
from copydesk.flows.sources.entries import Entry
from copydesk.flows.sources.folder import Holds
from copydesk.flows.sources.registry import WEB, read_sources, source_of
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PAGE = re.compile(r"https?:", re.IGNORECASE)
GONE = "source_gone"
AS_BEFORE = "as_before"
OUTSIDE = "outside_allowed_roots"


def read_again(run: Run, documents: Iterable[Mapping[str, Any]], bounds: Bounds | None = None) -> None:
    """Fetches or reads documents with a problem again, those of one source together; what is there now is received.

    With `bounds`, those of a run that was asked for from outside, files are read within them alone, and of a source that
    was itself added from outside only the private hosts that the operator allows are asked.
    `skipped` counts those whose source is gone, which is said, those that failed in the same way, and those that may not
    be read; all of them stay rejected.
    """
    specs = read_sources(run.home)
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for document in documents:
        groups[document["source"], _place_of(document)].append(document)
    for (name, place), group in groups.items():
        spec = specs.get(name, Spec(name=name, kind="urls" if place == "web" else "folder", location=""))
        if bounds is not None and spec.confined:
            spec = spec.model_copy(update={"allow": allowed_of(spec.allow, run.settings.allowed_hosts)})
        left = group if bounds is None or place == "web" else _within(run, group, bounds)
        if left:
            _read_group(run, spec, place, left, bounds.holds if bounds is not None else None)


def _within(run: Run, group: Sequence[Mapping[str, Any]], bounds: Bounds) -> list[Mapping[str, Any]]:
    """The documents whose files may be read; the others are counted."""
    left = [document for document in group if bounds.may_read(_path_of(_file_of(document)))]
    run.tally.skipped[OUTSIDE] += len(group) - len(left)
    return left


def _place_of(document: Mapping[str, Any]) -> str:
    """`web` for a page, `local` for what lies on this machine, else the address of the one file."""
    uri = str(document["source_uri"])
    if uri.startswith("file:"):
        return "local"
    return _file_of(document) if SCHEME.match(uri) and not PAGE.match(uri) else "web"


def _read_group(run: Run, spec: Spec, place: str, group: Sequence[Mapping[str, Any]], holds: Holds | None) -> None:
    pages = [_entry(document) for document in group] if place == "web" else None
    files = {} if pages is not None else {_file_of(document): _path_of(_file_of(document)) for document in group}
    there = {file: path for file, path in files.items() if file == path or os.path.lexists(path)}
    left = [document for document in group if pages is not None or _file_of(document) in there]
    _say_gone(run, spec.name, [file for file in files if file not in there], len(group) - len(left))
    if not left:
        return
    if (spec.kind in WEB) != (pages is not None):
        spec = Spec(
            name=spec.name,
            kind="urls" if pages is not None else "folder",
            location="",
            outlet=spec.outlet,
            language=spec.language,
        )
    _forget(run, list(there))
    try:
        again = list(there.values()) if pages is None else pages
        receive(run, source_of(spec, run.settings.max_bytes, holds=holds, again=again))
    except PermanentError as error:
        _say_gone(run, spec.name, [str(error)], len(left))
        return
    now = (run.state.document(document["document_id"]) for document in left)
    same = sum(document is not None and document["status"] == "rejected" for document in now)
    run.tally.skipped[AS_BEFORE] += same
    run.tally.counts["requeued"] += len(left)


def _file_of(document: Mapping[str, Any]) -> str:
    """The address of the file that a document is, or lies in."""
    return str(document["source_uri"]).partition("#")[0]


def _path_of(file: str) -> str:
    """A file's path where it lies on this machine, else its address."""
    return os.fsdecode(unquote_to_bytes(urlsplit(file).path)) if file.startswith("file:") else file


def _entry(document: Mapping[str, Any]) -> Entry:
    """A page as its list, feed or sitemap named it."""
    published = date.fromisoformat(document["published"]) if document["published"] else None
    return Entry(address=document["source_uri"], title=document["title"], published=published)


def _say_gone(run: Run, source: str, places: Sequence[str], documents: int) -> None:
    if documents:
        run.tally.skipped[GONE] += documents
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        run.progress.say(f"{documents} rejects of {source} stay as they are, since their source is gone: {places[0]}{more}")


def _forget(run: Run, uris: Sequence[str]) -> None:
    """Files are read again though they are as they were."""
    seen = SeenVersions(run.home.cache / "seen.sqlite")
    try:
        seen.forget(uris)
    finally:
        seen.close()
