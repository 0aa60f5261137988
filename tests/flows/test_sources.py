"""Sources: files and containers, addresses of the web, and the file that names them."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.flows.runs.run import Run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.choose import chosen_source
from copydesk.flows.sources.containers.member import Options
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.sources.registry import add_source, read_sources, remove_source
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, article, copydesk, rows
from tests.flows.websites import Site, page
from tests.homes import ODD_FILES, odd_file


def test_every_member_of_an_archive_is_a_document_with_an_address(take: Ingest, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("in/one.txt", article(1))
        packed.writestr("in/photo.jpg", b"\xff\xd8")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        data = article(2).encode()
        info = tarfile.TarInfo("../two.txt")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    run = take(tmp_path / "a.zip", tmp_path / "b.tar.gz")
    assert run.tally.counts["ingested"] == 2
    assert run.tally.skipped["other_kind"] == 1
    addresses = [row[0] for row in rows(tmp_path / "home", "SELECT source_uri FROM articles ORDER BY 1")]
    assert addresses[0].startswith("file://")
    assert "a.zip#in/one.txt" in addresses[0]
    again = take(tmp_path / "a.zip", tmp_path / "b.tar.gz")
    assert again.tally.counts["ingested"] == again.tally.counts["received"] == 0
    assert again.tally.skipped["unchanged_container"] == 2


def test_a_bomb_in_an_archive_is_turned_away_and_the_rest_taken(take: Ingest, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.txt", b"0" * 40_000_000)
        packed.writestr("one.txt", article(1))
    run = take(tmp_path / "a.zip")
    assert (run.tally.counts["ingested"], run.tally.counts["rejected"]) == (1, 1)
    assert rows(tmp_path / "home", "SELECT reason FROM rejects") == [("too_large",)]


def test_a_broken_container_is_a_reject_that_says_so(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\nno json\n', encoding="utf-8")
    (tmp_path / "c.txt").write_text(article(1), encoding="utf-8")
    run = take(*(tmp_path / name for name in ("a.zip", "b.jsonl", "c.txt")))
    assert run.tally.counts["ingested"] == 1
    told = dict(
        rows(tmp_path / "home", "SELECT regexp_extract(source_uri, '[^/]+$'), detail FROM rejects WHERE reason LIKE 'broken%'")
    )
    assert set(told) == {"a.zip", "b.jsonl#2"}
    assert "line 2" in told["b.jsonl#2"]


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "csv", "parquet"])
def test_rows_bring_their_title_date_and_address(take: Ingest, tmp_path: Path, kind: str) -> None:
    records = [
        {"headline": f"Given {n}", "published": f"2023-05-0{n}", "url": f"https://courier.example/{n}", "body": article(n)}
        for n in (1, 2)
    ]
    path = tmp_path / f"news.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(records), path)
    elif kind == "csv":
        import csv

        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, records[0])
            writer.writeheader()
            writer.writerows(records)
    else:
        lines = "".join(json.dumps(record) + "\n" for record in records).encode()
        path.write_bytes(gzip.compress(lines) if kind.endswith("gz") else lines)
    take(path)
    found = rows(tmp_path / "home", "SELECT title, published_on::VARCHAR, url FROM articles ORDER BY title")
    assert found == [(f"Given {n}", f"2023-05-0{n}", f"https://courier.example/{n}") for n in (1, 2)]


def test_a_table_without_text_says_which_columns_it_has(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"story": "x"}\n', encoding="utf-8")
    take(tmp_path / "a.jsonl")
    ((detail,),) = rows(tmp_path / "home", "SELECT detail FROM rejects")
    assert "story" in detail
    assert "columns = {text" in detail
    named = FolderSource("t", [tmp_path / "a.jsonl"], options=Options(columns={"text": "story"}))
    assert len(list(named.discover())) == 1


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_pages_of_a_web_archive(take: Ingest, tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        writer = WARCWriter(file, gzip=name.endswith(".gz"))
        for number, media in ((1, "text/html; charset=utf-8"), (2, "image/png")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
            body = io.BytesIO(page(number).encode())
            url = f"https://courier.example/{number}"
            writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=headers))
    take(tmp_path / name)
    assert rows(tmp_path / "home", "SELECT url, title FROM articles") == [
        ("https://courier.example/1", "Road to the harbour (1)")
    ]


def test_a_file_that_is_being_written_waits(tmp_path: Path) -> None:
    (tmp_path / "fresh.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "old.txt").write_text(article(2), encoding="utf-8")
    (tmp_path / "half.txt.part").write_text("x", encoding="utf-8")
    os.utime(tmp_path / "old.txt", (time.time() - 60,) * 2)
    source = FolderSource("t", [tmp_path], settle=2.0)
    assert [found.uri.rpartition("/")[2] for found in source.discover()] == ["old.txt"]
    assert source.skipped["being_written"] == 2


def test_a_list_of_addresses_is_fetched_once_and_then_asked_whether_it_changed(
    site: Site, poll: Callable[..., Run], tmp_path: Path
) -> None:
    for number in (1, 2):
        site.put(f"/{number}.html", page(number))
    listed = tmp_path / "list.txt"
    listed.write_text(f"# the harbour\n{site.root}/1.html\n{site.root}/2.html\n{site.root}/gone.html\n", encoding="utf-8")
    first = poll("urls", str(listed))
    assert (first.tally.counts["ingested"], first.tally.counts["rejected"]) == (2, 1)
    assert rows(tmp_path / "home", "SELECT reason FROM rejects") == [("unreachable",)]
    second = poll("urls", str(listed))
    assert second.tally.counts["received"] == 0
    assert second.tally.skipped["not_modified"] == 2
    site.put("/1.html", page(7))
    assert poll("urls", str(listed)).tally.counts["ingested"] == 1
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(2,)]


def test_a_feed_brings_its_new_entries_alone(site: Site, poll: Callable[..., Run], tmp_path: Path) -> None:
    def feed(*numbers: int) -> str:
        items = "".join(
            f"<item><title>{n}</title><link>{site.root}/{n}.html</link><pubDate>Mon, 0{n} Apr 2024 10:00:00 GMT</pubDate></item>"
            for n in numbers
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'

    for number in (1, 2):
        site.put(f"/{number}.html", page(number))
    site.put("/feed.xml", feed(1), "application/rss+xml")
    assert poll("feed", f"{site.root}/feed.xml").tally.counts["ingested"] == 1
    site.put("/feed.xml", feed(1, 2), "application/rss+xml")
    assert poll("feed", f"{site.root}/feed.xml").tally.counts["ingested"] == 1
    assert site.asked["/1.html"] == 1, "an entry that did not change is not asked for again"


def test_a_sitemap_and_the_sitemaps_it_names(site: Site, poll: Callable[..., Run]) -> None:
    site.put("/1.html", page(1))
    name = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.put("/index.xml", f"<sitemapindex {name}><sitemap><loc>{site.root}/map.xml</loc></sitemap></sitemapindex>")
    site.put("/map.xml", f"<urlset {name}><url><loc>{site.root}/1.html</loc><lastmod>2024-05-01</lastmod></url></urlset>")
    assert poll("sitemap", f"{site.root}/index.xml").tally.counts["ingested"] == 1
    assert poll("sitemap", f"{site.root}/index.xml").tally.skipped["not_modified"] == 1
    assert site.asked["/1.html"] == 1


def test_robots_private_addresses_and_other_schemes_are_obeyed(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret", "text/plain")
    site.put("/secret.html", page(1))
    site.put("/away", "", status=302, Location="file:///etc/passwd")
    allowed = Fetcher(1 << 20, ["127.0.0.1"], delay=0.0)
    assert "robots.txt" in str(allowed.fetch(f"{site.root}/secret.html").content.detail)
    assert "only http" in str(allowed.fetch(f"{site.root}/away").content.detail)
    assert "private address" in str(Fetcher(1 << 20).fetch(f"{site.root}/1.html").content.detail)
    assert site.asked["/secret.html"] == 0


def test_a_busy_server_is_tried_again_and_a_large_page_cut(site: Site) -> None:
    slept: list[float] = []
    site.put("/busy.html", "later", status=503)
    site.put("/large.html", "x" * 5000)
    fetcher = Fetcher(1000, ["127.0.0.1"], delay=0.0, sleep=slept.append)
    assert fetcher.fetch(f"{site.root}/busy.html").content.problem == "unreachable"
    assert site.asked["/busy.html"] == 3
    assert len([pause for pause in slept if pause > 0]) == 2
    large = fetcher.fetch(f"{site.root}/large.html").content
    assert (large.problem, len(large.data)) == ("too_large", 1000)


def test_the_file_of_sources_is_edited_with_its_comments_kept(tmp_path: Path) -> None:
    home = Home(tmp_path).prepared()
    (tmp_path / "sources.toml").write_text(
        '# our sources\n[sources.valley]\nkind = "folder"  # scraped at night\nlocation = "/news"\n', "utf-8"
    )
    add_source(
        home,
        Spec(name="wire", kind="feed", location="https://wire.example/rss", schedule="*/15 * * * *", outlet="Coastal Wire"),
    )
    text = (tmp_path / "sources.toml").read_text(encoding="utf-8")
    assert "# our sources" in text
    assert "# scraped at night" in text
    assert read_sources(home)["wire"] == Spec(
        name="wire", kind="feed", location="https://wire.example/rss", schedule="*/15 * * * *", outlet="Coastal Wire"
    )
    with pytest.raises(PermanentError, match="has a source 'wire'"):
        add_source(home, Spec(name="wire", kind="folder", location="/x"))
    remove_source(home, "wire")
    assert list(read_sources(home)) == ["valley"]
    with pytest.raises(PermanentError, match="no source 'wire'"):
        remove_source(home, "wire")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('kind = "ftp"\nlocation = "x"', "'ftp'"),
        ('kind = "folder"', "no location"),
        ('kind = "folder"\nlocation = "x"\nschedule = "often"', "'often' is no cron"),
        ('kind = "folder"\nlocation = "x"\ncolour = "red"', "'colour'"),
        ('kind = "feed"\nlocation = "x"\nmost = 0', "most is 0"),
    ],
)
def test_a_wrong_source_says_what_and_where(tmp_path: Path, line: str, told: str) -> None:
    home = Home(tmp_path).prepared()
    (tmp_path / "sources.toml").write_text(f"[sources.a]\n{line}\n", encoding="utf-8")
    with pytest.raises(PermanentError, match=told):
        read_sources(home)


HOSTILE_SOURCES = {
    "a list": "sources = [1]",
    "a text": "sources = 'x'",
    "a table in a list": "[[sources]]\nname = 'x'",
    "another table": "[source.x]\nkind = 'folder'\nlocation = 'x'",
    "a line above": "kind = 'folder'\n[sources.x]\nkind = 'folder'\nlocation = 'x'",
    "lists in lists": "sources = " + "[" * 5000 + "]" * 5000,
    "digits without end": "[sources.x]\nkind = 'folder'\nlocation = 'x'\nmost = " + "9" * 5000,
}


@pytest.mark.parametrize("what", HOSTILE_SOURCES)
def test_a_hostile_file_of_sources_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    (tmp_path / "sources.toml").write_text(HOSTILE_SOURCES[what], encoding="utf-8")
    with pytest.raises(PermanentError, match=r"sources\.toml"):
        read_sources(Home(tmp_path))


@pytest.mark.parametrize("kind", ODD_FILES)
def test_what_is_no_file_of_sources_is_not_read(tmp_path: Path, kind: str) -> None:
    odd_file(tmp_path / "sources.toml", kind)
    with pytest.raises(PermanentError, match="cannot be read"):
        read_sources(Home(tmp_path))


def test_without_a_path_the_inbox_is_read_or_a_source_by_name(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = Settings(home=home)
    assert chosen_source(settings, None, ()).name == "inbox"
    (home / "inbox" / "a.txt").write_text(article(1), encoding="utf-8")
    done = copydesk("ingest", "--home", home, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert rows(home, "SELECT source FROM articles") == [("inbox",)]
    added = copydesk("source", "add", "more", "--kind", "folder", "--location", tmp_path / "more", "--home", home)
    assert added.returncode == 0, added.stderr
    (tmp_path / "more").mkdir()
    assert "nothing in it" in copydesk("source", "check", "more", "--home", home).stdout
    assert "more: folder" in copydesk("source", "list", "--home", home).stdout
    wrong = copydesk("ingest", "--source", "nope", "--home", home)
    assert wrong.returncode == 1
    assert "inbox, more" in wrong.stderr
