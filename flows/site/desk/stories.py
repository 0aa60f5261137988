"""What the page of a story shows: its articles with their origins, which numbers were printed when, what does not agree."""

from __future__ import annotations

from typing import Any

from copydesk.flows.site.desk.conflicts import Compared
from copydesk.flows.site.desk.reader import Published, Row

MOST = 200
"""Rows of each kind that a page shows."""

ARTICLES = f"""SELECT a.article_id, a.title, coalesce(a.outlet, a.source) AS outlet, a.published_on, a.duplicate_of, o.origin,
  o.origin_from, o.chain, o.reprint_of FROM articles a JOIN origins o USING (article_id) WHERE a.story_id = $1
ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.received_at, a.article_id LIMIT {MOST}"""
GROUPS = f"""SELECT * FROM claim_groups WHERE story_id = $1
ORDER BY len(outlets) DESC, articles DESC, measure, place_name, value DESC, claim_group_id LIMIT {MOST}"""
TIMELINE = f"""SELECT t.*, coalesce(t.outlet, a.source) AS printed_by FROM timeline t JOIN articles a USING (article_id)
WHERE t.story_id = $1 ORDER BY t.measure, t.counted, t.place_name, t.as_of, t.published_on, t.value, t.fact_id LIMIT {MOST}"""
NAMES = """SELECT entity_id, any_value(name) AS name, count(DISTINCT article_id) AS n FROM mentions
WHERE article_id IN (SELECT article_id FROM articles WHERE story_id = $1)
GROUP BY entity_id ORDER BY n DESC, count(*) DESC, entity_id LIMIT 20"""


def story_page(published: Published, compared: Compared, story_id: str) -> dict[str, Any] | None:
    """What the template of a story is given; None where there is no such story."""
    story = published.of("stories").one("SELECT * FROM stories WHERE story_id = $1", [story_id])
    articles = published.indexed.ask(ARTICLES, [story_id])
    if story is None or not articles:
        return None
    of_story = {row["article_id"] for row in articles}
    pairs = [pair for pair in compared.pairs if {pair["article_id_a"], pair["article_id_b"]} <= of_story]
    return {
        "story": story,
        "articles": articles,
        "groups": published.ask(GROUPS, [story_id]),
        "timeline": published.ask(TIMELINE, [story_id]),
        "names": published.indexed.ask(NAMES, [story_id]),
        "conflicts": [pair for pair in pairs if pair["relation"] in ("contradicts", "revises")][:20],
        "sql": f"SELECT * FROM timeline WHERE story_id = '{story_id}' ORDER BY measure, place_name, as_of",
    }


def story_of(published: Published, story_id: str | None) -> Row | None:
    """What the page of an article says of its story; None where it is the only article of it."""
    if story_id is None:
        return None
    row = published.indexed.one("SELECT count(*) AS articles FROM articles WHERE story_id = $1", [story_id])
    return {"story_id": story_id, **row} if row is not None and row["articles"] > 1 else None


def most_reported(published: Published, since: object) -> list[Row]:
    """The stories that most origins reported of those with an article that came in since a time."""
    return published.indexed.ask(
        "SELECT story_id, count(*) AS articles, count(DISTINCT o.origin_id) AS origins, "
        "count(DISTINCT coalesce(a.outlet, a.source)) AS outlets, max(a.published_on) AS last_on, "
        "arg_min(a.title, (a.duplicate_of IS NOT NULL, a.published_on, a.article_id)) AS title "
        "FROM articles a JOIN origins o USING (article_id, story_id) WHERE story_id IN "
        "(SELECT story_id FROM articles WHERE ingested_at >= $1 AND story_id IS NOT NULL) "
        "GROUP BY story_id HAVING count(*) > 1 ORDER BY origins DESC, articles DESC, story_id LIMIT 8",
        [since],
    )
