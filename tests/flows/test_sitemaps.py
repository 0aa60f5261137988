"""Sitemaps: every form is read, one that is broken takes no other with it, and none is read beyond its bounds."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from copydesk.flows.sources import sitemap_reader, sitemaps
from copydesk.flows.sources.sitemap_reader import read_sitemap
from copydesk.warehouse.errors import PermanentError
from tests.flows.websites import SPACE, Found, Site, index, page, rss, urlset

pytestmark = pytest.mark.usefixtures("nine_pages")


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
