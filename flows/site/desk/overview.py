"""What is new since a time, else since the last run that brought something; the most reported figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from copydesk.flows.site.article import bounds
from copydesk.flows.site.desk.conflicts import Compared
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.flows.site.desk.stories import most_reported

MOST = 12
LAST_RUN = """SELECT * FROM runs WHERE kind IN ('ingest', 'requeue', 'reprocess') AND (ingested > 0 OR rejected > 0)
ORDER BY started_at DESC LIMIT 1"""
NEW = """SELECT a.article_id, a.title, coalesce(a.outlet, a.source) AS outlet, a.published_on, a.language
FROM articles a WHERE a.ingested_at >= $1 ORDER BY a.published_on DESC NULLS LAST, a.title, a.article_id LIMIT 12"""
FIGURES = """SELECT article_id, fact_id, measure, text, place_name FROM facts
WHERE article_id IN (SELECT unnest($1::VARCHAR[])) AND kind = 'figure' AND review IS DISTINCT FROM 'rejected'
  AND measure IN ('killed', 'injured', 'missing', 'displaced', 'sheltering', 'detained')
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY confidence DESC, fact_id) <= 3
ORDER BY article_id, confidence DESC, fact_id"""
REPORTED = """SELECT measure, place_name, count(*) AS figures, count(DISTINCT coalesce(outlet, source)) AS outlets,
  max(as_of) AS latest, arg_max(text, (as_of, fact_id)) AS text,
  arg_max(coalesce(outlet, source), (as_of, fact_id)) AS outlet, arg_max(fact_id, (as_of, fact_id)) AS fact_id,
  min(value_low) AS least, max(coalesce(value_high, value_low)) AS most,
  max(value_low) FILTER (value_high IS NULL) IS NOT DISTINCT FROM most AS open
FROM internal.told_figures
WHERE place_name IS NOT NULL AND measure <> 'other' AND value_low IS NOT NULL
GROUP BY ALL HAVING count(*) > 1 ORDER BY outlets DESC, figures DESC, measure, place_name LIMIT 8"""
FRESH = "SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($1::VARCHAR[])) AND ingested_at >= $2"
COUNTS = """SELECT (SELECT count(*) FROM articles WHERE ingested_at >= $1) AS articles,
  (SELECT count(*) FROM reviews WHERE reviewed_at >= $1) AS reviews,
  (SELECT count(*) FROM articles) AS all_articles, (SELECT count(*) FROM facts) AS all_facts"""
REJECTS = "SELECT count(*) AS rejects FROM rejects WHERE rejected_at >= $1"
REJECTED = """SELECT rejected_at, reason, source_uri, detail FROM rejects WHERE rejected_at >= $1
ORDER BY rejected_at DESC, source_uri LIMIT 6"""
SILENT = """SELECT source, last_new_document_at, usual_gap_hours FROM source_health WHERE overdue ORDER BY source LIMIT 10"""


def overview(published: Published, compared: Compared, since: datetime | None) -> dict[str, Any]:
    """What the template of the overview is given."""
    last = published.one(LAST_RUN)
    since = since or (last["started_at"] if last else None)
    kept = published.known.get("overview")
    if kept is None or kept[0] != since:
        kept = published.known["overview"] = since, _asked(published, since)
    pairs = [pair for pair in compared.pairs if pair["relation"] == "contradicts"]
    named = sorted({pair[f"article_id_{side}"] for pair in pairs for side in "ab"})
    fresh = {row["article_id"] for row in published.indexed.ask(FRESH, [named, since])}
    conflicts = [pair for pair in pairs if pair["article_id_a"] in fresh or pair["article_id_b"] in fresh]
    told = {**kept[1], "silent": published.ask(SILENT)}  # a source falls silent while nothing is published
    return {**told, "last": last, "since": since, "conflicts": conflicts[:5], "conflict_count": len(conflicts)}


def _asked(published: Published, since: datetime | None) -> dict[str, Any]:
    if since is None:
        return {"articles": [], "counts": None, "rejects": [], "reported": [], "stories": []}
    articles = published.indexed.ask(NEW, [since])
    figures: dict[str, list[Row]] = {}
    for row in published.indexed.ask(FIGURES, [[row["article_id"] for row in articles]]):
        figures.setdefault(row["article_id"], []).append(row)
    return {
        "articles": [{**row, "figures": figures.get(row["article_id"], [])} for row in articles],
        "counts": {**(published.of("reviews").one(COUNTS, [since]) or {}), **(published.one(REJECTS, [since]) or {})},
        "rejects": published.ask(REJECTED, [since]),
        "reported": reported(published),
        "stories": most_reported(published, since),
    }


def reported(published: Published) -> list[Row]:
    """The measures and places of which most outlets print a figure, each with its range and its latest figure."""
    kept: list[Row] | None = published.known.get("reported")
    if kept is None:
        kept = published.known["reported"] = published.indexed.ask(REPORTED)
        for row in kept:
            row["range"] = bounds({"value_low": row["least"], "value_high": row["most"]}) + (" or more" if row["open"] else "")
    return kept
