"""What the page of a story shows: its articles with their origins, which numbers were printed when, what does not agree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from copydesk.flows.jobs import stories as deciding
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.base import said_who, said_why
from copydesk.flows.site.desk.conflicts import Compared
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.views import view_sql

CHOSEN = "article:"
"""What stands before the id of an article that is ticked in the form."""

MOST = 200
"""Rows of each kind that a page shows."""

ARTICLES = f"""SELECT a.article_id, a.title, coalesce(a.outlet, a.source) AS outlet, a.published_on, a.duplicate_of, o.origin,
  o.origin_from, o.chain, o.reprint_of FROM articles a JOIN origins o USING (article_id) WHERE a.story_id = $1
ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.received_at, a.article_id LIMIT {MOST}"""
GROUPS = f"""SELECT * FROM {{groups}} WHERE story_id = $1
ORDER BY len(outlets) DESC, articles DESC, measure, place_name, value DESC, claim_group_id LIMIT {MOST}"""
TIMELINE = f"""SELECT t.*, coalesce(t.outlet, a.source) AS printed_by FROM {{timeline}} t JOIN articles a USING (article_id)
WHERE t.story_id = $1 ORDER BY t.measure, t.counted, t.place_name, t.as_of, t.published_on, t.value, t.fact_id LIMIT {MOST}"""
NAMES = """SELECT entity_id, any_value(name) AS name, count(DISTINCT article_id) AS n FROM mentions
WHERE article_id IN (SELECT article_id FROM articles WHERE story_id = $1)
GROUP BY entity_id ORDER BY n DESC, count(*) DESC, entity_id LIMIT 20"""


RULED = """SELECT time, subject AS story_id, data->>'action' AS action, data->>'who' AS who, data->>'why' AS why,
  data->>'into_id' AS into_id, json_array_length(data->'article_ids')::BIGINT AS articles FROM events
WHERE type = 'story.ruled' AND (subject = $1 OR data->>'into_id' = $1) ORDER BY position"""

NUMBER = "coalesce(value_low, value_high)"
OF_STORY = "SELECT {columns} FROM internal.told_figures WHERE story_id = $1"
SAME_NUMBER = f"(measure, {NUMBER}) IN ({OF_STORY.format(columns=f'measure, {NUMBER}')})"
SAME_THING = f"(story_id = $1 OR (measure, place_name) IN ({OF_STORY.format(columns='measure, place_name')}))"
COPIED = f"SELECT duplicate_of FROM internal.told_figures WHERE duplicate_of IS NOT NULL AND {SAME_THING}"
NEEDED = {"claim_groups": SAME_NUMBER, "timeline": f"({SAME_THING} OR article_id IN ({COPIED}))"}
"""The figures that the groups and the timeline of a story rest on: those of other stories that may be of the same thing too."""


@cache
def narrowed(view: str) -> str:
    """The query of a view of claims, of the figures alone that a story, `$1` in it, needs."""
    figures = f"SELECT * FROM internal.told_figures WHERE {NEEDED[view]}"
    facts = f"SELECT * FROM facts WHERE fact_id IN (SELECT fact_id FROM ({figures}))"
    origins = view_sql("fact_origins").replace("FROM facts f", f"FROM ({facts}) f")
    claims = view_sql("internal.claims").replace("FROM internal.told_figures f", f"FROM ({figures}) f")
    return f"({view_sql(view).replace('internal.claims', f'({claims})')})".replace("JOIN fact_origins o", f"JOIN ({origins}) o")


def story_page(published: Published, compared: Compared, story_id: str) -> dict[str, Any] | None:
    """What the template of a story is given; None where there is no such story, and nobody decided anything of one."""
    decided = published.ask(RULED, [story_id])
    story = published.of("stories").one("SELECT * FROM stories WHERE story_id = $1", [story_id])
    articles = published.indexed.ask(ARTICLES, [story_id])
    if story is None or not articles:
        return {"story": None, "story_id": story_id, "decided": decided} if decided else None
    of_story = {row["article_id"] for row in articles}
    pairs = [pair for pair in compared.pairs if {pair["article_id_a"], pair["article_id_b"]} <= of_story]
    return {
        "story": story,
        "story_id": story_id,
        "decided": decided,
        "articles": articles,
        **_claimed(published, story_id),
        "names": published.indexed.ask(NAMES, [story_id]),
        "conflicts": [pair for pair in pairs if pair["relation"] in ("contradicts", "revises")][:20],
        "sql": f"SELECT * FROM timeline WHERE story_id = '{story_id}' ORDER BY measure, place_name, as_of",
    }


def _claimed(published: Published, story_id: str) -> dict[str, Any]:
    """What a story claims; nothing, and that it is too much, where it does not fit in the memory that a server of pages has."""
    import duckdb

    source, over = (published, str) if published.has_kept_rows else (published.indexed, narrowed)
    try:
        return {
            "groups": source.ask(GROUPS.format(groups=over("claim_groups")), [story_id]),
            "timeline": source.ask(TIMELINE.format(timeline=over("timeline")), [story_id]),
            "too_much": False,
        }
    except duckdb.OutOfMemoryException:
        return {"groups": [], "timeline": [], "too_much": True}


def decide(settings: Settings, story_id: str, form: Mapping[str, str]) -> str:
    """Records what a form decides of a story; gives the id of the story to show then.

    Raises HomeLocked where a run has the home for longer than the settings wait, PermanentError for what cannot be decided.
    """
    action, why, who = form.get("action", ""), said_why(form), said_who(form)
    if action == "merge":
        other = form.get("other", "").strip().rstrip("/").rpartition("/")[2]
        deciding.merge(settings, story_id, other, why, who)
        return other
    if action == "split":
        chosen = [name.removeprefix(CHOSEN) for name in form if name.startswith(CHOSEN)]
        deciding.split(settings, story_id, chosen, why, who)
    elif action == "undo":
        deciding.undo(settings, story_id, why, who)
    else:
        raise PermanentError("Say what to decide: that the story is another, or two, or that no decision holds.")
    return story_id


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
