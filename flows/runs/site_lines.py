"""Counts the short lines of received documents, for what repeats over a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from copydesk.flows.runs.run import Run
from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.bylines import DateReader
from copydesk.transforms.cleaning.sites import short_lines, site_of
from copydesk.transforms.decode import decode_document
from copydesk.warehouse.events import DocumentReceived
from copydesk.warehouse.files import read_raw
from copydesk.warehouse.repeated_lines import LineCounts


@cache
def _dates() -> DateReader:
    return DateReader(lexicon())


def site_of_document(document: Mapping[str, Any]) -> str:
    """The site of a row of the state's documents."""
    return site_of(document["url"], document["source_outlet"], document["source"])


def count_lines(run: Run, counts: LineCounts) -> set[str]:
    """Counts what was received since the cache's place in the log; the sites that it concerns."""
    sites: set[str] = set()
    for received, events in groupby(_received(run, counts.position), key=attrgetter("raw_file")):
        documents = {(e.document_id, e.revision): site_of(e.url, e.outlet, e.source) for e in events}
        sites |= set(documents.values())
        path = run.state.whereabouts(received)
        for row in read_raw(run.home, path, documents) if path else ():
            text = decode_document(row["data"], row["media_type"], run.settings.max_bytes)
            if isinstance(text, str):
                counts.add(documents[row["document_id"], row["revision"]], row["sha256"], short_lines(text, _dates()))
    counts.reached(run.state.position)
    return sites


def _received(run: Run, after: int) -> Iterator[DocumentReceived]:
    """The plain texts that were received past a position, in log order: those of one raw file beside each other."""
    for recorded in run.log.read(after):
        event = recorded.event
        if isinstance(event, DocumentReceived) and event.problem is None and not event.media_type.startswith("text/html"):
            yield event
