"""How the deployment of one flow is made: its parameters, its schedule, one run at a time."""

from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from copydesk.flows.served.forms import OWN
from copydesk.flows.served.ingest import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.settings.options import ProcessOptions
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.source_options import Spec

TAG = "copydesk"
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
"""A run that is asked for while another of its deployment goes on waits its turn; see `waiting` for missed times."""


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
        parameters={**form_parameters(ingest, settings, pool), "source": spec.name},
        description=f"{what} Drop a file in and wait, or run it now.",
        concurrency_limit=ONE_AT_A_TIME,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
        work_pool_name=pool,
    )


def form_parameters(flow: Flow[Any, Any], settings: Settings, pool: str | None) -> dict[str, Any]:
    """What the form of a flow begins with: what the operator has set; for the rest the form has the flow's own defaults.

    The workers of a pool have their home in their own environment.
    """
    names = flow.parameters.properties.keys() & settings.model_fields_set - OWN.keys()
    home = {} if pool else {"home": settings.address}
    return {**home, **{name: getattr(settings, name) for name in ProcessOptions.model_fields if name in names}}
