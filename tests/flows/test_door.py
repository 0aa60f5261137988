"""The door of the server, the auth string, the login page, and who may listen where; without a Prefect server."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from copydesk.flows.served.children import Restarts, keep_running, start, stop
from copydesk.flows.served.door import Door, hosts_of, is_loopback, origin_of, own_origins
from copydesk.flows.served.login import GOOD_FOR, PATH, Login, login_pages
from copydesk.warehouse.errors import PermanentError
from tests.flows.serving import EVERYWHERE

OWN = "http://127.0.0.1:4200"
PROXY = "https://desk.example.org"


async def _answer(request: Any) -> PlainTextResponse:
    return PlainTextResponse("inside")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("inside")
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    everything = ["GET", "POST", "PATCH", "DELETE", "OPTIONS"]
    inside = Starlette(routes=[WebSocketRoute("/api/events/out", _socket), Route("/{path:path}", _answer, methods=everything)])
    pages = login_pages(Login("right", "the auth string"), lambda: "desk=inside; HttpOnly")
    return TestClient(Door(inside, pages, own_origins("127.0.0.1", 4200, [PROXY])), base_url=OWN)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:4200", 200),
        ("localhost:4200", 200),
        ("LOCALHOST:4200", 200),
        ("desk.example.org", 200),
        ("desk.example.org:443", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:4201", 421),
        ("rebind.example:4200", 421),
        ("127.0.0.1.rebind.example:4200", 421),
        ("localhost.:4200", 421),
        ("[::1]:4200", 421),
        ("0.0.0.0:4200", 421),
        ("desk.example.org.rebind.example", 421),
        ("desk.example.org@rebind.example", 421),
        ("", 421),
    ],
)
def test_the_server_answers_to_its_own_names_alone(client: TestClient, host: str, status: int) -> None:
    for method, path in (("GET", "/api/flows"), ("GET", "/"), ("POST", "/api/flows"), ("OPTIONS", "/api/flows"), ("GET", PATH)):
        assert client.request(method, path, headers={"Host": host}).status_code == status, (method, path)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (OWN, 200),
        ("http://localhost:4200", 200),
        (PROXY, 200),
        ("http://127.0.0.1:4201", 403),
        ("https://127.0.0.1:4200", 403),
        ("http://evil.example", 403),
        ("http://127.0.0.1:4200.evil.example", 403),
        ("http://desk.example.org", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_requests_come_from_its_own_pages_alone(client: TestClient, origin: str, status: int) -> None:
    for method in ("GET", "POST", "PATCH", "DELETE", "OPTIONS"):
        assert client.request(method, "/api/flows", headers={"Origin": origin}).status_code == status, method
    if status == 200:
        with client.websocket_connect("/api/events/out", headers={"Origin": origin, "Host": "127.0.0.1:4200"}) as socket:
            assert socket.receive_text() == "inside"
    else:
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("/api/events/out", headers={"Origin": origin, "Host": "127.0.0.1:4200"}),
        ):
            pass


def test_a_websocket_to_another_name_is_not_opened(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/api/events/out", headers={"Host": "rebind.example:4200"}),
    ):
        pass


def test_a_page_of_another_site_may_link_here_and_nothing_else(client: TestClient) -> None:
    def asked(path: str, site: str, mode: str, dest: str, method: str = "GET") -> int:
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        return client.request(method, path, headers=headers).status_code

    assert asked("/deployments", "same-origin", "cors", "empty") == 200
    assert asked("/deployments", "none", "navigate", "document") == 200
    assert asked("/deployments", "cross-site", "navigate", "document") == 200
    for site in ("cross-site", "same-site"):
        assert asked("/deployments", site, "navigate", "iframe") == 403
        assert asked("/deployments", site, "navigate", "document", "POST") == 403
        assert asked("/api/flows", site, "navigate", "document") == 403
        assert asked("/api/flows", site, "no-cors", "image") == 403
        assert asked("/assets/index.js", site, "no-cors", "script") == 403
    framed = client.get("/deployments").headers
    assert framed["x-frame-options"] == "DENY"
    assert framed["content-security-policy"] == "frame-ancestors 'none'"
    for path in ("/docs", "/docs/", "/docs/oauth2-redirect", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404, path


def test_a_page_that_opened_ours_holds_no_window_of_it(client: TestClient) -> None:
    for path in ("/deployments", "/api/flows", PATH):
        assert client.get(path).headers["cross-origin-opener-policy"] == "same-origin", path


@pytest.mark.parametrize("sent", ["é", "admin:pässword", "\N{FULLWIDTH LATIN SMALL LETTER A}" * 20])
def test_a_login_that_is_not_ascii_is_a_wrong_one(client: TestClient, sent: str) -> None:
    """What is behind the door compares ASCII alone."""
    login = base64.b64encode(sent.encode()).decode()
    for path in ("/api/flows", "/deployments"):
        assert client.get(path, headers={"Authorization": f"Basic {login}"}).status_code == 401, path
    for login in ("", "Basic", "Basic !", "Basic eDp5", "Bearer \xff"):
        assert client.get("/api/flows", headers={"Authorization": login.encode("latin-1")}).status_code == 200, login


def test_the_printed_address_logs_in_once(client: TestClient) -> None:
    shown = client.get(PATH)
    assert "the auth string" not in shown.text.replace("the auth string instead", "")
    assert shown.headers["cache-control"] == "no-store"
    assert "script-src 'sha256-" in shown.headers["content-security-policy"]
    assert client.post(PATH, content="wrong").status_code == 403
    assert client.post(PATH, content="right" * 1000).status_code == 403
    assert client.post(PATH, content="right", headers={"Origin": "http://127.0.0.1:9"}).status_code == 403
    given = client.post(PATH, content="right", headers={"Origin": OWN})
    assert given.status_code == 200
    assert given.text == "dGhlIGF1dGggc3RyaW5n"
    assert client.post(PATH, content="right").status_code == 403


def test_the_printed_address_gets_old() -> None:
    now = [100.0]
    login = Login("right", "the auth string", lambda: now[0])
    now[0] += GOOD_FOR
    assert login.given_for("right") is None
    assert Login("", "the auth string").given_for("") is None
    assert Login("right", "the auth string").given_for("ri\udcffght".encode("utf-8", "replace").decode()) is None


@pytest.mark.parametrize(
    "address",
    [
        "desk.example.org",
        "ftp://desk.example.org",
        "https://",
        "https://desk.example.org/path",
        "https://desk.example.org?x=1",
        "https://me:pw@desk.example.org",
        "https://desk.example.org:port",
        "http://192.0.2.7:4200",
        "*",
        "null",
    ],
)
def test_what_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(PermanentError):
        origin_of(address)


def test_origins_and_hosts_are_written_as_browsers_write_them() -> None:
    assert origin_of("https://Bücher.example:443") == "https://xn--bcher-kva.example"
    assert own_origins("::1", 4200)[0] == "http://[::1]:4200"
    assert own_origins("127.0.0.1", 80) == ("http://127.0.0.1", "http://localhost")
    assert own_origins(EVERYWHERE, 4200) == ("http://127.0.0.1:4200", "http://localhost:4200")
    assert hosts_of(["http://localhost"]) == {"localhost", "localhost:80"}
    assert is_loopback("localhost") and is_loopback("127.9.9.9") and is_loopback("::1")
    assert not is_loopback(EVERYWHERE) and not is_loopback("::") and not is_loopback("192.0.2.7")


def _process(code: str, folder: Path) -> subprocess.Popen[bytes]:
    import os

    return start([sys.executable, "-c", code], dict(os.environ), folder)


def test_a_runner_that_keeps_ending_is_given_up(tmp_path: Path) -> None:
    server = _process("import time; time.sleep(300)", tmp_path)
    started: list[subprocess.Popen[bytes]] = []

    def runner() -> subprocess.Popen[bytes]:
        started.append(_process("raise SystemExit(7)", tmp_path))
        return started[-1]

    try:
        with pytest.raises(PermanentError, match="ended 4 times in a row, the last time with 7"):
            keep_running(server, runner, Restarts(waits=(0.0, 0.0, 0.0)))
    finally:
        server.kill()
        server.wait()
    assert len(started) == 4


HEARS_CTRL_C = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
time.sleep(300)
"""
"""As `child` does, also where the tests run in the background."""


def test_the_runner_is_stopped_when_the_server_ends(tmp_path: Path) -> None:
    server = _process("import time; time.sleep(300)", tmp_path)
    runner = _process(HEARS_CTRL_C, tmp_path)
    ending = threading.Thread(target=server.kill)
    ending.start()
    keep_running(server, lambda: runner, Restarts())
    ending.join()
    assert runner.poll() is not None


@pytest.mark.parametrize("after", [0.0, 0.01, 0.03, 0.1])
def test_a_process_that_is_stopped_while_its_interpreter_begins_says_nothing(tmp_path: Path, after: float) -> None:
    """Ctrl-C right after `copydesk up`: an interpreter that loads its modules would print where it stood."""
    with (tmp_path / "told.txt").open("wb") as told:
        command = [sys.executable, "-P", "-m", "copydesk.flows.served.child", "runner", str(tmp_path / "home")]
        process = start(command, dict(os.environ), tmp_path, told.fileno())
    time.sleep(after)  # where it stands then is what the case varies: each must end the same
    stop(process)
    assert process.returncode in (-signal.SIGINT, 0)
    assert (tmp_path / "told.txt").read_bytes() == b""


def test_a_runner_that_was_well_begins_anew() -> None:
    restarts = Restarts(waits=(1.0, 2.0), steady=60.0)
    assert [restarts.wait_after(lived) for lived in (5.0, 5.0, 70.0, 5.0, 5.0)] == [1.0, 2.0, 1.0, 2.0, None]
