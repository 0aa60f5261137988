"""What `sources.toml` says is read, and when it is read next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from croniter import croniter

from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.home import Home


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A source as `sources.toml` has it: its kind, where it lies, its cron expression, and when that comes next."""

    name: str
    kind: str
    location: str
    schedule: str | None
    next: datetime | None


def planned_sources(home: Home) -> dict[str, Planned]:
    """The sources of a home by name. Raises PermanentError where the file is wrong."""
    return {
        spec.name: Planned(
            name=spec.name,
            kind=spec.kind,
            location=spec.shown,
            schedule=spec.schedule or None,
            next=next_time(spec.schedule) if spec.schedule else None,
        )
        for spec in read_sources(home).values()
    }


def next_time(cron: str, now: datetime | None = None) -> datetime:
    """When a cron expression comes next, in UTC.

    >>> next_time("30 3 * * *", datetime(2026, 5, 3, 12, tzinfo=UTC)).isoformat()
    '2026-05-04T03:30:00+00:00'
    """
    following: datetime = croniter(cron, now or datetime.now(UTC)).get_next(datetime)
    return following
