"""Which articles changed since a position of the log, in anything that figures over documents are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from copydesk.transforms.names.folding import person_id_from
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.state import State

OUTPUTS = """
SELECT article_id FROM outputs WHERE article_id IS NOT NULL AND position > ?1
UNION SELECT article_id FROM outputs JOIN dead USING (output_id) WHERE dead.position > ?1 AND article_id IS NOT NULL
UNION SELECT article_id FROM tellings WHERE position > ?1
UNION SELECT article_id FROM documents WHERE position > ?1 AND article_id IS NOT NULL
UNION SELECT article_id FROM story_moves WHERE position > ?1 OR ended > ?1
UNION SELECT o.article_id FROM outputs o JOIN owners w USING (output_id) JOIN documents d ON d.document_id = w.document_id
  WHERE d.position > ?1
"""
"""Articles that were made, died or moved to another document, or that somebody put into another story."""

STORIES = "SELECT story_id, into_id FROM story_merges WHERE position > ?1 OR ended > ?1"
REVIEWED = "SELECT DISTINCT subject AS claim_id FROM internal.events_rows WHERE position > $1 AND type = 'claim.reviewed'"
ADDED = "SELECT DISTINCT data::JSON->>'article_id' FROM internal.events_rows WHERE position > $1 AND type = 'claim.added'"
RULED = """SELECT subject, data::JSON->>'into_id', position > $1 FROM internal.events_rows WHERE type = 'entity.ruled'"""
BY_NAME = " OR ".join(f"{one} IN (SELECT entity_id FROM named_anew)" for one in ("claimant_id", "speaker_id", "body_id"))
OF_NAMES = f"SELECT article_id FROM internal.facts_live WHERE {BY_NAME} UNION SELECT article_id FROM facts WHERE {BY_NAME}"
OF_CLAIMS = "SELECT article_id FROM {claims} WHERE claim_id IN ({reviewed})"
BY_MENTION = " OR ".join(f"{one} IN (SELECT entity_id FROM named_anew)" for one in ("entity_id", "body_id"))
OF_MENTIONS = f"""SELECT article_id FROM internal.mentions_live WHERE {BY_MENTION}
UNION SELECT article_id FROM mentions WHERE {BY_MENTION}"""
OF_STORIES = """SELECT a.article_id
FROM internal.tellings_rows t JOIN internal.articles_all a ON a.output_id = t.telling_output_id
WHERE t.story_id IN (SELECT story_id FROM retold)
UNION SELECT article_id FROM articles WHERE story_id IN (SELECT story_id FROM retold)"""
MATES = """
WITH texts AS (
  SELECT c.duplicate_of AS text_id FROM internal.copies_rows c JOIN internal.articles_all a ON a.output_id = c.copy_output_id
  WHERE a.article_id IN (SELECT article_id FROM internal.touched) UNION SELECT article_id FROM internal.touched
)
SELECT text_id FROM texts UNION
SELECT a.article_id FROM internal.copies_rows c JOIN internal.articles_all a ON a.output_id = c.copy_output_id
WHERE c.duplicate_of IN (SELECT text_id FROM texts)
"""
"""All articles of the texts that changed: who stands behind one is told by all its copies."""


def touch(db: duckdb.DuckDBPyConnection, state: State, since: int, owners: Mapping[str, str], claims: str) -> int:
    """Makes `internal.touched`, the articles of which anything changed; gives how many there are.

    Those that name somebody of whom something was decided are put into `renamed` besides: the names of a story change by that.

    Args:
        db: the connection that builds a warehouse file.
        state: the state of the home.
        since: a position of the log.
        owners: the documents that outputs had been taken over by then.
        claims: what stands after FROM for the claims that had been by then, each with its article.
    """
    changed = {str(row[0]) for row in state.rows(OUTPUTS, since)}
    changed |= _taken_over(state, owners)
    changed |= {str(row[0]) for row in db.execute(ADDED, [since]).fetchall()}
    _table(db, "retold", "story_id", [story for row in state.rows(STORIES, since) for story in row])
    reviewed = [str(row[0]) for row in db.execute(REVIEWED, [since]).fetchall()]
    if reviewed:
        # Written out, so that few rows of many are read.
        told = OF_CLAIMS.format(claims=claims, reviewed=", ".join(map(quoted, reviewed)))
        changed |= {str(row[0]) for row in db.execute(told).fetchall()}
    _table(db, "internal.touched", "article_id", changed)
    _table(db, "named_anew", "entity_id", _named_anew(db, since))
    _table(db, "renamed", "article_id", [])
    for table, into, found in (
        ("retold", "internal.touched", OF_STORIES),
        ("named_anew", "internal.touched", OF_NAMES),
        ("named_anew", "renamed", OF_MENTIONS),
    ):
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall():
            db.execute(f"INSERT INTO {into} {found}")
    db.execute(f"INSERT INTO internal.touched {MATES}")
    db.execute("CREATE TEMP TABLE once AS SELECT DISTINCT article_id FROM internal.touched")
    db.execute("DELETE FROM internal.touched")
    db.execute("INSERT INTO internal.touched FROM once")
    for table in ("once", "retold", "named_anew"):
        db.execute(f"DROP TABLE temp.{table}")
    row = db.execute("SELECT count(*) FROM internal.touched").fetchone()
    return int(row[0]) if row else 0


def _taken_over(state: State, owners: Mapping[str, str]) -> set[str]:
    """The articles whose document is another one now."""
    now = {row["output_id"]: row["document_id"] for row in state.rows("SELECT output_id, document_id FROM owners")}
    outputs = [output for output in {*now, *owners} if now.get(output) != owners.get(output)]
    found = (state.rows("SELECT article_id FROM outputs WHERE output_id = ?", output) for output in outputs)
    return {str(row[0]) for rows in found for row in rows if row[0] is not None}


def _named_anew(db: duckdb.DuckDBPyConnection, since: int) -> set[str]:
    """The entities of which something was decided since, and all that were ever joined with one of them, or split off."""
    rulings = db.execute(RULED, [since]).fetchall()
    anew = {one for subject, into, late in rulings if late for one in (subject, into) if one is not None}
    grown = -1
    while anew and grown != len(anew):
        grown = len(anew)
        for subject, into, _ in rulings:
            if into is not None and {subject, into} & anew:
                anew |= {subject, into}
    return anew | {person for one in anew if (person := person_id_from(one)) is not None}


def _table(db: duckdb.DuckDBPyConnection, name: str, column: str, values: Iterable[str]) -> None:
    """Makes a table of one column."""
    rows = pa.table({column: pa.array(sorted(values), pa.string())})
    db.register("given", rows)
    db.execute(f"CREATE {'' if '.' in name else 'TEMP '}TABLE {name} AS SELECT * FROM given")
    db.unregister("given")
