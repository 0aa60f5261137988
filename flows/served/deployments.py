"""The deployments: each flow with its schedule, as the Prefect UI lists them."""

from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from copydesk.flows.options import ProcessOptions
from copydesk.flows.served.forms import OWN
from copydesk.flows.served.ingest import ingest
from copydesk.flows.served.maintenance import maintain, verify
from copydesk.flows.served.reprocess import reprocess, requeue
from copydesk.flows.served.schedules import EVERY_FIVE_MINUTES, NIGHTLY, WEEKLY
from copydesk.flows.served.source_forms import add, remove
from copydesk.flows.settings import Settings
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import read_sources
from copydesk.flows.sources.source_options import Spec

ON_DEMAND = "on-demand"
TAG = "copydesk"
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run of a deployment that is still going cancels the newcomer: after an outage missed times give one run."""


def deployments(settings: Settings, pool: str | None = None) -> list[RunnerDeployment]:
    """The deployments of a home: the inbox, every source of its `sources.toml`, and what is run by hand.

    With `pool` they are for the workers of a work pool, else for the process that serves them.
    """
    inbox = Spec(name=INBOX, kind="folder", location=str(settings.place.inbox), schedule=EVERY_FIVE_MINUTES)
    made = [source_deployment(spec, settings, pool) for spec in (inbox, *read_sources(settings.place).values())]
    for flow, name, cron in (
        (reprocess, ON_DEMAND, None),
        (requeue, ON_DEMAND, None),
        (add, ON_DEMAND, None),
        (remove, ON_DEMAND, None),
        (maintain, "nightly", NIGHTLY),
        (verify, "weekly", WEEKLY),
    ):
        made.append(
            RunnerDeployment.from_flow(
                flow,
                name,
                cron=cron,
                parameters=_parameters(flow, settings, pool),
                description=(flow.description or "").split("\n\nArgs:")[0],
                concurrency_limit=ONE_AT_A_TIME,
                tags=[TAG],
                entrypoint_type=EntrypointType.MODULE_PATH,
                work_pool_name=pool,
            )
        )
    return made


def deployment_name(source: str) -> str:
    """The full name of a source's deployment."""
    return f"{ingest.name}/{source}"


def source_deployment(spec: Spec, settings: Settings, pool: str | None = None) -> RunnerDeployment:
    """The deployment of a source, by its own schedule."""
    what = "What is new in the inbox folder." if spec.name == INBOX else f"What is new at {spec.shown} ({spec.kind})."
    return RunnerDeployment.from_flow(
        ingest,
        spec.name,
        cron=spec.schedule,
        parameters={**_parameters(ingest, settings, pool), "source": spec.name},
        description=f"{what} Drop a file in and wait, or run it now.",
        concurrency_limit=ONE_AT_A_TIME,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
        work_pool_name=pool,
    )


def _parameters(flow: Flow[Any, Any], settings: Settings, pool: str | None) -> dict[str, Any]:
    """What the form of a flow begins with: what the operator has set; for the rest the form has the flow's own defaults.

    The workers of a pool have their home in their own environment.
    """
    names = flow.parameters.properties.keys() & settings.model_fields_set - OWN.keys()
    home = {} if pool else {"home": settings.address}
    return {**home, **{name: getattr(settings, name) for name in ProcessOptions.model_fields if name in names}}
