"""The flows that make things again: what older rules made, and what was turned away."""

from datetime import date
from typing import Annotated, Literal

from prefect import flow
from pydantic import Field

from copydesk.flows.jobs.reprocess import Rejects, Selection, reprocess_steps, requeue_steps
from copydesk.flows.runs.run import open_run
from copydesk.flows.served.artifacts import FlowProgress, run_name, with_artifacts
from copydesk.flows.served.asked import bounds_of_run, settings_of_run
from copydesk.flows.served.tasks import as_task
from copydesk.flows.settings import CLUSTER


@flow(name="reprocess", flow_run_name=run_name, log_prints=False, validate_parameters=True)
def reprocess(
    stage: Literal["all", "clean", "facts"] = "all",
    source: str = "",
    since: date | None = None,
    until: date | None = None,
    home: str = "",
    jobs: Annotated[int, Field(ge=0, le=1024)] = 0,
    executor: Annotated[str, Field(pattern=CLUSTER)] = "",
    max_rejects: Annotated[float, Field(ge=0, le=1)] = 0.2,
    wait: Annotated[float, Field(ge=0)] = 600.0,
) -> dict[str, int]:
    """Makes again, by today's rules, what older rules made. Outputs supersede each other whole; history keeps the old.

    Args:
        stage: What must have changed since: clean for blocks and articles, facts for facts, all for anything
        source: Only documents of this source; empty for all
        since: Only documents received on this day or later
        until: Only documents received on this day or earlier
        home: Folder that holds the log, the Parquet files and warehouse.duckdb; a run of a deployment cannot choose another
        jobs: Processes that transform documents; 0 is one a core
        executor: Dask cluster of the settings, as dask://HOST:PORT; a run of a deployment cannot choose another
        max_rejects: Share of rejected documents over which the run fails, 0 to 1
        wait: Seconds to wait for another run to leave the home

    Returns:
        The run's counts.
    """
    given = {"home": home, "jobs": jobs, "executor": executor, "max_rejects": max_rejects, "wait": wait}
    settings = settings_of_run(given)
    selection = Selection(stage, source or None, since, until)
    with open_run(settings, "reprocess", selection.parameters, FlowProgress()) as run, with_artifacts(run):
        reprocess_steps(run, selection, as_task)
    return dict(run.tally.counts)


@flow(name="requeue", flow_run_name=run_name, log_prints=False, validate_parameters=True)
def requeue(
    reason: str = "",
    source: str = "",
    home: str = "",
    jobs: Annotated[int, Field(ge=0, le=1024)] = 0,
    executor: Annotated[str, Field(pattern=CLUSTER)] = "",
    max_rejects: Annotated[float, Field(ge=0, le=1)] = 1.0,
    wait: Annotated[float, Field(ge=0)] = 600.0,
) -> dict[str, int]:
    """Decides again what was turned away.

    Args:
        reason: Only rejects of this reason, or that broke this expectation; empty for all
        source: Only rejects of this source; empty for all
        home: Folder that holds the log, the Parquet files and warehouse.duckdb; a run of a deployment cannot choose another
        jobs: Processes that transform documents; 0 is one a core
        executor: Dask cluster of the settings, as dask://HOST:PORT; a run of a deployment cannot choose another
        max_rejects: Share of rejected documents over which the run fails, 0 to 1
        wait: Seconds to wait for another run to leave the home

    Returns:
        The run's counts.
    """
    given = {"home": home, "jobs": jobs, "executor": executor, "max_rejects": max_rejects, "wait": wait}
    settings = settings_of_run(given)
    rejects = Rejects(reason or None, source or None)
    with open_run(settings, "requeue", rejects.parameters, FlowProgress()) as run, with_artifacts(run):
        requeue_steps(run, rejects, as_task, bounds_of_run(settings))
    return dict(run.tally.counts)
