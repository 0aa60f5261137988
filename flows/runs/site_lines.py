"""Counts the short lines of received documents, for what repeats over a site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from copydesk.flows.runs.run import Run
from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.sites import short_lines, site_of
from copydesk.transforms.decode import decode_document
from copydesk.warehouse.events import DocumentReceived, KnowledgeLearned
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


def lines_of_one(run: Run, receipts: Sequence[DocumentReceived]) -> frozenset[str]:
    """The repeated lines in the log that one document alone prints, in all its contents; `receipts` are all that it has."""
    learnt = {
        line for recorded in run.log.read() if isinstance(recorded.event, KnowledgeLearned) for line in recorded.event.lines
    }
    if not learnt:
        return frozenset()
    with closing(LineCounts(run.home.cache / "lines.sqlite")) as counts:
        count_lines(run, counts)
        own: Counter[tuple[str, str]] = Counter()
        for site, content, lines in _own_lines(run, receipts):
            held = run.state.rows(
                "SELECT 1 FROM documents WHERE sha256 = ? AND document_id <> ? LIMIT 1", content, receipts[0].document_id
            )
            if not held:
                own.update((site, line) for line in lines & learnt)
        return frozenset(line for (site, line), times in own.items() if counts.documents(site, line) <= times)


def _own_lines(run: Run, receipts: Sequence[DocumentReceived]) -> Iterator[tuple[str, str, set[str]]]:
    """The site, the hash and the short lines of each content of a document, once."""
    done: set[tuple[str, str]] = set()
    for receipt in receipts:
        path = run.state.whereabouts(receipt.raw_file)
        site = site_of(receipt.url, receipt.outlet, receipt.source)
        for row in read_raw(run.home, path, {(receipt.document_id, receipt.revision)}) if path else ():
            text = decode_document(row["data"], row["media_type"], run.settings.max_bytes)
            if isinstance(text, str) and (site, row["sha256"]) not in done:
                done.add((site, row["sha256"]))
                yield site, row["sha256"], set(short_lines(text, _dates()))


def _received(run: Run, after: int) -> Iterator[DocumentReceived]:
    """The plain texts that were received past a position, in log order: those of one raw file beside each other."""
    for recorded in run.log.read(after):
        event = recorded.event
        if isinstance(event, DocumentReceived) and event.problem is None and not event.media_type.startswith("text/html"):
            yield event
