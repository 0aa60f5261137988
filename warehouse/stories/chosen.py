"""The figures of chosen articles, and these as they are compared: what rows are made anew of, without reading all others."""

from __future__ import annotations

import duckdb

from copydesk.warehouse.series import FIGURES as TOLD_FIGURES
from copydesk.warehouse.stories.claim_views import CLAIMS, GROUPS_KEY, TIMELINE_KEY
from copydesk.warehouse.stories.conflict_views import FAR_KEY, LATER_KEY
from copydesk.warehouse.stories.origin_views import FACT_ORIGINS, ORIGINS, TOLD

ROWS, FIGURES, CLAIMED = "chosen_rows", "chosen_figures", "chosen_claims"
"""The tables that figures with their origins are put into, these without, and claims; they are gone with the connection."""

AGENCIES_SQL = TOLD.partition(" AS")[2]
CLAIMS_SQL = (
    CLAIMS.partition(" AS")[2]
    .replace("f.*, o.origin_id, o.origin", "f.*")
    .replace(" LEFT JOIN fact_origins o USING (fact_id)", "")
    .replace("o.origin_id", "f.origin_id")
    .replace("internal.told_figures", "{rows}")
)
KEYS = f"""SELECT fact_id, article_id, story_id, duplicate_of, {FAR_KEY} AS far, {LATER_KEY} AS later, NULL::UBIGINT AS groups,
  NULL::UBIGINT AS timeline FROM {FIGURES}
UNION ALL SELECT fact_id, article_id, story_id, duplicate_of, NULL, NULL, {GROUPS_KEY}, {TIMELINE_KEY} FROM {CLAIMED}"""
"""What each figure is compared by: the keys of pairs over stories and of later words, of groups, and of timelines."""

KINDS = ("far", "later", "groups", "timeline")
EVERY_ROW = """SELECT f.*, o.origin_id, o.origin, s.text AS sentence
FROM internal.told_figures f LEFT JOIN fact_origins o USING (fact_id) JOIN sentences s USING (sentence_id)
ORDER BY f.article_id"""
"""All figures of a home, each with who stands behind it and its sentence: articles lie together, so that few are read."""

QUOTING = """SELECT 1 FROM internal.tellings_rows WHERE len(quotes) > 0
AND telling_output_id IN (SELECT output_id FROM chosen_articles) LIMIT 1"""


def over_chosen(sql: str) -> str:
    """A query of a view over the figures that were chosen."""
    return sql.replace("internal.told_figures", FIGURES).replace("internal.claims", CLAIMED)


def choose_all(db: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Chooses all figures: `rows` is the query of what `EVERY_ROW` was."""
    db.execute(f"CREATE TEMP TABLE {ROWS} (fact_id VARCHAR)")
    _compare(db, f"(SELECT * EXCLUDE (sentence) FROM ({rows}))")


def choose(db: duckdb.DuckDBPyConnection, articles: str) -> None:
    """Chooses the figures of some articles, as the home has them now.

    Args:
        db: the connection, with the views of a home.
        articles: the query of the ids of the articles; of an article that is a near copy, those of the others of its text too.
    """
    db.execute(f"CREATE TEMP TABLE chosen_articles AS SELECT * EXCLUDE (text) FROM articles WHERE article_id IN ({articles})")
    db.execute(f"CREATE TEMP TABLE chosen_facts AS SELECT * FROM facts WHERE kind = 'figure' AND article_id IN ({articles})")
    figures = TOLD_FIGURES.replace("FROM facts f JOIN articles a", "FROM chosen_facts f JOIN chosen_articles a")
    origins = ORIGINS.replace("FROM articles a", "FROM chosen_articles a")
    facts = FACT_ORIGINS.replace("FROM facts f", "FROM chosen_facts f").replace("JOIN origins o", f"JOIN ({origins}) o")
    facts = facts.replace("internal.told_agencies t", f"({_agencies(db, articles)}) t")
    db.execute(
        f"CREATE TEMP TABLE {ROWS} AS SELECT f.*, o.origin_id, o.origin FROM ({figures}) f "
        f"LEFT JOIN ({facts}) o USING (fact_id)"
    )
    for table in ("chosen_articles", "chosen_facts"):
        db.execute(f"DROP TABLE temp.{table}")
    _compare(db, ROWS)


def _agencies(db: duckdb.DuckDBPyConnection, articles: str) -> str:
    """The query of the agencies that the sentences of chosen facts quote: sentences are read only where any of them does."""
    if not db.execute(QUOTING).fetchall():
        return "SELECT NULL::VARCHAR AS fact_id, NULL::VARCHAR AS agency_id LIMIT 0"
    quoted = "(SELECT * FROM internal.{} WHERE article_id IN ({}))"
    chosen = AGENCIES_SQL.replace("internal.facts_live f", f"{quoted.format('facts_live', articles)} f")
    return chosen.replace("internal.sentences_live s", f"{quoted.format('sentences_live', articles)} s")


def choose_more(db: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Chooses more figures, of a query that gives them as they were kept."""
    db.execute(f"INSERT INTO {ROWS} BY NAME SELECT * EXCLUDE (sentence) FROM ({rows})")
    for table in (FIGURES, CLAIMED):
        db.execute(f"DROP TABLE temp.{table}")
    _compare(db, ROWS)


def _compare(db: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Makes the tables of figures and claims of rows that were chosen."""
    db.execute(f"CREATE TEMP TABLE {FIGURES} AS SELECT * EXCLUDE (origin_id, origin) FROM {rows}")
    db.execute(f"CREATE TEMP TABLE {CLAIMED} AS {CLAIMS_SQL.format(rows=rows)}")


def forget(db: duckdb.DuckDBPyConnection) -> None:
    """Drops what was chosen."""
    for table in (ROWS, FIGURES, CLAIMED):
        db.execute(f"DROP TABLE temp.{table}")
