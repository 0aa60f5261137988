"""How many of the hits of a search are of which outlet, month, measure and place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from copydesk.warehouse.search import TABLE, NoIndex, Wanted, article_of, conditions_of, facts_of, opened_at
from copydesk.warehouse.search_tables import DAMAGE

MOST_VALUES = 8
"""Values of a facet."""

MOST_HITS = {"articles": 3_000, "sentences": 8_000, "facts": 50_000}
"""Hits of each kind up to which their figures are looked through, in a tenth of a second: of more outlets and months alone are
counted."""

OF_ARTICLE = {"outlet": "coalesce(a.outlet, a.source)", "month": "substr(a.published_on, 1, 7)"}
OF_FACT = {"measure": "f.measure", "place": "f.place"}

Counted = dict[str, list[tuple[str, int]]]


def facets(path: Path, position: int, wanted: Wanted, total: int) -> Counted:
    """For each facet its commonest values, each with the hits of it; those of one value are left out, they narrow nothing.

    Args:
        path: The search index
        position: The position of the log that it must tell
        wanted: The search
        total: Its hits

    Raises NoIndex where the index cannot be asked.
    """
    try:
        with closing(opened_at(path, position)) as db:
            conditions, values = conditions_of(wanted)
            values["match"] = wanted.question.match
            table = TABLE[wanted.among]
            matches = f"FROM {table} w JOIN articles a ON a.id = {article_of(wanted.among, 'w.rowid')}"
            facts = f"{matches} JOIN facts f ON {facts_of(wanted.among)}"
            asked = {**OF_ARTICLE, **(OF_FACT if total <= MOST_HITS[wanted.among] else {})}
            found: Counted = {}
            for name, value in asked.items():
                # A hit has one article, and may have many facts.
                joined, counted = (facts, "count(DISTINCT w.rowid)") if name in OF_FACT else (matches, "count(*)")
                rows = db.execute(
                    f"SELECT {value} AS value, {counted} AS n {joined} "
                    f"WHERE {table} MATCH :match{conditions} AND {value} IS NOT NULL "
                    f"GROUP BY value ORDER BY n DESC, value LIMIT {MOST_VALUES}",
                    values,
                ).fetchall()
                if len(rows) > 1:
                    found[name] = [(str(one), int(count)) for one, count in rows]
            return found
    except DAMAGE as error:
        raise NoIndex(f"{path}: {error}", damaged=True) from error
