"""Counts the short lines of received documents, for what repeats over a site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flows.run import Run
from flows.wiring import lexicon
from transforms.decode import decode_document
from transforms.head import DateReader
from transforms.site import short_lines, site_of
from warehouse.events import DocumentReceived
from warehouse.files import read_raw
from warehouse.knowledge import LineCounts


@cache
def _dates() -> DateReader:
    return DateReader(lexicon())


def site_of_document(document: Mapping[str, Any]) -> str:
    """The site of a row of the state's documents."""
    return site_of(document["url"], document["source_outlet"], document["source"])


def count_lines(run: Run, counts: LineCounts) -> set[str]:
    """Counts what was received since the cache's place in the log; the sites that it concerns."""
    by_file: dict[str, dict[str, str]] = {}
    for recorded in run.log.read(counts.position):
        event = recorded.event
        if isinstance(event, DocumentReceived) and event.problem is None and not event.media_type.startswith("text/html"):
            by_file.setdefault(event.raw_file, {})[event.document_id] = site_of(event.url, event.outlet, event.source)
    for received, documents in by_file.items():
        path = run.state.whereabouts(received)
        for row in read_raw(run.home, path, documents) if path else ():
            text = decode_document(row["data"], row["media_type"], run.settings.max_bytes)
            if isinstance(text, str):
                counts.add(documents[row["document_id"]], row["sha256"], short_lines(text, _dates()))
    counts.reached(run.state.position)
    return {site for documents in by_file.values() for site in documents.values()}
