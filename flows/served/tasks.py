"""The steps of runs as tasks, so that the Prefect UI shows each of them with its time and its log."""

from collections.abc import Callable
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from copydesk.flows.jobs.reprocess import process_outdated, put_back
from copydesk.flows.runs.compaction import compact_files
from copydesk.flows.runs.receive import receive
from copydesk.flows.runs.steps import conclude, learn, process
from copydesk.warehouse.errors import in_stage

NAMES = {
    receive: "receive",
    learn: "learn",
    process: "process",
    conclude: "publish",
    process_outdated: "reprocess",
    put_back: "put back",
    compact_files: "compact",
}
TRIED_AGAIN = {receive: {"retries": 2, "retry_delay_seconds": 2}}
"""A network share may be away for a moment."""

TASKS = {
    step: task(step, name=name, cache_policy=NO_CACHE, **TRIED_AGAIN.get(step, {}))  # type: ignore[call-overload]
    for step, name in NAMES.items()
}


def as_task(step: Callable[..., None], /, *arguments: Any) -> None:
    """Calls a step as a task of the flow run that is going on."""
    with in_stage(step.__name__):
        TASKS[step](*arguments)
