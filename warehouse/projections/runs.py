"""What events about runs do to the folded state."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import RunAbandoned, RunFinished, RunStarted
from copydesk.warehouse.projections.registry import insert_statement, on, replace_statement, time_of, values_of

START_RUN = replace_statement("runs", "run_id kind started_at rules program position")
FINISH_RUN = insert_statement("runs", "run_id kind outcome started_at finished_at counts sources detail position") + (
    " ON CONFLICT (run_id) DO UPDATE SET outcome = excluded.outcome, started_at = excluded.started_at, "
    "finished_at = excluded.finished_at, counts = excluded.counts, sources = excluded.sources, detail = excluded.detail, "
    "position = excluded.position"
)


@on(RunStarted)
def run_started(db: sqlite3.Connection, event: RunStarted, recorded: Recorded) -> None:
    db.execute(START_RUN, values_of(event, recorded, started_at=time_of(recorded)))


@on(RunFinished)
def run_finished(db: sqlite3.Connection, event: RunFinished, recorded: Recorded) -> None:
    values = values_of(
        event,
        recorded,
        started_at=event.started_at.astimezone(UTC).isoformat(),
        finished_at=time_of(recorded),
        counts=json.dumps(dict(event.counts)),
        sources=json.dumps(list(event.sources)),
    )
    db.execute(FINISH_RUN, values)


@on(RunAbandoned)
def run_abandoned(db: sqlite3.Connection, event: RunAbandoned, recorded: Recorded) -> None:
    db.execute(
        "UPDATE runs SET outcome = 'abandoned', finished_at = :at, detail = :detail, position = :position "
        "WHERE run_id = :run_id",
        values_of(event, recorded, detail=f"taken over by run {event.by_run}"),
    )
