"""What people see: the deployments, a run from its form, its artifacts; in a real Chromium, against the real server.

With PICTURES naming a folder the pictures of the documentation are made there.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ARTICLES, rows
from tests.flows.serving import Served, eventually

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the browser tests are skipped")

CHROMIUM: str | None = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
PATIENCE = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: the browser tests are skipped")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Page]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = chromium.new_page(viewport={"width": 1200, "height": 700})
        page.set_default_timeout(PATIENCE)
        yield page
        chromium.close()


def picture(page: playwright.Page, name: str) -> None:
    """Keeps a picture for the documentation where PICTURES asks for it."""
    if folder := os.environ.get("PICTURES"):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=str(Path(folder) / f"{name}.jpg"), type="jpeg", quality=50)


def test_the_deployments_are_listed_with_their_schedules(served: Served, browser: playwright.Page) -> None:
    browser.goto(f"{served.address}/deployments")
    for name in ("inbox", "minute"):
        browser.get_by_text(name, exact=True).first.wait_for()
    assert browser.get_by_text("on-demand", exact=True).count() == 4
    picture(browser, "deployments")
    browser.goto(f"{served.address}/deployments/deployment/{served.deployment('ingest/inbox')['id']}")
    browser.get_by_text("Every 5 minutes").first.wait_for()


def test_a_run_from_its_form_with_a_changed_parameter_shows_what_duckdb_gives(served: Served, browser: playwright.Page) -> None:
    inbox = served.home / "inbox"
    for path in ARTICLES.glob("*.txt"):
        shutil.copy(path, inbox)
        os.utime(inbox / path.name, (time.time() - 60,) * 2)
    browser.goto(f"{served.address}/deployments/deployment/{served.deployment('ingest/inbox')['id']}/run")
    browser.get_by_text("Share of rejected documents over which the run fails").wait_for()
    assert browser.get_by_text("JSON", exact=True).count() == 0, "no parameter falls back to raw JSON"
    numbers = [field for field in browser.locator("input[type=number]").all() if field.input_value() == "0.2"]
    numbers[0].fill("1")
    picture(browser, "form")
    browser.get_by_role("button", name="Submit").click()

    def newest() -> dict[str, object] | None:
        found = served.post("/flow_runs/filter", sort="EXPECTED_START_TIME_DESC", flow_runs={"tags": {"all_": ["copydesk"]}})
        return next((run for run in found if run["parameters"].get("max_rejects") == 1), None)

    run = eventually(newest)
    assert served.ended(run) == "COMPLETED"
    browser.goto(f"{served.address}/runs/flow-run/{run['id']}")
    browser.get_by_text("Artifacts", exact=True).first.click()
    browser.get_by_text("ingest-run", exact=True).first.wait_for()
    picture(browser, "run")
    browser.get_by_text("ingest-run", exact=True).first.click()
    browser.get_by_role("heading", name="Facts by measure or kind").wait_for()
    ((facts,),) = rows(served.home, "SELECT count(*) FROM facts")
    shown = browser.locator("body").inner_text()
    assert f"facts\t{facts}" in shown or f"facts {facts}" in " ".join(shown.split())
    picture(browser, "artifact")


def test_no_form_falls_back_to_raw_json(served: Served, browser: playwright.Page) -> None:
    for deployment in served.post("/deployments/filter"):
        browser.goto(f"{served.address}/deployments/deployment/{deployment['id']}/run")
        browser.get_by_text("home (Optional)", exact=True).wait_for()
        assert browser.get_by_text("JSON", exact=True).count() == 0, deployment["name"]


def test_a_run_with_a_bad_parameter_is_refused_in_the_form(served: Served, browser: playwright.Page) -> None:
    before = len(
        served.post("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED", "RUNNING", "COMPLETED"]}}})
    )
    browser.goto(f"{served.address}/deployments/deployment/{served.deployment('requeue/on-demand')['id']}/run")
    browser.get_by_text("Share of rejected documents over which the run fails").wait_for()
    field = next(f for f in browser.locator("input[type=number]").all() if f.input_value() == "1")
    field.fill("5")
    browser.get_by_role("button", name="Submit").click()
    browser.get_by_text("maximum").first.wait_for()
    parameters = [run["parameters"] for run in served.post("/flow_runs/filter", limit=200)]
    assert not any(given.get("max_rejects") == 5 for given in parameters), before
