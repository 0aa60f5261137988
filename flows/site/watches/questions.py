"""The question that a watch asks of the published warehouse."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from copydesk.flows.site.matching import NAMED, SAID_BY, WITHIN
from copydesk.flows.site.watches.definitions import Watch
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import published_position
from copydesk.warehouse.questions import questions
from copydesk.warehouse.search import ids
from copydesk.warehouse.searching.query import question_of

if TYPE_CHECKING:
    import duckdb

SELECTED = {
    "facts": (
        "SELECT x.claim_id AS key, x.fact_id, x.kind, x.measure, x.text, x.hedge, x.place_name, "
        "coalesce(x.claimant_name, x.attributed_to) AS claimant, a.outlet, a.published_on, a.title, a.url, s.text AS sentence, "
        "x.article_id FROM facts x JOIN articles a USING (article_id) JOIN sentences s USING (sentence_id) "
        "WHERE x.review IS DISTINCT FROM 'rejected'"
    ),
    "conflicts": (
        "SELECT least(fa.claim_id, fb.claim_id) || ' ' || greatest(fa.claim_id, fb.claim_id) AS key, x.relation, x.why, "
        "x.measure, x.place_name, x.text_a, x.claimant_a, x.outlet_a, x.sentence_a, x.text_b, x.claimant_b, x.outlet_b, "
        "x.sentence_b, x.article_id_a AS article_id FROM figure_conflicts x JOIN facts fa ON fa.fact_id = x.fact_id_a "
        "JOIN facts fb ON fb.fact_id = x.fact_id_b WHERE x.relation <> 'agrees'"
    ),
    "articles": (
        "SELECT x.article_id AS key, x.title, x.outlet, x.published_on, x.url, x.duplicate_of, x.article_id FROM articles x "
        "WHERE true"
    ),
}
"""What is told of each kind of thing, and by which key it is known again: a claim's stays the same under newer rules."""

OF_FACTS = {
    "words": "x.fact_id IN (SELECT unnest($words))",
    "measure": "x.measure = $measure",
    "place": WITHIN,
    "entity": SAID_BY,
    "outlet": "lower(a.outlet) = lower($outlet)",
    "story": "a.story_id = $story",
}
CONDITIONS = {
    "facts": OF_FACTS,
    "conflicts": {
        "words": "list_has_any([x.fact_id_a, x.fact_id_b], $words)",
        "measure": "x.measure = $measure",
        "place": WITHIN,
        "entity": f"(fa.claimant_id IN ({NAMED}) OR fa.body_id IN ({NAMED}) OR fb.claimant_id IN ({NAMED}) "
        f"OR fb.body_id IN ({NAMED}))",
        "outlet": "lower($outlet) IN (lower(x.outlet_a), lower(x.outlet_b))",
        "story": "x.article_id_a IN (SELECT article_id FROM articles WHERE story_id = $story)",
    },
    "articles": {
        "words": "x.article_id IN (SELECT unnest($words))",
        **{
            name: f"EXISTS (SELECT 1 FROM facts f WHERE f.article_id = x.article_id AND {OF_FACTS[name].replace('x.', 'f.')})"
            for name in ("measure", "place", "entity")
        },
        "outlet": "lower(x.outlet) = lower($outlet)",
        "story": "x.story_id = $story",
    },
}
"""Which of them a watch tells, by what it looks for."""

ORDER = " ORDER BY key"
MOST = 100_000
"""Rows that a watch may find."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something that a watch found: the key by which it is known again, and what is told of it by name."""

    key: str
    values: Mapping[str, Any]


def rows_of(db: duckdb.DuckDBPyConnection, home: Home, watch: Watch) -> list[Row]:
    """All that a watch finds in the published warehouse, in an order that is always the same.

    Raises duckdb.Error where its SQL cannot be answered, PermanentError where that does more than read, NoIndex where its
    words cannot be looked for.
    """
    if watch.sql is not None:
        return _of_sql(db, watch.sql)
    looked_for = {name: getattr(watch, name) for name in CONDITIONS[watch.about] if getattr(watch, name) is not None}
    conditions = "".join(f" AND {CONDITIONS[watch.about][name]}" for name in looked_for)
    if watch.words is not None:
        among: Literal["articles", "facts"] = "articles" if watch.about == "articles" else "facts"
        looked_for["words"] = ids(home.search, published_position(home), question_of(watch.words), among)
    return [
        Row(key=str(row["key"]), values={name: value for name, value in row.items() if name != "key"})
        for row in _records(db, SELECTED[watch.about] + conditions + ORDER, looked_for)
    ]


def _of_sql(db: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """The rows of a question in SQL. Those that are equal, or have one id, are one.

    Raises PermanentError where it is more than one question, or does more than read.
    """
    first, *more = questions(db, sql)
    if more:
        raise PermanentError("A watch asks one question; make one of them by UNION ALL.")
    found: dict[str, Row] = {}
    for values in _records(db, first, {}):
        told = values["id"] if values.get("id") is not None else sorted(values.items())
        # Hashed: what a watch remembers holds no text of an article.
        key = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
        found.setdefault(key, Row(key=key, values=values))
    return [found[key] for key in sorted(found)]


def _records(db: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object]) -> Sequence[dict[str, Any]]:
    cursor = db.execute(query, dict(values))
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchmany(MOST + 1)
    if len(rows) > MOST:
        raise PermanentError(f"It finds more than {MOST:,} rows. Narrow it, or let its SQL sum up or LIMIT them.")
    return [dict(zip(names, row, strict=True)) for row in rows]
