"""Brings the stories of a state along to its position: reads what is new, decides it in the order of the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.warehouse.home import Home
from copydesk.warehouse.search_index import files_of
from copydesk.warehouse.search_rows import rows_of
from copydesk.warehouse.state import State
from copydesk.warehouse.stories.credits import Agencies, agencies
from copydesk.warehouse.stories.matching import Stories, Telling, packed, term_number, unpacked
from copydesk.warehouse.stories.owners import known_outlets
from copydesk.warehouse.stories.terms import is_review, weighted

MADE = (
    "SELECT output_id, batch_id, position FROM outputs WHERE article_id IS NOT NULL AND position > ? "
    "ORDER BY position, output_id"
)
READ = (
    "SELECT o.output_id, o.article_id, o.duplicate_of, o.position, r.day, r.terms, r.agency_id, r.agency_from, r.quotes "
    "FROM read_articles r JOIN outputs o USING (output_id) ORDER BY r.position, r.output_id"
)
GONE = "SELECT output_id, position FROM dead WHERE position > ? ORDER BY position, output_id"
MANY = 1_000
"""Articles from which more of the state is held in memory: what they are compared with lies all over it."""

HELD = 131_072
"""Kibibytes of it."""

COLUMNS = ("title", "text", "published_on", "received_at", "agency")


def follow(home: Home, state: State) -> None:
    """Gives every article that is new since the last time its story, in one transaction. To be called under the lock.

    An article that does not stand any more was decided in its turn too, as long as its rows are there: so the result is the
    same whenever this was called before.
    """
    row = state.rows("SELECT value FROM meta WHERE key = 'stories'")
    since = int(row[0][0]) if row else 0
    if since == state.position:
        return
    db = state.db
    made = state.rows(MADE, since)
    before = db.execute("PRAGMA cache_size").fetchone()[0]
    if len(made) >= MANY:
        db.execute(f"PRAGMA cache_size = -{HELD}")
    try:
        _follow(home, state, since, made)
    finally:
        db.execute(f"PRAGMA cache_size = {before}")


def _follow(home: Home, state: State, since: int, made: Sequence[sqlite3.Row]) -> None:
    db = state.db
    db.execute("BEGIN IMMEDIATE")
    try:
        _read(home, state, made)
        _decide(state, since)
        db.execute("DROP TABLE read_articles")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('stories', ?)", (str(state.position),))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _read(home: Home, state: State, made: Sequence[sqlite3.Row]) -> None:
    """Puts what the stories need of each article into a table that is gone with the connection, in the order of the log."""
    state.db.execute(
        "CREATE TEMP TABLE read_articles (position INTEGER, output_id TEXT, day INTEGER, terms BLOB, agency_id TEXT, "
        "agency_from TEXT, quotes TEXT, PRIMARY KEY (position, output_id)) WITHOUT ROWID"
    )
    known = agencies(known_outlets(home.root))
    positions = {row["output_id"]: row["position"] for row in made}
    for path, outputs in files_of(state, "articles", [(row["output_id"], row["batch_id"]) for row in made]).items():
        state.db.executemany(
            "INSERT OR REPLACE INTO read_articles VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((positions[row["output_id"]], *_article(row, known)) for row in rows_of(home, path, COLUMNS, outputs)),
        )


def _article(row: Mapping[str, Any], known: Agencies) -> tuple[Any, ...]:
    day = row["published_on"] or row["received_at"].date()
    title, text = row["title"], row["text"]
    # A review of the news is of no story but its own: nothing is compared with it.
    found = {} if is_review(title, text) else weighted(title, text)
    terms = sorted((term_number(term), weight) for term, weight in found.items())
    credit = known.credit(row["agency"], text)
    quotes = [f"{start} {agency}" for start, agency in known.quotations(text)]
    return (
        row["output_id"],
        day.toordinal(),
        packed(terms),
        credit.agency_id if credit else None,
        credit.said_by if credit else None,
        json.dumps(quotes) if quotes else None,
    )


def _decide(state: State, since: int) -> None:
    """Decides what was read, in the order of the log; what died before an article's turn is not compared with it."""
    stories = Stories(state.db)
    gone = iter(state.rows(GONE, since))
    next_gone = next(gone, None)
    for row in state.db.execute(READ):
        while next_gone is not None and next_gone["position"] <= row["position"]:
            stories.forget(next_gone["output_id"])
            next_gone = next(gone, None)
        number = state.rows("SELECT coalesce(max(number), 0) + 1 FROM tellings")[0][0]
        stories.decided.at(row["position"])
        telling = Telling(row["article_id"], row["duplicate_of"], row["day"], unpacked(row["terms"]))
        story, vector = stories.place(telling, number)
        state.db.execute(
            "INSERT OR IGNORE INTO tellings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                row["output_id"],
                row["article_id"],
                story,
                row["day"],
                vector,
                *(row[name] for name in ("agency_id", "agency_from", "quotes", "position")),
            ),
        )
    while next_gone is not None:
        stories.forget(next_gone["output_id"])
        next_gone = next(gone, None)
