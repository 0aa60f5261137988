"""How many rows of a list have which value: of those that are asked for, counted in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.flows.site.desk.filters import Filter
from copydesk.flows.site.desk.listing import Answer, Asked
from copydesk.flows.site.desk.reader import Published, Row

MOST_VALUES = 8
"""Values of a facet."""

MOST_ROWS = 50_000
"""Rows that are counted unasked; of more a link asks for it."""

KNOWN = 200
"""Counts that are kept while one publication is shown."""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A filter that is not set, with its commonest values, each with its rows."""

    filter: Filter
    values: Sequence[tuple[str, int]]


def facets_sql(asked: Asked, counted: Sequence[Filter]) -> str:
    """The query that counts the rows of a list by several values at once."""
    names = [f"v{number}" for number in range(len(counted))]
    values = ", ".join(f"CAST({one.facet} AS VARCHAR) AS {name}" for one, name in zip(counted, names, strict=True))
    sets = ", ".join(f"({name})" for name in names)
    told = ", ".join(names)
    which = f"GROUPING({told})" if len(names) > 1 else "0"
    return (
        f"SELECT {which} AS which, coalesce({told}) AS value, count(*) AS n\n"
        f"FROM (SELECT {values} FROM {asked.listing.table}{asked.where()})\nGROUP BY GROUPING SETS ({sets})\n"
        f"QUALIFY value IS NOT NULL AND row_number() OVER (PARTITION BY which ORDER BY value IS NULL, n DESC, value) "
        f"<= {MOST_VALUES}\nORDER BY which, n DESC, value"
    )


def facets_of(asked: Asked, published: Published) -> list[Facet]:
    """The facets of a list by which it can be narrowed further; those of one value are left out, they narrow nothing."""
    counted = [one for one in asked.listing.filters if one.facet and one.name not in asked.values]
    if not counted:
        return []
    source = asked.listing.source(published)
    sql = facets_sql(asked, counted)
    kept: dict[str, list[Row]] = source.known.setdefault("facets", {})
    if sql not in kept:
        if len(kept) >= KNOWN:
            kept.pop(next(iter(kept)))
        kept[sql] = source.ask(sql)
    every = (1 << len(counted)) - 1 if len(counted) > 1 else 0
    found = []
    for number, one in enumerate(counted):
        which = every ^ (1 << (len(counted) - 1 - number)) if len(counted) > 1 else 0
        values = [(str(row["value"]), int(row["n"])) for row in kept[sql] if row["which"] == which]
        if len(values) > 1:
            found.append(Facet(filter=one, values=values))
    return found


def shown_facets(answer: Answer, published: Published, wanted: bool) -> list[Facet] | None:
    """The facets of an answer; None where there are so many rows that they are counted only where they are asked for."""
    if answer.total > MOST_ROWS and not wanted:
        return None
    return facets_of(answer.asked, published)
