"""Checks a search index against the log and the data that it was made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.search_index import chain_at, files_of, meta, standing
from copydesk.warehouse.search_rows import rows_of
from copydesk.warehouse.search_tables import SHAPE, text_of
from copydesk.warehouse.state import State

COUNTED = {"article_words": "articles", "sentence_words": "sentences", "fact_words": "facts WHERE NOT rejected"}
"""The rows that each table of words holds the words of."""


def faults(home: Home, log: EventLog, state: State) -> Iterator[str]:
    """What is wrong with the index of a home, in words; to be called under the home's lock.

    One that is behind the log, or of another program, is not wrong: it is brought along, or made anew, when it is asked.
    """
    try:
        with closing(sqlite3.connect(home.search.absolute(), isolation_level=None)) as db:
            if meta(db, "shape") == str(SHAPE):
                yield from _faults(db, home, log, state)
    except sqlite3.DatabaseError as error:
        yield f"is damaged: {error}"


def _faults(db: sqlite3.Connection, home: Home, log: EventLog, state: State) -> Iterator[str]:
    position = int(meta(db, "position") or 0)
    if position > state.position or meta(db, "chain") != chain_at(log, position):
        yield "follows another log than that of this home"
        return
    for row in db.execute("PRAGMA quick_check(1)"):
        if row[0] != "ok":
            yield f"is damaged: {row[0]}"
            return
    for table, rows in COUNTED.items():
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        words, there = (db.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in (f"{table}_docsize", rows))
        if words != there:
            yield f"has the words of {words} rows of {there} {rows.split()[0]}"
    if position == state.position:
        yield from _other_texts(db, home, state)


def _other_texts(db: sqlite3.Connection, home: Home, state: State) -> Iterator[str]:
    """The articles that the index has and readers do not see, or has not, or has otherwise."""
    made = standing(state)
    wanted = {output_id for output_id, _ in made}
    held = {row[0]: row[1] for row in db.execute("SELECT output_id, id FROM articles")}
    if extra := len(held.keys() - wanted):
        yield f"holds {extra} articles that do not stand any more"
    if missing := len(wanted - held.keys()):
        yield f"lacks {missing} articles"
    for path, outputs in files_of(state, "articles", made).items():
        try:
            rows = list(rows_of(home, path, ("text",), outputs & held.keys()))
        except (OSError, pa.ArrowException, PermanentError):
            continue  # the file is a finding of its own
        for row in rows:
            if text_of(db, held[row["output_id"]]) != row["text"]:
                yield f"has another text of the article of output {row['output_id']}"
