"""A page of another server of this machine, from which tests attack what they serve."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!DOCTYPE html><title>a page of somebody else</title>"


@dataclass(frozen=True)
class Stranger:
    """The address of such a page, and the cookies that browsers sent with their requests for it."""

    address: str
    heard: list[str] = field(default_factory=list)


@contextmanager
def stranger_beside() -> Iterator[Stranger]:
    """Serves the page until the block ends."""
    heard: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Cookie", ""))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *arguments: object) -> None:
            """Requests are not told."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as made:
        serving = threading.Thread(target=made.serve_forever)
        serving.start()
        try:
            yield Stranger(f"http://127.0.0.1:{made.server_port}", heard)
        finally:
            made.shutdown()
            serving.join()
