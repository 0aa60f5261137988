"""The process that serves a home's deployments: it registers them and runs what is due.

    python -m flows.served.runner HOME

Started by `copydesk up`, with the server's address in the environment.
"""

import asyncio
import contextlib
import sys
from datetime import timedelta
from pathlib import Path

from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.runner import Runner

from flows.served.deployments import deployments
from flows.settings import load_settings

CRASHED = "copydesk: a run that is heard of no more has crashed"
SILENT = timedelta(seconds=90)
"""A run that sends no heartbeat (one every 30 s, from its start on) for so long is marked as crashed."""


async def watch_for_crashes() -> None:
    """An automation that marks runs as crashed whose process is gone; made once a server."""
    ends = ("Completed", "Failed", "Cancelled", "Crashed")
    trigger = EventTrigger(
        after={"prefect.flow-run.Running", "prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in ends)},
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=SILENT,
    )
    gone = "Its process is gone. The next run takes up what it left."
    action = ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=gone, force=False)
    with contextlib.suppress(ObjectAlreadyExists):
        try:
            await Automation.aread(name=CRASHED)
        except ValueError:
            await Automation(name=CRASHED, trigger=trigger, actions=[action]).acreate()


async def serve(home: Path) -> None:
    """Registers the deployments of a home and serves them until it is stopped."""
    settings = load_settings({"home": home})
    runner = Runner(name="copydesk", pause_on_shutdown=False, heartbeat_seconds=30)
    await watch_for_crashes()
    for deployment in deployments(settings):
        await runner.aadd_deployment(deployment)
    await runner.start()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Path(sys.argv[1])))
