"""What the index of the desk sums up anew: the origins, names, places and stories of which a row changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from copydesk.warehouse.views import view_sql

if TYPE_CHECKING:
    import duckdb

PARTS = 200_000
"""Rows of facts and mentions that are summed up at a time, about."""

ROWS_OF_ARTICLE = 50
"""Facts and mentions of an article, about."""

ENTITY_ROWS = {
    "internal.mentions_named": "SELECT * FROM mentions WHERE entity_id IN (FROM asked) OR body_id IN (FROM asked)",
    "facts WHERE": "SELECT * FROM facts WHERE claimant_id IN (FROM asked) OR body_id IN (FROM asked)",
}
STORY_ROWS = {
    "articles a": "SELECT * FROM articles WHERE story_id IN (FROM asked)",
    "internal.told_figures f": "SELECT * FROM internal.told_figures WHERE story_id IN (FROM asked)",
}
PLACE_ROWS = {"facts f WHERE": "SELECT * FROM facts WHERE place_name IN (FROM replaced)"}
"""What entities, stories and places are summed up from, and the rows of it that some of them need."""

TEXT_ID = "coalesce(duplicate_of, article_id)"
"""What an article and its near copies share."""


def any_row(db: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Whether a query has a row."""
    return bool(db.execute(f"{sql} LIMIT 1").fetchall())


def sum_up(db: duckdb.DuckDBPyConnection) -> None:
    """Sums up anew the entities, places and stories of which a row changed, so many at a time that their rows fit in memory."""
    db.execute("USE desk")
    _tell_origins(db)
    _sum_up_names(db)
    _sum_up_stories(db)
    db.execute("USE w")


def _tell_origins(db: duckdb.DuckDBPyConnection) -> None:
    """Tells anew where the texts come from of which a copy came or went."""
    regrouped = f"SELECT * FROM articles WHERE {TEXT_ID} IN (FROM regrouped)"
    ids = f"SELECT article_id FROM ({regrouped})"
    db.execute(f"DELETE FROM origins WHERE article_id IN ({ids}) OR article_id NOT IN (SELECT article_id FROM articles)")
    sql = view_sql("origins").replace("FROM articles a", f"FROM ({regrouped}) a")
    db.execute(f"INSERT INTO origins BY NAME SELECT * FROM ({sql}) WHERE article_id IN ({ids})")


def _sum_up_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Sums up anew the stories of which an article or a claim changed."""
    db.execute("DELETE FROM stories WHERE story_id IN (FROM retold)")
    rows = db.execute("SELECT count(*) FROM articles WHERE story_id IN (FROM retold)").fetchall()[0][0]
    for _ in _parts(db, "retold", "story_id", int(rows) * ROWS_OF_ARTICLE):
        db.execute(f"INSERT INTO stories BY NAME {_summed('stories', 'story_id', STORY_ROWS)}")


def _parts(db: duckdb.DuckDBPyConnection, table: str, name: str, rows: int) -> Iterator[None]:
    """Puts the ids of a table into `asked`, in lots of which the rows fit in memory."""
    parts = 1 + rows // PARTS if rows else 0
    for part in range(parts):
        db.execute(
            f"CREATE TEMP TABLE asked AS SELECT DISTINCT {name} FROM {table} "
            f"WHERE {name} IS NOT NULL AND hash({name}) % {parts} = {part}"
        )
        yield
        db.execute("DROP TABLE temp.asked")


def _summed(view: str, key: str, rows: Mapping[str, str]) -> str:
    """The query of the rows of a view that are asked for, of the rows that these are summed up from and of no others."""
    return f"SELECT * FROM ({_of_rows(view, rows)}) WHERE {key} IN (FROM asked)"


def _of_rows(view: str, rows: Mapping[str, str]) -> str:
    """The query of a view, of some rows of its tables."""
    sql = view_sql(view)
    for table, only in rows.items():
        sql = sql.replace(f"FROM {table}", f"FROM ({only}) {table.partition(' ')[2]}")
    return sql


def _sum_up_names(db: duckdb.DuckDBPyConnection) -> None:
    """Sums up anew the entities and places of which a row changed."""
    if not any_row(db, "FROM resummed"):
        return
    rows = db.execute(
        "SELECT (SELECT count(*) FROM facts WHERE claimant_id IN (FROM resummed)) + "
        "(SELECT count(*) FROM mentions WHERE entity_id IN (FROM resummed))"
    ).fetchall()[0][0]
    db.execute("DELETE FROM entities WHERE entity_id IN (FROM resummed)")
    for _ in _parts(db, "resummed", "entity_id", int(rows)):
        db.execute(f"INSERT INTO entities BY NAME {_summed('entities', 'entity_id', ENTITY_ROWS)}")
    db.execute("DELETE FROM places WHERE name IN (FROM replaced)")
    db.execute(f"INSERT INTO places BY NAME {_of_rows('places', PLACE_ROWS)}")
