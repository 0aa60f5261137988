"""Search inside SQL: `FROM search('harbour flood')` gives the rows that `copydesk search` lists, in the same order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast, get_args

from copydesk.warehouse.errors import CopydeskError
from copydesk.warehouse.search import Found, Hit, Kind, NoIndex, Wanted
from copydesk.warehouse.searching.query import EmptyQuestion, question_of

if TYPE_CHECKING:
    import duckdb

MOST = 10_000
"""Hits that one call gives at most."""

COLUMNS = {
    "rank": "BIGINT",
    "id": "VARCHAR",
    "article_id": "VARCHAR",
    "published_on": "DATE",
    "outlet": "VARCHAR",
    "title": "VARCHAR",
    "text": "VARCHAR",
    "marks": "BIGINT[][]",
    "span_start": "BIGINT",
    "span_end": "BIGINT",
    "kind": "VARCHAR",
    "measure": "VARCHAR",
    "place": "VARCHAR",
    "claimant": "VARCHAR",
    "score": "DOUBLE",
}
"""The columns of the rows, and their types; `marks` are the spans of `text` that hold the words."""

TAKEN = "VARCHAR VARCHAR VARCHAR[] DATE DATE VARCHAR VARCHAR BIGINT BIGINT".split()
GIVEN = f"STRUCT(problem VARCHAR, hits STRUCT({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})[])"
MACRO = """
CREATE OR REPLACE TEMP MACRO search(words, among := 'articles', outlets := NULL, since := NULL, until := NULL, measure := NULL,
  place := NULL, most := 20, skip := 0) AS TABLE
SELECT unnest(CASE WHEN asked.problem IS NULL THEN asked.hits ELSE error(asked.problem) END, max_depth := 2)
FROM (SELECT search_hits(words::VARCHAR, among::VARCHAR, outlets::VARCHAR[], since::DATE, until::DATE, measure::VARCHAR,
  place::VARCHAR, most::BIGINT, skip::BIGINT) AS asked)
"""

Ask = Callable[[Wanted], Found]


def add_search(db: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    """Gives a connection to a published warehouse the table function `search`.

    Args:
        db: the connection; others to the same file in this process share what `ask` is the first time.
        ask: answers a question, as `flows.jobs.search.search` does for the settings of the home.
    """
    import duckdb

    # DuckDB counts the names of what a function is given.
    def search_hits(  # type: ignore[no-untyped-def]
        words, among, outlets, since, until, measure, place, most, skip
    ):
        return _hits(ask, (words, among, outlets, since, until, measure, place, most, skip))

    # Another connection of this process to the file may have given it the function already.
    with contextlib.suppress(duckdb.CatalogException):
        # NULL is given to the function too, which says what to write.
        db.create_function("search_hits", search_hits, TAKEN, GIVEN, null_handling="special")  # type: ignore[call-overload]
    db.execute(MACRO)


def _hits(ask: Ask, given: tuple[Any, ...]) -> dict[str, object]:
    """What is found, or why nothing can be, in words."""
    try:
        wanted = _wanted(*given)
        return {"problem": None, "hits": [_row(rank, hit) for rank, hit in enumerate(ask(wanted).hits, wanted.skip + 1)]}
    except (CopydeskError, EmptyQuestion, NoIndex, ValueError) as error:
        return {"problem": str(error), "hits": None}


def _wanted(
    words: str | None,
    among: str | None,
    outlets: Sequence[str | None] | None,
    since: date | None,
    until: date | None,
    measure: str | None,
    place: str | None,
    most: int | None,
    skip: int | None,
) -> Wanted:
    """What a call asks for: NULL is as if nothing were given.

    Raises ValueError, whose words say how to write it, for what cannot be asked.
    """
    among, most, skip = among or "articles", 20 if most is None else most, skip or 0
    if among not in get_args(Kind):
        raise ValueError(f"among := {among!r} is none of {', '.join(get_args(Kind))}.")
    if not (1 <= most <= MOST and skip >= 0):
        raise ValueError(f"most := {most} and skip := {skip} cannot be: most is 1 to {MOST}, skip 0 or more.")
    return Wanted(
        question=question_of(words or ""),
        among=cast(Kind, among),
        outlets=tuple(outlet for outlet in outlets or () if outlet is not None),
        since=since,
        until=until,
        measure=measure,
        place=place,
        limit=most,
        skip=skip,
    )


def _row(rank: int, hit: Hit) -> dict[str, object]:
    values = {**vars(hit), "rank": rank, "span_start": hit.span[0], "span_end": hit.span[1]}
    values["marks"] = [list(mark) for mark in hit.marks]
    return {name: values[name] for name in COLUMNS}
