"""Rows of the views that compare figures over documents, kept beside what is published: a large home sums them up once.

What is kept, the base, are Parquet files of all rows at a position of the log. A publication makes the rows anew that rest
on an article of which anything changed since, and puts them into the published file; the views show the base without the
rows that these replace, and them. Once many articles changed, the base is written anew. In a small home nothing is kept.

A row rests on two articles, or on all figures with one key: see `chosen.py`. The keys that each figure had are kept
too, so that what it was compared by before it changed is known; and the figures themselves with who stands behind each, so
that those of articles of which nothing changed are not put together again out of the tables of the home.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from copydesk.warehouse.home import Home
from copydesk.warehouse.own_tables import own_entities, own_outlets, own_places
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.series import View
from copydesk.warehouse.state import State
from copydesk.warehouse.stories.chosen import (
    EVERY_ROW,
    FIGURES,
    KEYS,
    KINDS,
    ROWS,
    choose,
    choose_all,
    choose_more,
    forget,
    over_chosen,
)
from copydesk.warehouse.stories.claim_views import CLAIM_VIEWS, CLAIMS, GROUPS, GROUPS_KEY, TIMELINE, TIMELINE_KEY
from copydesk.warehouse.stories.conflict_views import CONFLICT_VIEWS, CONFLICTS, LATER_KEY, WITHOUT_SENTENCES, of_changed
from copydesk.warehouse.stories.kept_files import new_files, read, write_each
from copydesk.warehouse.stories.kept_stories import RETOLD, note_stories, sum_up
from copydesk.warehouse.stories.origin_views import FACT_ORIGINS, ORIGINS, TOLD
from copydesk.warehouse.stories.owners import known_outlets
from copydesk.warehouse.stories.story_views import STORIES, STORY_ARTICLES, STORY_VIEWS
from copydesk.warehouse.stories.touched import touch

SHAPE = 2
"""Raised when what the files hold changes."""

LEAST = 5_000
"""Articles from which rows are kept."""

MERGED_AT = 500
"""Articles that changed since the base, from which it is written anew."""

MEMORY = "1GB"
"""What making all rows may hold in memory; beyond it DuckDB writes to a temporary folder of the cache."""

BESIDE = ("keys", "rows", "claims", "told")
"""What is kept beside the rows of views: keys of figures, figures, their claims, and what stories are summed up from."""

EVERY_CLAIM = """SELECT DISTINCT claim_id, article_id FROM (
  SELECT claim_id, article_id FROM internal.facts_all WHERE kind = 'figure'
  UNION ALL SELECT claim_id, article_id FROM facts WHERE kind = 'figure') ORDER BY claim_id"""
"""The claims of figures, whether they stand or not, each with its article."""


@dataclass(frozen=True)
class Kept:
    """A view whose rows are kept: the query that makes them, and which rows of the base are replaced."""

    view: View
    sql: str
    replaced: str
    claims: str = "internal.claims"
    """The claims that its replaced rows rest on."""

    sentences: bool = False
    """Whether its rows have sentences of the home."""

    @property
    def name(self) -> str:
        return self.view.name


def _in_touched(*columns: str) -> str:
    return " OR ".join(f"{column} IN (SELECT article_id FROM internal.touched)" for column in columns)


def _of_key(kind: str, key: str = "what") -> str:
    return f"{key} IN (SELECT what FROM internal.touched_keys WHERE kind = '{kind}')"


KEPT_STORIES = Kept(STORY_VIEWS[0], STORIES, f"({RETOLD})")
COMPARED = (
    Kept(
        CONFLICT_VIEWS[0],
        CONFLICTS,
        f"({_in_touched('article_id_a', 'article_id_b')} OR (later AND {_of_key('later')}))",
        sentences=True,
    ),
    Kept(CLAIM_VIEWS[0], GROUPS, f"({_of_key('groups')})", f"(FROM internal.claims WHERE {_of_key('groups', GROUPS_KEY)})"),
    Kept(
        CLAIM_VIEWS[1],
        TIMELINE,
        f"({_of_key('timeline')})",
        f"(FROM internal.claims WHERE {_of_key('timeline', TIMELINE_KEY)} "
        "OR article_id IN (SELECT duplicate_of FROM internal.claims))",
    ),
)
VIEWS = (*COMPARED, KEPT_STORIES)


def keep(db: duckdb.DuckDBPyConnection, home: Home, state: State) -> list[Path]:
    """Puts what is kept into a warehouse file that is being built, and the views that show it. To be called under the lock.

    Gives the files that the views read; none where the home is small.

    Args:
        db: the connection that builds the file, in a transaction, with all views as they are made of the rows of the home.
        home: the home.
        state: its state, with the stories decided.
    """
    if state.rows("SELECT count(*) FROM tellings WHERE output_id NOT IN (SELECT output_id FROM dead)")[0][0] < LEAST:
        return []
    base = _base_of(home, state)
    if base is None:
        files = _write_all(db, home)
        _note(home, state, files)
        touched = 0
    else:
        files = {name: home.root / path for name, path in base["files"].items()}
        touched = touch(db, state, int(base["position"]), base["owners"], read(files["claims"]))
    _make_touched(db, files, touched)
    if touched >= MERGED_AT:
        files = _merged(db, home, files)
        _note(home, state, files)
        _empty(db)
    _show(db, files)
    return list(files.values())


def _base_of(home: Home, state: State) -> Mapping[str, Any] | None:
    """What is noted of the base; None where there is none that still holds."""
    row = state.rows("SELECT value FROM meta WHERE key = 'kept'")
    noted: dict[str, Any] = json.loads(row[0][0]) if row else {}
    holds = noted.get("made_by") == _made_by(home) and int(noted.get("position", -1)) >= state.purged_at
    if not holds or not all((home.root / path).exists() for path in noted["files"].values()):
        return None
    return noted


def _made_by(home: Home) -> str:
    """A name for what rows are made by besides the log: the queries, DuckDB's hashes, the home's own tables."""
    own = [read(home.root) for read in (own_entities, own_outlets, own_places, known_outlets)]
    told = [
        SHAPE,
        duckdb.__version__,
        *(one.sql for one in VIEWS),
        CLAIMS,
        ORIGINS,
        FACT_ORIGINS,
        TOLD,
        KEYS,
        EVERY_ROW,
        EVERY_CLAIM,
        own,
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _note(home: Home, state: State, files: Mapping[str, Path]) -> None:
    paths = {name: str(path.relative_to(home.root)) for name, path in files.items()}
    owners = {row["output_id"]: row["document_id"] for row in state.rows("SELECT output_id, document_id FROM owners")}
    told = {"made_by": _made_by(home), "position": state.position, "files": paths, "owners": owners}
    state.db.execute("INSERT OR REPLACE INTO meta VALUES ('kept', ?)", (json.dumps(told),))


def _write_all(db: duckdb.DuckDBPyConnection, home: Home) -> dict[str, Path]:
    """Writes the base anew, of all rows of the home."""
    files = new_files(home, (*(one.name for one in VIEWS), *BESIDE))
    db.execute(f"SET temp_directory = {quoted(str(home.cache.absolute() / 'kept.tmp'))}")
    db.execute(f"SET memory_limit = {quoted(MEMORY)}")
    write_each(db, files, {"rows": EVERY_ROW})
    choose_all(db, f"FROM {read(files['rows'])}")
    write_each(db, files, {one.name: over_chosen(one.sql) for one in VIEWS})
    write_each(db, files, {"keys": KEYS, "claims": EVERY_CLAIM, "told": STORY_ARTICLES})
    forget(db)
    db.execute("RESET memory_limit")
    return files


def _empty(db: duckdb.DuckDBPyConnection) -> None:
    """Says that nothing changed since the base."""
    for table in ("touched", "touched_keys", "retold", *(f"{one.name}_new" for one in VIEWS)):
        db.execute(f"DELETE FROM internal.{table}")


def _make_touched(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path], touched: int) -> None:
    """Makes the rows anew that rest on an article that changed: `internal.touched` names these, where there are any."""
    if not touched:
        db.execute("CREATE TABLE IF NOT EXISTS internal.touched (article_id VARCHAR)")
    db.execute("CREATE TEMP TABLE IF NOT EXISTS renamed (article_id VARCHAR)")
    db.execute("CREATE TABLE internal.touched_keys (kind VARCHAR, what UBIGINT)")
    db.execute("CREATE TABLE internal.retold (story_id VARCHAR)")
    if not touched and not db.execute("SELECT 1 FROM renamed LIMIT 1").fetchall():
        for one in VIEWS:
            db.execute(f"CREATE TABLE internal.{one.name}_new AS SELECT * FROM {read(files[one.name])} LIMIT 0")
    else:
        note_stories(db, files)
        _choose(db, files)
        for one in COMPARED:
            changed = f"({over_chosen(one.sql.replace('internal.claims', one.claims))}) WHERE {one.replaced}"
            told = _with_sentences(db, files, changed) if one.sentences else changed
            db.execute(f"CREATE TABLE internal.{one.name}_new AS SELECT * FROM {told}")
        sum_up(db, f"internal.{KEPT_STORIES.name}_new")
        for table in ("pairs", "pair_sentences", "story_articles"):
            db.execute(f"DROP TABLE temp.{table}")
        forget(db)
    db.execute("DROP TABLE temp.renamed")


def _with_sentences(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path], pairs: str) -> str:
    """The query of pairs with the sentences of both: of articles that changed as the home has them, else as they were kept."""
    for sentences, none in WITHOUT_SENTENCES.items():
        pairs = pairs.replace(sentences, none)
    pairs = of_changed(pairs, _in_touched("article_id"), f"CASE WHEN {_of_key('later', LATER_KEY)} THEN {LATER_KEY} END")
    db.execute(f"CREATE TEMP TABLE pairs AS SELECT * FROM {pairs}")
    sides = "SELECT unnest([article_id_a, article_id_b]) AS article_id FROM pairs"
    live = f"SELECT article_id FROM ({sides}) WHERE {_in_touched('article_id')}"
    db.execute(
        f"CREATE TEMP TABLE pair_sentences AS SELECT fact_id, s.text AS sentence FROM {FIGURES} f "
        f"JOIN (SELECT sentence_id, text FROM sentences WHERE article_id IN ({live})) s USING (sentence_id) "
        f"UNION ALL SELECT fact_id, sentence FROM {read(files['rows'])} WHERE article_id IN ({sides}) "
        f"AND NOT {_in_touched('article_id')}"
    )
    return (
        "(SELECT p.* REPLACE (a.sentence AS sentence_a, b.sentence AS sentence_b) FROM pairs p "
        "JOIN pair_sentences a ON a.fact_id = p.fact_id_a JOIN pair_sentences b ON b.fact_id = p.fact_id_b)"
    )


def _choose(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
    """Chooses the figures that rows of changed articles rest on.

    Notes the keys of the figures of changed articles, before and now, in `internal.touched_keys`.
    """
    keys = read(files["keys"])
    choose(db, "SELECT article_id FROM internal.touched")
    db.execute(f"CREATE TEMP TABLE changed_keys AS {KEYS}")
    every = f"SELECT * FROM changed_keys UNION ALL SELECT * FROM {keys} WHERE {_in_touched('article_id')}"
    for kind in KINDS:
        found = f"SELECT DISTINCT '{kind}', {kind} FROM ({every}) WHERE {kind} IS NOT NULL"
        db.execute(f"INSERT INTO internal.touched_keys {found}")
    # Pairs rest on all figures of two articles, groups and timelines on those of a key alone.
    paired = f"story_id IN (SELECT story_id FROM changed_keys) OR {_of_key('far', 'far')} OR {_of_key('later', 'later')}"
    claimed = f"FROM {keys} WHERE {_of_key('groups', 'groups')} OR {_of_key('timeline', 'timeline')}"
    articles = f"SELECT unnest([article_id, duplicate_of]) FROM {keys} WHERE {paired} UNION ALL SELECT duplicate_of {claimed}"
    others = f"article_id IN ({articles}) OR fact_id IN (SELECT fact_id {claimed}) OR {RETOLD}"
    unchanged = f"({others}) AND NOT {_in_touched('article_id')}"
    choose_more(db, f"SELECT * FROM {read(files['rows'])} WHERE {unchanged}")
    db.execute("DROP TABLE temp.changed_keys")


def _merged(db: duckdb.DuckDBPyConnection, home: Home, files: Mapping[str, Path]) -> dict[str, Path]:
    """Writes the base anew: its rows without those that were replaced, and the rows that replace them."""
    made = new_files(home, files)
    queries = {
        one.name: f"SELECT * FROM {read(files[one.name])} WHERE NOT {one.replaced} UNION ALL FROM internal.{one.name}_new"
        for one in VIEWS
    }
    choose(db, "SELECT article_id FROM internal.touched")
    old = {name: f"SELECT * FROM {read(files[name])} WHERE NOT {_in_touched('article_id')}" for name in BESIDE}
    said = f"(SELECT sentence_id, text AS sentence FROM sentences WHERE {_in_touched('article_id')})"
    told = f"SELECT * FROM ({STORY_ARTICLES}) WHERE {_in_touched('article_id')}"
    claims = f"SELECT * FROM ({EVERY_CLAIM}) WHERE {_in_touched('article_id')} ORDER BY claim_id"
    beside = {
        "keys": f"{old['keys']} UNION ALL {KEYS}",
        "rows": f"{old['rows']} UNION ALL BY NAME SELECT * FROM {ROWS} JOIN {said} USING (sentence_id) ORDER BY article_id",
        "claims": f"{old['claims']} UNION ALL {claims}",
        "told": f"{old['told']} UNION ALL {told}",
    }
    write_each(db, made, queries | beside)
    forget(db)
    return made


def _show(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
    """Makes the views that show the base, and what replaces rows of it."""
    for one in VIEWS:
        names = ", ".join(one.view.columns)
        db.execute(
            f"CREATE OR REPLACE VIEW {one.name} AS SELECT {names} FROM {read(files[one.name])} WHERE NOT {one.replaced} "
            f"UNION ALL SELECT {names} FROM internal.{one.name}_new"
        )
        db.execute(f"COMMENT ON VIEW {one.name} IS {quoted(one.view.comment)}")
        for name, comment in one.view.columns.items():
            db.execute(f"COMMENT ON COLUMN {one.name}.{name} IS {quoted(comment)}")
