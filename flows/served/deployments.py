"""The deployments: each flow with its schedule, as the Prefect UI lists them."""

from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from copydesk.flows.served.deployment import ONE_AT_A_TIME, TAG, form_parameters, source_deployment
from copydesk.flows.served.entity_forms import rule
from copydesk.flows.served.maintenance import maintain, verify
from copydesk.flows.served.reprocess import reprocess, requeue
from copydesk.flows.served.schedules import EVERY_FIVE_MINUTES, NIGHTLY, WEEKLY
from copydesk.flows.served.source_forms import add, remove
from copydesk.flows.served.story_forms import rule_stories
from copydesk.flows.served.watch_forms import add_watched, remove_watched
from copydesk.flows.settings import Settings
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import read_sources
from copydesk.flows.sources.source_options import Spec

JOBS: dict[Flow[Any, Any], str | None] = {
    reprocess: None,
    requeue: None,
    add: None,
    remove: None,
    add_watched: None,
    remove_watched: None,
    rule: None,
    rule_stories: None,
    maintain: NIGHTLY,
    verify: WEEKLY,
}
"""What is done besides ingesting, with its schedule; the deployment of each has its flow's name."""


def deployments(settings: Settings, pool: str | None = None) -> list[RunnerDeployment]:
    """The deployments of a home: the inbox, every source of its `sources.toml`, and what is run by hand.

    With `pool` they are for the workers of a work pool, else for the process that serves them.
    """
    inbox = Spec(name=INBOX, kind="folder", location=str(settings.place.inbox), schedule=EVERY_FIVE_MINUTES)
    made = [source_deployment(spec, settings, pool) for spec in (inbox, *read_sources(settings.place).values())]
    for flow, cron in JOBS.items():
        made.append(
            RunnerDeployment.from_flow(
                flow,
                flow.name,
                cron=cron,
                parameters=form_parameters(flow, settings, pool),
                description=(flow.description or "").split("\n\nArgs:")[0],
                concurrency_limit=ONE_AT_A_TIME,
                tags=[TAG],
                entrypoint_type=EntrypointType.MODULE_PATH,
                work_pool_name=pool,
            )
        )
    return made
