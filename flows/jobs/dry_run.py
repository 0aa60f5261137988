"""A dry run: what would become of each document, with nothing written."""

from __future__ import annotations

from collections import Counter

from copydesk.flows.printing import say
from copydesk.flows.runs.site_lines import site_of_document
from copydesk.flows.runs.steps import is_as_it_was, told_as_before
from copydesk.flows.settings import Settings
from copydesk.flows.sources.found import Source
from copydesk.flows.wiring import open_log
from copydesk.flows.workers.guard import Guard
from copydesk.transforms.identity import document_id_of
from copydesk.transforms.types import RawDocument
from copydesk.warehouse.log import memory_log, utc_now
from copydesk.warehouse.state import State


def dry_run(settings: Settings, source: Source) -> int:
    """Prints a line for each document of the source: unchanged, duplicate, article or reject, and why."""
    home = settings.place
    log = open_log(settings, home) if home.exists or settings.log else memory_log()
    state = State.open().catch_up(log)
    counts: Counter[str] = Counter()
    new: set[str] = set()
    with Guard(settings.limits) as guard:
        for found in source.discover(lambda uri, version: False):
            if found.ends:
                continue
            content = found.read(settings.max_bytes)
            known = state.document(document_id_of(found.uri))
            if known is not None and is_as_it_was(known, content) and told_as_before(known, found, source.name):
                outcome, detail = "unchanged", ""
            elif content.problem is None and (content.sha256 in new or state.article_of(content.sha256, known)):
                outcome, detail = "duplicate", ""
            else:
                raw = RawDocument(
                    document_id=document_id_of(found.uri),
                    revision=1,
                    source=source.name,
                    source_uri=found.uri,
                    media_type=found.media_type,
                    data=content.data,
                    size=content.size,
                    sha256=content.sha256,
                    received_at=utc_now(),
                    url=found.url,
                    outlet=found.outlet,
                    language=found.language,
                    problem=content.problem,
                    problem_detail=content.detail,
                    title=found.title,
                    published=found.published,
                    published_at=found.published_at,
                    authors=found.authors,
                )
                document = {"url": raw.url, "source_outlet": raw.outlet, "source": raw.source}
                repeated = state.repeated_lines(site_of_document(document))[1]
                made = guard.read(raw, repeated)
                new.add(content.sha256)
                if made.verdict is not None:
                    outcome, detail = f"rejected: {made.verdict.reason}", made.verdict.detail
                else:
                    outcome, detail = (
                        "article",
                        f"{made.article.title or 'no title'}; {len(made.facts)} facts" if made.article else "",
                    )
            counts[outcome.split(":")[0]] += 1
            say(f"{outcome:22} {found.uri}  {detail}")
    log.close()
    say("Nothing was written. " + ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
    return 0
