"""The tables of the search index, in SQLite: the texts that are looked through, and their words in FTS5."""

from __future__ import annotations

import sqlite3
import zlib

SHAPE = 1
"""Raised when the tables below, or how words are cut and folded, change: older indexes are built anew."""

ORDINALS = 24
"""An article's sentences and facts have the row numbers `article << ORDINALS` and those that follow."""

WORDS = {"article_words": ("title", "body"), "sentence_words": ("sentence",), "fact_words": ("fact", "around")}
"""The tables of FTS5 and their columns. They keep no text: what is deleted from them is given again as it was put in."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, output_id TEXT UNIQUE, article_id TEXT, title TEXT, outlet TEXT, source TEXT, outlet_key TEXT,
  day TEXT, published_on TEXT, language TEXT);
CREATE TABLE texts (id INTEGER PRIMARY KEY, text BLOB);
CREATE TABLE sentences (id INTEGER PRIMARY KEY, name TEXT, span_start INTEGER, span_end INTEGER);
CREATE TABLE facts (
  id INTEGER PRIMARY KEY, name TEXT, claim_id TEXT, kind TEXT, span_start INTEGER, span_end INTEGER, sentence INTEGER,
  found TEXT, measure TEXT, place TEXT, place_key TEXT, claimant TEXT, rejected INTEGER NOT NULL DEFAULT 0);
CREATE INDEX facts_claims ON facts (claim_id);
CREATE TABLE reviews (claim_id TEXT PRIMARY KEY, verdict TEXT, corrections TEXT) WITHOUT ROWID;
"""
"""`texts` are packed by zlib. `facts.found` holds the found values of what a person may correct, as JSON."""

DAMAGE = (sqlite3.DatabaseError, zlib.error, TypeError, ValueError)
"""What is raised where an index holds something else than what was written into it."""

FTS5 = "".join(
    f"CREATE VIRTUAL TABLE {table} USING fts5 ({', '.join(columns)}, content='', tokenize='ascii');\n"
    for table, columns in WORDS.items()
)


def text_of(db: sqlite3.Connection, article: int) -> str:
    """The text of an article by its number."""
    return zlib.decompress(db.execute("SELECT text FROM texts WHERE id = ?", (article,)).fetchone()[0]).decode()
