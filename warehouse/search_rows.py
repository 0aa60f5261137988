"""What is put into the search index and taken out of it: articles, their sentences, their facts."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.warehouse.home import Home
from copydesk.warehouse.search_tables import ORDINALS, WORDS, text_of
from copydesk.warehouse.searching.words import indexed, name_key

FOUND = ("measure", "place_name", "speaker", "attributed_to")
"""What a person may correct of a fact and the index follows."""

Row = Mapping[str, Any]


def rows_of(home: Home, path: str, columns: Sequence[str], outputs: Collection[str]) -> Iterator[Row]:
    """The rows of a data file that belong to some outputs, one row group in memory at a time."""
    wanted = pa.array(sorted(outputs), pa.string())
    with home.store.open(path) as opened, pq.ParquetFile(opened) as file:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, columns=["output_id", *columns])
            yield from rows.filter(pc.is_in(rows.column("output_id"), value_set=wanted)).to_pylist()


def put_articles(index: Index, home: Home, path: str, outputs: Collection[str]) -> None:
    """Puts in the articles of a data file."""
    columns = "article_id title outlet source published_on received_at language text".split()
    for row in rows_of(home, path, columns, outputs):
        index.put_article(row)


def put_sentences(index: Index, home: Home, path: str, outputs: Collection[str]) -> None:
    """Puts in the sentences of a data file, once their articles are there."""
    for row in rows_of(home, path, ("sentence_id", "ordinal", "text", "span_start", "span_end"), outputs):
        index.put_sentence(row)


def put_facts(index: Index, home: Home, path: str, outputs: Collection[str]) -> None:
    """Puts in the facts of a data file, once their articles and sentences are there."""
    columns = "fact_id claim_id kind sentence_id text span_start span_end".split()
    for row in rows_of(home, path, (*columns, *FOUND), outputs):
        index.put_fact(row)


class Index:
    """Writes an index: each text goes in with its words, and out with the same."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._article: tuple[str, int, str] = ("", 0, "")

    def _at_hand(self, output_id: str) -> tuple[str, int, str]:
        """An output with the number and the text of its article: the last one is at hand."""
        if self._article[0] != output_id:
            number = self.db.execute("SELECT id FROM articles WHERE output_id = ?", (output_id,)).fetchone()[0]
            self._article = (output_id, number, text_of(self.db, number))
        return self._article

    def _words(self, table: str, number: int, texts: Sequence[str], delete: bool = False) -> None:
        """Puts words into a table of FTS5, or takes the same ones out."""
        names, values = ("rowid", *WORDS[table]), (number, *map(indexed, texts))
        if delete:
            names, values = (table, *names), ("delete", *values)
        self.db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", values)

    def put_article(self, row: Row) -> None:
        """Puts in an article with its words; its day is that of publication, else of its receipt."""
        day = row["published_on"] or row["received_at"].date()
        number = self.db.execute(
            "INSERT INTO articles (output_id, article_id, title, outlet, source, outlet_key, day, published_on, language) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row[name] for name in ("output_id", "article_id", "title", "outlet", "source")),
                name_key(row["outlet"] or row["source"] or ""),
                str(day),
                str(row["published_on"]) if row["published_on"] else None,
                row["language"],
            ),
        ).lastrowid
        self.db.execute("INSERT INTO texts VALUES (?, ?)", (number, zlib.compress(row["text"].encode())))
        self._words("article_words", number or 0, (row["title"] or "", row["text"]))

    def put_sentence(self, row: Row) -> None:
        """Puts in a sentence with its words."""
        output_id, article, _ = self._at_hand(row["output_id"])
        number = (article << ORDINALS) + row["ordinal"]
        name = row["sentence_id"].removeprefix(output_id)
        self.db.execute("INSERT INTO sentences VALUES (?, ?, ?, ?)", (number, name, row["span_start"], row["span_end"]))
        self._words("sentence_words", number, (row["text"],))

    def put_fact(self, row: Row) -> None:
        """Puts in a fact as it stands after what people said of its claim."""
        output_id, article, _ = self._at_hand(row["output_id"])
        first, end = article << ORDINALS, (article + 1) << ORDINALS
        last = self.db.execute("SELECT max(id) FROM facts WHERE id >= ? AND id < ?", (first, end)).fetchone()[0]
        number = first if last is None else last + 1
        sentence = self.db.execute(
            "SELECT id FROM sentences WHERE id >= ? AND id < ? AND name = ?",
            (first, end, row["sentence_id"].removeprefix(output_id)),
        ).fetchone()
        self.db.execute(
            "INSERT INTO facts (id, name, claim_id, kind, span_start, span_end, sentence, found) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                row["fact_id"].removeprefix(output_id),
                *(row[name] for name in ("claim_id", "kind", "span_start", "span_end")),
                sentence[0] if sentence else None,
                json.dumps({name: row[name] for name in FOUND}),
            ),
        )
        self._stands(number)
        self._fact_words(number)

    def review(self, claim_id: str) -> None:
        """Makes the facts of a claim what people say of it now."""
        for (number,) in self.db.execute("SELECT id FROM facts WHERE claim_id = ?", (claim_id,)).fetchall():
            self._fact_words(number, delete=True)
            self._stands(number)
            self._fact_words(number)

    def _stands(self, number: int) -> None:
        """Fills in what a fact says, as found or as a person corrected it."""
        found, verdict, corrections = self.db.execute(
            "SELECT f.found, r.verdict, r.corrections FROM facts f LEFT JOIN reviews r USING (claim_id) WHERE f.id = ?",
            (number,),
        ).fetchone()
        values = {**json.loads(found), **json.loads(corrections or "{}")}
        self.db.execute(
            "UPDATE facts SET measure = ?, place = ?, place_key = ?, claimant = ?, rejected = ? WHERE id = ?",
            (
                values["measure"],
                values["place_name"],
                name_key(values["place_name"] or ""),
                values["speaker"] or values["attributed_to"],
                verdict == "rejected",
                number,
            ),
        )

    def _fact_words(self, number: int, delete: bool = False) -> None:
        """Puts the words of a fact in, or takes them out: its own, and those of its sentence and claimant.

        Those of a fact that a person rejected are not there.
        """
        output_id, start, end, claimant, rejected, first, last = self.db.execute(
            "SELECT a.output_id, f.span_start, f.span_end, f.claimant, f.rejected, s.span_start, s.span_end FROM facts f "
            "JOIN articles a ON a.id = f.id >> ? LEFT JOIN sentences s ON s.id = f.sentence WHERE f.id = ?",
            (ORDINALS, number),
        ).fetchone()
        if not rejected:
            text = self._at_hand(output_id)[2]
            sentence = text[first:last] if first is not None else ""
            self._words("fact_words", number, (text[start:end], f"{sentence} {claimant or ''}"), delete)

    def rename_source(self, output_id: str, source: str) -> None:
        """Says by which source an article has come, now that the one that it first came by has moved on."""
        self.db.execute("UPDATE articles SET source = ? WHERE output_id = ? AND source <> ?", (source, output_id, source))
        self.db.execute(
            "UPDATE articles SET outlet_key = ? WHERE output_id = ? AND outlet IS NULL", (name_key(source), output_id)
        )

    def take_out(self, output_id: str) -> None:
        """Takes an article out, with its sentences and facts, where it is in the index."""
        row = self.db.execute("SELECT id, title FROM articles WHERE output_id = ?", (output_id,)).fetchone()
        if row is None:
            return
        number, title = row
        text = self._at_hand(output_id)[2]
        span = (number << ORDINALS, (number + 1) << ORDINALS)
        for (fact,) in self.db.execute("SELECT id FROM facts WHERE id >= ? AND id < ?", span).fetchall():
            self._fact_words(fact, delete=True)
        for sentence, start, end in self.db.execute(
            "SELECT id, span_start, span_end FROM sentences WHERE id >= ? AND id < ?", span
        ):
            self._words("sentence_words", sentence, (text[start:end],), delete=True)
        self._words("article_words", number, (title or "", text), delete=True)
        for table in ("facts", "sentences"):
            self.db.execute(f"DELETE FROM {table} WHERE id >= ? AND id < ?", span)
        for table in ("articles", "texts"):
            self.db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        self._article = ("", 0, "")
