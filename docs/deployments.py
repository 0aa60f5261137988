"""The file `prefect.yaml`: the deployments for the workers of a work pool."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.flows.settings import load as settings

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

PREFECT_YAML = """\
# Written by `make docs` from the code. Change flows/served/deployments.py, not this file.
# The deployments for the workers of a work pool. The home is the workers' own: no run can choose another. All workers share it:
#   prefect work-pool create copydesk --type process
#   prefect deploy --all
#   COPYDESK_HOME=/srv/copydesk prefect worker start --pool copydesk
name: copydesk
prefect-version: {version}

deployments:
"""


def prefect_yaml() -> str:
    """The file by which `prefect deploy --all` registers the deployments of a home without sources, for a work pool."""
    from prefect import __version__

    from copydesk.flows.served.deployments import deployments

    with tempfile.TemporaryDirectory() as empty:
        listed = deployments(settings.Settings(home=Path(empty)), pool="copydesk")
    release = ".".join([*__version__.split(".")[:2], "0"])
    return PREFECT_YAML.format(version=release) + "".join(map(_deployment, listed))


def _deployment(deployment: RunnerDeployment) -> str:
    """What the file says of one deployment; texts are written as JSON, which is YAML too."""
    from prefect.client.schemas.schedules import CronSchedule

    limit = deployment.concurrency_options
    crons = [{"cron": one.schedule.cron} for one in deployment.schedules or () if isinstance(one.schedule, CronSchedule)]
    said: dict[str, Any] = {
        "entrypoint": deployment.entrypoint,
        "parameters": deployment.parameters,
        "schedules": crons,
        "concurrency_limit": limit and {"limit": deployment.concurrency_limit, "collision_strategy": limit.collision_strategy},
        "work_pool": {"name": deployment.work_pool_name},
    }
    lines = [f"  - name: {deployment.name}", *(f"    {name}: {json.dumps(value)}" for name, value in said.items() if value)]
    return "\n".join(lines) + "\n"
