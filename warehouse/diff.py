"""What came, went or changed between two positions, and whether the source changed or the rules did."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from copydesk.warehouse.asof import publish_as_of
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.published import read_store
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.state import State

COLUMNS = ("kind", "change", "why", "outlet", "title", "before", "after", "document", "id")

ARTICLES = """
SELECT 'article' AS kind,
  CASE WHEN o.article_id IS NULL THEN 'came' WHEN n.article_id IS NULL THEN 'went' ELSE 'changed' END AS change,
  CASE WHEN n.article_id IS NULL AND after.status IN ('withdrawn', 'purged') THEN after.status
       WHEN o.article_id IS NULL AND before.status = 'withdrawn' THEN 'restored'
       WHEN coalesce(o.content_sha256, before.sha256) IS DISTINCT FROM coalesce(n.content_sha256, after.sha256) THEN 'source'
       ELSE 'rules' END AS why,
  coalesce(n.outlet, o.outlet) AS outlet, coalesce(n.title, o.title) AS title,
  o.words || ' words' AS before, n.words || ' words' AS after, coalesce(n.source_uri, o.source_uri) AS document,
  coalesce(n.article_id, o.article_id) AS id, document_id
FROM old.articles o FULL JOIN new.articles n USING (document_id)
LEFT JOIN old.documents before USING (document_id) LEFT JOIN new.documents after USING (document_id)
WHERE o.output_id IS DISTINCT FROM n.output_id
"""

FACTS = """
WITH {sides}, same AS (
  SELECT o.fact_id AS one, n.fact_id AS other FROM o JOIN n USING (document_id, kind, text, nth)
), lost AS (
  SELECT *, {turn} AS turn FROM o WHERE fact_id NOT IN (SELECT one FROM same)
), gained AS (
  SELECT *, {turn} AS turn FROM n WHERE fact_id NOT IN (SELECT other FROM same)
), revised AS (
  -- Another number of the same thing, in the same turn of the document, is the figure changed and no new one.
  SELECT l.fact_id AS one, g.fact_id AS other FROM lost l JOIN gained g
    ON l.document_id = g.document_id AND l.measure = g.measure AND l.unit = g.unit AND l.turn = g.turn
   AND l.place_name IS NOT DISTINCT FROM g.place_name AND l.kind = 'figure' AND g.kind = 'figure'
), pairs AS (
  FROM same UNION ALL FROM revised
  UNION ALL SELECT fact_id, NULL FROM lost WHERE fact_id NOT IN (SELECT one FROM revised)
  UNION ALL SELECT NULL, fact_id FROM gained WHERE fact_id NOT IN (SELECT other FROM revised)
)
SELECT coalesce(n.kind, o.kind) AS kind,
  CASE WHEN o.claim_id IS NULL THEN 'came' WHEN n.claim_id IS NULL THEN 'went' ELSE 'changed' END AS change,
  CASE WHEN o.claim_id IS NOT NULL AND n.claim_id IS NOT NULL AND n.review IS DISTINCT FROM o.review THEN 'review'
       ELSE coalesce(c.why, 'rules') END AS why,
  coalesce(n.outlet, o.outlet) AS outlet, coalesce(n.title, o.title) AS title, {before} AS before, {after} AS after,
  coalesce(n.source_uri, o.source_uri) AS document, coalesce(n.claim_id, o.claim_id) AS id
FROM pairs LEFT JOIN o ON o.fact_id = one LEFT JOIN n ON n.fact_id = other
  LEFT JOIN changed c ON c.document_id = coalesce(n.document_id, o.document_id)
WHERE o.claim_id IS NULL OR n.claim_id IS NULL OR o.text <> n.text OR {differ} OR n.review IS DISTINCT FROM o.review
"""
TURN = "row_number() OVER (PARTITION BY document_id, kind, measure, unit, place_name ORDER BY span_start, fact_id)"
"""Which of the figures of one thing in a document a figure is."""

SIDE = """{side} AS (
  SELECT f.*, a.document_id, a.outlet, a.title, a.source_uri,
    row_number() OVER (PARTITION BY a.document_id, f.kind, f.text ORDER BY f.span_start, f.fact_id) AS nth
  FROM {base}.facts f JOIN {base}.articles a USING (article_id))"""
"""Facts of one side: what a document states in the same words, for the same time, is the same fact of another revision."""

PLACES = ("span_start", "span_end", "raw_start", "raw_end")
IDENTITY = {"fact_id", "claim_id", "article_id", "sentence_id", "output_id", "extractor_version", "kind", "text", *PLACES}


def diff(home: Home, log: EventLog, state: State, old: int, new: int) -> Iterator[tuple[object, ...]]:
    """Rows of `COLUMNS`: articles first, then facts by claim. To be called under the lock."""
    with tempfile.TemporaryDirectory(prefix="copydesk-") as scratch, duckdb.connect() as db:
        read_store(db, home)
        for name, position in (("old", old), ("new", new)):
            path = Path(scratch) / f"{name}.duckdb"
            publish_as_of(home, log, state, position, path)
            db.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
        db.execute(f"CREATE TABLE changed AS {ARTICLES}")
        yield from db.execute(f"SELECT {', '.join(COLUMNS)} FROM changed ORDER BY document, change").fetchall()
        cursor = db.execute(f"SELECT * FROM ({_facts()}) ORDER BY document, id, change")
        while rows := cursor.fetchmany(1000):
            yield from rows


def _facts() -> str:
    told = [column.name for column in TABLES["facts"].columns if column.name not in IDENTITY]
    differ = f"({_row('o', told)}) IS DISTINCT FROM ({_row('n', told)})"
    shown = "{0}.text || coalesce(' [' || {0}.measure || ']', '') || coalesce(', ' || {0}.attributed_to, '')"
    sides = ", ".join(SIDE.format(side=side, base=base) for side, base in (("o", "old"), ("n", "new")))
    return FACTS.format(sides=sides, before=shown.format("o"), after=shown.format("n"), differ=differ, turn=TURN)


def _row(side: str, names: list[str]) -> str:
    return f"row({', '.join(f'{side}.{name}' for name in names)})"
