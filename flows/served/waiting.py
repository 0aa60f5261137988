"""Runs that wait for their turn: those that the clock asked for and that have nothing left to do are let go."""

from datetime import datetime

import httpx
from prefect import get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectException
from prefect.runtime import deployment
from prefect.states import Cancelled

WAITING = ("Late", "AwaitingConcurrencySlot")
"""The states of a run that was due and has not begun."""

AT_ONCE = 200


def let_missed_go(began: datetime) -> None:
    """Cancels the runs of this deployment that the clock asked for before `began`, when the run that calls this began.

    They would find nothing that this one has not taken in: after an outage the missed times give one run. A run that a
    person asked for waits its turn and is not touched. That the server does not answer is no failure of the run.
    """
    if not deployment.id:
        return
    try:
        with get_client(sync_client=True) as client:
            _cancel(client, str(deployment.id), began)
    except (httpx.HTTPError, PrefectException) as error:
        get_run_logger().warning("Runs that were missed could not be cancelled: %s", error)


def _cancel(client: SyncPrefectClient, deployment_id: str, began: datetime) -> None:
    due = FlowRunFilter.model_validate(
        {
            "deployment_id": {"any_": [deployment_id]},
            "state": {"name": {"any_": list(WAITING)}},
            "expected_start_time": {"before_": began},
        }
    )
    missed: State[None] = Cancelled(message="An earlier run has taken in what this one was for.")
    for waiting in client.read_flow_runs(flow_run_filter=due, limit=AT_ONCE):
        if waiting.auto_scheduled:
            client.set_flow_run_state(waiting.id, missed)
