"""The figures of chosen articles, and these as they are compared: what rows are made anew of, without reading all others."""

from __future__ import annotations

import duckdb

from copydesk.warehouse.stories.claim_views import CLAIMS, GROUPS_KEY, TIMELINE_KEY
from copydesk.warehouse.stories.conflict_views import FAR_KEY, LATER_KEY
from copydesk.warehouse.stories.origin_views import FACT_ORIGINS, ORIGINS, TOLD

FIGURES, CLAIMED = "chosen_figures", "chosen_claims"
"""The tables that figures and claims are put into; they are gone with the connection."""

CLAIMS_SQL, AGENCIES_SQL = (view.partition(" AS")[2] for view in (CLAIMS, TOLD))
KEYS = f"""SELECT article_id, story_id, duplicate_of, {FAR_KEY} AS far, {LATER_KEY} AS later, NULL::UBIGINT AS groups,
  NULL::UBIGINT AS timeline FROM {FIGURES}
UNION ALL SELECT article_id, story_id, duplicate_of, NULL, NULL, {GROUPS_KEY}, {TIMELINE_KEY} FROM {CLAIMED}"""
"""What each figure is compared by: the keys of pairs over stories and of later words, of groups, and of timelines."""

KINDS = ("far", "later", "groups", "timeline")
OF_FIGURES = f"(SELECT * FROM {{}} WHERE fact_id IN (SELECT fact_id FROM {FIGURES}))"


def over_chosen(sql: str) -> str:
    """A query of a view over the figures that were chosen."""
    return sql.replace("internal.told_figures", FIGURES).replace("internal.claims", CLAIMED)


def choose_all(db: duckdb.DuckDBPyConnection) -> None:
    """Chooses the figures of all articles."""
    db.execute(f"CREATE TEMP TABLE {FIGURES} AS FROM internal.told_figures")
    db.execute(f"CREATE TEMP TABLE {CLAIMED} AS FROM internal.claims")


def choose(db: duckdb.DuckDBPyConnection, articles: str, claiming: str) -> None:
    """Chooses the figures of some articles.

    Args:
        db: the connection, with the views of a home.
        articles: the query of the ids of the articles.
        claiming: the query of those of them whose figures are chosen as claims too.
    """
    db.execute(f"CREATE TEMP TABLE {FIGURES} AS SELECT * FROM internal.told_figures WHERE article_id IN ({articles})")
    claimed = f"(SELECT * FROM {FIGURES} WHERE article_id IN ({claiming}))"
    texts = f"SELECT coalesce(duplicate_of, article_id) FROM {claimed}"
    of_texts = f"(SELECT * FROM articles WHERE coalesce(duplicate_of, article_id) IN ({texts}))"
    origins = ORIGINS.replace("FROM articles a", f"FROM {of_texts} a")
    agencies = AGENCIES_SQL.replace("internal.facts_live f", f"{OF_FIGURES.format('internal.facts_live')} f")
    facts = FACT_ORIGINS.replace(
        "FROM facts f", f"FROM (SELECT * FROM facts WHERE fact_id IN (SELECT fact_id FROM {claimed})) f"
    )
    facts = facts.replace("JOIN origins o", f"JOIN ({origins}) o").replace("internal.told_agencies t", f"({agencies}) t")
    claims = CLAIMS_SQL.replace("internal.told_figures f", f"{claimed} f").replace("JOIN fact_origins o", f"JOIN ({facts}) o")
    db.execute(f"CREATE TEMP TABLE {CLAIMED} AS {claims}")


def forget(db: duckdb.DuckDBPyConnection) -> None:
    """Drops what was chosen."""
    for table in (FIGURES, CLAIMED):
        db.execute(f"DROP TABLE temp.{table}")
