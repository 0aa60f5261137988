"""The rhythm of a source: the median time between its latest new documents, and for how long it may be silent.

There is one definition, in SQL: the view `source_health` is made of it, and a scheduled run asks it of one source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LATEST = 60
"""The newest times at which a source gave something new that its rhythm is made of."""

LEAST_GAPS = 3
"""With fewer gaps than this between them a source has no rhythm yet."""

TIMES = 3
"""A source is silent once nothing came for this many times its rhythm."""


def rhythm_tables(documents: str) -> str:
    """Common table expressions for a query: `rhythm` has a source and its `usual_gap_hours`, None while it has no rhythm.

    `documents` is a table of DuckDB with the columns `source` and `received_at`.
    """
    return f"""
times AS (
  SELECT DISTINCT source, received_at FROM {documents}
  QUALIFY dense_rank() OVER (PARTITION BY source ORDER BY received_at DESC) <= {LATEST}
), gaps AS (
  SELECT source, date_diff('second', lag(received_at) OVER (PARTITION BY source ORDER BY received_at), received_at)
    / 3600.0 AS gap FROM times
), rhythm AS (
  SELECT source, CASE WHEN count(gap) >= {LEAST_GAPS} THEN median(gap) END AS usual_gap_hours FROM gaps GROUP BY source
)"""


def is_overdue(last: str, now: str) -> str:
    """A condition: whether nothing came since the time `last`, at the time `now`, for longer than the rhythm allows."""
    return f"coalesce(date_diff('second', {last}, {now}) / 3600.0 > {TIMES} * usual_gap_hours, false)"


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A source that is silent: when it last gave something new, and how often it usually does."""

    since: datetime
    usual: timedelta


def overdue(times: Sequence[datetime], now: datetime) -> Overdue | None:
    """The silence of one source at the time `now`; None where it has no rhythm yet, or keeps it.

    `times` are those at which it gave something new, in any order, with a zone.
    """
    import duckdb

    if not times:
        return None
    with duckdb.connect() as db:
        db.execute("CREATE TABLE received (source TEXT, received_at TIMESTAMP)")
        db.executemany("INSERT INTO received VALUES ('', ?)", [(_utc(time),) for time in times])
        row = db.execute(
            f"WITH {rhythm_tables('received')}, latest AS (SELECT max(received_at) AS last FROM received) "
            f"SELECT last, usual_gap_hours FROM rhythm, latest WHERE {is_overdue('last', '$1::TIMESTAMP')}",
            [_utc(now)],
        ).fetchone()
    return Overdue(since=row[0].replace(tzinfo=UTC), usual=timedelta(hours=row[1])) if row else None


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)
