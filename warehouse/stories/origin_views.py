"""Views of where articles and claims come from: outlet, agency or reprint, claimant, and which of them is the origin."""

from __future__ import annotations

from copydesk.warehouse.fact_columns import slug_sql
from copydesk.warehouse.series import HOST, View


def _chain(*names: str) -> str:
    """SQL of a list of the names that are there, none directly behind itself."""
    listed = f"list_filter([{', '.join(names)}], lambda one: one IS NOT NULL)"
    return f"list_filter({listed}, lambda one, place: place = 1 OR one <> {listed}[place - 1])"


ORIGINS = f"""
WITH credited AS (
  SELECT a.article_id, a.story_id, coalesce(a.outlet, {HOST}) AS outlet, coalesce(a.outlet_id, {HOST}) AS outlet_id,
    a.source, a.duplicate_of, a.received_at,
    coalesce(a.duplicate_of, a.article_id) AS text_id, k.owner_id, k.owner, t.agency_id, t.agency_from,
    CASE WHEN coalesce(a.outlet_kind, k.kind) = 'agency' THEN a.outlet_id ELSE t.agency_id END AS wire_id
  FROM articles a LEFT JOIN internal.tellings_rows t ON t.telling_output_id = a.output_id
    LEFT JOIN internal.known_outlets k ON k.outlet_id = a.outlet_id
), texts AS (
  -- Whoever prints a text first stands for all its near copies; an agency that any of them names is the origin of all.
  SELECT text_id, min(wire_id) AS wire_id, min_by(article_id, nth) AS first_id,
    min_by(coalesce(outlet, source), nth) AS first_outlet,
    min_by(coalesce(owner_id, outlet_id, source), nth) AS publisher_id,
    min_by(coalesce(owner, outlet, source), nth) AS publisher
  FROM (SELECT *, (duplicate_of IS NOT NULL, received_at, article_id) AS nth FROM credited) GROUP BY text_id
)
SELECT c.article_id, c.story_id, c.outlet, c.outlet_id, c.owner, coalesce(w.name, t.wire_id) AS agency,
  t.wire_id AS agency_id, CASE WHEN t.first_id <> c.article_id THEN t.first_id END AS reprint_of,
  CASE WHEN t.first_id <> c.article_id THEN t.first_outlet END AS reprint_of_outlet,
  coalesce(w.name, t.wire_id, t.publisher) AS origin, coalesce(t.wire_id, t.publisher_id) AS origin_id,
  CASE WHEN t.wire_id = c.outlet_id THEN 'outlet' WHEN t.wire_id = c.agency_id THEN c.agency_from
    WHEN t.first_id <> c.article_id THEN 'reprint' WHEN t.wire_id IS NOT NULL THEN 'its reprints'
    WHEN c.owner_id IS NOT NULL THEN 'owner' ELSE 'outlet' END AS origin_from,
  {_chain("coalesce(c.outlet, c.source)", "t.first_outlet", "coalesce(w.name, t.wire_id)")} AS chain
FROM credited c JOIN texts t USING (text_id) LEFT JOIN internal.known_outlets w ON w.outlet_id = t.wire_id
"""
TOLD = """
CREATE OR REPLACE VIEW internal.told_agencies AS
SELECT f.fact_id, min(split_part(q.quote, ' ', 2)) AS agency_id
FROM (SELECT telling_output_id AS output_id, unnest(quotes) AS quote FROM internal.tellings_rows) q
  JOIN internal.facts_live f USING (output_id) JOIN internal.sentences_live s ON s.sentence_id = f.sentence_id
WHERE split_part(q.quote, ' ', 1)::BIGINT BETWEEN s.span_start AND s.span_end - 1
GROUP BY f.fact_id
"""
"""The agency that the sentence of a fact quotes: `the mayor told Coastal Wire`."""

CLAIMANT = "coalesce(f.claimant_name, f.speaker, f.attributed_to)"
FACT_ORIGINS = f"""
SELECT f.fact_id, f.claim_id, f.article_id, o.story_id, f.kind, f.text, o.outlet, o.agency, o.reprint_of_outlet,
  coalesce(w.name, t.agency_id) AS told, {CLAIMANT} AS claimant, f.claimant_id,
  coalesce(f.body_id, f.claimant_id, {slug_sql(CLAIMANT)}, t.agency_id, o.origin_id) AS origin_id,
  coalesce({CLAIMANT}, w.name, t.agency_id, o.origin) AS origin,
  {_chain("o.chain[1]", "o.chain[2]", "o.chain[3]", "coalesce(w.name, t.agency_id)", CLAIMANT)} AS chain
FROM facts f JOIN origins o USING (article_id) LEFT JOIN internal.told_agencies t USING (fact_id)
  LEFT JOIN internal.known_outlets w ON w.outlet_id = t.agency_id
WHERE f.review IS DISTINCT FROM 'rejected'
"""
ORIGIN_VIEWS = (
    View(
        "origins",
        "Where the text of each article comes from.",
        ORIGINS,
        {
            "article_id": "the article",
            "story_id": "its story",
            "outlet": "who printed it; where nothing names it, the host of its web address",
            "outlet_id": "the outlet as a thing: a row of outlets; else that host",
            "owner": "who owns the outlet, where the table of outlets has it",
            "agency": "the agency that the text, or a near copy of it, says that it comes from",
            "agency_id": "the agency as a thing: a row of outlets",
            "reprint_of": "of a near copy: the article that printed the text first",
            "reprint_of_outlet": "who printed that",
            "origin": "who stands behind the text: the agency, else the owner or the outlet that printed it first",
            "origin_id": "its id: articles with the same one are no independent witnesses",
            "origin_from": "what tells the origin: agency line, dateline, credit, lead, reprint, its reprints, owner, outlet",
            "chain": "names from the outlet to the origin",
        },
    ),
    View(
        "fact_origins",
        "On whose word each claim is, and by which way it came: outlet, reprint or agency, who was told it, claimant.",
        FACT_ORIGINS,
        {
            "fact_id": "the fact",
            "claim_id": "the claim, whatever rules found it",
            "article_id": "the article",
            "story_id": "its story",
            "kind": "figure, quote or statement",
            "text": "the words of the claim",
            "outlet": "who printed it",
            "agency": "the agency that the article's text comes from",
            "reprint_of_outlet": "of a near copy: who printed it first",
            "told": "the agency that the sentence quotes: `told Coastal Wire`",
            "claimant": "on whose word, under one name; null for the outlet's own voice",
            "claimant_id": "the claimant as a thing: a row of entities",
            "origin_id": "who stands behind the claim: who says it, else the agency that is quoted, else the article's origin",
            "origin": "its name",
            "chain": "names from the outlet to the claimant",
        },
    ),
)
