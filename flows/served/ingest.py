"""The ingest flow: the same steps as `copydesk ingest`, as a few coarse tasks that the Prefect UI shows."""

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from copydesk.flows.jobs.ingest import ingest_steps
from copydesk.flows.runs.run import Run, open_run
from copydesk.flows.runs.silence import silence_of
from copydesk.flows.served.artifacts import FlowProgress, completed, run_name, tell_silence, with_artifacts
from copydesk.flows.served.asked import bounds_of_run, settings_of_run
from copydesk.flows.served.forms import form
from copydesk.flows.served.tasks import as_task
from copydesk.flows.settings.options import RunOptions
from copydesk.flows.sources.choose import INBOX, SETTLE, chosen_source


@task(name="report", cache_policy=NO_CACHE)
def write_report(run: Run) -> None:
    """Writes the report: pages to look at what the home holds. That it cannot be written is no failure of the run."""
    from copydesk.flows.site.build import report_of

    try:
        run.tally.report = report_of(run.home, run.home.report.resolve(), run.progress.say)
    except OSError as error:
        get_run_logger().warning("The report was not written: %s", error)


class IngestForm(RunOptions):
    """What the form of `ingest` asks for."""

    source: str = Field(
        default=INBOX,
        min_length=1,
        description="Name of a source in sources.toml, or inbox; with paths, the name under which they stand in the warehouse.",
    )
    paths: tuple[str, ...] = Field(
        default=(),
        description="Files and folders to take in instead, under the home, a source's location or a root that copydesk.toml "
        "allows.",
    )
    settle: float = Field(
        default=SETTLE,
        ge=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds that a file must have been left alone; a younger one waits for the next run.",
    )


@flow(name="ingest", flow_run_name=run_name, log_prints=False, validate_parameters=True)
@form(IngestForm)
def ingest(asked: IngestForm) -> State[dict[str, int]]:
    """Takes in what is new at a source: raw bytes first, then articles, sentences and facts, judged and published.

    Fails where more than `max_rejects` of ten or more documents were rejected; what passed is kept all the same.

    Returns:
        A completed state with the run's counts, whose message says what it brought; it is named Silent where the source was
        silent for three times its rhythm.
    """
    settings = settings_of_run(asked)
    chosen = chosen_source(settings, asked.source, asked.paths, asked.settle, bounds_of_run(settings))
    parameters = {"source": chosen.name, "paths": list(asked.paths)}
    with open_run(settings, "ingest", parameters, FlowProgress()) as run, with_artifacts(run):
        ingest_steps(run, chosen, as_task)
        if run.published:
            write_report(run)
        silence = silence_of(run, chosen.name) if not run.tally.counts["received"] else None
    if silence is None:
        return completed(run)
    tell_silence(silence)
    return Completed(name="Silent", message=str(silence), data=dict(run.tally.counts))
