"""What the program and people did, as lists: rejects, documents, runs, reviews."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import Filter, choices, during, equal, moment, part, word
from copydesk.flows.site.desk.listing import Column, Listing
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
        Column(name="rejected", label="when", sql="rejected_at", sortable=True),
        Column(name="reason", label="reason", sortable=True),
        Column(name="detail", label="why", sortable=True),
        Column(name="source_uri", label="document", sortable=True),
        Column(name="source", label="source", sortable=True),
        Column(name="stage", label="of", sortable=True),
        Column(name="expectation", label="expectation"),
        Column(name="size", label="bytes", sortable=True, number=True),
        Column(name="document_id", label="document id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words", condition="(source_uri ILIKE {} OR detail ILIKE {})", literal=part, kind="search"),
        Filter(
            name="reason", label="Reason", condition="reason = {}", literal=word, choices=tuple(RejectReason), facet="reason"
        ),
        equal("source", "Source", "source", "rejects"),
        Filter(name="since", label="Since", condition="rejected_at >= {}", literal=moment, shown=False),
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
        Column(name="received", label="received", sql="received_at", sortable=True),
        Column(name="source_uri", label="document", sortable=True),
        Column(name="source", label="source", sortable=True),
        Column(name="status", label="status", sortable=True),
        Column(name="reason", label="reason", sortable=True),
        Column(name="revision", label="contents", sortable=True, number=True),
        Column(name="size", label="bytes", sortable=True, number=True),
        Column(name="article_id", label="article", shown=False),
        Column(name="document_id", label="document id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words of the address", condition="source_uri ILIKE {}", literal=part, kind="search"),
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
        Column(name="started", label="began", sql="started_at", sortable=True),
        Column(name="kind", label="kind", sortable=True),
        Column(name="outcome", label="outcome", sortable=True),
        Column(name="sources", label="sources", sql="array_to_string(sources, ', ')"),
        Column(name="received", label="received", sortable=True, number=True),
        Column(name="ingested", label="ingested", sortable=True, number=True),
        Column(name="rejected", label="turned away", sortable=True, number=True),
        Column(name="facts", label="facts", sortable=True, number=True),
        Column(name="seconds", label="seconds", sql="round(seconds, 1)", sortable=True, number=True),
        Column(name="run_id", label="run", shown=False),
    ),
    filters=(
        equal("kind", "Kind", "kind", "runs"),
        equal("outcome", "Outcome", "outcome", "runs"),
        Filter(
            name="source",
            label="Source",
            condition="list_contains(sources, {})",
            literal=word,
            choices=choices("source", "(SELECT unnest(sources) AS source FROM runs)"),
        ),
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
        Column(name="reviewed", label="when", sql="r.reviewed_at", sortable=True),
        Column(name="verdict", label="said", sql="r.verdict", sortable=True),
        Column(name="text", label="of", sql="f.text"),
        Column(name="corrections", label="corrections", sql="CAST(r.corrections AS VARCHAR)"),
        Column(name="why", label="why", sql="r.why"),
        Column(name="who", label="who", sql="r.who", sortable=True),
        Column(name="review", label="now", sql="f.review"),
        Column(name="claim_id", label="claim", shown=False),
        Column(name="position", label="position", sql="r.position", shown=False),
    ),
    filters=(
        equal("who", "Who", "r.who", "reviews r"),
        equal("verdict", "Said", "r.verdict", "reviews r"),
        Filter(name="claim", label="Claim", condition="claim_id = {}", literal=word, shown=False),
    ),
)

LISTS = {one.name: one for one in (ARTICLES, FACTS, STORIES, ENTITIES, PLACES, REJECTS, DOCUMENTS, RUNS, REVIEWS)}
"""All lists of the desk, by name."""
