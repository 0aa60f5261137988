"""The lists of the desk: articles, facts, rejects, documents, runs, reviews."""

from __future__ import annotations

from copydesk.flows.site.desk.listing import Column, Filter, Listing, day, moment, nothing, number, part, word
from copydesk.transforms.reject_reasons import RejectReason
from copydesk.transforms.vocabulary import ClaimantKind, FactKind, Scope
from copydesk.warehouse.series import AS_OF

MOST_CHOICES = 200
OUTLET = "coalesce(a.outlet, a.source)"
IN_RUN = (
    "{column} BETWEEN (SELECT started_at FROM runs WHERE run_id = {{}}) "
    "AND (SELECT coalesce(finished_at, now()) FROM runs WHERE run_id = {{}})"
)


def choices(value: str, table: str) -> str:
    """A query of the commonest values of a column."""
    return (
        f"SELECT {value} AS value, count(*) AS n FROM {table} WHERE {value} IS NOT NULL GROUP BY ALL "
        f"ORDER BY n DESC, value LIMIT {MOST_CHOICES}"
    )


def during(column: str) -> Filter:
    """What a run made, by the time: one run at a time writes to a home."""
    return Filter(name="run", label="Run", condition=IN_RUN.format(column=column), literal=word, shown=False)


OUTLETS = choices(OUTLET, "articles a")

ARTICLES = Listing(
    name="articles",
    title="Articles",
    table="articles a",
    key="article_id",
    identity="a.article_id",
    found="(SELECT * FROM articles WHERE article_id IN ({articles})) a",
    order="-published",
    columns=(
        Column(name="published", label="published", sql="published_on", sortable=True),
        Column(name="title", label="title", sql="title", sortable=True),
        Column(name="outlet", label="outlet", sql=OUTLET, sortable=True),
        Column(name="language", label="language", sql="language", sortable=True),
        Column(name="words", label="words", sql="words", sortable=True, number=True),
        Column(name="ingested", label="came in", sql="ingested_at", sortable=True),
        Column(name="duplicate_of", label="copy of", sql="duplicate_of"),
        Column(name="article_id", label="id", sql="article_id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words", condition="(title ILIKE {} OR text ILIKE {})", literal=part, kind="search"),
        Filter(name="from", label="Published from", condition="published_on >= {}", literal=day, kind="date"),
        Filter(name="to", label="Published to", condition="published_on <= {}", literal=day, kind="date"),
        Filter(name="outlet", label="Outlet", condition=f"{OUTLET} = {{}}", literal=word, choices=OUTLETS),
        Filter(name="source", label="Source", condition="source = {}", literal=word, choices=choices("source", "articles")),
        Filter(
            name="language", label="Language", condition="language = {}", literal=word, choices=choices("language", "articles")
        ),
        Filter(name="since", label="Came in since", condition="ingested_at >= {}", literal=moment, shown=False),
        during("ingested_at"),
        Filter(
            name="originals", label="Without near copies", condition="duplicate_of IS NULL", literal=nothing, kind="checkbox"
        ),
        Filter(name="original", label="Near copies of", condition="duplicate_of = {}", literal=word, shown=False),
    ),
)

CLAIMANT = "coalesce(f.speaker, f.attributed_to)"
SURENESS = "least(f.confidence, coalesce(f.confidence_place, 1), coalesce(f.confidence_as_of, 1))"
SAID_BY = f"({CLAIMANT} ILIKE {{}} OR f.claimant_name ILIKE {{}})"
"""A part of the name as it is printed, or of the one name here."""

LAST_DAY = f"CASE WHEN f.kind = 'figure' THEN {AS_OF} END"
"""The day by which figures are compared, as `figure_series` has it."""

REVIEW_STATES = {
    "open": "f.review IS NULL",
    "confirmed": "f.review = 'confirmed'",
    "rejected": "f.review = 'rejected'",
    "corrected": "f.review = 'corrected'",
}
"""The states of a review that facts are filtered by."""

FACTS = Listing(
    name="facts",
    title="Facts",
    table="facts f JOIN articles a USING (article_id)",
    key="fact_id",
    identity="f.fact_id",
    found="(SELECT * FROM facts WHERE fact_id IN ({ids})) f JOIN "
    "(SELECT * FROM articles WHERE article_id IN ({articles})) a USING (article_id)",
    alone="facts f",
    order="-published",
    columns=(
        Column(name="published", label="published", sql="a.published_on", sortable=True),
        Column(name="text", label="as printed", sql="f.text"),
        Column(name="kind", label="kind", sql="f.kind"),
        Column(name="measure", label="measure", sql="f.measure", sortable=True),
        Column(name="value_low", label="least", sql="f.value_low", sortable=True, number=True),
        Column(name="value_high", label="most", sql="f.value_high", sortable=True, number=True),
        Column(name="hedge", label="hedge", sql="f.hedge", shown=False),
        Column(name="unit", label="unit", sql="f.unit", shown=False),
        Column(name="place_name", label="place", sql="f.place_name", sortable=True),
        Column(name="as_of", label="as of", sql=LAST_DAY, sortable=True),
        Column(name="claimant", label="on whose word", sql=CLAIMANT, sortable=True),
        Column(name="outlet", label="outlet", sql=OUTLET, sortable=True),
        Column(name="confidence", label="sure", sql=f"round({SURENESS}, 2)", sortable=True, number=True),
        Column(name="review", label="review", sql="f.review", sortable=True),
        Column(name="claim_id", label="claim", sql="f.claim_id", shown=False),
        Column(name="fact_id", label="fact", sql="f.fact_id", shown=False),
        Column(name="article_id", label="article", sql="article_id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words of the claim", condition="f.text ILIKE {}", literal=part, kind="search"),
        Filter(name="kind", label="Kind", condition="f.kind = {}", literal=word, choices=tuple(FactKind)),
        Filter(name="measure", label="Measure", condition="f.measure = {}", literal=word, choices=choices("measure", "facts")),
        Filter(
            name="place", label="Place", condition="f.place_name = {}", literal=word, choices=choices("place_name", "facts")
        ),
        Filter(
            name="who",
            label="On whose word",
            condition=SAID_BY,
            literal=part,
            kind="search",
        ),
        Filter(
            name="claimant_kind",
            label="Kind of claimant",
            condition="f.claimant_kind = {}",
            literal=word,
            choices=tuple(ClaimantKind),
        ),
        Filter(name="scope", label="Scope", condition="f.scope = {}", literal=word, choices=tuple(Scope)),
        Filter(name="outlet", label="Outlet", condition=f"{OUTLET} = {{}}", literal=word, choices=OUTLETS),
        Filter(name="from", label="Published from", condition="a.published_on >= {}", literal=day, kind="date"),
        Filter(name="to", label="Published to", condition="a.published_on <= {}", literal=day, kind="date"),
        Filter(
            name="review",
            label="Review",
            condition="coalesce(f.review, 'open') = {}",
            literal=word,
            choices=tuple(REVIEW_STATES),
        ),
        Filter(name="sure", label="At most so sure, 0 to 1", condition=f"{SURENESS} <= {{}}", literal=number),
        Filter(name="article", label="Article", condition="article_id = {}", literal=word, shown=False),
        Filter(name="source", label="Source", condition="a.source = {}", literal=word, shown=False),
        during("a.ingested_at"),
    ),
)

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
        Column(name="detail", label="why"),
        Column(name="source_uri", label="document", sortable=True),
        Column(name="source", label="source", sortable=True),
        Column(name="stage", label="of", sortable=True),
        Column(name="expectation", label="expectation"),
        Column(name="size", label="bytes", sortable=True, number=True),
        Column(name="document_id", label="document id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words", condition="(source_uri ILIKE {} OR detail ILIKE {})", literal=part, kind="search"),
        Filter(name="reason", label="Reason", condition="reason = {}", literal=word, choices=tuple(RejectReason)),
        Filter(name="source", label="Source", condition="source = {}", literal=word, choices=choices("source", "rejects")),
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
        Filter(name="source", label="Source", condition="source = {}", literal=word, choices=choices("source", "documents")),
        Filter(name="status", label="Status", condition="status = {}", literal=word, choices=choices("status", "documents")),
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
        Filter(name="kind", label="Kind", condition="kind = {}", literal=word, choices=choices("kind", "runs")),
        Filter(name="outcome", label="Outcome", condition="outcome = {}", literal=word, choices=choices("outcome", "runs")),
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
        Filter(name="who", label="Who", condition="r.who = {}", literal=word, choices=choices("who", "reviews")),
        Filter(name="verdict", label="Said", condition="r.verdict = {}", literal=word, choices=choices("verdict", "reviews")),
        Filter(name="claim", label="Claim", condition="claim_id = {}", literal=word, shown=False),
    ),
)

LISTS = {one.name: one for one in (ARTICLES, FACTS, REJECTS, DOCUMENTS, RUNS, REVIEWS)}
