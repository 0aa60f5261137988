"""The tables and views of the index of the desk, as it begins: it holds nothing yet."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from copydesk.warehouse.entities import named_rows
from copydesk.warehouse.placed import placed_rows
from copydesk.warehouse.stories.conflict_views import WITHOUT_SENTENCES
from copydesk.warehouse.views import Sources, facts_sql, view_sql

if TYPE_CHECKING:
    import duckdb

SAID = ("reviews", "added_claims", "rulings", "splits", "owners", "moved_articles", "merged_stories")
"""The small tables of what people said, and of documents that took an article over: kept as they were last followed."""

OWN = ("listed", "own_outlets", "known_outlets", "own_places")
"""The home's own tables: where one changed, all is read again."""

TABLES_SQL = """
CREATE SCHEMA IF NOT EXISTS desk.internal;
CREATE TABLE desk.internal.meta (key VARCHAR, value VARCHAR);
CREATE TABLE desk.main.articles AS SELECT * EXCLUDE (text) FROM w.articles LIMIT 0;
CREATE TABLE desk.main.facts AS SELECT * FROM w.facts LIMIT 0;
CREATE TABLE desk.internal.facts_raw AS SELECT * FROM w.internal.facts_live LIMIT 0;
CREATE TABLE desk.main.mentions AS SELECT * FROM w.internal.mentions_live LIMIT 0;
CREATE TABLE desk.internal.mentions_raw AS SELECT * FROM w.internal.mentions_live LIMIT 0;
CREATE TABLE desk.main.entities AS SELECT * FROM w.entities LIMIT 0;
CREATE TABLE desk.main.runs AS SELECT run_id, started_at, finished_at FROM w.runs LIMIT 0;
CREATE TABLE desk.main.reviews AS SELECT * FROM w.reviews LIMIT 0;
CREATE TABLE desk.main.stories AS SELECT * FROM w.stories LIMIT 0;
CREATE TABLE desk.internal.tellings_rows AS SELECT * FROM w.internal.tellings_rows LIMIT 0;
CREATE TABLE desk.main.origins AS SELECT * FROM w.origins LIMIT 0;
CREATE TABLE desk.internal.told_agencies AS SELECT * FROM w.internal.told_agencies LIMIT 0;
CREATE TABLE desk.main.places AS SELECT * FROM w.places LIMIT 0;
"""

VIEWS = (*("internal.told_figures", "figure_conflicts", "fact_origins", "internal.claims", "claim_groups", "timeline"),)
"""The views that are asked of the index as they are asked of a home."""

MENTION = "output_id || '-' || ordinal"
"""What tells a mention from all others."""


def begin(db: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables of an index that holds nothing."""
    for statement in TABLES_SQL.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for table in (*SAID, *OWN):
        db.execute(f"CREATE TABLE desk.internal.{table} AS SELECT * FROM w.internal.{table} LIMIT 0")
    # Of the rows that people said something of, as the views of a home make them: see `_follow_people`.
    db.execute("CREATE TABLE desk.internal.touched (key VARCHAR)")
    db.execute("USE desk")
    raw = "SELECT * FROM internal.{}_raw WHERE {} IN (SELECT key FROM internal.touched)"
    db.execute(f"CREATE VIEW internal.facts_live AS {raw.format('facts', 'fact_id')}")
    db.execute(f"CREATE VIEW internal.mentions_live AS {raw.format('mentions', MENTION)}")
    for statement in [*chain.from_iterable(named_rows(ruled=True)), *placed_rows(placed=True)]:
        db.execute(statement)
    db.execute(f"CREATE VIEW internal.facts_said AS {facts_sql(Sources(reviews=True))}")
    # The sentences of pairs are looked up in the files: see `conflicts.py`.
    db.execute("CREATE VIEW sentences AS SELECT DISTINCT sentence_id, NULL::VARCHAR AS text FROM facts WHERE kind = 'figure'")
    for view in VIEWS:
        sql = view_sql(view)
        for sentence, none in WITHOUT_SENTENCES.items():
            sql = sql.replace(sentence, none)
        db.execute(f"CREATE VIEW {view} AS {sql}")
