"""Three hundred drips and bombs from a server of this machine, and the few that took gigabytes: time and memory stay bounded."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd

from tests.flows.websites import Handler, Site, page, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

MEGABYTE = 1 << 20
PEAK = 250 * MEGABYTE
"""Bytes that a process which fetches may hold at most."""

CHILD = """
import json, resource, sys, time
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.web import WebSource
from copydesk.warehouse.errors import PermanentError

kind, location, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
began, told, failed = time.monotonic(), [], ""
fetcher = Fetcher(1 << 20, ["127.0.0.1"], delay=0.0, seconds=seconds)
source = WebSource(name="soak", kind=kind, location=location, fetcher=fetcher, most=1000, outlet=None, language=None)
try:
    for found in source.discover():
        told.append([found.uri, found.read(1 << 20).problem])
except PermanentError as error:
    failed = str(error)
held = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
usage = max(held, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps({"told": told, "skipped": source.skipped, "peak": usage * 1024, "seconds": time.monotonic() - began, "failed": failed}))
"""


def asked(kind: str, location: str, seconds: float) -> dict[str, Any]:
    """What a process of its own fetches from a source of the web, how long it takes and how much it holds at most."""
    command = [sys.executable, "-c", CHILD, kind, location, str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


def endless(chunk: bytes, head: bytes = b"") -> Callable[[Handler], None]:
    """An answer without end, as fast as it is taken."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n")
        while not handler.server.closing.is_set():
            handler.wfile.write(chunk)

    return answer


def test_three_hundred_drips_and_bombs(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    zeros = b"0" * (64 * MEGABYTE)
    bombs = {"gzip": gzip.compress(zeros), "br": brotli.compress(zeros, quality=4), "zstd": zstd.compress(zeros)}
    put: list[Callable[[str], None]] = [
        site.drip,
        lambda path: site.drip(path, head + b"X: ", b"a"),
        lambda path: site.drip(path, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda path: site.drip(path, head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        lambda path: site.put(path, bombs["gzip"], Content_Encoding="gzip"),
        lambda path: site.put(path, bombs["br"], Content_Encoding="br"),
        lambda path: site.put(path, bombs["zstd"], Content_Encoding="zstd"),
        lambda path: site.put(path, gzip.compress(bombs["gzip"]), Content_Encoding="gzip, gzip"),
        lambda path: site.pages.__setitem__(path, endless(b"x" * 65536)),
        lambda path: site.pages.__setitem__(path, endless(gzip.compress(b"") * 3000, b"Content-Encoding: gzip\r\n")),
        lambda path: site.put(path, "", status=302, Location=path),
        lambda path: site.raw(path, head + b"Content-Length: 999999\r\n\r\nshort"),
    ]
    for number in range(300):
        put[number % len(put)](f"/{number}")
    site.put("/good", page(1))
    lines = [f"{site.root}/{number}" for number in range(300)] + [f"{site.root}/good"]
    (tmp_path / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    told = asked("urls", str(tmp_path / "list.txt"), 0.5)
    problems = Counter(problem for _, problem in told["told"])
    with capsys.disabled():
        print(
            f"\n300 drips and bombs: {told['seconds']:.0f} s, {told['peak'] / MEGABYTE:.0f} MB at most, {dict(problems)}, "
            f"{told['skipped']}"
        )
    assert problems[None] == 1
    assert sum(problems.values()) == 301
    assert told["peak"] < PEAK


def packed_twice(site: Site) -> None:
    site.put("/x", gzip.compress(gzip.compress(b"0" * (64 * MEGABYTE)) * 32), Content_Encoding="gzip, gzip")


def robots_of_gigabytes(site: Site) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(1500):
            handler.wfile.write(b"Disallow: /x/y/z\n" * (MEGABYTE // 17))

    site.pages["/robots.txt"] = answer
    site.put("/x", page(1))


def packed_sitemap(site: Site) -> None:
    site.put("/x", gzip.compress(b"<urlset><url>") + gzip.compress(b" " * (64 * MEGABYTE)) * 50, "application/gzip")


def sitemap_of_junk(site: Site) -> None:
    site.put("/x", gzip.compress(b"<urlset>" + b"<a/>" * (15 * MEGABYTE)), "application/gzip")


def deep_feed(site: Site) -> None:
    site.put("/x", b"<rss><channel>" + b"<a>" * 300_000, "text/xml")


def feed_of_entries(site: Site) -> None:
    item = b"<item><title>t</title><link>http://127.0.0.1:1/</link></item>"
    site.put("/x", b"<rss><channel>" + item * 100_000, "text/xml")


@pytest.mark.parametrize(
    ("kind", "trap"),
    [
        ("feed", packed_twice),
        ("urls", packed_twice),
        ("feed", robots_of_gigabytes),
        ("sitemap", packed_sitemap),
        ("sitemap", sitemap_of_junk),
        ("feed", deep_feed),
        ("feed", feed_of_entries),
    ],
)
def test_what_took_gigabytes_or_minutes(
    site: Site, kind: str, trap: Callable[[Site], None], capsys: pytest.CaptureFixture[str]
) -> None:
    trap(site)
    told = asked(kind, f"{site.root}/x", 60)
    with capsys.disabled():
        print(
            f"\n{trap.__name__} as {kind}: {told['seconds']:.1f} s, {told['peak'] / MEGABYTE:.0f} MB at most; {told['failed']}"
        )
    assert told["failed"] or told["told"] or told["skipped"]
    assert told["peak"] < 600 * MEGABYTE
