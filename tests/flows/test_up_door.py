"""The door of a home that `copydesk up` serves: nobody gets in without the auth string, which is told to nobody."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.conftest import article, copydesk, rows
from tests.flows.serving import Served, commands, free_port


def test_nobody_gets_in_without_the_auth_string(served: Served) -> None:
    assert (served.home / "auth-string").stat().st_mode & 0o777 == 0o600
    for path, status in {
        "/api/health": 200,
        "/api/ready": 200,
        "/ui-settings": 200,
        "/api/admin/settings": 401,
        "/api/docs": 401,
        "/api/openapi.json": 401,
        "/api/csrf-token?client=x": 401,
        "/docs": 404,
        "/openapi.json": 404,
    }.items():
        assert httpx.get(f"{served.address}{path}", trust_env=False, timeout=300).status_code == status, path
    login = {"Authorization": served.authorization}
    for headers in ({}, {"Authorization": "Basic eDp5"}, login):
        refused = httpx.post(f"{served.address}/api/deployments/filter", json={}, headers=headers, trust_env=False, timeout=300)
        assert refused.status_code in (401, 403), headers
    for name in ("Host", "Origin"):
        strange = {name: "rebind.example" if name == "Host" else "http://127.0.0.1:9", **login}
        assert httpx.get(f"{served.address}/api/admin/version", headers=strange, trust_env=False, timeout=300).status_code in (
            403,
            421,
        )
    preflight = {"Origin": "http://127.0.0.1:9", "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"{served.address}/api/deployments/filter", headers=preflight, trust_env=False, timeout=300)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert served.get("/admin/version").is_success


WORKERS = "/work_pools/pool/workers/connect"


@pytest.mark.parametrize("path", ["/events/in", "/events/out", "/logs/out", "/task_runs/subscriptions/scheduled", WORKERS])
def test_a_websocket_opens_to_nobody_without_the_auth_string(served: Served, path: str) -> None:
    from websockets.exceptions import ConnectionClosed, InvalidStatus
    from websockets.sync.client import connect

    url = f"{served.address.replace('http', 'ws')}/api{path}"
    for origin in ("http://127.0.0.1:9", "null"):
        with pytest.raises(InvalidStatus, match="403"):
            connect(url, origin=origin, subprotocols=["prefect"], proxy=None)  # type: ignore[arg-type,list-item]
    with pytest.raises((InvalidStatus, ConnectionClosed)), connect(url, proxy=None) as socket:
        socket.recv(timeout=300)
    for token in (None, "wrong"):
        with connect(url, subprotocols=["prefect"], proxy=None) as socket:  # type: ignore[list-item]
            socket.send(json.dumps({"type": "auth", "token": token}))
            with pytest.raises(ConnectionClosed):
                socket.recv(timeout=300)


def test_the_auth_string_is_on_no_command_line_and_in_no_log(served: Served) -> None:
    listed = "\n".join(commands().values())
    assert str(served.home) in listed
    assert served.auth_string not in listed
    for log in (served.told, served.home / "prefect" / "server.log", served.home / "up.lock"):
        assert served.auth_string not in log.read_text()


def test_the_command_finds_the_auth_string_of_its_own_home(served: Served, tmp_path: Path) -> None:
    """Its own process runs the flow: it is free to read what its user may."""
    (tmp_path / "far.txt").write_text(article(902), encoding="utf-8")
    server = {"PREFECT_API_URL": served.client["PREFECT_API_URL"]}
    told = copydesk("ingest", tmp_path / "far.txt", "--home", served.home, "--source", "far", "--jobs", "1", env=server)
    assert told.returncode == 0, told.stderr
    assert rows(served.home, "SELECT count(*) FROM articles WHERE source = 'far'") == [(1,)]
    stranger = copydesk("ingest", tmp_path / "far.txt", "--home", tmp_path / "home", env=server)
    assert stranger.returncode == 1
    assert "PREFECT_API_AUTH_STRING" in stranger.stderr


def test_a_second_up_of_the_home_names_the_first(served: Served) -> None:
    second = copydesk("up", "--home", served.home, "--port", str(free_port()))
    assert second.returncode == 1
    assert served.address in second.stderr
