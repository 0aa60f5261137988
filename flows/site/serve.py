"""Serves the report on loopback: its pages from the folder, those of articles when they are asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from copydesk.flows.site.build import POLICY, Report

LOOPBACK = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Files of the report's folder; a page of an article that is not there is made."""

    def __init__(self, *arguments: Any, make: Callable[[str], str | None], **named: Any) -> None:
        self._make = make
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Answers a request for a page."""
        path = PurePosixPath(urlsplit(self.path).path)
        if path.parts[1:2] == ("articles",) and not Path(self.translate_path(self.path)).is_file():
            page = self._make(path.stem)
            if page is None:
                self.send_error(404, "There is no such article")
                return
            body = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        super().do_GET()

    def end_headers(self) -> None:
        """Every answer carries the policy of the pages."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # as the base class names it
        """Requests are not told."""


def server(report: Report, out: Path, port: int) -> ThreadingHTTPServer:
    """A server on loopback, bound and ready to serve. Raises OSError where the port is taken."""
    one_at_a_time = threading.Lock()

    def make(article_id: str) -> str | None:
        with one_at_a_time:
            found = next(report.warehouse.articles([article_id]), None)
            return report.article(*found) if found else None

    return ThreadingHTTPServer((LOOPBACK, port), partial(Handler, directory=str(out), make=make))
