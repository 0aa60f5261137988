"""Reads a published warehouse for the report: whole, or a part of it, or as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from copydesk.flows.site.queries import QUERIES
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import attach_published
from copydesk.warehouse.scans import quoted

Row = dict[str, Any]
BY_ARTICLE = ("sentences", "facts", "blocks", "numbers", "figure_series")
AT_ONCE = 500
CHOSEN = "(SELECT article_id FROM chosen)"


@dataclass(frozen=True)
class Part:
    """Which part of the warehouse is shown: articles published (else received) from a day on, documents of a source."""

    since: date | None = None
    source: str | None = None

    @property
    def condition(self) -> str:
        conditions = []
        if self.since:
            conditions.append(f"coalesce(published_on, received_at::DATE) >= DATE '{self.since.isoformat()}'")
        if self.source:
            conditions.append(f"source = {quoted(self.source)}")
        return " AND ".join(conditions)

    def __str__(self) -> str:
        parts = [f"since {self.since}" if self.since else "", f"source {self.source}" if self.source else ""]
        return ", ".join(filter(None, parts))


class Warehouse:
    """A published warehouse, read-only; the queries of the report run on it as they are shown."""

    def __init__(self, home: Home, part: Part, file: Path | None = None) -> None:
        self.db = duckdb.connect()
        attach_published(self.db, home, file)
        self.db.execute("SET TimeZone = 'UTC'")
        if part.condition:
            self._restrict(part)
        else:
            self.db.execute("USE w")

    def _restrict(self, part: Part) -> None:
        """Views of this connection that hold what the part does, under the names of the warehouse's own."""
        # Views of the warehouse that name others find them here first, else there.
        self.db.execute("SET search_path = 'memory.main,w.main'")
        self.db.execute(f"CREATE TABLE chosen AS SELECT article_id FROM w.articles WHERE {part.condition}")
        names = [
            row[0]
            for row in self.db.execute(
                "SELECT view_name FROM duckdb_views() WHERE database_name = 'w' AND schema_name = 'main'"
            ).fetchall()
        ]
        for name in names:
            where = ""
            if name in ("articles", *BY_ARTICLE):
                where = f" WHERE article_id IN {CHOSEN}"
            elif name == "figure_conflicts":
                where = f" WHERE article_id_a IN {CHOSEN} AND article_id_b IN {CHOSEN}"
            elif name in ("documents", "rejects") and part.source:
                where = f" WHERE source = {quoted(part.source)}"
            self.db.execute(f"CREATE VIEW {name} AS SELECT * FROM w.{name}{where}")

    def close(self) -> None:
        self.db.close()

    def rows(self, name: str) -> list[Row]:
        """The answer to one of the report's questions."""
        return self.ask(QUERIES[name])

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        cursor = self.db.execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def article_ids(self, most: int | None = None) -> list[str]:
        """The articles, latest first."""
        limit = f" LIMIT {most}" if most is not None else ""
        found = self.db.execute(f"SELECT article_id FROM articles ORDER BY published_on DESC NULLS LAST, article_id{limit}")
        return [row[0] for row in found.fetchall()]

    def digests(self, ids: Sequence[str]) -> dict[str, str]:
        """For each article a name of what its page shows of it: it changes when the page does."""
        sql = (
            "SELECT a.article_id, md5(concat_ws('|', output_id, document_id, source_uri, duplicate_of, r.reviews)) "
            "FROM articles a LEFT JOIN (SELECT article_id, string_agg(md5(f::VARCHAR), ',' ORDER BY fact_id) AS reviews "
            "FROM facts f WHERE review IS NOT NULL GROUP BY article_id) r USING (article_id) "
            "WHERE a.article_id IN (SELECT unnest($1))"
        )
        return dict(self.db.execute(sql, [list(ids)]).fetchall())

    def articles(self, ids: Sequence[str]) -> Iterator[tuple[Row, list[Row], list[Row], list[Row]]]:
        """Articles with their sentences, facts and blocks, `AT_ONCE` in memory at a time."""
        for start in range(0, len(ids), AT_ONCE):
            chunk = list(ids[start : start + AT_ONCE])
            parts = [
                self._grouped("sentences", chunk, "ordinal"),
                self._grouped("facts", chunk, "span_start, span_end DESC, fact_id"),
                self._grouped("blocks", chunk, "ordinal"),
            ]
            for article in self.ask("SELECT * FROM articles WHERE article_id IN (SELECT unnest($1))", [chunk]):
                yield (article, *(part.get(article["article_id"], []) for part in parts))  # type: ignore[misc]

    def _grouped(self, table: str, ids: list[str], order: str) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.ask(
            f"SELECT * FROM {table} WHERE article_id IN (SELECT unnest($1)) ORDER BY article_id, {order}", [ids]
        ):
            found.setdefault(row["article_id"], []).append(row)
        return found


def embedded(value: Any) -> str:
    """A value as JSON for a block of data in a page: no text in it can end the block."""
    text = json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
