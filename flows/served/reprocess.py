"""The flows that make things again: what older rules made, and what was turned away."""

from prefect import flow
from prefect.client.schemas.objects import State

from copydesk.flows.jobs.reprocess import Rejects, Selection, reprocess_steps, requeue_steps
from copydesk.flows.runs.run import open_run
from copydesk.flows.served.artifacts import FlowProgress, completed, run_name, with_artifacts
from copydesk.flows.served.asked import bounds_of_run, settings_of_run
from copydesk.flows.served.forms import form
from copydesk.flows.served.tasks import as_task
from copydesk.flows.settings.options import ReprocessOptions, RequeueOptions


@flow(name="reprocess", flow_run_name=run_name, log_prints=False, validate_parameters=True)
@form(ReprocessOptions)
def reprocess(asked: ReprocessOptions) -> State[dict[str, int]]:
    """Makes again, by today's rules, what older rules made. Outputs supersede each other whole; history keeps the old.

    Returns:
        A completed state with the run's counts, whose message says what it brought.
    """
    settings = settings_of_run(asked)
    selection = Selection(asked.stage, asked.source, asked.since, asked.until)
    with open_run(settings, "reprocess", selection.parameters, FlowProgress()) as run, with_artifacts(run):
        reprocess_steps(run, selection, as_task)
    return completed(run)


@flow(name="requeue", flow_run_name=run_name, log_prints=False, validate_parameters=True)
@form(RequeueOptions)
def requeue(asked: RequeueOptions) -> State[dict[str, int]]:
    """Decides again what was turned away.

    Returns:
        A completed state with the run's counts, whose message says what it brought.
    """
    settings = settings_of_run(asked)
    rejects = Rejects(asked.reason, asked.source)
    with open_run(settings, "requeue", rejects.parameters, FlowProgress()) as run, with_artifacts(run):
        requeue_steps(run, rejects, as_task, bounds_of_run(settings))
    return completed(run)
