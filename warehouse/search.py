"""Asks the search index: the articles, sentences or facts that hold some words, the best first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from copydesk.warehouse.search_tables import DAMAGE, ORDINALS, SHAPE, text_of
from copydesk.warehouse.searching.marks import Span, groups_in, marks
from copydesk.warehouse.searching.query import Question
from copydesk.warehouse.searching.words import name_key

Kind = Literal["articles", "sentences", "facts"]

BUSY_SECONDS = 60.0


class NoIndex(Exception):
    """There is no index that can be asked: it is missing, damaged, or does not tell what is published.

    `damaged` says that the file is no index: what is in it cannot be gone on with.
    """

    def __init__(self, message: str, damaged: bool = False) -> None:
        super().__init__(message)
        self.damaged = damaged


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for: words, in what, and which of what holds them.

    Args:
        question: the words.
        among: what is listed: articles, sentences or facts.
        outlets: only what these outlets print, or sources where the outlet is not known; all where there is none.
        since: only articles of this day or later: of publication, else of receipt.
        until: only articles of this day or earlier.
        measure: only facts of this measure, and sentences and articles that hold one.
        place: only facts of this place, and sentences and articles that hold one.
        limit: how many are given at most.
        skip: how many of the best are left out, for a further page.
    """

    question: Question
    among: Kind = "articles"
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    measure: str | None = None
    place: str | None = None
    limit: int = 20
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something that holds the words.

    Args:
        id: the article_id, sentence_id or fact_id.
        article_id: the article that it is, or stands in.
        title: the article's headline, None where it has none.
        title_marks: the spans of `title` that hold the words, in code points.
        outlet: who prints it, else the source.
        published_on: the day of publication, None where none is known.
        text: of an article the sentence that holds most of the words; the sentence; the sentence of a fact.
        marks: the spans of `text` that hold the words, in code points.
        span: the place of `text` in the text of the article, in code points.
        fact: of a fact its place in `text`, in code points.
        kind: of a fact figure, quote or statement.
        measure: of a figure what it counts.
        place: of a figure the place under its one name.
        claimant: of a fact on whose word it is.
        score: how well it fits by BM25: the higher the better.
    """

    id: str
    article_id: str
    title: str | None
    title_marks: tuple[Span, ...]
    outlet: str
    published_on: date | None
    text: str
    marks: tuple[Span, ...]
    span: Span
    fact: Span | None = None
    kind: str | None = None
    measure: str | None = None
    place: str | None = None
    claimant: str | None = None
    score: float


@dataclass(frozen=True)
class Found:
    """The best hits, and how many there are of them all."""

    hits: tuple[Hit, ...]
    total: int


WEIGHTS = {"articles": "article_words, 5.0, 1.0", "sentences": "sentence_words", "facts": "fact_words, 3.0, 1.0"}
"""Words of a headline count five times, those of a fact itself three times as much as those around it."""

TABLE = {"articles": "article_words", "sentences": "sentence_words", "facts": "fact_words"}


def find(path: Path, position: int, wanted: Wanted) -> Found:
    """What the index in a file answers, where it tells at least what stood at a position of the log.

    Raises NoIndex where it is missing, damaged, of another program, or behind that position.
    """
    try:
        with closing(_opened(path)) as db:
            _check(db, position)
            return _found(db, wanted)
    except DAMAGE as error:
        raise NoIndex(f"{path}: {error}", damaged=True) from error


def outlet_names(path: Path) -> list[str]:
    """The names of all outlets in the index, of sources where the outlet is not known. Raises NoIndex."""
    try:
        with closing(_opened(path)) as db:
            return [row[0] for row in db.execute("SELECT DISTINCT coalesce(outlet, source) AS name FROM articles ORDER BY 1")]
    except DAMAGE as error:
        raise NoIndex(f"{path}: {error}", damaged=True) from error


def ids(path: Path, position: int, question: Question, among: Literal["articles", "facts"]) -> list[str]:
    """The ids of all articles, or of all facts, that hold the words. Raises NoIndex as `find` does."""
    names = {
        "articles": "SELECT a.output_id, a.article_id FROM article_words w JOIN articles a ON a.id = w.rowid ",
        "facts": (
            "SELECT a.output_id, f.name FROM fact_words w JOIN facts f ON f.id = w.rowid "
            f"JOIN articles a ON a.id = w.rowid >> {ORDINALS} "
        ),
    }
    try:
        with closing(_opened(path)) as db:
            _check(db, position)
            rows = db.execute(f"{names[among]} WHERE {TABLE[among]} MATCH ?", (question.match,)).fetchall()
    except DAMAGE as error:
        raise NoIndex(f"{path}: {error}", damaged=True) from error
    return [name if among == "articles" else _whole_id(output_id, name) for output_id, name in rows]


def _opened(path: Path) -> sqlite3.Connection:
    """The index, to read: as a file that nobody writes to where the folder lets nobody write."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    db = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        db.execute("SELECT 1 FROM meta")
    except sqlite3.OperationalError:
        db.close()
        db = sqlite3.connect(f"{address}&immutable=1", uri=True)
    return db


def _check(db: sqlite3.Connection, position: int) -> None:
    said = dict(db.execute("SELECT key, value FROM meta").fetchall())
    if said.get("shape") != str(SHAPE):
        raise NoIndex("The search index is of another version of the program.")
    if int(said.get("position") or 0) < position:
        raise NoIndex("The search index is behind what is published.")


def opened_at(path: Path, position: int) -> sqlite3.Connection:
    """The index, to read, which tells at least what stood at a position of the log. Raises NoIndex where it does not."""
    db = _opened(path)
    _check(db, position)
    return db


BEST = """
WITH scored AS MATERIALIZED (
  SELECT w.rowid AS number, bm25({weights}) AS score FROM {table} w{articles} WHERE {table} MATCH :match{conditions}
), last AS (
  SELECT score FROM scored ORDER BY score LIMIT 1 OFFSET :before
)
SELECT s.number, s.score, (SELECT count(*) FROM scored) FROM scored s JOIN articles a ON a.id = {article}
WHERE s.score <= coalesce((SELECT score FROM last), 0)
ORDER BY s.score, a.day DESC, a.article_id, s.number LIMIT :limit OFFSET :skip
"""
"""Of what holds the words the articles are looked up only where they are asked about, and for the best."""


def _found(db: sqlite3.Connection, wanted: Wanted) -> Found:
    conditions, values = conditions_of(wanted)
    table = TABLE[wanted.among]
    articles = f" JOIN articles a ON a.id = {article_of(wanted.among, 'w.rowid')}" if conditions else ""
    values["match"] = wanted.question.match
    matches = f"FROM {table} w{articles} WHERE {table} MATCH :match{conditions}"
    best = BEST.format(
        weights=WEIGHTS[wanted.among],
        table=table,
        articles=articles,
        conditions=conditions,
        article=article_of(wanted.among, "s.number"),
    )
    pages = {"limit": wanted.limit, "skip": wanted.skip, "before": wanted.limit + wanted.skip - 1}
    rows = db.execute(best, {**values, **pages}).fetchall()
    # Past the last page there is no row that says how many there are.
    total = rows[0][2] if rows else db.execute(f"SELECT count(*) {matches}", values).fetchone()[0]
    return Found(tuple(_hit(db, wanted, number, -score) for number, score, _ in rows), total)


def article_of(among: Kind, number: str) -> str:
    """The number of the article of a row of the words, as SQL."""
    return number if among == "articles" else f"{number} >> {ORDINALS}"


def facts_of(among: Kind) -> str:
    """The condition that a fact `f` stands in what was found: an article `a`, a sentence or a fact of the words `w`."""
    span = f"f.id >= a.id << {ORDINALS} AND f.id < (a.id + 1) << {ORDINALS}"
    which = {"articles": span, "sentences": f"{span} AND f.sentence = w.rowid", "facts": "f.id = w.rowid"}[among]
    return f"{which} AND NOT f.rejected"


def conditions_of(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The conditions of a search beside its words, of an article `a` and a row of words `w`, and their values."""
    values: dict[str, object] = {}
    conditions = []
    if wanted.outlets:
        names = {f"outlet{n}": name_key(outlet) for n, outlet in enumerate(wanted.outlets)}
        values |= names
        conditions.append(f"a.outlet_key IN ({', '.join(f':{name}' for name in names)})")
    for name, compare, day in (("since", ">=", wanted.since), ("until", "<=", wanted.until)):
        if day is not None:
            values[name] = day.isoformat()
            conditions.append(f"a.day {compare} :{name}")
    facts = []
    if wanted.measure is not None:
        values["measure"] = wanted.measure
        facts.append("f.measure = :measure")
    if wanted.place is not None:
        values["place"] = name_key(wanted.place)
        facts.append("f.place_key = :place")
    if facts:
        conditions.append(f"EXISTS (SELECT 1 FROM facts f WHERE {facts_of(wanted.among)} AND {' AND '.join(facts)})")
    return "".join(f" AND {condition}" for condition in conditions), values


def _hit(db: sqlite3.Connection, wanted: Wanted, number: int, score: float) -> Hit:
    """One hit by its row number in its table of words."""
    article = number if wanted.among == "articles" else number >> ORDINALS
    output_id, article_id, title, outlet, day = db.execute(
        "SELECT output_id, article_id, title, coalesce(outlet, source), published_on FROM articles WHERE id = ?", (article,)
    ).fetchone()
    body = text_of(db, article)
    part = {"articles": _passage, "sentences": _sentence, "facts": _fact}[wanted.among](db, number, body, wanted.question)
    start, end = part.span
    text = body[start:end]
    return Hit(
        id=_whole_id(output_id, part.name) if part.name is not None else article_id,
        article_id=article_id,
        title=title,
        title_marks=marks(title or "", wanted.question),
        outlet=outlet,
        published_on=date.fromisoformat(day) if day else None,
        text=text,
        marks=marks(text, wanted.question),
        span=part.span,
        fact=(part.fact[0] - start, part.fact[1] - start) if part.fact else None,
        kind=part.kind,
        measure=part.measure,
        place=part.place,
        claimant=part.claimant,
        score=score,
    )


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A part of an article's text: its span, and what it is where it is a sentence or a fact."""

    span: Span
    name: str | None = None
    fact: Span | None = None
    kind: str | None = None
    measure: str | None = None
    place: str | None = None
    claimant: str | None = None


def _whole_id(output_id: str, name: str) -> str:
    """The id of a sentence or fact from its name in the index, which leaves out an output's id at its beginning."""
    return f"{output_id}{name}" if name.startswith("-") else name


def _passage(db: sqlite3.Connection, article: int, body: str, question: Question) -> _Part:
    """The first of the sentences that hold most of the words."""
    spans = db.execute(
        "SELECT span_start, span_end FROM sentences WHERE id >= ? AND id < ? ORDER BY id",
        (article << ORDINALS, (article + 1) << ORDINALS),
    ).fetchall()
    return _Part(span=max(spans, key=lambda span: groups_in(body[span[0] : span[1]], question), default=(0, len(body))))


def _sentence(db: sqlite3.Connection, number: int, body: str, question: Question) -> _Part:
    name, start, end = db.execute("SELECT name, span_start, span_end FROM sentences WHERE id = ?", (number,)).fetchone()
    return _Part(span=(start, end), name=name)


def _fact(db: sqlite3.Connection, number: int, body: str, question: Question) -> _Part:
    """A fact with its sentence, or with all those that it reaches over."""
    name, kind, measure, place, claimant, start, end, first, last = db.execute(
        "SELECT f.name, f.kind, f.measure, f.place, f.claimant, f.span_start, f.span_end, s.span_start, s.span_end "
        "FROM facts f LEFT JOIN sentences s ON s.id = f.sentence WHERE f.id = ?",
        (number,),
    ).fetchone()
    span = (min(start, first), max(end, last)) if first is not None else (start, end)
    return _Part(span=span, name=name, fact=(start, end), kind=kind, measure=measure, place=place, claimant=claimant)
