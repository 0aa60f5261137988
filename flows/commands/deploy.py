"""`copydesk deploy`: the deployments on a server that exists, for the workers of a work pool."""

from __future__ import annotations

import os
from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError


def run(
    *,
    pool: Annotated[str, Parameter(help="Work pool whose workers run them.")] = "copydesk",
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        raise PermanentError("PREFECT_API_URL names no server. Set it, or serve on this machine with: copydesk up")
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    from copydesk.flows.served.auth import let_client_in, told_where_the_key_is
    from copydesk.flows.served.deployments import deployments

    settings = settings_of(options)
    let_client_in(settings)
    try:
        with told_where_the_key_is():
            with get_client(sync_client=True) as client:
                client.read_work_pool(pool)
            for deployment in deployments(settings, pool):
                deployment.apply(work_pool_name=pool)
                say(f"{deployment.flow_name}/{deployment.name}")
    except ObjectNotFound as error:
        remedy = f"Make one: prefect work-pool create {pool} --type process"
        raise PermanentError(f"The server at {address} has no work pool {pool!r}. {remedy}") from error
    except httpx.HTTPError as error:
        raise PermanentError(
            f"The server at {address} does not answer as it should: {error}. Is PREFECT_API_URL right?"
        ) from error
    say(f"Registered at {address}. A worker runs them, with its home in its own environment:")
    say(f"COPYDESK_HOME={settings.address} prefect worker start --pool {pool}")
    return 0
