"""Serves the report on loopback: its pages from the folder, those of articles when they are asked for."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from copydesk.flows.site.build import PAGES, POLICY, Report

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
"""The names by which the server is called. A page of somebody else's name that leads here reads nothing."""

HTTP_PORT = 80
LONGEST = 200
"""Characters of a path; those of our pages are shorter."""

OURS = re.compile(rf"/({'|'.join(re.escape(name) for name, _ in PAGES)}|assets/[\w.-]+|articles/\w+/[\w-]+\.html)?", re.ASCII)
"""The paths of a report. Whatever else lies in its folder, which `--out` chooses, is not served."""


class Handler(SimpleHTTPRequestHandler):
    """Pages of the report's folder; one of an article that is not there is made."""

    timeout = 60
    """Seconds that a request is waited for."""

    def __init__(self, *arguments: Any, make: Callable[[str], str | None], **named: Any) -> None:
        self._make = make
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Answers a request for a page."""
        if self._refused():
            return
        page = self._article()
        if page is None:
            super().do_GET()
            return
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        """Answers a request for what a page's headers are."""
        if not self._refused():
            super().do_HEAD()

    def _refused(self) -> bool:
        """Whether a request was refused: it calls the server by another's name, or names what is no path."""
        port = self.connection.getsockname()[1]
        own = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == HTTP_PORT else set())
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].lower() not in own:
            self.send_error(421, "This server is not called by that name")
            return True
        try:
            path = unquote(urlsplit(self.path).path, errors="strict")
            bad = not path.isprintable() or len(path) > LONGEST
        except ValueError:
            bad = True
        if bad:
            self.send_error(400, "That is no path of a page")
        elif not self._is_ours(path):
            bad = True
            self.send_error(404, "There is no such page")
        return bad

    def _is_ours(self, path: str) -> bool:
        """Whether a path is one of a report, and no link leads from there to another file."""
        folder = Path(self.directory).resolve()
        return bool(OURS.fullmatch(path)) and Path(self.translate_path(path)).resolve().is_relative_to(folder)

    def list_directory(self, path: Any) -> None:
        """A folder without an index is no page."""
        self.send_error(404, "There is no such page")

    def _article(self) -> str | None:
        """The page of an article that is asked for and is in no file; None for anything else."""
        path = PurePosixPath(urlsplit(self.path).path)
        asked = path.parts[1:2] == ("articles",) and path.suffix == ".html"
        return self._make(path.stem) if asked and not Path(self.translate_path(self.path)).is_file() else None

    def end_headers(self) -> None:
        """Every answer carries the policy of the pages."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # as the base class names it
        """Requests are not logged."""


def server(report: Report, out: Path, port: int) -> ThreadingHTTPServer:
    """A server on loopback, bound and ready to serve. Raises OSError where the port is taken."""
    one_at_a_time = threading.Lock()

    def make(article_id: str) -> str | None:
        with one_at_a_time:
            found = next(report.warehouse.articles([article_id]), None)
            return report.article(*found) if found else None

    return ThreadingHTTPServer((LOOPBACK, port), partial(Handler, directory=str(out), make=make))
