"""The deployments of another home, registered at a server for a work pool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copydesk
from tests.flows.serving import STOPS_WITHIN, Served


@pytest.fixture(scope="module", autouse=True)
def no_more_is_served(served: Served) -> Iterator[None]:
    """Ends the server after the last of the files that look at it: it would go on taking processor time until all tests end."""
    yield
    served.process.terminate()
    served.process.wait(STOPS_WITHIN)


def test_the_deployments_of_another_home_for_a_work_pool(served: Served, tmp_path: Path) -> None:
    unknown = copydesk("deploy", "--home", tmp_path / "home", env={"PREFECT_API_URL": f"{served.address}/api"})
    assert unknown.returncode == 1
    assert "PREFECT_API_AUTH_STRING" in unknown.stderr
    server = served.client
    told = copydesk("deploy", "--home", tmp_path / "home", "--pool", "elsewhere", env=server)
    assert told.returncode == 1
    assert "work-pool create elsewhere" in told.stderr
    served.post("/work_pools/", name="elsewhere", type="process")
    told = copydesk("deploy", "--home", tmp_path / "home", "--pool", "elsewhere", env=server)
    assert told.returncode == 0, told.stderr
    assert "ingest/inbox" in told.stdout
    assert f"COPYDESK_HOME={tmp_path / 'home'}" in told.stdout
    assert served.deployment("ingest/inbox")["work_pool_name"] == "elsewhere"
    assert "home" not in served.deployment("ingest/inbox")["parameters"]
    nowhere = copydesk("deploy", env={"PREFECT_API_URL": "http://127.0.0.1:9/api"})
    assert nowhere.returncode == 1
    assert "does not answer" in nowhere.stderr, nowhere.stderr
    without = copydesk("deploy")
    assert "PREFECT_API_URL names no server" in without.stderr
