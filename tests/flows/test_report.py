"""The report in a real browser: charts with the marks that SQL gives, a click that lands, text that stays text."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.flows.site.build import POLICY, article_path
from tests.conftest import ARTICLES, ROOT, copydesk, rows
from tests.flows.browsing import AXE, picture
from tests.hostile import HOSTILE

playwright = pytest.importorskip("playwright.sync_api")

ARABIC = """قالت الشرطة إن المجلس اجتمع يوم الاثنين

اجتمع المجلس يوم الاثنين وتحدث لمدة ثلاث ساعات عن الطريق إلى الميناء المغلق منذ الربيع. وغادر اثنان من أعضائه قبل التصويت على القرار النهائي.

وقال رئيس البلدية إن الطريق سيفتح مرة أخرى قبل الصيف وإن 140 شخصا وقعوا على رسالة وصلت إلى مبنى البلدية في اليوم نفسه مع طلب واضح جدا.
"""

CHINESE = """市议会星期一开会讨论通往港口的道路

市议会星期一开会三个小时，讨论自春天以来一直关闭的通往港口的道路。两名议员在投票之前离开了会场，没有参加最后的表决。

市长说，这条道路将在夏天之前重新开放，并说有一百四十人签署了一封信，这封信在同一天送到了市政厅，信中提出了明确的要求。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, with a hostile one and one that runs from right to left."""
    base = tmp_path_factory.mktemp("report")
    shutil.copytree(ARTICLES, base / "in")
    (base / "in" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (base / "in" / "arabic.txt").write_text(ARABIC, encoding="utf-8")
    (base / "in" / "chinese.txt").write_text(CHINESE, encoding="utf-8")
    done = copydesk("ingest", base / "in", "--home", base / "home", "--max-rejects", "1", "--source", "desk")
    assert done.returncode == 0, done.stderr
    made = copydesk("report", "--home", base / "home")
    assert made.returncode == 0, made.stderr
    return base / "home"


@pytest.fixture
def page(chromium: playwright.Browser) -> Iterator[playwright.Page]:
    """A page that fails its test where anything is said on the console or asked of another host."""
    page = chromium.new_page(viewport={"width": 1200, "height": 800})
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "http://127.0.0.1")) else told.append(request.url)
    )
    yield page
    page.close()
    assert told == []


def opened(page: playwright.Page, home: Path, name: str) -> playwright.Page:
    page.goto((home / "report" / name).as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


def page_of(home: Path, like: str) -> str:
    return article_path(rows(home, f"SELECT article_id FROM articles WHERE source_uri LIKE '%{like}%'")[0][0])


PAGES = ("index.html", "series.html", "conflicts.html", "claimants.html", "quality.html")


def test_text_from_right_to_left_and_without_spaces_stands_as_it_should(page: playwright.Page, home: Path) -> None:
    opened(page, home, page_of(home, "arabic"))
    paragraph = page.locator(".body p").first
    assert paragraph.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.locator("article").get_attribute("lang") == "ar"
    opened(page, home, page_of(home, "chinese"))
    assert page.locator("article").get_attribute("lang") == "zh"
    assert page.locator(".body p").first.evaluate("node => getComputedStyle(node).direction") == "ltr"


def fits(page: playwright.Page, width: int) -> bool:
    """Whether nothing stands outside of a window of that width."""
    page.set_viewport_size({"width": width, "height": 800})
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, 1200) for name in PAGES),
        *(("index.html", 390), ("series.html", 390), ("courier-flood", 390), ("hostile", 390), ("arabic", 390)),
    ],
)
def test_pages_load_quietly_fit_and_are_accessible(page: playwright.Page, home: Path, name: str, width: int) -> None:
    """Each page fits windows of both widths; it is looked at for what keeps readers out in one of them, its kind in both."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened(page, home, name if name.endswith(".html") else page_of(home, name))
    assert [other for other in (1200, 390) if not fits(page, other)] == []
    assert fits(page, width)
    found = axe.Axe().run(page, options=AXE)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == [], json.dumps([(v["id"], v["nodes"][0]["html"]) for v in serious], indent=1)


def test_a_series_has_the_marks_that_sql_gives_and_a_click_lands_on_the_sentence(page: playwright.Page, home: Path) -> None:
    opened(page, home, "series.html")
    page.select_option("#measure", "killed")
    page.select_option("#place", "Port Ellery")
    wanted = rows(
        home,
        "SELECT fact_id, article_id, text FROM figure_series WHERE measure = 'killed' AND place_name = 'Port Ellery' "
        "AND as_of IS NOT NULL ORDER BY fact_id",
    )
    links = page.locator("#series-chart a")
    assert links.count() == len(wanted)
    hrefs = sorted(
        links.nth(n).evaluate("a => a.getAttributeNS('http://www.w3.org/1999/xlink', 'href') || a.getAttribute('href')")
        for n in range(links.count())
    )
    assert hrefs == sorted(f"{article_path(row[1])}#{row[0].rpartition('-')[2]}" for row in wanted)
    assert page.locator("#series-rows tr").count() == len(wanted)
    arrows = rows(
        home,
        "SELECT count(*) FROM figure_series WHERE measure = 'killed' AND place_name = 'Port Ellery' AND as_of IS NOT NULL AND (value_low IS NULL) <> (value_high IS NULL)",
    )
    assert page.locator("#series-chart [aria-label=arrow] path").count() == arrows[0][0]
    links.last.click()  # of two marks at one point the later one lies above
    page.wait_for_selector("html[data-ready]")
    target = page.locator(":target")
    assert target.locator("td").first.inner_text() in {row[2] for row in wanted}
    target.locator("td a").first.click()
    sentence = page.locator(".s:target").inner_text()
    assert sentence in {row[0] for row in rows(home, "SELECT sentence FROM figure_series")}


def test_filters_leave_what_holds_the_words(page: playwright.Page, home: Path) -> None:
    opened(page, home, "index.html")
    everything = page.locator("#articles tbody tr:visible").count()
    assert everything == rows(home, "SELECT count(*) FROM articles")[0][0]
    page.fill("#find", "flood port")
    left = page.locator("#articles tbody tr:visible")
    assert 0 < left.count() < everything
    assert "flood" in left.first.inner_text().casefold()
    assert page.locator("#find-count").inner_text() == f"{left.count()} of {everything}"
    opened(page, home, "series.html")
    page.select_option("#measure", "killed")
    page.select_option("#place", "Port Ellery")
    page.select_option("#outlet", "Coastal Wire")
    assert set(page.locator("#series-rows td:nth-child(5)").all_inner_texts()) == {"Coastal Wire"}


def test_hostile_text_stays_text(page: playwright.Page, home: Path) -> None:
    for name in (*PAGES, page_of(home, "hostile")):
        opened(page, home, name)
        assert page.title() != "owned"
        assert page.locator("main script, main img, main svg[onload], main b b").count() == 0
        assert "49" not in page.title()
    text = page.locator("article").inner_text()
    assert "14 people" in text
    assert "<script>document.title" in page.locator("article").evaluate("node => node.textContent")
    for path in (home / "report").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert POLICY in source.replace("&#39;", "'")
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", source), path


def test_a_mark_shows_its_particulars_by_mouse_and_by_keyboard(page: playwright.Page, home: Path) -> None:
    opened(page, home, page_of(home, "courier-flood"))
    mark = page.locator("a.m.figure", has_text="At least 14 people").first
    mark.hover()
    card = page.locator("#card")
    told = card.inner_text()
    for words in ("killed", "14 or more", "At least", "harbour police", "Port Ellery", "112–130"):
        assert words.casefold() in told.casefold(), told
    page.keyboard.press("Escape")
    assert not card.is_visible()
    mark.focus()
    assert card.is_visible()
    assert page.locator("details.block[open]").count() == 0
    page.click("#unfold")
    assert page.locator("details.block[open]").count() == page.locator("details.block").count() == 2, "a fold for each run"
    assert page.get_by_text("3 pieces cut: 1 title, 1 byline, 1 dateline").is_visible()


def test_what_is_copied_says_where_it_stands(chromium: playwright.Browser, home: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    opened(page, home, page_of(home, "courier-flood"))
    page.evaluate(
        "() => { const node = document.querySelector('.s'); const range = document.createRange(); range.selectNodeContents(node);"
        "const s = getSelection(); s.removeAllRanges(); s.addRange(range);"
        "document.addEventListener('copy', (e) => { window.copied = e.clipboardData.getData('text/plain'); }); document.execCommand('copy'); }"
    )
    copied = page.evaluate("window.copied")
    assert copied.startswith("“At least 14 people have been killed")
    assert "Harbor Courier" in copied
    assert "raw text 112–" in copied
    context.close()


def test_pictures_of_the_report_are_as_the_documentation_shows_them(page: playwright.Page, home: Path) -> None:
    """Writes the documentation's pictures where PICTURES names a folder."""
    for name, key in (("series.html", "report-series"), (page_of(home, "courier-flood"), "report-article")):
        opened(page, home, name)
        page.set_viewport_size({"width": 1000, "height": 640})
        picture(page, key)
        assert f"pictures/{key}.jpg" in (ROOT / "docs" / "how-to" / "report.md").read_text(encoding="utf-8")
