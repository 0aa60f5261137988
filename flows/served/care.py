"""The flow that keeps a home quick, and the server's history short."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from pydantic import Field

from flows import maintain as steps
from flows.run import Run, open_run
from flows.served.ingest import conclude
from flows.served.telling import FlowProgress, run_name, told
from flows.settings import load_settings

AT_ONCE = 200


@task(name="tidy", cache_policy=NO_CACHE)
def tidy(run: Run) -> None:
    """Merges small files and sweeps what nobody reads any more."""
    steps.tidy(run)


@task(name="forget", cache_policy=NO_CACHE)
def forget(days: int) -> int:
    """Deletes flow runs that ended longer ago; the home's own log keeps every run."""
    before = datetime.now(UTC) - timedelta(days=days)
    old = FlowRunFilter.model_validate({"end_time": {"before_": before}})
    gone = 0
    with get_client(sync_client=True) as client:
        while found := client.read_flow_runs(flow_run_filter=old, limit=AT_ONCE):
            for one in found:
                client.delete_flow_run(one.id)
            gone += len(found)
    return gone


@flow(name="maintain", flow_run_name=run_name, log_prints=False, validate_parameters=True)
def maintain(
    home: str = "data",
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 30,
    wait: Annotated[float, Field(ge=0)] = 600.0,
) -> dict[str, int]:
    """Merges small files, sweeps what nobody reads any more, lets old published files and old run history go.

    Args:
        home: Folder that holds the log, the Parquet files and warehouse.duckdb
        keep_days: Days that the server keeps the history of runs; the home's own log keeps every run
        wait: Seconds to wait for another run to leave the home

    Returns:
        The run's counts.
    """
    settings = load_settings({"home": home, "wait": wait})
    with open_run(settings, "maintain", {}, FlowProgress()) as run, told(run):
        tidy(run)
        conclude(run)
    return {**run.counts, "forgotten": forget(keep_days)}
