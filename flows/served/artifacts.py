"""What a flow run tells while it goes on and when it is over: its log, its progress, its artifacts, its events."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prefect import get_run_logger
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.states import Completed

from copydesk.flows.runs.news import new_articles, new_conflicts, new_figures, told_in_a_line
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.runs.silence import Silence
from copydesk.flows.served.auth import SERVERS
from copydesk.flows.served.hosting import ORIGINS
from copydesk.flows.served.run_markdown import report, table_of_facts, table_of_rejects
from copydesk.flows.served.waiting import let_missed_go
from copydesk.flows.site.desk.keys import Keys
from copydesk.flows.site.watches.check import Match, check_watches

MOST_MATCHES = 100
"""Rows of what a watch found that are told."""

MOST_EVENTS = 100
"""Rejects of one run that are told as events of their own."""


class FlowProgress(Progress):
    """Tells what happens to the flow run's log, and how far it is as a progress artifact."""

    def __init__(self) -> None:
        self._logger = get_run_logger()
        self._artifact: object = None

    def say(self, message: str) -> None:
        self._logger.info(message)

    def batch(self, done: int, total: int, rejected: int) -> None:
        self._logger.info("%d of %d documents decided, %d rejected", done, total, rejected)
        share = 100.0 * done / max(1, total)
        if self._artifact is None:
            self._artifact = create_progress_artifact(progress=share, description="Documents decided")
        else:
            update_progress_artifact(artifact_id=self._artifact, progress=share)  # type: ignore[arg-type]


def run_name() -> str:
    """The name of a flow run: its source, or what it does, and the time."""
    parameters = flow_run.parameters
    start: datetime | None = flow_run.scheduled_start_time
    what = parameters.get("source") or flow_run.flow_name
    return f"{what} {start:%Y-%m-%d %H:%M}" if start else str(what)


def desk_address() -> str | None:
    """The address of the desk on the server of this run, without a slash at its end.

    Through a proxy where the operator named one. None where the server is none of `copydesk up`, which serves a desk.
    """
    auth_string, api = os.environ.get(SERVERS), os.environ.get("PREFECT_API_URL", "")
    proxies = [origin for origin in os.environ.get(ORIGINS, "").split(",") if origin.startswith("https:")]
    return f"{(proxies or [api.removesuffix('/api')])[0]}{Keys(auth_string).root}" if auth_string and api else None


@contextmanager
def with_artifacts(run: Run) -> Iterator[None]:
    """Tells what came of a run, however it ends: artifacts of what came in, was stripped, turned away and found; events."""
    try:
        yield
    finally:
        kind = run.kind
        articles, conflicts = new_articles(run), new_conflicts(run)
        run.tally.conflicts = len(conflicts)
        matches = check_watches(run.home, get_run_logger().warning) if run.published else []
        run.tally.matches = sum(len(match.new) for match in matches)
        told = report(run, articles, conflicts, desk_address())
        create_markdown_artifact(told, key=f"{kind}-run", description=told_in_a_line(run.tally))
        if run.tally.rejected_rows:
            create_table_artifact(table_of_rejects(run), key=f"{kind}-rejects", description="What was turned away, and why")
        if facts := table_of_facts(new_figures(run)):
            create_table_artifact(facts, key=f"{kind}-facts", description="Figures of the new articles")
        for match in matches:
            _tell_match(match)
        _emit(run)
        let_missed_go(run.started_at)


def completed(run: Run) -> State[dict[str, int]]:
    """The state that a run ends in, after its artifacts: its message says what it brought, its data are the run's counts."""
    return Completed(message=told_in_a_line(run.tally), data=dict(run.tally.counts))


def tell_silence(silence: Silence) -> None:
    """Says that a source is silent: in the run's log, and as an event that an automation can wait for."""
    get_run_logger().warning(str(silence))
    source = {"prefect.resource.id": f"copydesk.source.{silence.source}", "prefect.resource.name": silence.source}
    emit_event("copydesk.source.silent", source, payload={"message": str(silence), "since": silence.since.isoformat()})


def _tell_match(match: Match) -> None:
    """Tells what a watch found anew: in the run's log, as a table, and as an event that an automation can wait for."""
    get_run_logger().info(match.told())
    if not match.new:
        return
    name = match.watch.name
    rows = table_of_facts(row.values for row in match.new[:MOST_MATCHES])
    create_table_artifact(rows, key=f"watch-{name.replace('_', '-')}", description=match.told())
    watch = {"prefect.resource.id": f"copydesk.watch.{name}", "prefect.resource.name": name}
    payload = {"new": len(match.new), "found": match.found, "keys": [row.key for row in match.new[:MOST_MATCHES]]}
    emit_event("copydesk.watch.matched", watch, payload=payload)


def _emit(run: Run) -> None:
    """The events that an automation can wait for."""
    home = {"prefect.resource.id": f"copydesk.home.{run.settings.address}", "prefect.resource.name": str(run.home)}
    if run.tally.counts["ingested"] or run.tally.counts["rejected"]:
        counts = {name: number for name, number in run.tally.counts.items() if number}
        emit_event("copydesk.batch.committed", home, payload={"run_id": run.run_id, "sources": run.tally.sources, **counts})
    for row in run.tally.rejected_rows[:MOST_EVENTS]:
        document = {"prefect.resource.id": f"copydesk.document.{row['source_uri']}", "prefect.resource.name": row["source_uri"]}
        emit_event("copydesk.document.rejected", document, payload={"reason": row["reason"], "detail": row["detail"] or ""})
