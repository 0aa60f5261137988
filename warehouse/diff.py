"""What came, went or changed between two positions, and whether the source changed or the rules did."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from copydesk.warehouse.asof import publish_as_of
from copydesk.warehouse.changes import ARTICLE, DIFFER, NTH, PAIRS, either
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import EventLog
from copydesk.warehouse.published import read_store
from copydesk.warehouse.scans import quoted
from copydesk.warehouse.state import State

COLUMNS = ("kind", "change", "why", "outlet", "title", "before", "after", "document", "id")

ARTICLES = f"""
SELECT 'article' AS kind,
  CASE WHEN o.article_id IS NULL THEN 'came' WHEN n.article_id IS NULL THEN 'went' ELSE 'changed' END AS change,
  CASE WHEN n.article_id IS NULL AND after.status IN ('withdrawn', 'purged') THEN after.status
       WHEN o.article_id IS NULL AND before.status = 'withdrawn' THEN 'restored'
       WHEN coalesce(o.content_sha256, before.sha256) IS DISTINCT FROM coalesce(n.content_sha256, after.sha256) THEN 'source'
       ELSE 'rules' END AS why,
  coalesce(n.outlet, o.outlet) AS outlet, coalesce(n.title, o.title) AS title,
  {ARTICLE.format(side="o")} AS before, {ARTICLE.format(side="n")} AS after,
  coalesce(n.source_uri, o.source_uri) AS document,
  coalesce(n.article_id, o.article_id) AS id, document_id
FROM old.articles o FULL JOIN new.articles n USING (document_id)
LEFT JOIN old.documents before USING (document_id) LEFT JOIN new.documents after USING (document_id)
WHERE o.output_id IS DISTINCT FROM n.output_id
"""

FACTS = """
WITH {sides}, {pairs}
SELECT coalesce(n.kind, o.kind) AS kind,
  CASE WHEN o.claim_id IS NULL THEN 'came' WHEN n.claim_id IS NULL THEN 'went' ELSE 'changed' END AS change,
  CASE WHEN o.claim_id IS NOT NULL AND n.claim_id IS NOT NULL AND n.review IS DISTINCT FROM o.review THEN 'review'
       ELSE coalesce(c.why, 'rules') END AS why,
  coalesce(n.outlet, o.outlet) AS outlet, coalesce(n.title, o.title) AS title, {before} AS before, {after} AS after,
  coalesce(n.source_uri, o.source_uri) AS document, coalesce(n.claim_id, o.claim_id) AS id
FROM pairs LEFT JOIN o ON o.fact_id = one LEFT JOIN n ON n.fact_id = other
  LEFT JOIN changed c ON c.document_id = coalesce(n.document_id, o.document_id)
WHERE o.claim_id IS NULL OR n.claim_id IS NULL OR {differ} OR n.review IS DISTINCT FROM o.review
"""
SIDE = """{side} AS (
  SELECT f.*, a.document_id AS step, a.document_id, a.outlet, a.title, a.source_uri, {nth}
  FROM {base}.facts f JOIN {base}.articles a USING (article_id))"""
"""Facts of one side, by document."""


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
    nth = NTH.format(step="a.document_id")
    sides = ", ".join(SIDE.format(side=side, base=base, nth=nth) for side, base in (("o", "old"), ("n", "new")))
    return FACTS.format(sides=sides, pairs=PAIRS, before=either("o"), after=either("n"), differ=DIFFER)
