"""A website of this machine that tests shape: pages by path, and answers that no decent server gives."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.registry import Spec, source_of
from copydesk.flows.sources.web import WebSource
from tests.conftest import article

PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
TICK = 0.02
"""Seconds between two bytes of a server that drips."""

Answer = Callable[["Handler"], None]


def page(number: int) -> str:
    """An HTML page with an article of its own."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in article(number).split("\n\n")[2:])
    return PAGE.format(title=f"Road to the harbour ({number})", body=body)


class Site(ThreadingHTTPServer):
    """A small site: its answers by path, how often each was asked for, and the headers of the last request for it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str | bytes, media: str = "text/html", status: int = 200, **headers: str) -> None:
        """A page with its headers; an underscore in a header's name stands for a hyphen."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda handler: handler.answer(status, data, media, headers)

    def drip(self, path: str, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", drop: bytes = b"x") -> None:
        """An answer that comes a byte at a time, for ever."""

        def answer(handler: Handler) -> None:
            handler.wfile.write(head)
            while not self.closing.wait(TICK):
                handler.wfile.write(drop)
                handler.wfile.flush()

        self.pages[path] = answer

    def raw(self, path: str, *pieces: bytes) -> None:
        """An answer to the byte."""

        def answer(handler: Handler) -> None:
            for piece in pieces:
                handler.wfile.write(piece)

        self.pages[path] = answer


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.headers[self.path] = dict(self.headers.items())
        try:
            self.server.pages.get(self.path, lambda handler: handler.answer(404, b"none", "text/plain", {}))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, status: int, body: bytes, media: str, headers: dict[str, str]) -> None:
        etag = headers.get("ETag") or f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("ETag", etag)
        if media:
            self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items() - {("ETag", etag)}:
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Site]:
    """A site for as long as it is needed."""
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


def polled(folder: Path, kind: str, location: str, **more: object) -> Run:
    """An ingest from a source of the web, with no pause between requests."""
    source = source_of(Spec(name="web", kind=kind, location=location, allow=("127.0.0.1",), **more), 1 << 20)  # type: ignore[arg-type]
    assert isinstance(source, WebSource)
    source._fetcher._delay, source._fetcher._sleep = 0.0, lambda seconds: None
    return ingest(Settings(home=folder / "home", jobs=1, max_rejects=1.0), source, {}, Progress())


SHORT = 0.4
"""Seconds that an address may take in these tests."""


def fetcher(limit: int = 1 << 20, *, allowed: tuple[str, ...] = ("127.0.0.1",), **more: Any) -> Fetcher:
    """A fetcher that waits for nothing between two requests."""
    return Fetcher(limit, allowed, delay=0.0, **{"sleep": lambda seconds: None, **more})


SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Found = Callable[..., list[str]]


def index(site: Site, *paths: str, space: str = SPACE) -> str:
    inner = "".join(f"<sitemap><loc>{site.root}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {space}>{inner}</sitemapindex>"


def urlset(site: Site, *numbers: int, space: str = SPACE) -> str:
    return f"<urlset {space}>{''.join(f'<url><loc>{site.root}/p/{n}</loc></url>' for n in numbers)}</urlset>"


def rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Saltmere Post</title>{head}{inner}</channel></rss>'
