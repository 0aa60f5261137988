"""`copydesk status`: what the home holds and how the last runs went."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.reading import open_warehouse, run_query
from copydesk.flows.printing import one_line, say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions

COUNTS = (
    ("articles", "SELECT count(*) FROM articles"),
    ("sentences", "SELECT count(*) FROM sentences"),
    ("facts", "SELECT count(*) FROM facts"),
    ("rejects", "SELECT count(*) FROM rejects"),
    ("conflicts", "SELECT count(*) FROM figure_conflicts WHERE relation <> 'agrees'"),
)
READ_DOCUMENTS = ("ingest", "reprocess", "requeue")
"""Kinds of runs that decide documents; the others say how they ended alone."""

RUNS = (
    "SELECT strftime(started_at, '%Y-%m-%d %H:%M'), kind, coalesce(outcome, 'running'), coalesce(received, 0), "
    "coalesce(ingested, 0), coalesce(rejected, 0), coalesce(detail, '') FROM runs ORDER BY started_at DESC LIMIT 5"
)


def run(*, options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults()) -> int:
    settings = settings_of(options)
    db = open_warehouse(settings)
    say(f"Home: {settings.address}")
    _, documents = run_query(db, "SELECT status, count(*) FROM documents GROUP BY status ORDER BY status")
    say("Documents: " + (", ".join(f"{number} {status}" for status, number in documents) or "none"))
    say("Holds: " + ", ".join(f"{run_query(db, query)[1][0][0]} {name}" for name, query in COUNTS))
    _, health = run_query(
        db,
        "SELECT source, articles, documents, coalesce(strftime(last_new_document_at, '%Y-%m-%d %H:%M'), 'never'), overdue "
        "FROM source_health ORDER BY source",
    )
    for source, articles, number, last, overdue in health:
        say(f"Source {source}: {articles} articles of {number} documents, last new {last}{' (overdue)' if overdue else ''}")
    for at, kind, outcome, received, ingested, rejected, detail in run_query(db, RUNS)[1]:
        counted = f": {received} received, {ingested} ingested, {rejected} rejected" if kind in READ_DOCUMENTS else ""
        say(f"Run {at} {kind} {outcome}{counted}{': ' if detail else ''}{one_line(detail)}")
    return 0
