"""The flows that keep a home quick and sound, and the server's history short."""

from datetime import UTC, datetime, timedelta

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from copydesk.flows.jobs import verify as checking
from copydesk.flows.jobs.maintain import maintain_steps
from copydesk.flows.runs.run import open_run
from copydesk.flows.served.artifacts import FlowProgress, completed, run_name, with_artifacts
from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.forms import form
from copydesk.flows.served.tasks import as_task
from copydesk.flows.settings import Settings
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.verify import Finding

AT_ONCE = 200


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


@task(name="check", cache_policy=NO_CACHE)
def check(settings: Settings) -> list[Finding]:
    """Compares the log, the files, their hashes and spans."""
    return checking.check(settings, get_run_logger().info)


@flow(name="verify", flow_run_name=run_name, log_prints=False, validate_parameters=True)
@form(LockOptions)
def verify(asked: LockOptions) -> State[int]:
    """Checks a home against its log: files, hashes, counts, spans, what is published. Fails where anything is wrong.

    Returns:
        A state with the number of findings; it is failed where there is one.
    """
    found = check(settings_of_run(asked))
    if not found:
        return Completed(message="all is as the log says", data=0)
    rows = [{"kind": f.kind, "what": f.what, "detail": f.detail, "documents": str(len(f.documents))} for f in found]
    create_table_artifact(rows, key="verify-findings", description="What is not as the log says")
    return Failed(message=f"{len(found)} things are not as the log says; see the artifact verify-findings")


class MaintainForm(LockOptions):
    """What the form of `maintain` asks for."""

    keep_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days that the server keeps the history of runs; the home's own log keeps every run.",
    )


@flow(name="maintain", flow_run_name=run_name, log_prints=False, validate_parameters=True)
@form(MaintainForm)
def maintain(asked: MaintainForm) -> State[dict[str, int]]:
    """Merges small files, sweeps what nobody reads any more, lets old published files and old run history go.

    Returns:
        A completed state with the run's counts, whose message says what was done.
    """
    settings = settings_of_run(asked)
    with open_run(settings, "maintain", {}, FlowProgress()) as run, with_artifacts(run):
        maintain_steps(run, as_task)
    run.tally.counts["forgotten"] = forget(asked.keep_days)
    return completed(run)
