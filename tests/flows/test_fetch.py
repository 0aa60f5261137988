"""Fetching: whatever a server sends, one page is one content or one problem, within bounds of time and bytes."""

from __future__ import annotations

import gzip
import itertools
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import brotli
import pytest
from backports import zstd

from copydesk.flows.sources.fetch import MOST_LATE
from copydesk.transforms.cleaning.decode import decode_document
from tests.flows.websites import SHORT, Site, fetcher, page

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


BAD = [
    "http://[::1",
    "http://x:abc/",
    "http://a..b/",
    "http://xn--a/",
    "http://a/\x00",
    "http:127.0.0.1..",
    "http://[v1.x]/",
    "http://h:99999/",
    "http://h:0/",
    "http:///p",
    "http://" + "a" * 300 + ".example/",
    "http://127.0.0.1/" + "a" * 70_000,
    "http://h/\ud800",
    "",
    "//x",
    "http://１２７.0.0.1/",
    "http://[fe80::1%25eth0]/",
]


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_is_none_is_a_problem_of_its_own(url: str) -> None:
    content = fetcher().fetch(url).content
    assert content.problem in ("invalid_address", "forbidden", "unreachable")
    assert content.detail
    content.detail.encode()


@pytest.mark.parametrize(
    "target", ["http://a..b/", "http://[::1", "http://x:abc/", "javascript:1", "/\ud800", "http://xn--a/", ""]
)
def test_a_redirect_to_nonsense_is_a_problem_of_its_page(site: Site, target: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target.encode("utf-8", "surrogatepass") + b"\r\n\r\n"
    site.raw("/away", head)
    assert fetcher().fetch(f"{site.root}/away").content.problem in ("unreachable", "forbidden")


@pytest.mark.parametrize(
    "answer",
    [
        b"no HTTP at all\r\n\r\n",
        b"",
        OK + b"Content-Length: 99999\r\n\r\nshort",
        OK + b"Content-Length: -1\r\n\r\nx",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\nno gzip",
        OK + b"Content-Encoding: br\r\n\r\nno brotli at all",
        OK + b"Content-Encoding: zstd\r\n\r\nno zstd at all, none",
        OK + b"Content-Encoding: deflate\r\n\r\n\xff\xff\xff",
        OK + b"Content-Encoding: compress\r\n\r\nx",
        OK + b"Set-Cookie: \xff\xfe=\x80; expires=never\r\nX: " + b"a" * 200_000 + b"\r\n\r\nx",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_a_problem_of_its_page(site: Site, answer: bytes) -> None:
    site.raw("/odd", answer)
    site.put("/1.html", page(1))
    one = fetcher()
    content = one.fetch(f"{site.root}/odd").content
    assert content.problem in ("unreachable", "unreadable"), content
    assert one.fetch(f"{site.root}/1.html").content.problem is None


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, encoding: str, packed: Any) -> None:
    site.put("/1.html", packed(page(1).encode()), Content_Encoding=encoding)
    assert fetcher().fetch(f"{site.root}/1.html").content.data.decode() == page(1)
    assert {"gzip", "deflate", "br", "zstd"} == set(site.headers["/1.html"]["Accept-Encoding"].split(", "))


@pytest.mark.parametrize(("encoding", "packed"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)])
def test_a_bomb_is_cut_at_the_limit(site: Site, encoding: str, packed: Any) -> None:
    site.put("/bomb.html", packed(b"0" * 50_000_000), Content_Encoding=encoding)
    content = fetcher(100_000).fetch(f"{site.root}/bomb.html").content
    assert (content.problem, len(content.data)) == ("too_large", 100_000)


def test_a_body_that_is_packed_twice_is_refused(site: Site) -> None:
    site.put("/twice.html", gzip.compress(gzip.compress(b"0" * 10_000_000)), Content_Encoding="gzip, gzip")
    content = fetcher().fetch(f"{site.root}/twice.html").content
    assert content.problem == "unreadable"
    assert "gzip, gzip" in str(content.detail)


def test_empty_members_without_end_are_no_way_round_the_limit(site: Site) -> None:
    site.put("/empty.html", gzip.compress(b"", mtime=0) * 200_000, Content_Encoding="gzip")
    assert fetcher(1000).fetch(f"{site.root}/empty.html").content.problem == "unreadable"


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (OK + b"\r\n", b"x"),
        (OK + b"X: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 ", b"2"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)),
    ],
)
def test_a_drip_ends_at_the_deadline(site: Site, head: bytes, drop: bytes) -> None:
    site.drip("/drip.html", head, drop)
    content = fetcher(seconds=SHORT).fetch(f"{site.root}/drip.html").content
    assert content.problem == "unreachable"
    assert f"{SHORT:g} seconds" in str(content.detail)


def test_a_deadline_is_of_the_clock_that_is_given(site: Site) -> None:
    site.drip("/drip.html")
    ticks = itertools.count(step=7)
    content = fetcher(clock=lambda: float(next(ticks))).fetch(f"{site.root}/drip.html").content
    assert "60 seconds" in str(content.detail)


def test_a_resolver_and_redirects_end_at_the_deadline_too(site: Site) -> None:
    site.put("/a", "", status=302, Location="/b")
    site.drip("/b")
    assert fetcher(seconds=SHORT).fetch(f"{site.root}/a").content.problem == "unreachable"
    slow = fetcher(seconds=SHORT, allowed=("slow.example",), resolver=lambda host, port: site.closing.wait(60) or ["127.0.0.1"])
    assert slow.fetch("http://slow.example/").content.problem == "unreachable"


def test_a_site_that_is_always_late_is_left_for_the_next_run(site: Site) -> None:
    for number in range(MOST_LATE + 2):
        site.drip(f"/{number}")
    one = fetcher(seconds=0.05)
    told = [one.fetch(f"{site.root}/{number}") for number in range(MOST_LATE + 2)]
    assert [answer.postponed for answer in told[-3:]] == [None, "site_too_slow", "site_too_slow"]


def test_robots_that_drip_are_heeded_as_far_as_they_came(site: Site) -> None:
    site.drip("/robots.txt", b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n", b"# \n")
    site.put("/1.html", page(1))
    one = fetcher(seconds=SHORT)
    assert one.fetch(f"{site.root}/secret.html").content.problem == "forbidden"
    assert one.fetch(f"{site.root}/1.html").content.problem is None


def test_of_a_huge_robots_the_first_part_is_heeded(site: Site) -> None:
    agents = "".join(f"User-agent: {number}\n" for number in range(20_000))
    site.put("/robots.txt", agents + "User-agent: *\nDisallow: /secret\n" * 5000 + "Disallow: /1/\n" * 1_000_000, "text/plain")
    site.put("/1.html", page(1))
    one = fetcher()
    assert one.fetch(f"{site.root}/secret.html").content.problem == "forbidden"
    assert one.fetch(f"{site.root}/1.html").content.problem is None


def test_a_busy_server_is_heeded_within_bounds(site: Site) -> None:
    slept: list[float] = []
    one = fetcher(sleep=slept.append)
    site.put("/soon", "", status=429, Retry_After="7")
    assert one.fetch(f"{site.root}/soon").content.problem == "unreachable"
    assert slept == [7.0, 7.0]
    assert site.asked["/soon"] == 3
    date = datetime(2024, 5, 1, tzinfo=UTC)
    asked = {"Retry_After": format_datetime(date + timedelta(days=2), usegmt=True)}
    site.raw("/late", f"HTTP/1.1 503 Later\r\nDate: {format_datetime(date, usegmt=True)}\r\n".encode()
             + f"Retry-After: {asked['Retry_After']}\r\nContent-Length: 0\r\n\r\n".encode())  # fmt: skip
    assert "asks to wait" in str(one.fetch(f"{site.root}/late").content.detail)
    assert site.asked["/late"] == 1
    assert one.fetch(f"{site.root}/soon").postponed == "asked_to_wait"
    assert site.asked["/soon"] == 3
    for odd in ("soon", "-1", "9" * 5000, "Wed, 99 Foo", "nan"):
        site.put("/odd", "", status=503, Retry_After=odd)
        assert fetcher().fetch(f"{site.root}/odd").content.problem == "unreachable"


def test_the_charset_of_the_header_travels_with_the_media_type(site: Site) -> None:
    text = "<p>Паводок в Новой Лавке: 1200 человек покинули дома.</p>"
    site.put("/ru.html", text.encode("koi8-r"), 'Text/HTML; Charset="KOI8-R"')
    site.put("/utf.html", text, "text/html; charset=utf-8")
    site.put("/odd.html", text, "text/html; charset=\xff\xff; charset")
    told = fetcher().fetch(f"{site.root}/ru.html")
    assert told.media_type == "text/html; charset=koi8-r"
    assert decode_document(told.content.data, told.media_type, 1000) == text
    assert fetcher().fetch(f"{site.root}/utf.html").media_type == "text/html"
    assert fetcher().fetch(f"{site.root}/odd.html").media_type == "text/html"
