"""The process that serves a home's deployments: it registers them and runs what is due.

Started by `copydesk up`, with the server's address and its auth string in the environment.
"""

import asyncio
import contextlib
from datetime import timedelta

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, FlowFilter
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.logging import get_logger
from prefect.runner import Runner

from copydesk.flows.served.deployment import TAG, source_deployment
from copydesk.flows.served.deployments import JOBS, deployments
from copydesk.flows.served.ingest import ingest
from copydesk.flows.settings import Settings, load_settings
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.errors import PermanentError

CRASHED = "copydesk: a run that is heard of no more has crashed"
FOLLOWS_WITHIN = 3.0
"""Seconds in which a change of `sources.toml` is followed."""

HEARTBEAT = 30
"""Seconds between two signs of life of a run, from its start on; Prefect allows no fewer."""


async def watch_for_crashes(within: timedelta) -> None:
    """An automation that marks runs as crashed of which nothing was heard for so long: made once a server, then kept as set."""
    ends = ("Completed", "Failed", "Cancelled", "Crashed")
    trigger = EventTrigger(
        after={"prefect.flow-run.Running", "prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in ends)},
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=within,
    )
    gone = "Its process is gone. The next run takes up what it left."
    action = ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=gone, force=False)
    with contextlib.suppress(ObjectAlreadyExists):
        try:
            there = await Automation.aread(name=CRASHED)
        except ValueError:
            await Automation(name=CRASHED, trigger=trigger, actions=[action]).acreate()
            return
        if isinstance(there.trigger, EventTrigger) and there.trigger.within != within:
            there.trigger = trigger
            await there.aupdate()


async def follow_sources(runner: Runner, settings: Settings) -> None:
    """Keeps the deployments of sources as `sources.toml` has them, while it is edited. A file that is wrong changes nothing."""
    known = await asyncio.to_thread(read_sources, settings.place)
    await forget_sources(set(known))
    await forget_old_names()
    logger = get_logger("copydesk")
    told = ""
    while True:
        try:
            specs = await asyncio.to_thread(read_sources, settings.place)
        except PermanentError as error:
            if told != str(error):
                told = str(error)
                logger.error(told)
            specs = known
        if specs != known:
            for name, spec in specs.items():
                if spec != known.get(name):
                    await runner.aadd_deployment(source_deployment(spec, settings))
            await forget_sources(set(specs))
            known = specs
        await asyncio.sleep(FOLLOWS_WITHIN)


async def forget_sources(kept: set[str]) -> None:
    """Deletes the deployments of sources that are no more; their runs stay."""
    async with get_client() as client:
        ours = DeploymentFilter.model_validate({"tags": {"all_": [TAG]}})
        flows = FlowFilter.model_validate({"name": {"any_": [ingest.name]}})
        for deployment in await client.read_deployments(flow_filter=flows, deployment_filter=ours):
            if deployment.name not in kept | {INBOX}:
                await client.delete_deployment(deployment.id)


async def forget_old_names() -> None:
    """Deletes the deployments of jobs that an earlier release called otherwise; their runs stay."""
    async with get_client() as client:
        for flow in JOBS:
            ours = DeploymentFilter.model_validate({"tags": {"all_": [TAG]}})
            one = FlowFilter.model_validate({"name": {"any_": [flow.name]}})
            for deployment in await client.read_deployments(flow_filter=one, deployment_filter=ours):
                if deployment.name != flow.name:
                    await client.delete_deployment(deployment.id)


async def serve(home: str) -> None:
    """Registers the deployments of a home and serves them until it is stopped."""
    settings = load_settings({"home": home})
    runner = Runner(name="copydesk", pause_on_shutdown=False, heartbeat_seconds=HEARTBEAT)
    await watch_for_crashes(timedelta(seconds=settings.lost_after))
    for deployment in deployments(settings):
        await runner.aadd_deployment(deployment)
    following = asyncio.create_task(follow_sources(runner, settings))
    try:
        await runner.start()
    finally:
        following.cancel()


def main(home: str) -> None:
    """Serves a home until it is stopped. Raises PermanentError for settings or a `sources.toml` that are wrong."""
    asyncio.run(serve(home))
