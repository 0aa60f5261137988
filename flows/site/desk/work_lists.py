"""What the program and people did, as lists: rejects, documents, runs, reviews."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import during, equal, holding, linked, one_of, searched, since
from copydesk.flows.site.desk.listing import Listing, column, quantity, sortable, unshown
from copydesk.flows.site.desk.lists import ARTICLES, FACTS
from copydesk.flows.site.desk.name_lists import ENTITIES, PLACES
from copydesk.flows.site.desk.story_lists import STORIES
from copydesk.transforms.reject_reasons import RejectReason

REJECTS = Listing(
    name="rejects",
    title="Turned away",
    note="Documents that became no article, and rows that broke an expectation. To decide them again: copydesk requeue.",
    table="rejects",
    key="source_uri, stage, reason, detail",
    order="-rejected",
    columns=(
        sortable("rejected", "when", "rejected_at"),
        sortable("reason", "reason"),
        sortable("detail", "why"),
        sortable("source_uri", "document"),
        sortable("source", "source"),
        sortable("stage", "of"),
        column("expectation", "expectation"),
        quantity("size", "bytes"),
        unshown("document_id", "document id"),
    ),
    filters=(
        searched("q", "Words", "(source_uri ILIKE {} OR detail ILIKE {})"),
        one_of("reason", "Reason", "reason", RejectReason),
        equal("source", "Source", "source", "rejects"),
        since("Since", "rejected_at"),
        during("rejected_at"),
    ),
)

DOCUMENTS = Listing(
    name="documents",
    title="Documents",
    note="Every document that was received, and what became of it.",
    table="documents",
    key="document_id",
    order="-received",
    columns=(
        sortable("received", "received", "received_at"),
        sortable("source_uri", "document"),
        sortable("source", "source"),
        sortable("status", "status"),
        sortable("reason", "reason"),
        quantity("revision", "contents"),
        quantity("size", "bytes"),
        unshown("article_id", "article"),
        unshown("document_id", "document id"),
    ),
    filters=(
        searched("q", "Words of the address", "source_uri ILIKE {}"),
        equal("source", "Source", "source", "documents"),
        equal("status", "Status", "status", "documents"),
        equal("reason", "Reason", "reason", "documents", shown=False),
        equal("kind", "Kind of content", "media_type", "documents", shown=False),
    ),
)

RUNS = Listing(
    name="runs",
    title="Runs",
    note="Everything that wrote to the home.",
    table="runs",
    key="run_id",
    order="-started",
    columns=(
        sortable("started", "began", "started_at"),
        sortable("kind", "kind"),
        sortable("outcome", "outcome"),
        column("sources", "sources", "array_to_string(sources, ', ')"),
        quantity("received", "received"),
        quantity("ingested", "ingested"),
        quantity("rejected", "turned away"),
        quantity("facts", "facts"),
        quantity("seconds", "seconds", "round(seconds, 1)"),
        unshown("run_id", "run"),
    ),
    filters=(
        equal("kind", "Kind", "kind", "runs"),
        equal("outcome", "Outcome", "outcome", "runs"),
        holding("source", "Source", "sources", "runs"),
    ),
)

REVIEWS = Listing(
    name="reviews",
    title="Reviews",
    note="Everything that people said of claims.",
    table="reviews r LEFT JOIN facts f USING (claim_id)",
    key="position",
    order="-reviewed",
    columns=(
        sortable("reviewed", "when", "r.reviewed_at"),
        sortable("verdict", "said", "r.verdict"),
        column("text", "of", "f.text"),
        column("corrections", "corrections", "CAST(r.corrections AS VARCHAR)"),
        column("why", "why", "r.why"),
        sortable("who", "who", "r.who"),
        column("review", "now", "f.review"),
        unshown("claim_id", "claim"),
        unshown("position", "position", "r.position"),
    ),
    filters=(
        equal("who", "Who", "r.who", "reviews r"),
        equal("verdict", "Said", "r.verdict", "reviews r"),
        linked("claim", "Claim", "claim_id = {}"),
    ),
)

LISTS = {one.name: one for one in (ARTICLES, FACTS, STORIES, ENTITIES, PLACES, REJECTS, DOCUMENTS, RUNS, REVIEWS)}
"""All lists of the desk, by name."""
