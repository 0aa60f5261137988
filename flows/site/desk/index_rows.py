"""How the index of the desk is brought to what is published: only what changed is read again.

Everything here runs inside one transaction of a connection that has the index as `desk`, and the published warehouse as `w`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from copydesk.flows.site.desk.index_sums import TEXT_ID, any_row, sum_up
from copydesk.flows.site.desk.index_tables import MENTION, OWN, SAID
from copydesk.warehouse.scans import scan
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.views import Sources, articles_sql, view_sql

if TYPE_CHECKING:
    import duckdb

Files = Mapping[str, Sequence[tuple[str, int]]]
"""For each table its files, each with the version of its schema."""

REARRANGED = ("moved_articles", "merged_stories")
"""Those of them that say which articles are of one story."""

READ = ("articles", "facts", "mentions")
"""The tables of data that are kept."""

FILES = (*READ, "sentences")
"""The tables of data whose files are read: of sentences only where they stand, for the agencies that they quote."""

CHANGED_IDS = """
CREATE TEMP TABLE ruled AS SELECT DISTINCT unnest([entity_id, into_id]) AS entity_id FROM (
  (SELECT entity_id, into_id, name, kind, country FROM w.internal.rulings EXCEPT
   SELECT entity_id, into_id, name, kind, country FROM desk.internal.rulings)
  UNION ALL (SELECT entity_id, into_id, name, kind, country FROM desk.internal.rulings EXCEPT
   SELECT entity_id, into_id, name, kind, country FROM w.internal.rulings)
  UNION ALL (SELECT entity_id, into_id, alias, article_id, name FROM w.internal.splits EXCEPT
   SELECT entity_id, into_id, alias, article_id, name FROM desk.internal.splits)
  UNION ALL (SELECT entity_id, into_id, alias, article_id, name FROM desk.internal.splits EXCEPT
   SELECT entity_id, into_id, alias, article_id, name FROM w.internal.splits));
CREATE TEMP TABLE reviewed AS SELECT DISTINCT claim_id FROM (
  (FROM w.internal.reviews EXCEPT FROM desk.internal.reviews) UNION ALL
  (FROM desk.internal.reviews EXCEPT FROM w.internal.reviews));
"""
ANY_RULED = """SELECT unnest([entity_id, into_id]) FROM desk.internal.rulings
UNION ALL SELECT entity_id FROM desk.internal.splits UNION ALL SELECT entity_id FROM desk.internal.listed"""
LISTED = "split_part({}, '.', 1) IN (SELECT slug FROM desk.internal.listed)"
FACT_IDS = ("claimant_id", "speaker_id", "body_id")
MENTION_IDS = ("entity_id", "body_id")


class Outdated(Exception):
    """The index must be begun anew."""


def follow(db: duckdb.DuckDBPyConnection, files: Files, last: int) -> None:
    """Brings the index to what is published.

    Args:
        db: The connection, in a transaction
        files: The files that the index has not read yet
        last: The position of the log that it followed last; -1 where it holds nothing

    Raises Outdated where the home's own tables are others now.
    """
    db.execute("USE w")
    if last >= 0 and any(_differ(db, table) for table in OWN):
        raise Outdated
    _note_changes(db, last)
    added = _differ(db, "added_claims")
    _take_over(db)
    _note_entities(db, "output_id IN (FROM gone UNION ALL FROM changed)")
    _take_out(db)
    _put_in(db, files, added)
    _note_entities(db, "output_id IN (FROM fresh UNION ALL FROM changed)")
    _follow_people(db)
    sum_up(db)
    for name in ("ruled", "reviewed", "fresh", "gone", "changed", "resummed", "replaced", "retold", "regrouped"):
        db.execute(f"DROP TABLE temp.{name}")


def _note_changes(db: duckdb.DuckDBPyConnection, last: int) -> None:
    """Notes in temporary tables what changed since a position of the log: of what people said, and which outputs."""
    for statement in CHANGED_IDS.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute(
        "CREATE TEMP TABLE fresh AS SELECT output_id FROM internal.articles_live "
        "WHERE output_id NOT IN (SELECT output_id FROM desk.main.articles)"
    )
    db.execute(
        "CREATE TEMP TABLE gone AS SELECT output_id FROM desk.main.articles "
        "WHERE output_id NOT IN (SELECT output_id FROM internal.articles_live)"
    )
    moved = _moved(last)
    owners_differ = "SELECT output_id FROM (FROM internal.owners EXCEPT FROM desk.internal.owners)"
    retold = _retold() if any(_differ(db, table) for table in REARRANGED) else "SELECT output_id FROM gone"
    db.execute(
        f"CREATE TEMP TABLE changed AS SELECT output_id FROM ({moved} UNION {owners_differ} UNION {retold}) "
        "WHERE output_id IN (SELECT output_id FROM desk.main.articles) EXCEPT FROM gone"
    )
    db.execute("CREATE TEMP TABLE resummed (entity_id VARCHAR)")
    db.execute("CREATE TEMP TABLE replaced (place_name VARCHAR)")
    db.execute("CREATE TEMP TABLE retold (story_id VARCHAR)")
    db.execute("CREATE TEMP TABLE regrouped (text_id VARCHAR)")


def _take_over(db: duckdb.DuckDBPyConnection) -> None:
    """Takes the small tables over, as they are now."""
    for table in (*SAID, *OWN):
        db.execute(f"DELETE FROM desk.internal.{table}")
        db.execute(f"INSERT INTO desk.internal.{table} BY NAME SELECT * FROM w.internal.{table}")
    for view in ("reviews", "runs"):
        db.execute(f"DELETE FROM desk.main.{view}")
    db.execute("INSERT INTO desk.main.reviews BY NAME SELECT * FROM w.reviews")
    db.execute("INSERT INTO desk.main.runs SELECT run_id, started_at, finished_at FROM w.runs")


def _moved(last: int) -> str:
    """The query of the outputs of which the folded tables tell something else than at a position of the log."""
    return (
        f"SELECT copy_output_id AS output_id FROM internal.copies_rows WHERE position > {last} "
        f"UNION ALL SELECT telling_output_id FROM internal.tellings_rows WHERE position > {last} "
        "UNION ALL SELECT output_id FROM internal.owners JOIN internal.documents_rows USING (document_id) "
        f"WHERE position > {last}"
    )


def _retold() -> str:
    """The query of the outputs that people put into another story than the index has them in."""
    return (
        "SELECT a.output_id FROM desk.main.articles d JOIN w.articles a USING (output_id) "
        "WHERE a.story_id IS DISTINCT FROM d.story_id"
    )


def _differ(db: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a small table says another thing than when it was followed last."""
    both = (
        f"(FROM w.internal.{table} EXCEPT FROM desk.internal.{table})",
        f"(FROM desk.internal.{table} EXCEPT FROM w.internal.{table})",
    )
    return any(db.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchall() for one in both)


def _take_out(db: duckdb.DuckDBPyConnection) -> None:
    """Takes out the articles that stand no more, and the rows of those of which something changed."""
    db.execute(
        "DELETE FROM desk.internal.told_agencies WHERE fact_id IN "
        "(SELECT fact_id FROM desk.main.facts WHERE output_id IN (FROM gone))"
    )
    for table in ("main.facts", "internal.facts_raw", "main.mentions", "internal.mentions_raw"):
        db.execute(f"DELETE FROM desk.{table} WHERE output_id IN (FROM gone)")
    db.execute("DELETE FROM desk.main.articles WHERE output_id IN (FROM gone UNION ALL FROM changed)")
    db.execute("DELETE FROM desk.internal.tellings_rows WHERE telling_output_id IN (FROM gone UNION ALL FROM changed)")


def _put_in(db: duckdb.DuckDBPyConnection, files: Files, added: bool) -> None:
    """Puts in what is new: of files that were not read yet, the rows of articles that were not there."""
    read = {
        name: f"({scan(TABLES[name], [(path, schema, False) for path, schema in files.get(name, ())], False)})"
        for name in FILES
    }
    _put_rows(db, read, "fresh")
    # An article that had gone and is back stands in a file that was read before.
    every = {name: f"internal.{name}_live" for name in FILES}
    db.execute("CREATE TEMP TABLE back AS FROM fresh EXCEPT SELECT output_id FROM desk.main.articles")
    _put_rows(db, every, "back")
    _put_rows(db, {"articles": every["articles"]}, "changed")
    db.execute(
        "INSERT INTO desk.internal.tellings_rows BY NAME SELECT * FROM internal.tellings_rows "
        "WHERE telling_output_id IN (FROM fresh UNION ALL FROM changed)"
    )
    _put_agencies(db, read, "fresh")
    _put_agencies(db, every, "back")
    db.execute("DROP TABLE temp.back")
    if added or (any_row(db, "FROM fresh") and any_row(db, "FROM internal.added_claims")):
        _put_added(db)
        db.execute("CREATE TEMP TABLE added AS SELECT DISTINCT output_id FROM desk.main.facts WHERE extractor = 'person'")
        _put_agencies(db, every, "added")
        db.execute("DROP TABLE temp.added")


def _put_agencies(db: duckdb.DuckDBPyConnection, read: Mapping[str, str], outputs: str) -> None:
    """Puts in the agencies that the sentences of facts quote, of some outputs."""
    tellings = f"SELECT * FROM internal.tellings_rows WHERE len(quotes) > 0 AND telling_output_id IN (FROM {outputs})"
    if not any_row(db, tellings):
        return
    sql = view_sql("internal.told_agencies").replace("internal.tellings_rows", f"({tellings})")
    for name in ("facts", "sentences"):
        sql = sql.replace(f"internal.{name}_live", read[name])
    db.execute(
        f"INSERT INTO desk.internal.told_agencies BY NAME SELECT * FROM ({sql}) "
        "WHERE fact_id NOT IN (SELECT fact_id FROM desk.internal.told_agencies)"
    )


def _put_rows(db: duckdb.DuckDBPyConnection, read: Mapping[str, str], outputs: str) -> None:
    """Puts in the rows that some outputs have in these tables."""
    if not any_row(db, f"FROM {outputs}"):
        return
    owners, renamed = (any_row(db, f"FROM internal.{table}") for table in ("owners", "own_outlets"))
    rearranged = any(any_row(db, f"FROM internal.{table}") for table in REARRANGED)
    said = Sources(owners=owners, renamed=renamed, rearranged=rearranged)
    for name, rows in ((name, read[name]) for name in READ if name in read):
        asked = articles_sql(rows, said) if name == "articles" else f"FROM {rows}"
        columns = "* EXCLUDE (text)" if name == "articles" else "*"
        db.execute(f"INSERT INTO desk.main.{name} BY NAME SELECT {columns} FROM ({asked}) WHERE output_id IN (FROM {outputs})")


def _put_added(db: duckdb.DuckDBPyConnection) -> None:
    """Puts in the claims that people added, each where its words stand now."""
    _note_entities(db, "extractor = 'person'", ("facts",))
    for table in ("main.facts", "internal.facts_raw"):
        db.execute(f"DELETE FROM desk.{table} WHERE extractor = 'person'")
    db.execute("INSERT INTO desk.main.facts BY NAME SELECT * FROM internal.facts_live WHERE extractor = 'person'")
    _note_entities(db, "extractor = 'person'", ("facts",))
    db.execute(
        "INSERT INTO reviewed SELECT claim_id FROM internal.added_claims "
        "WHERE claim_id IN (SELECT claim_id FROM internal.reviews)"
    )


def _note_entities(db: duckdb.DuckDBPyConnection, condition: str, tables: Sequence[str] = ("facts", "mentions")) -> None:
    """Notes the entities, places and stories of some rows: they are summed up anew."""
    if "facts" in tables:
        told = f"place_name IS NOT NULL AND ({condition})"
        db.execute(f"INSERT INTO replaced SELECT DISTINCT place_name FROM desk.main.facts WHERE {told}")
    for name, ids in (("facts", ("claimant_id", "body_id")), ("mentions", MENTION_IDS)):
        if name in tables:
            told = ", ".join(ids)
            db.execute(f"INSERT INTO resummed SELECT DISTINCT unnest([{told}]) FROM desk.main.{name} WHERE {condition}")
            named = f"SELECT article_id FROM desk.main.{name} WHERE {condition}"
            db.execute(f"INSERT INTO retold SELECT DISTINCT story_id FROM desk.main.articles WHERE article_id IN ({named})")
    if "output_id IN" in condition:
        db.execute(f"INSERT INTO regrouped SELECT {TEXT_ID} FROM desk.main.articles WHERE {condition}")
        db.execute(f"INSERT INTO retold SELECT DISTINCT story_id FROM desk.main.articles WHERE {TEXT_ID} IN (FROM regrouped)")


def _follow_people(db: duckdb.DuckDBPyConnection) -> None:
    """Makes the rows of which people say something else what the views make of them: out of the rows as they were found."""
    any_ruled, any_placed = any_row(db, ANY_RULED), any_row(db, "FROM desk.internal.own_places")
    for name, key, ids in (("facts", "fact_id", FACT_IDS), ("mentions", MENTION, MENTION_IDS)):
        conditions = [f"{one} IN (FROM ruled)" for one in ids]
        fresh = [f"{one} IN ({ANY_RULED}) OR {LISTED.format(one)}" for one in ids] if any_ruled else ["false"]
        if name == "facts":
            conditions.append("claim_id IN (FROM reviewed)")
            fresh.append("claim_id IN (SELECT claim_id FROM desk.internal.reviews)")
            if any_placed:
                fresh.append("place_name IS NOT NULL")
        told = " OR ".join(conditions)
        found = f"output_id IN (FROM fresh) AND ({' OR '.join(fresh)})"
        db.execute("DELETE FROM desk.internal.touched")
        if any_row(db, "FROM ruled") or (name == "facts" and any_row(db, "FROM reviewed")):
            for table in (f"main.{name}", f"internal.{name}_raw"):
                db.execute(f"INSERT INTO desk.internal.touched SELECT {key} FROM desk.{table} WHERE {told}")
        if any_row(db, "FROM fresh") and (any_ruled or name == "facts"):
            db.execute(f"INSERT INTO desk.internal.touched SELECT {key} FROM desk.main.{name} WHERE {found}")
        if not any_row(db, "FROM desk.internal.touched"):
            continue
        touched = f"{key} IN (SELECT key FROM desk.internal.touched)"
        _note_entities(db, touched, (name,))
        raw = f"desk.internal.{name}_raw"
        columns = "* EXCLUDE (review)" if name == "facts" else "*"
        db.execute(
            f"INSERT INTO {raw} BY NAME SELECT {columns} FROM desk.main.{name} WHERE {touched} "
            f"AND {key} NOT IN (SELECT {key} FROM {raw})"
        )
        db.execute(f"DELETE FROM desk.main.{name} WHERE {touched}")
        view = "facts_said" if name == "facts" else "mentions_named"
        db.execute(f"INSERT INTO desk.main.{name} BY NAME SELECT * FROM desk.internal.{view}")
        _note_entities(db, touched, (name,))
