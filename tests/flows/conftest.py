"""Fixtures of the tests that drive a real server."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copydesk.flows.runs.run import Run
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.found import Poll
from copydesk.flows.sources.web import WebSource
from copydesk.warehouse.store import ObjectStore
from tests.conftest import Once
from tests.flows.browsing import CHROMIUM, PATIENCE, QUIET
from tests.flows.serving import BUCKET, STOPS_WITHIN, Served, eventually, free_port
from tests.flows.websites import Found, Site, page, polled, running
from tests.flows.wheels import built, installed_by_uv, tree_into

if TYPE_CHECKING:
    import playwright.sync_api as playwright


@pytest.fixture(scope="session")
def tree(made_once: Once) -> Path:
    """The project's files, as the wheel is built of them."""
    return made_once("tree", tree_into) / "tree"


@pytest.fixture(scope="session")
def wheel(tree: Path, made_once: Once) -> Path:
    (made,) = made_once("wheel", lambda folder: built(tree, "wheel", folder)).glob("*.whl")
    return made


@pytest.fixture(scope="session")
def by_uv(wheel: Path, made_once: Once) -> Path:
    """The command that `uv tool install` makes of the wheel."""
    pytest.importorskip("uv")
    return made_once("uv", lambda folder: installed_by_uv(wheel, folder)) / "bin" / "copydesk"


@pytest.fixture(scope="session")
def served(by_uv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A home that the installed wheel serves, one for all that look at it: the start of a server is dear.

    The files of tests that use it are those of `SERVED`, which one process of tests runs, in that order.
    """
    folder = tmp_path_factory.mktemp("up")
    home, watched, allowed, port = folder / "home", folder / "watched", folder / "allowed", free_port()
    for made in (home, watched, allowed):
        made.mkdir()
    (folder / "copydesk.toml").write_text('allowed_roots = ["allowed"]\nlost_after = 45\n', encoding="utf-8")
    # Folders of the user's own, named as ours are, lie in the working folder.
    for name in ("copydesk", "flows", "transforms", "prefect"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise SystemExit('another package hides ours')", encoding="utf-8")
    (home / "sources.toml").write_text(
        f'[sources.minute]\nkind = "folder"\nlocation = "{watched}"\nschedule = "* * * * *"\n'
        f'[sources.many]\nkind = "folder"\nlocation = "{allowed}/many"\n',
        encoding="utf-8",
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_", "PYTHON"))}
    command = [str(by_uv), "up", "--home", str(home), "--port", str(port)]
    with (folder / "told.txt").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, text=True, env=environment, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: process.poll() is not None or "Ctrl-C" in (folder / "told.txt").read_text())
        assert process.poll() is None, (folder / "told.txt").read_text()
        one = Served(home, address, process, watched, allowed, folder / "told.txt")
        eventually(lambda: "id" in one.deployment("verify/verify"))
        for name in ("inbox", "minute"):  # each firing costs a process that loads Prefect
            one.unscheduled(f"ingest/{name}")
        yield one
    finally:
        process.terminate()  # a Ctrl-C is not heard where the tests run in the background
        process.wait(STOPS_WITHIN)


@pytest.fixture(scope="session")
def s3() -> Iterator[dict[str, str]]:
    """The environment of a real S3 server of this machine, with one empty bucket."""
    server = pytest.importorskip("moto.server")
    port = free_port()
    keys = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }
    running = server.ThreadedMotoServer("127.0.0.1", port, verbose=False)
    running.start()
    before = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    try:
        ObjectStore(f"s3://{BUCKET}").filesystem.mkdir(BUCKET)
        yield keys
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        running.stop()


@pytest.fixture
def site() -> Iterator[Site]:
    """A website of this machine with no page yet."""
    with running() as one:
        yield one


@pytest.fixture
def nine_pages(site: Site) -> None:
    """The pages /p/1 to /p/9 of the website."""
    for number in range(1, 10):
        site.put(f"/p/{number}", page(number))


@pytest.fixture
def poll(tmp_path: Path) -> Callable[..., Run]:
    """Ingests from a source of the web into `tmp_path/home`, with no pause between requests, and gives the run."""
    return partial(polled, tmp_path)


@pytest.fixture
def found(site: Site) -> Iterator[Found]:
    """Asks a source of the web, and gives the paths of the pages that it found.

    The source with its counts is in `found.source`, what it remembers in `found.memory`.
    """

    def ask(kind: str, location: str, memory: dict[str, object] | None = None, most: int = 500) -> list[str]:
        fetcher = Fetcher(1 << 20, ["127.0.0.1"], delay=0.0, sleep=lambda seconds: None, seconds=20)
        source = WebSource(name="web", kind=kind, location=location, fetcher=fetcher, most=most, outlet=None, language=None)
        poll = Poll(memory=dict(memory or {}))
        ask.memory = poll.memory  # type: ignore[attr-defined]
        ask.documents = list(source.discover(poll))  # type: ignore[attr-defined]
        ask.source = source  # type: ignore[attr-defined]
        return [one.uri.removeprefix(site.root) for one in ask.documents]  # type: ignore[attr-defined]

    yield ask


@pytest.fixture(scope="module")
def chromium() -> Iterator[playwright.Browser]:
    """A browser for the tests of a module: Playwright's loop would be in the way of those that run one of their own."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the tests that look through it are skipped")
    driving = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with driving.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE)
        yield browser
        browser.close()
