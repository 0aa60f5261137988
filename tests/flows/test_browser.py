"""What people see: the deployments, a run from its form, its artifacts; in a real Chromium, against the real server.

With PICTURES naming a folder the pictures of the documentation are made there.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator

import pytest

from tests.conftest import ARTICLES, rows
from tests.flows.browsing import CHROMIUM, PATIENCE, picture
from tests.flows.serving import Served, eventually
from tests.flows.strangers import Stranger, stranger_beside

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the browser tests are skipped")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: the browser tests are skipped")


def new_page(chromium: playwright.Browser) -> playwright.Page:
    """A page of a browser that nobody logged in yet."""
    page = chromium.new_context(viewport={"width": 1200, "height": 700}).new_page()
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture(scope="module")
def browser(served: Served, chromium: playwright.Browser) -> playwright.Page:
    """A page that is logged in, by the address that `copydesk up` prints."""
    page = new_page(chromium)
    page.goto(served.login)
    page.wait_for_url(f"{served.address}/deployments")
    return page


def test_the_deployments_are_listed_with_their_schedules(served: Served, browser: playwright.Page) -> None:
    browser.goto(f"{served.address}/deployments")
    for name in ("inbox", "minute"):
        browser.get_by_text(name, exact=True).first.wait_for()
    # The page shows ten of them at once; what comes last by name is on the next.
    for name in ("reprocess", "requeue", "add-source", "remove-source", "add-watch", "remove-watch", "maintain"):
        browser.get_by_text(name, exact=True).first.wait_for()
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
    numbers[0].fill("0.9")  # which no other run is given
    picture(browser, "form")
    browser.get_by_role("button", name="Submit").click()

    def newest() -> dict[str, object] | None:
        found = served.post("/flow_runs/filter", sort="EXPECTED_START_TIME_DESC", flow_runs={"tags": {"all_": ["copydesk"]}})
        return next((run for run in found if run["parameters"].get("max_rejects") == 0.9), None)

    run = eventually(newest)
    assert served.ended(run) == "COMPLETED"
    for path in inbox.iterdir():
        path.unlink()  # other tests drop files of their own
    browser.goto(f"{served.address}/runs/flow-run/{run['id']}")
    browser.get_by_text("Artifacts", exact=True).first.click()
    browser.get_by_text("ingest-run", exact=True).first.wait_for()
    picture(browser, "run")
    browser.get_by_text("ingest-run", exact=True).first.click()
    browser.get_by_role("heading", name="Facts by measure or kind").wait_for()
    ((facts,),) = rows(served.home, "SELECT facts FROM runs WHERE kind = 'ingest' ORDER BY started_at DESC LIMIT 1")
    assert facts > 0
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
    browser.goto(f"{served.address}/deployments/deployment/{served.deployment('requeue/requeue')['id']}/run")
    browser.get_by_text("Share of rejected documents over which the run fails").wait_for()
    field = next(f for f in browser.locator("input[type=number]").all() if f.input_value() == "1")
    field.fill("5")
    browser.get_by_role("button", name="Submit").click()
    browser.get_by_text("maximum").first.wait_for()
    parameters = [run["parameters"] for run in served.post("/flow_runs/filter", limit=200)]
    assert not any(given.get("max_rejects") == 5 for given in parameters), before


def test_a_page_that_is_not_logged_in_is_asked_for_the_auth_string(served: Served, chromium: playwright.Browser) -> None:
    page = new_page(chromium)
    page.goto(f"{served.address}/deployments")
    page.wait_for_url(f"{served.address}/login**")
    assert page.get_by_text("inbox", exact=True).count() == 0
    page.get_by_placeholder("admin:pass").fill("not the auth string")
    page.get_by_role("button", name="Login").click()
    # Prefect's page forgets what it sent once that is refused. A right one that is sent before would be forgotten with it;
    # that authentication failed is also told when a page is opened without any, so that is no sign.
    page.wait_for_function("localStorage.getItem('prefect-password') === null")
    page.get_by_text("Authentication failed.").first.wait_for()
    page.get_by_placeholder("admin:pass").fill(served.auth_string)
    page.get_by_role("button", name="Login").click()
    page.get_by_text("inbox", exact=True).first.wait_for()
    page.context.close()


def test_the_printed_address_opens_once(served: Served, browser: playwright.Page, chromium: playwright.Browser) -> None:
    page = new_page(chromium)
    page.goto(served.login)
    page.get_by_text("This address was used or is too old.").wait_for()
    assert "#" not in page.url
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with stranger_beside() as one:
        yield one


ATTACK = """async ({address, deployment, token}) => {
  const tried = {};
  const json = {"Content-Type": "application/json"};
  const login = {...json, Authorization: "Basic " + token};
  const change = `${address}/api/deployments/${deployment}`;
  const evil = JSON.stringify({name: "evil", flow_id: deployment, entrypoint: "x:y"});
  const attempt = async (name, url, options) => {
    try {
      const answer = await fetch(url, options);
      tried[name] = answer.type === "opaque" ? "opaque" : `${answer.status} ${await answer.text()}`;
    } catch (error) {
      tried[name] = "refused";
    }
  };
  for (const mode of ["cors", "no-cors"]) {
    for (const credentials of ["omit", "include"]) {
      const way = `${mode} ${credentials}`;
      await attempt(`version ${way}`, `${address}/api/admin/version`, {mode, credentials});
      await attempt(`page ${way}`, `${address}/ui-settings`, {mode, credentials});
      await attempt(`list ${way}`, `${address}/api/deployments/filter`,
        {mode, credentials, method: "POST", headers: {"Content-Type": "text/plain"}, body: "{}"});
      await attempt(`start ${way}`, `${change}/create_flow_run`,
        {mode, credentials, method: "POST", headers: {"Content-Type": "text/plain"}, body: "{}"});
      await attempt(`login ${way}`, `${address}/copydesk/login`, {mode, credentials, method: "POST", body: "x"});
    }
  }
  for (const [name, headers] of [["without", json], ["with the auth string", login]]) {
    await attempt(`list ${name}`, `${address}/api/deployments/filter`, {method: "POST", headers, body: "{}"});
    await attempt(`start ${name}`, `${change}/create_flow_run`, {method: "POST", headers, body: "{}"});
    await attempt(`change ${name}`, change, {method: "PATCH", headers, body: JSON.stringify({paused: true, description: "evil"})});
    await attempt(`make ${name}`, `${address}/api/deployments/`, {method: "POST", headers, body: evil});
    await attempt(`delete ${name}`, change, {method: "DELETE", headers});
  }
  for (const path of ["events/in", "events/out", "logs/out"]) {
    tried[`socket ${path}`] = await new Promise(done => {
      const socket = new WebSocket(`${address.replace("http", "ws")}/api/${path}`, ["prefect"]);
      socket.onopen = () => done("open");
      socket.onerror = () => done("refused");
    });
  }
  const form = document.body.appendChild(document.createElement("form"));
  const target = document.createElement("iframe");
  target.name = "target";
  document.body.append(target);
  Object.assign(form, {action: `${change}/create_flow_run`, method: "POST", enctype: "text/plain", target: "target"});
  await new Promise(done => { target.onload = done; form.submit(); });
  const frame = document.body.appendChild(document.createElement("iframe"));
  await new Promise(done => { frame.onload = done; frame.src = `${address}/deployments`; });
  return tried;
}"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_port_reaches_nothing(
    served: Served, browser: playwright.Page, chromium: playwright.Browser, stranger: Stranger, name: str
) -> None:
    """In a browser that is logged in, and even if the page knew the auth string."""
    before = facts_of(served)
    page = browser.context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(stranger.address.replace("127.0.0.1", name))
    token = served.authorization.removeprefix("Basic ")
    deployment = served.deployment("maintain/maintain")["id"]
    tried = page.evaluate(ATTACK, {"address": served.address, "deployment": deployment, "token": token})
    assert len(tried) == 33
    # An opaque answer shows a page nothing; that nothing came of its request is seen below.
    assert {told for way, told in tried.items() if not way.endswith(("no-cors omit", "no-cors include"))} == {"refused"}, tried
    assert {told for way, told in tried.items() if "no-cors" in way} <= {"refused", "opaque"}, tried
    shown = [frame for frame in page.frames if frame.url.startswith(served.address)]
    assert not any("inbox" in frame.locator("body").inner_text() for frame in shown)
    page.close()
    assert facts_of(served) == before
    browser.goto(f"{served.address}/deployments")
    browser.get_by_text("inbox", exact=True).first.wait_for()


def facts_of(served: Served) -> dict[str, object]:
    """What a stranger could have changed: the deployments, and the runs that somebody asked for."""
    listed = {d["id"]: (d["name"], d["paused"], d["description"], d["entrypoint"]) for d in served.post("/deployments/filter")}
    maintenance = {
        "deployments": {"name": {"any_": ["maintain"]}},
        "flow_runs": {"state": {"type": {"not_any_": ["SCHEDULED"]}}},
    }
    return {
        "deployments": listed,
        "maintenance": served.post("/flow_runs/count", **maintenance),
        "flows": served.post("/flows/count"),
    }
