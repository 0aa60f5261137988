"""Lists of addresses, feeds and sitemaps: what they name is fetched, and what they name badly is turned away alone."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from copydesk.flows.sources import feeds, sitemap_reader, sitemaps
from copydesk.flows.sources.entries import Entry, listed_entries
from copydesk.flows.sources.feed_reader import read_feed
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.found import Poll
from copydesk.flows.sources.sitemap_reader import read_sitemap
from copydesk.flows.sources.web import WebSource
from copydesk.warehouse.errors import PermanentError
from tests.conftest import rows
from tests.flows.websites import Site, page, polled, running

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        for number in range(1, 10):
            one.put(f"/p/{number}", page(number))
        yield one


Found = Callable[..., list[str]]


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


def index(site: Site, *paths: str, space: str = SPACE) -> str:
    inner = "".join(f"<sitemap><loc>{site.root}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {space}>{inner}</sitemapindex>"


def urlset(site: Site, *numbers: int, space: str = SPACE) -> str:
    return f"<urlset {space}>{''.join(f'<url><loc>{site.root}/p/{n}</loc></url>' for n in numbers)}</urlset>"


def rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Saltmere Post</title>{head}{inner}</channel></rss>'


def test_relative_links_of_a_feed_are_resolved(site: Site, found: Found) -> None:
    site.put("/news/rss.xml", rss("<link>/p/1</link>", "<link>../p/2</link>", "<title>no link</title>"), "application/rss+xml")
    assert found("feed", f"{site.root}/news/rss.xml") == ["/p/1", "/p/2"]
    assert found.source.skipped["entry_without_link"] == 1  # type: ignore[attr-defined]
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site.root}/p/"><title>S</title>'
        '<entry><title>S</title><link rel="alternate" href="3"/><id>3</id></entry></feed>'
    )
    site.put("/atom.xml", atom)
    assert found("feed", f"{site.root}/atom.xml") == ["/p/3"]
    site.put("/moved.xml", "", status=301, Location="/news/rss.xml")
    assert found("feed", f"{site.root}/moved.xml") == ["/p/1", "/p/2"]


def test_a_feed_of_bad_manners_is_read(site: Site, found: Found) -> None:
    items = (
        f"<title>Storm & pier <b>4</title><link>\n {site.root}/p/4?a=1&b=2\n</link>",
        f"<guid isPermaLink='true'>{site.root}/p/5</guid>",
        f"<link>{site.root}/p/4?a=1&b=2</link>",
    )
    site.put("/p/4?a=1&b=2", page(4))
    site.put("/rss.xml", "\n\n  " + rss(*items)[:-20])
    assert found("feed", f"{site.root}/rss.xml") == ["/p/4?a=1&b=2", "/p/5"]


@pytest.mark.parametrize("kind", ["feed", "sitemap", "urls"])
def test_html_where_something_else_is_expected_is_an_error(site: Site, found: Found, kind: str) -> None:
    site.put("/moved", "<html><body><p>Feed moved</p></body></html>")
    with pytest.raises(PermanentError, match=r"/moved.*(HTML|no address)"):
        found(kind, f"{site.root}/moved")


def test_what_a_feed_says_of_a_page_is_taken_along(site: Site, found: Found) -> None:
    item = f"<title>Flood &amp;amp; &lt;b&gt;storm&lt;/b&gt;</title><link>{site.root}/p/1</link><pubDate>Wed, 01 May 2024 23:30:00 -0500</pubDate>"
    site.put("/rss.xml", rss(item))
    found("feed", f"{site.root}/rss.xml")
    (one,) = found.documents  # type: ignore[attr-defined]
    assert (one.title, one.published) == ("Flood & storm", date(2024, 5, 1))


def test_a_feed_is_never_a_name_of_something_to_open(site: Site, found: Found, tmp_path: Path) -> None:
    private = tmp_path / "private.xml"
    private.write_text(rss(f"<link>{site.root}/p/1?token=private</link>"), encoding="utf-8")
    for body in (str(private), private.as_uri(), f"{site.root}/rss.xml", "/dev/zero"):
        site.put("/lfi.xml", body)
        with pytest.raises(PermanentError, match="no feed"):
            found("feed", f"{site.root}/lfi.xml")
    assert site.asked["/rss.xml"] == 0
    outside = f'<!DOCTYPE r [<!ENTITY e SYSTEM "{private.as_uri()}"><!ENTITY w SYSTEM "{site.root}/dtd">]>'
    site.put("/xxe.xml", outside + rss("<title>&e;&w;</title><link>/p/2</link>")[21:])
    assert found("feed", f"{site.root}/xxe.xml") == ["/p/2"]
    site.put("/xxe-map.xml", outside + f"<urlset><url><loc>{site.root}/p/3&e;</loc></url></urlset>")
    assert "private" not in str(found("sitemap", f"{site.root}/xxe-map.xml"))
    assert site.asked["/dtd"] == 0
    assert "private" not in str(site.asked)


def test_a_feed_that_takes_too_long_to_read_ends(site: Site, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("/deep.xml", rss("<a>" * 300_000))
    with pytest.raises(PermanentError, match=r"deep.xml.*tags lie in each other"):
        found("feed", f"{site.root}/deep.xml")
    monkeypatch.setattr(feeds, "CPU_SECONDS", 1)
    site.put("/flat.xml", rss("<a/>" * 400_000))
    with pytest.raises(PermanentError, match=r"flat.xml.*more than 1 seconds"):
        found("feed", f"{site.root}/flat.xml")


def test_a_feed_in_the_charset_of_its_header(site: Site, found: Found) -> None:
    site.put("/ru.xml", rss(f"<title>Паводок</title><link>{site.root}/p/1</link>").encode("koi8-r"), "text/xml; charset=koi8-r")
    found("feed", f"{site.root}/ru.xml")
    assert found.documents[0].title == "Паводок"  # type: ignore[attr-defined]
    assert read_feed(rss("<link>x</link>").encode(), "http://h/a/", "text/xml")["entries"][0]["link"] == "http://h/a/x"


def test_sitemaps_of_all_forms_are_read(site: Site, found: Found) -> None:
    site.put("/plain.xml", urlset(site, 1))
    site.put("/plain.xml.gz", gzip.compress(urlset(site, 2).encode()), "application/gzip")
    site.put("/nested.xml", f"<urlset>{urlset(site, 3, space='')}</urlset>")
    site.put("/lines.txt", f"\ufeff{site.root}/p/4\n{site.root}/p/5\n", "text/plain")
    site.put("/amp.xml", f"<urlset {SPACE}><url><loc>{site.root}/p/6?a=1&b=2</loc></url></urlset>")
    site.put("/p/6?a=1&b=2", page(6))
    site.put("/rss.xml", rss("<link>/p/7</link>"))
    site.put("/prefix.xml", f'<s:urlset xmlns:s="http://x/"><s:url><s:loc>{site.root}/p/8</s:loc></s:url></s:urlset>')
    names = ("plain.xml", "plain.xml.gz", "nested.xml", "lines.txt", "amp.xml", "rss.xml", "prefix.xml")
    site.put("/index.xml", index(site, *(f"/{name}" for name in names), space=""))
    assert found("sitemap", f"{site.root}/index.xml") == [f"/p/{n}" for n in (1, 2, 3, 4, 5)] + ["/p/6?a=1&b=2", "/p/7", "/p/8"]
    two = f"<sitemap><loc>{site.root}/plain.xml</loc><loc>{site.root}/prefix.xml</loc></sitemap>"
    site.put("/two.xml", f"<sitemapindex {SPACE}>{two}</sitemapindex>")
    assert found("sitemap", f"{site.root}/two.xml") == ["/p/1", "/p/8"]
    for name in names:
        assert found("sitemap", f"{site.root}/{name}"), name


def test_a_sitemap_that_cannot_be_read_takes_no_other_with_it(site: Site, found: Found) -> None:
    site.put("/good.xml", urlset(site, 1))
    site.put("/cut.xml.gz", gzip.compress(urlset(site, 2, *range(100, 400)).encode(), 1)[:400])
    site.put("/html", "<html><body>moved</body></html>")
    site.put("/twice", gzip.compress(b"x"), Content_Encoding="gzip, br")
    site.put("/index.xml", index(site, "/gone.xml", "/cut.xml.gz", "/html", "/twice", "/index.xml", "/good.xml").replace(
        "</sitemapindex>", "<sitemap><loc>http://[::1</loc></sitemap></sitemapindex>"))  # fmt: skip
    told = found("sitemap", f"{site.root}/index.xml")
    assert "/p/1" in told
    assert "/p/2" in told
    skipped = found.source.skipped  # type: ignore[attr-defined]
    assert {name: skipped[name] for name in skipped if "sitemap" in name and skipped[name]} == {
        "sitemap_unreachable": 3,
        "sitemap_cut": 1,
        "sitemap_broken": 1,
    }
    site.put("/dead.xml", index(site, "/gone.xml", "/gone2.xml"))
    with pytest.raises(PermanentError, match="none of the 2 sitemaps"):
        found("sitemap", f"{site.root}/dead.xml")


def test_sitemaps_over_the_bound_are_counted_and_the_newest_followed(
    site: Site, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "MOST_SITEMAPS", 5)
    for number in range(1, 10):
        site.put(f"/{number}.xml", urlset(site, number))
    dated = "".join(f"<sitemap><loc>{site.root}/{n}.xml</loc><lastmod>2024-05-0{n}</lastmod></sitemap>" for n in range(1, 10))
    site.put("/dated.xml", f"<sitemapindex>{dated}</sitemapindex>")
    assert found("sitemap", f"{site.root}/dated.xml") == ["/p/9", "/p/8", "/p/7", "/p/6"]
    assert found.source.skipped["sitemaps_over_limit"] == 5  # type: ignore[attr-defined]
    site.put("/plain.xml", index(site, *(f"/{n}.xml" for n in range(1, 10))))
    assert set(found("sitemap", f"{site.root}/plain.xml")) == {"/p/1", "/p/2", "/p/8", "/p/9"}


def test_sixty_sitemaps_are_all_followed(site: Site, found: Found) -> None:
    for number in range(60):
        site.put(f"/{number}.xml", urlset(site, number))
        site.put(f"/p/{number}", page(number))
    site.put("/index.xml", index(site, *(f"/{n}.xml" for n in range(60))))
    assert len(found("sitemap", f"{site.root}/index.xml")) == 60


def test_a_sitemap_of_news_says_when_and_what(site: Site, found: Found) -> None:
    news = "<n:news><n:publication><n:name>P</n:name></n:publication><n:publication_date>2024-05-01T08:00:00Z</n:publication_date><n:title>Storm</n:title></n:news>"
    image = f"<i:image><i:loc>{site.root}/photo.jpg</i:loc><i:title>A pier</i:title></i:image>"
    head = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"'
    site.put("/news.xml", f"<urlset {SPACE} {head}><url><loc>{site.root}/p/1</loc>{image}{news}</url></urlset>")
    assert found("sitemap", f"{site.root}/news.xml") == ["/p/1"]
    (one,) = found.documents  # type: ignore[attr-defined]
    assert (one.title, one.published) == ("Storm", date(2024, 5, 1))
    memory = found.memory  # type: ignore[attr-defined]
    assert found("sitemap", f"{site.root}/news.xml", memory) == []
    assert site.asked["/p/1"] == 1


def test_what_is_too_much_of_a_sitemap_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_reader, "MOST_ELEMENTS", 1000)
    monkeypatch.setattr(sitemap_reader, "UNPACKED", 1 << 20)
    one = "<url><loc>http://h/{}</loc></url>"
    many = read_sitemap(("<urlset>" + "".join(one.format(n) for n in range(2000))).encode())
    assert (len(many.pages), many.problem) == (499, "sitemap_too_large")
    bomb = read_sitemap(gzip.compress(("<urlset>" + one.format(1)).encode() + b" " * 50_000_000))
    assert (len(bomb.pages), bomb.problem) == (1, "sitemap_too_large")
    laughs = '<!DOCTYPE u [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><urlset><url><loc>http://h/&b;</loc></url></urlset>'
    assert len(read_sitemap(laughs.encode()).pages) <= 1
    deep = read_sitemap(("<urlset>" + one.format(1) + "<a>" * 100_000).encode())
    assert [page.url for page in deep.pages] == ["http://h/1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_may_begin_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    skipped: Counter[str] = Counter()
    text = "http://h/1\r\nhttp://h/2 # note\n# remark\nnot a url\n" + "http://h/" + "x" * 100_000 + "\nhttp://h/3"
    told = [entry.url for entry in listed_entries(io.BytesIO(text.encode(encoding)), skipped)]
    assert told == ["http://h/1", "http://h/2", "http://h/3"]
    assert skipped == {"no_address": 1, "address_too_long": 1}


def test_of_two_hundred_addresses_every_fifth_bad_the_others_come_in(site: Site, tmp_path: Path) -> None:
    bad = [
        f"{site.root}/gone", f"{site.root}/away", "http://[::1", "http://x:abc/", "http://a..b/", f"{site.root}/twice",
        f"{site.root}/short", f"{site.root}/photo", "http://10.0.0.1/", "http://xn--a/", f"{site.root}/nul\x00", "javascript:void(0)",
        f"{site.root}/large", f"{site.root}/cut", f"{site.root}/odd", f"{site.root}/empty", f"{site.root}/binary",
        f"{site.root}/loop", f"http://desk:s3cret@127.0.0.1:{site.port}/gone2", f"{site.root}/secret",
    ]  # fmt: skip
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret", "text/plain")
    site.put("/away", "", status=302, Location="http://a..b/")
    site.put("/loop", "", status=302, Location="/loop")
    site.put("/twice", gzip.compress(b"x"), Content_Encoding="gzip, gzip")
    site.put("/cut", gzip.compress(page(1).encode())[:200], Content_Encoding="gzip")
    site.raw("/short", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nx")
    site.raw("/odd", b"\x00\x01\x02\r\n\r\n")
    site.put("/photo", b"\xff\xd8\xff", "image/jpeg")
    site.put("/large", b"x" * (2 << 20))
    site.put("/empty", b"")
    site.put("/binary", bytes(range(256)) * 40)
    lines = []
    for number in range(1000, 1100):
        lines.append(f"{site.root}/p/{number}" if number % 5 else bad[(number - 1000) // 5])
        site.put(f"/p/{number}", page(number))
    (tmp_path / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    run = polled(tmp_path, "urls", str(tmp_path / "list.txt"))
    assert (run.tally.counts["ingested"], run.tally.counts["rejected"]) == (80, 20)
    told = rows(tmp_path / "home", "SELECT reason, detail, source_uri FROM rejects")
    assert len({uri for *_, uri in told}) == 20
    assert all(detail for _, detail, _ in told)
    assert "s3cret" not in str(told)
    assert not any(b"s3cret" in path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())


def test_an_article_in_the_charset_of_its_header_and_packed_by_brotli(site: Site, tmp_path: Path) -> None:
    import brotli

    body = "".join(
        f"<p>Мэр Новой Лавки Ида Брандт сообщила, что паводок заставил {n} человек покинуть свои дома у старой пристани.</p>"
        for n in range(1200, 1206)
    )
    text = f"<html><head><title>Паводок</title></head><body><article><h1>Паводок</h1>{body}</article></body></html>"
    site.put("/ru", brotli.compress(text.encode("windows-1251")), "text/html; charset=windows-1251", Content_Encoding="br")
    (tmp_path / "list.txt").write_text(f"{site.root}/ru\n", encoding="utf-8")
    assert polled(tmp_path, "urls", str(tmp_path / "list.txt")).tally.counts["ingested"] == 1
    ((title, language, told),) = rows(tmp_path / "home", "SELECT title, language, text FROM articles")
    assert (title, language) == ("Паводок", "ru")
    assert "1200 человек" in told


def test_a_backlog_is_worked_off_pages_never_seen_first(site: Site, found: Found, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    names = ["gone-1", "gone-2", *(f"p/{n}" for n in range(1, 8))]
    listed.write_text("".join(f"{site.root}/{name}\n" for name in names), encoding="utf-8")
    memory: dict[str, object] = {}
    asked: list[list[str]] = []
    for _ in range(6):
        before = Counter(site.asked)
        found("urls", str(listed), memory, 3)
        memory = found.memory  # type: ignore[attr-defined]
        asked.append(sorted((site.asked - before).keys() - {"/robots.txt"}))
    assert asked[:3] == [["/gone-1", "/gone-2", "/p/1"], ["/p/2", "/p/3", "/p/4"], ["/p/5", "/p/6", "/p/7"]]
    assert asked[3:] == asked[:3], "then those that were asked for longest ago"
    assert found.source.skipped["over_limit"] == 6  # type: ignore[attr-defined]


def test_a_page_that_failed_between_is_taken_whole_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"{site.root}/p/1\n", encoding="utf-8")
    site.put("/p/1", page(1), ETag='"1"')
    assert polled(tmp_path, "urls", str(tmp_path / "list.txt")).tally.counts["ingested"] == 1
    site.put("/p/1", "", status=410)
    assert polled(tmp_path, "urls", str(tmp_path / "list.txt")).tally.counts["rejected"] == 1
    site.put("/p/1", page(1), ETag='"1"')
    polled(tmp_path, "urls", str(tmp_path / "list.txt"))
    assert "If-None-Match" not in site.headers["/p/1"]
    assert rows(tmp_path / "home", "SELECT count(*) FROM rejects") == [(0,)]


def test_entries_are_the_same_page_with_and_without_a_login() -> None:
    entry = Entry(address="http://desk:pw@news.example/1")
    assert (entry.url, entry.address) == ("http://news.example/1", "http://desk:pw@news.example/1")


def test_shared_cases_of_the_web(shared: Path, tmp_path: Path) -> None:
    with running() as site:
        for number in range(1, 20):
            site.put(f"/p/{number}", page(number))
        site.put("/p/4?a=1&b=2", page(4))
        site.put("/p/13?a=1&b=2", page(13))
        site.put("/sm-plain.xml", urlset(site, 17))
        site.put("/sm-plain.xml.gz", gzip.compress(urlset(site, 17).encode()), "application/gzip")
        site.put("/sm-prefix.xml", urlset(site, 18))
        pages = {
            "atom-relative.xml": 1, "rss-malformed.xml": 2, "list-bom.txt": 2, "sm-bad-amp.xml": 1, "sm-index-gz.xml": 1,
            "sm-nested.xml": 1, "sm-nons-index.xml": 1, "sm-text.txt": 2, "sm-two-loc.xml": 2,
        }  # fmt: skip
        for name, count in pages.items():
            body = (shared / "cases" / f"web-{name}").read_bytes().replace(b"127.0.0.1:8947", f"127.0.0.1:{site.port}".encode())
            site.put(f"/{name}", body, "text/plain" if name.endswith("txt") else "text/xml")
            kind = "urls" if "list" in name else "sitemap" if name.startswith("sm") else "feed"
            source = WebSource(
                name="w",
                kind=kind,
                location=f"{site.root}/{name}",
                fetcher=Fetcher(1 << 20, ["127.0.0.1"], delay=0.0),
                most=9,
                outlet=None,
                language=None,
            )
            told = list(source.discover())
            assert [one.read(1 << 20).problem for one in told] == [None] * count, name
