"""The desk in a real Chromium, against a server in a process of its own: pages that fit and say nothing on the console, review
by keyboard alone and without script, pages of others that reach nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, rows
from tests.flows.browsing import AXE, CHROMIUM, PATIENCE, picture
from tests.flows.desk.serving import ServedDesk, desk_served, paths_of
from tests.flows.strangers import Stranger, stranger_beside

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the browser tests are skipped")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: the browser tests are skipped")

REVIEWS = 10


@pytest.fixture(scope="module")
def desk(copied: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    with desk_served(copied(), tmp_path_factory.mktemp("browser")) as served:
        yield served


@pytest.fixture(scope="module")
def cookies(desk: ServedDesk, chromium: playwright.Browser) -> list[dict[str, object]]:
    """What a browser is given that follows the printed address."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(desk.login)
    assert page.url == desk.address
    assert page.get_by_role("heading", name="What is new").is_visible()
    given: list[dict[str, object]] = context.cookies()
    context.close()
    return given


@pytest.fixture
def page(
    request: pytest.FixtureRequest, desk: ServedDesk, chromium: playwright.Browser, cookies: list[dict[str, object]]
) -> Iterator[playwright.Page]:
    """A page that is logged in, and fails its test where anything is said on the console or asked of another server."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, **getattr(request, "param", {}))
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(desk.origin) else told.append(asked.url))
    yield page
    context.close()
    assert told == []


def said(home: Path) -> list[tuple[str, str]]:
    """What was said of claims."""
    return [(str(a), str(b)) for a, b in rows(home, "SELECT verdict, claim_id FROM reviews ORDER BY position")]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_fit_are_quiet_and_accessible(desk: ServedDesk, page: playwright.Page, width: int, scheme: str) -> None:
    """Each width and each scheme once: a scheme changes colours alone, which no width changes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    troubles = {}
    for name, path in paths_of(desk.home).items():
        answer = page.goto(desk.address + path)
        assert answer is not None
        assert (answer.status, page.title() == "owned") == (200, False)
        picture(page, f"desk-{name}-{width}-{scheme}")
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            troubles[name] = "is wider than the window"
        found = axe.Axe().run(page, options=AXE)
        serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
        if serious:
            troubles[f"{name} "] = json.dumps([(v["id"], v["nodes"][0]["html"]) for v in serious])
    assert troubles == {}


def test_ten_claims_are_reviewed_by_the_keyboard_alone(desk: ServedDesk, page: playwright.Page) -> None:
    before = said(desk.home)
    page.goto(desk.address + "review")
    for number in range(REVIEWS):
        claim = page.locator("form#say").get_attribute("action")
        assert claim is not None
        key = "cwr"[number % 3]
        page.keyboard.press(key)
        if key == "c":
            page.keyboard.press("Shift+Tab")  # the summary of the fields, which the keyboard opened
            page.locator("[name=set_place_name]").focus()
            page.keyboard.press("Control+a")
            page.keyboard.type("North Port")
            page.keyboard.press("Enter")
        page.locator(".told").get_by_role("link").wait_for()
        page.wait_for_function("claim => document.querySelector('form#say').getAttribute('action') !== claim", arg=claim)
    done = said(desk.home)[len(before) :]
    assert [verdict for verdict, _ in done] == [("corrected", "rejected", "confirmed")[n % 3] for n in range(REVIEWS)]
    assert len({claim for _, claim in done}) == REVIEWS
    page.keyboard.press("n")
    page.wait_for_url("**skip=1**")
    page.goto(desk.address + f"review/{done[-1][1]}?done={done[-1][1]}&did=confirm")
    page.keyboard.press("u")
    page.get_by_text("Taken back: ").wait_for()
    assert said(desk.home)[-1] == ("undone", done[-1][1])
    page.locator("#why").focus()
    page.keyboard.type("rwnu")
    assert page.locator("#why").input_value() == "rwnu", "what is typed in a field is no key"
    assert said(desk.home)[-1] == ("undone", done[-1][1])


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_without_script(desk: ServedDesk, page: playwright.Page) -> None:
    page.goto(desk.address + "articles")
    page.get_by_role("searchbox", name="Words of the headline", exact=True).fill("sluice")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Sluice inquiry opens").click()
    mark = page.locator("article a.m.figure", has_text="22 people")
    mark.click()
    assert page.locator(".card:target dl").get_by_text("confidence, rule").is_visible()
    page.locator(".card:target").get_by_role("link", name="Review").click()
    page.get_by_label("Why").fill("as the inquiry says")
    page.get_by_role("button", name="Right").click()
    page.get_by_text("Right: ").wait_for()
    assert said(desk.home)[-1][0] == "confirmed"
    page.locator(".told").get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: ").wait_for()
    assert said(desk.home)[-1][0] == "undone"


def test_a_tapped_mark_shows_its_particulars_on_a_phone(desk: ServedDesk, page: playwright.Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(desk.address + paths_of(desk.home)["article"])
    page.locator("article a.m").first.click()
    card = page.locator(".card:target")
    box = card.bounding_box()
    assert box is not None
    assert abs(box["y"] + box["height"] - 800) < 2, "at the foot of the window, below the mark"
    card.get_by_role("link", name="Close").click()
    assert page.locator(".card:target").count() == 0


def test_a_missed_claim_is_added_by_marking_its_words(desk: ServedDesk, page: playwright.Page) -> None:
    page.goto(desk.address + f"articles/{rows(desk.home, WITH_RAIN)[0][0]}")
    page.evaluate(MARK, "Schools stayed shut")
    words = page.locator("#missed [name=words]")
    page.wait_for_function("() => document.querySelector('#missed [name=words]').value === 'Schools stayed shut'")
    page.keyboard.press("a")
    words.wait_for(state="visible")
    page.locator("#missed [name=kind]").select_option("statement")
    page.locator("#missed [name=set_attributed_to]").fill("the Kenyan Ministry of Health")
    page.get_by_role("button", name="Add the claim").click()
    card = page.locator(".card:target")
    card.get_by_text("Schools stayed shut").wait_for()
    added = rows(desk.home, "SELECT kind, text, attributed_to FROM facts WHERE extractor = 'person'")
    assert added == [("statement", "Schools stayed shut", "the Kenyan Ministry of Health")]


WITH_RAIN = "SELECT article_id FROM articles WHERE text LIKE '%by the rain%'"
MARK = """words => {
  const walker = document.createTreeWalker(document.querySelector(".article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    return;
  }
}"""


def test_two_names_are_merged_by_what_a_field_offers(desk: ServedDesk, page: playwright.Page) -> None:
    entity, name = rows(
        desk.home, "SELECT entity_id, name FROM entities WHERE form = 'person' ORDER BY facts DESC, entity_id LIMIT 1"
    )[0]
    other = rows(
        desk.home, f"SELECT entity_id FROM entities WHERE entity_id <> '{entity}' AND mentions > 0 ORDER BY entity_id LIMIT 1"
    )[0][0]
    page.goto(desk.address + f"entities/{other}")
    page.get_by_text("Merge into another").first.click()
    field = page.get_by_label("It is")
    field.fill(name[:4])
    page.wait_for_function("id => [...document.querySelectorAll('datalist option')].some(one => one.value === id)", arg=entity)
    field.fill(entity)
    page.get_by_role("button", name="Merge into another").click()
    page.get_by_role("status").get_by_text(f"Merged {other}.").wait_for()
    page.goto(desk.address + f"entities/{other}")
    page.get_by_text("Nobody has this id now").wait_for()
    page.get_by_role("button", name="Undo all that was decided").click()
    page.get_by_role("status").get_by_text("Took back").wait_for()
    assert rows(desk.home, f"SELECT count(*) FROM entities WHERE entity_id = '{other}'") == [(1,)]


def test_pictures_of_the_desk_are_as_the_readme_shows_them(desk: ServedDesk, page: playwright.Page) -> None:
    """Writes the pictures of README.md where PICTURES names a folder."""
    page.set_viewport_size({"width": 1100, "height": 700})
    for name, path in {
        "overview": "",
        "article": paths_of(desk.home)["article"],
        "series": "series?measure=killed&by=published_on",
        "review": "review",
    }.items():
        page.goto(desk.address + path)
        if name == "series":
            page.locator("section").first.evaluate("one => one.scrollIntoView()")
        picture(page, f"desk-{name}")
        assert f"pictures/desk-{name}.jpg" in (ROOT / "README.md").read_text(encoding="utf-8")
        assert (ROOT / "docs" / "pictures" / f"desk-{name}.jpg").stat().st_size < 100_000


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with stranger_beside() as one:
        yield one


ATTACK = """async ({address, claim}) => {
  const tried = [];
  const body = "action=reject&token=x&why=forged";
  for (const mode of ["cors", "no-cors"]) {
    for (const [method, path] of [["GET", "facts.json"], ["POST", claim]]) {
      try {
        const answer = await fetch(address + path, {mode, method, credentials: "include",
          headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: method === "POST" ? body : undefined});
        tried.push(answer.type === "opaque" ? "opaque" : await answer.text());
      } catch (error) {
        tried.push("refused");
      }
    }
  }
  const frame = document.createElement("iframe");
  frame.name = "target";
  document.body.append(frame);
  const form = document.body.appendChild(document.createElement("form"));
  Object.assign(form, {action: address + claim, method: "POST", target: "target"});
  form.innerHTML = '<input name="said" value="x"><input name="token" value="x">';
  await new Promise(done => { frame.onload = done; form.submit(); });
  const other = document.body.appendChild(document.createElement("iframe"));
  await new Promise(done => { other.onload = done; other.src = address + "facts"; });
  return tried;
}"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_port_changes_and_reads_nothing(
    desk: ServedDesk, chromium: playwright.Browser, cookies: list[dict[str, object]], stranger: Stranger, name: str
) -> None:
    """Even one that knows the path of the desk; and one that does not is not sent the cookie."""
    before = said(desk.home)
    claim = rows(desk.home, "SELECT claim_id FROM facts WHERE review IS NULL ORDER BY claim_id LIMIT 1")[0][0]
    context = chromium.new_context()
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    for path in ("/", "/copydesk/", "/copydesk/desk"):
        page.goto(stranger.address + path)
    assert set(stranger.heard) == {""}
    page.goto(stranger.address.replace("127.0.0.1", name))
    tried = page.evaluate(ATTACK, {"address": desk.address, "claim": f"review/{claim}"})
    assert set(tried) <= {"refused", "opaque"}
    assert tried[:2] == ["refused", "refused"]
    frames = [frame for frame in page.frames if frame.url.startswith(desk.origin)]
    assert not any("Port Ellery" in frame.locator("body").inner_text() for frame in frames)
    context.close()
    assert said(desk.home) == before
