"""What was printed, as lists: articles and facts."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import Filter, days, during, equal, linked, number, one_of, searched, since, ticked
from copydesk.flows.site.desk.listing import Listing, column, quantity, sortable, unshown
from copydesk.transforms.vocabulary import ClaimantKind, FactKind, Scope
from copydesk.warehouse.series import AS_OF

OUTLET = "coalesce(a.outlet, a.source)"
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
        sortable("published", "published", "published_on"),
        sortable("title", "title", "title"),
        sortable("outlet", "outlet", OUTLET),
        sortable("language", "language", "language"),
        quantity("words", "words", "words"),
        sortable("ingested", "came in", "ingested_at"),
        column("duplicate_of", "copy of", "duplicate_of"),
        unshown("article_id", "id", "article_id"),
    ),
    filters=(
        searched("q", "Words of the headline", "title ILIKE {}"),
        *days("Published", "published_on", "published_on"),
        equal("outlet", "Outlet", OUTLET, "articles a"),
        equal("source", "Source", "source", "articles"),
        equal("language", "Language", "language", "articles"),
        equal("month", "Month", MONTH, shown=False),
        linked("entity", "Names", NAMES),
        linked("story", "Story", "story_id = {}"),
        linked("place", "Has a figure of the place", HAS_PLACE),
        since("Came in since", "ingested_at"),
        during("ingested_at"),
        ticked("originals", "Without near copies", "duplicate_of IS NULL"),
        linked("original", "Near copies of", "duplicate_of = {}"),
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
        sortable("published", "published", "a.published_on"),
        column("text", "as printed", "f.text"),
        sortable("kind", "kind", "f.kind"),
        sortable("measure", "measure", "f.measure"),
        quantity("value_low", "least", "f.value_low"),
        quantity("value_high", "most", "f.value_high"),
        unshown("hedge", "hedge", "f.hedge"),
        unshown("unit", "unit", "f.unit"),
        sortable("place_name", "place", "f.place_name"),
        sortable("as_of", "as of", LAST_DAY),
        sortable("claimant", "on whose word", CLAIMANT),
        sortable("outlet", "outlet", OUTLET),
        quantity("confidence", "sure", f"round({SURENESS}, 2)"),
        sortable("review", "review", "f.review"),
        unshown("claim_id", "claim", "f.claim_id"),
        unshown("place_id", "place id", "f.place_id"),
        unshown("claimant_id", "claimant id", "f.claimant_id"),
        unshown("fact_id", "fact", "f.fact_id"),
        unshown("article_id", "article", "article_id"),
    ),
    filters=(
        searched("q", "Words of the claim", "f.text ILIKE {}"),
        one_of("kind", "Kind", "f.kind", FactKind),
        equal("measure", "Measure", "f.measure", "facts f"),
        equal("place", "Place", "f.place_name", "facts f"),
        searched("who", "On whose word", SAID_BY),
        one_of("claimant_kind", "Kind of claimant", "f.claimant_kind", ClaimantKind),
        one_of("scope", "Scope", "f.scope", Scope),
        equal("outlet", "Outlet", OUTLET, "articles a"),
        *days("Published", "a.published_on", "a.published_on"),
        one_of("review", "Review", "coalesce(f.review, 'open')", REVIEW_STATES),
        Filter(name="sure", label="At most so sure, 0 to 1", condition=f"{SURENESS} <= {{}}", literal=number),
        linked("article", "Article", "article_id = {}"),
        linked("entity", "Said by", "(f.claimant_id = {} OR f.body_id = {})"),
        linked("placed", "Place", f"{PLACED} = {{}}"),
        linked("source", "Source", "a.source = {}"),
        during("a.ingested_at"),
    ),
)
