"""Counts the short lines of received documents, for what repeats over a site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from itertools import groupby
from operator import attrgetter

from copydesk.flows.runs.run import Run
from copydesk.transforms.cleaning.decode import decode_document
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.sites import short_lines, site_of
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.documents import Receipt
from copydesk.warehouse.events import DocumentReceived, KnowledgeLearned
from copydesk.warehouse.files import read_raw
from copydesk.warehouse.repeated_lines import LineCounts


@cache
def date_reader(rules: RuleSet) -> DateReader:
    """The reader of dates of these rules, made once a process."""
    return DateReader(rules.lexicon())


def site_of_document(document: Receipt) -> str:
    """The site of a row of the state's documents, empty where none is known."""
    return site_of(document["url"], document["source_outlet"])


def count_lines(run: Run, counts: LineCounts) -> set[str]:
    """Counts the short lines of what was received since the cache's place in the log. Returns the sites of these documents."""
    sites: set[str] = set()
    for raw_file, receipts in groupby(_received(run, counts.position), key=attrgetter("raw_file")):
        documents = {
            (receipt.document_id, receipt.revision): site
            for receipt in receipts
            if (site := site_of(receipt.url, receipt.outlet))
        }
        sites |= set(documents.values())
        path = run.state.whereabouts(raw_file)
        for row in read_raw(run.home, path, documents) if path and documents else ():
            text = decode_document(row["data"], row["media_type"], run.settings.max_bytes)
            if isinstance(text, str):
                counts.add(
                    documents[row["document_id"], row["revision"]], row["sha256"], short_lines(text, date_reader(run.rules))
                )
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
        site = site_of(receipt.url, receipt.outlet)
        for row in read_raw(run.home, path, {(receipt.document_id, receipt.revision)}) if path and site else ():
            text = decode_document(row["data"], row["media_type"], run.settings.max_bytes)
            if isinstance(text, str) and (site, row["sha256"]) not in done:
                done.add((site, row["sha256"]))
                yield site, row["sha256"], set(short_lines(text, date_reader(run.rules)))


def _received(run: Run, after: int) -> Iterator[DocumentReceived]:
    """The plain texts that were received past a position, in log order: those of one raw file beside each other."""
    for recorded in run.log.read(after):
        event = recorded.event
        if isinstance(event, DocumentReceived) and event.problem is None and not event.media_type.startswith("text/html"):
            yield event
