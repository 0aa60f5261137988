"""Lists of addresses, feeds and sitemaps: what they name is fetched, and what they name badly is turned away alone."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from copydesk.flows.sources import feeds
from copydesk.flows.sources.entries import Entry, listed_entries
from copydesk.flows.sources.feed_reader import read_feed
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.web import WebSource
from copydesk.warehouse.errors import PermanentError
from tests.conftest import rows
from tests.flows.websites import Found, Site, page, polled, rss, running, urlset

pytestmark = pytest.mark.usefixtures("nine_pages")


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
