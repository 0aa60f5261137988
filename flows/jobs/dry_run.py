"""A dry run: what would become of each document, with nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from copydesk.flows.runs.receive import is_as_it_was, receipt_of_found, told_as_before
from copydesk.flows.runs.storage import open_log
from copydesk.flows.settings import Settings
from copydesk.flows.sources.found import Content, Found, Source
from copydesk.flows.wiring import rule_set
from copydesk.flows.workers.guard import Guard
from copydesk.flows.workers.raw_documents import raw_document
from copydesk.transforms.cleaning.sites import site_of
from copydesk.transforms.identity import document_id_of
from copydesk.transforms.rule_set import RuleSet
from copydesk.transforms.types import Extraction, RawDocument
from copydesk.warehouse.log import memory_log, utc_now
from copydesk.warehouse.state import State


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What would become of one document."""

    uri: str
    outcome: str
    """`unchanged`, `duplicate`, `article` or `rejected`."""

    reason: str = ""
    """The slug of a reject."""

    detail: str = ""
    """For an article its title and how many facts it states; for a reject why."""


def dry_run(settings: Settings, source: Source, rules: RuleSet | None = None) -> Iterator[Forecast]:
    """Says of each document of a source what an ingest would make of it now. Writes nothing, and makes no home."""
    home = settings.place
    rules = rules or rule_set(settings.pipeline)
    log = open_log(settings, home) if home.exists or settings.log else memory_log()
    with closing(log), closing(State.open().catch_up(log)) as state, Guard(settings.limits, rules) as guard:
        new: set[str] = set()
        for found in source.discover():
            content = found.read(settings.max_bytes)
            if (outcome := _known(state, new, found, content, source.name)) is not None:
                yield Forecast(uri=found.uri, outcome=outcome)
                continue
            receipt = receipt_of_found(found, content, source=source.name, revision=1, received_at=utc_now())
            raw = raw_document(receipt, content.data)
            new.add(content.sha256)
            yield _forecast(raw, guard.read(raw, state.repeated_lines(site_of(raw.url, raw.outlet))[1]))


def _known(state: State, new: set[str], found: Found, content: Content, source: str) -> str | None:
    """What a document is that needs no reading: `unchanged` or `duplicate`; None for any other."""
    document = state.document(document_id_of(found.uri))
    if document is not None and is_as_it_was(document, content) and told_as_before(document, found, source):
        return "unchanged"
    if content.problem is None and (content.sha256 in new or state.article_of(content.sha256, document)):
        return "duplicate"
    return None


def _forecast(raw: RawDocument, extraction: Extraction) -> Forecast:
    article, verdict = extraction.article, extraction.verdict
    if verdict is not None:
        return Forecast(uri=raw.source_uri, outcome="rejected", reason=verdict.reason, detail=verdict.detail)
    title = article.title if article is not None else None
    return Forecast(uri=raw.source_uri, outcome="article", detail=f"{title or 'no title'}; {len(extraction.facts)} facts")
