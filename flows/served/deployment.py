"""How the deployment of one flow is made: its parameters, its schedule, one run at a time."""

from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from copydesk.flows.served.ingest import ingest
from copydesk.flows.settings import Settings
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import Spec

TAG = "copydesk"
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run of a deployment that is still going cancels the newcomer: after an outage missed times give one run."""


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
        parameters={**form_parameters(settings, pool), "source": spec.name},
        description=f"{what} Drop a file in and wait, or run it now.",
        concurrency_limit=ONE_AT_A_TIME,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
        work_pool_name=pool,
    )


def form_parameters(settings: Settings, pool: str | None) -> dict[str, Any]:
    """What the forms begin with. The workers of a pool have their home in their own environment."""
    return {
        **({} if pool else {"home": settings.address}),
        "jobs": settings.jobs,
        "max_rejects": settings.max_rejects,
        "max_bytes": settings.max_bytes,
        "wait": settings.wait,
    }
