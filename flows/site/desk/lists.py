"""What was printed, as lists: articles and facts."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import Filter, choices, day, during, equal, moment, nothing, number, part, word
from copydesk.flows.site.desk.listing import Column, Listing
from copydesk.transforms.vocabulary import ClaimantKind, FactKind, Scope
from copydesk.warehouse.series import AS_OF

OUTLET = "coalesce(a.outlet, a.source)"
OUTLETS = choices(OUTLET, "articles a")
MONTH = "strftime(a.published_on, '%Y-%m')"
NAMES = (
    "article_id IN (SELECT article_id FROM mentions WHERE entity_id = {} UNION ALL "
    "SELECT article_id FROM facts WHERE claimant_id = {} OR body_id = {})"
)
PLACED = "coalesce(CAST(f.place_id AS VARCHAR), f.place_name)"
"""The place of a fact by its GeoNames id, else by its one name."""

HAS_PLACE = f"article_id IN (SELECT article_id FROM facts f WHERE f.kind = 'figure' AND {PLACED} = {{}})"

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
        Filter(name="q", label="Words of the headline", condition="title ILIKE {}", literal=part, kind="search"),
        Filter(name="from", label="Published from", condition="published_on >= {}", literal=day, kind="date"),
        Filter(name="to", label="Published to", condition="published_on <= {}", literal=day, kind="date"),
        equal("outlet", "Outlet", OUTLET, "articles a"),
        equal("source", "Source", "source", "articles"),
        equal("language", "Language", "language", "articles"),
        equal("month", "Month", MONTH, shown=False),
        Filter(name="entity", label="Names", condition=NAMES, literal=word, shown=False),
        Filter(name="story", label="Story", condition="story_id = {}", literal=word, shown=False),
        Filter(name="place", label="Has a figure of the place", condition=HAS_PLACE, literal=word, shown=False),
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
        Column(name="kind", label="kind", sql="f.kind", sortable=True),
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
        Column(name="place_id", label="place id", sql="f.place_id", shown=False),
        Column(name="claimant_id", label="claimant id", sql="f.claimant_id", shown=False),
        Column(name="fact_id", label="fact", sql="f.fact_id", shown=False),
        Column(name="article_id", label="article", sql="article_id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words of the claim", condition="f.text ILIKE {}", literal=part, kind="search"),
        Filter(name="kind", label="Kind", condition="f.kind = {}", literal=word, choices=tuple(FactKind), facet="f.kind"),
        equal("measure", "Measure", "f.measure", "facts f"),
        equal("place", "Place", "f.place_name", "facts f"),
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
            facet="f.claimant_kind",
        ),
        Filter(name="scope", label="Scope", condition="f.scope = {}", literal=word, choices=tuple(Scope), facet="f.scope"),
        Filter(name="outlet", label="Outlet", condition=f"{OUTLET} = {{}}", literal=word, choices=OUTLETS, facet=OUTLET),
        Filter(name="from", label="Published from", condition="a.published_on >= {}", literal=day, kind="date"),
        Filter(name="to", label="Published to", condition="a.published_on <= {}", literal=day, kind="date"),
        Filter(
            name="review",
            label="Review",
            condition="coalesce(f.review, 'open') = {}",
            literal=word,
            choices=tuple(REVIEW_STATES),
            facet="coalesce(f.review, 'open')",
        ),
        Filter(name="sure", label="At most so sure, 0 to 1", condition=f"{SURENESS} <= {{}}", literal=number),
        Filter(name="article", label="Article", condition="article_id = {}", literal=word, shown=False),
        Filter(name="entity", label="Said by", condition="(f.claimant_id = {} OR f.body_id = {})", literal=word, shown=False),
        Filter(name="placed", label="Place", condition=f"{PLACED} = {{}}", literal=word, shown=False),
        Filter(name="source", label="Source", condition="a.source = {}", literal=word, shown=False),
        during("a.ingested_at"),
    ),
)
