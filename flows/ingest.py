"""The ingest flow: the same steps as `copydesk ingest`, as a few coarse tasks that the Prefect UI shows."""

import os
from pathlib import Path
from typing import Annotated

# Nothing calls out: the server's analytics stay off wherever this flow runs.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, get_run_logger, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows import steps
from flows.report import report, table_of_rejects
from flows.run import Progress, Run, open_run
from flows.settings import MEGABYTE, load_settings
from flows.sources.folder import FolderSource
from flows.sources.found import Source


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


@task(name="receive", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2)
def receive(run: Run, source: Source) -> None:
    """Saves the bytes of every new or changed document. Tried again: a share may be away for a moment."""
    steps.receive(run, source)


@task(name="learn", cache_policy=NO_CACHE)
def learn(run: Run) -> None:
    """Learns which lines repeat over a site."""
    steps.learn(run)


@task(name="process", cache_policy=NO_CACHE)
def process(run: Run) -> None:
    """Cleans, splits, extracts and judges; commits batch by batch."""
    steps.process(run)


@task(name="publish", cache_policy=NO_CACHE)
def conclude(run: Run) -> None:
    """Ends the run in the log and publishes the warehouse."""
    steps.conclude(run)


@flow(name="ingest", flow_run_name="{source}", log_prints=False, validate_parameters=True)
def ingest(
    paths: Annotated[list[str], Field(min_length=1)],
    home: str = "data",
    source: Annotated[str, Field(min_length=1)] = "inbox",
    jobs: Annotated[int, Field(ge=0, le=1024)] = 0,
    max_rejects: Annotated[float, Field(ge=0, le=1)] = 0.2,
    max_bytes: Annotated[int, Field(ge=1)] = 32 * MEGABYTE,
    wait: Annotated[float, Field(ge=0)] = 600.0,
) -> dict[str, int]:
    """Takes in what is new at the paths: raw bytes first, then articles, sentences and facts, judged and published.

    Fails where more than `max_rejects` of ten or more documents were rejected; what passed is kept all the same.

    Args:
        paths: Files and folders to take in: .txt .md .html .htm, each also .gz
        home: Folder that holds the log, the Parquet files and warehouse.duckdb
        source: Name of the source in the warehouse
        jobs: Processes that transform documents; 0 is one a core
        max_rejects: Share of rejected documents over which the run fails, 0 to 1
        max_bytes: Bytes over which a document is turned away
        wait: Seconds to wait for another run to leave the home

    Returns:
        The run's counts.
    """
    settings = load_settings({"home": home, "jobs": jobs, "max_rejects": max_rejects, "max_bytes": max_bytes, "wait": wait})
    parameters = {"paths": paths, "source": source}
    with open_run(settings, "ingest", parameters, FlowProgress()) as run:
        try:
            receive(run, FolderSource(source, [Path(path) for path in paths]))
            if run.state.has_pending:
                learn(run)
                process(run)
            conclude(run)
        finally:
            create_markdown_artifact(report(run), key="ingest-run", description="What came of the run")
            if run.rejected_rows:
                create_table_artifact(table_of_rejects(run), key="ingest-rejects", description="What was turned away")
    return dict(run.counts)
