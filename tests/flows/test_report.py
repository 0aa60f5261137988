"""The report in a real browser: charts with the marks that SQL gives, a click that lands, text that stays text."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from copydesk.flows.site.build import POLICY, Report, Shown, article_path, last_report, now, write_report
from copydesk.flows.site.data import Part, Warehouse
from copydesk.flows.site.serve import Handler, server
from copydesk.warehouse.home import Home
from tests.conftest import ARTICLES, ROOT, Ingest, article, copydesk, rows
from tests.flows.browsing import picture

playwright = pytest.importorskip("playwright.sync_api")

HOSTILE = """<script>document.title = 'owned'</script><img src=x onerror="document.title='owned'">

{{ 7 * 7 }} {% raw %}

By "><svg onload=alert(1)> Nora Castell
4 March 2024

The council met on Monday, it said, and </script><script>document.title='owned'</script> 14 people were killed in Port Ellery.
It talked for three hours about the road to the harbour, which has been closed since the spring, and about ]]> and <!-- and -->.

"We will open it <b>again</b> \u2028 before <a href="javascript:document.title='owned'">summer</a>," mayor Ida <i>Brandt</i> said.
"""
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


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("name", [*PAGES, "hostile", "arabic", "chinese", "courier-flood"])
def test_pages_load_quietly_fit_and_are_accessible(page: playwright.Page, home: Path, name: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, home, name if name.endswith(".html") else page_of(home, name))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = axe.Axe().run(page, options={"preload": False})
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
    links.first.click()
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
    assert page.locator("details.block[open]").count() == page.locator("details.block").count() > 5


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


def test_the_overview_is_small_and_says_what_is_new(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")
    take(folder)
    assert copydesk("report", "--home", home).returncode == 0
    first = {path: path.stat().st_mtime_ns for path in (home / "report" / "articles").rglob("*.html")}
    (folder / "2.txt").write_text(article(2), encoding="utf-8")
    take(folder)
    assert copydesk("report", "--home", home).returncode == 0
    assert "1 articles are new" in (home / "report" / "index.html").read_text(encoding="utf-8")
    assert {path: path.stat().st_mtime_ns for path in first} == first, "what stands there as it would be is left"
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%0.txt'")[0][0]
    assert copydesk("document", "withdraw", document, "--why", "x", "--home", home).returncode == 0
    assert copydesk("report", "--home", home).returncode == 0
    assert len(list((home / "report" / "articles").rglob("*.html"))) == 2
    assert (home / "report" / "index.html").stat().st_size < 1_000_000


def test_a_part_and_an_earlier_state_are_shown(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    shutil.copytree(ARTICLES, folder)
    take(folder)
    position = rows(home, "SELECT max(position) FROM events")[0][0]
    (folder / "new.txt").write_text(article(7), encoding="utf-8")
    take(folder)
    counts = {}
    for name, flags in {
        "all": (),
        "then": ("--as-of", str(position)),
        "late": ("--since", "2024-05-05"),
    }.items():
        done = copydesk("report", "--home", home, "--out", tmp_path / name, *flags)
        assert done.returncode == 0, done.stderr
        counts[name] = len(list((tmp_path / name / "articles").rglob("*.html")))
    late = rows(home, "SELECT count(*) FROM articles WHERE coalesce(published_on, received_at::DATE) >= DATE '2024-05-05'")[0][
        0
    ]
    assert counts == {"all": 16, "then": 15, "late": late}
    nothing = copydesk("report", "--home", home, "--out", tmp_path / "none", "--source", "nothing")
    assert (nothing.returncode, "Nothing came from a source 'nothing'" in nothing.stderr) == (1, True)


def raw(port: int, request: bytes) -> int:
    """The status that a server answers to a request as it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        connection.sendall(request)
        return int(connection.makefile("rb").readline().split()[1])


def test_pages_that_are_not_written_are_served_when_they_are_asked_for(
    sample_home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = Home(sample_home)
    with closing(Warehouse(home, Part())) as warehouse:
        report = Report(warehouse, Shown(Part(), 1, now(), last_report(tmp_path)))
        write_report(report, tmp_path, lambda _: None)
        shutil.rmtree(tmp_path / "articles")
        made = server(report, tmp_path, 0)
        serving = threading.Thread(target=made.serve_forever)
        serving.start()
        try:
            address = f"http://127.0.0.1:{made.server_port}"
            known = warehouse.article_ids(1)[0]
            answer = httpx.get(f"{address}/{article_path(known)}", trust_env=False, timeout=300)
            assert answer.status_code == 200
            assert answer.headers["content-security-policy"] == POLICY
            assert "<article" in answer.text
            assert httpx.get(f"{address}/articles/zz/nothing.html", trust_env=False, timeout=300).status_code == 404
            assert httpx.get(f"{address}/../../etc/passwd", trust_env=False, timeout=300).status_code == 404
            assert httpx.get(f"{address}/index.html", trust_env=False, timeout=300).status_code == 200
            assert (
                httpx.get(f"{address.replace('127.0.0.1', 'localhost')}/index.html", trust_env=False, timeout=300).status_code
                == 200
            )
            for host in ("rebind.example", f"rebind.example:{made.server_port}", "127.0.0.1", "127.0.0.1:1", ""):
                for method in ("GET", "HEAD"):
                    strange = httpx.request(method, f"{address}/index.html", headers={"Host": host}, trust_env=False)
                    assert strange.status_code == 421, host
                    assert "copydesk" not in strange.text
            for path in (
                "%00",
                "articles/%00.html",
                "a%00b",
                "%ff",
                "%0d%0aX:1",
                "x" * 5000,
                "articles/" + "y" * 300 + ".html",
            ):
                assert httpx.get(f"{address}/{path}", trust_env=False, timeout=300).status_code == 400, path
            for path in ("articles", "articles/", "assets/", "%2e%2e/%2e%2e/etc/passwd", "articles/../../x"):
                assert httpx.get(f"{address}/{path}", trust_env=False, timeout=300, follow_redirects=True).status_code == 404, (
                    path
                )
            assert raw(made.server_port, b"GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % made.server_port) == 400
            assert raw(made.server_port, b"GET / HTTP/1.1\r\n\r\n") == 421
            assert raw(made.server_port, b"\xff\x00 / HTTP/1.1\r\n\r\n") in (400, 501)
            told = capfd.readouterr()
            assert "Traceback" not in told.err
        finally:
            made.shutdown()
            serving.join()
            made.server_close()


def test_what_else_lies_in_the_folder_of_a_report_is_not_served(tmp_path: Path) -> None:
    """Its folder is chosen with --out, and may hold other things, or links to them."""
    folder = tmp_path / "out"
    (folder / "articles" / "aa").mkdir(parents=True)
    (folder / "assets").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for name in ("index.html", "auth-string", "sources.toml", "log.sqlite", "other.html", "articles/aa/1.html", "report.json"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "quality.html").symlink_to(tmp_path / "secret")
    (folder / "assets" / "style.css").symlink_to("../../secret")
    (folder / "articles" / "bb").symlink_to(tmp_path)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder), make=lambda article_id: None))
    serving = threading.Thread(target=made.serve_forever)
    serving.start()

    def status(path: str, method: str = "GET") -> int:
        return raw(made.server_port, f"{method} {path} HTTP/1.1\r\nHost: localhost:{made.server_port}\r\n\r\n".encode())

    try:
        for path in ("/", "/index.html", "/index.html?x=1", "/articles/aa/1.html"):
            assert (status(path), status(path, "HEAD")) == (200, 200), path
        for path in (
            *("/auth-string", "/sources.toml", "/log.sqlite", "/other.html", "/report.json", "/quality.html"),
            *("/assets/style.css", "/articles/bb/secret.html", "/articles/aa/%2e%2e/%2e%2e/auth-string", "/%61uth-string"),
            *(
                "//auth-string",
                "/./auth-string",
                "/%252e%252e/secret",
                "/..%2fsecret",
                "/index.html/../auth-string",
                "auth-string",
            ),
            *("http://localhost/auth-string", "*", "/assets/../auth-string", "/articles/../log.sqlite", "/index.html%2f"),
        ):
            assert (status(path), status(path, "HEAD")) == (404, 404), path
    finally:
        made.shutdown()
        serving.join()
        made.server_close()


def test_the_notebook_runs_on_a_warehouse(sample_home: Path) -> None:
    import os
    import subprocess
    import sys

    pytest.importorskip("marimo")
    done = subprocess.run(
        [sys.executable, str(ROOT / "seeds" / "notebooks" / "questions.py")],
        env={**os.environ, "COPYDESK_HOME": str(sample_home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_question_of_the_report_can_be_asked_at_the_prompt(sample_home: Path) -> None:
    from copydesk.flows.site.queries import EXAMPLES, QUERIES

    for sql in [*QUERIES.values(), *(sql for _, sql in EXAMPLES)]:
        done = copydesk("sql", sql, "--home", sample_home, "--format", "csv")
        assert done.returncode == 0, done.stderr
