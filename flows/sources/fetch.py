"""Fetching over HTTP: polite, bounded, and only what may be fetched."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from copydesk.flows.sources.found import UNOPENED, Content

AGENT = "copydesk/0.1 (news ingestion; obeys robots.txt)"
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
TRIES = 3
REDIRECTS = 5
DELAY = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

LONGEST_DELAY = 30.0
ROBOTS_BYTES = 512 * 1024


class Busy(Exception):
    """The server asks for patience, or failed in a way that may pass."""


@dataclass(frozen=True)
class Fetched:
    """An answer: the content with its media type and final address, or `unchanged` since last time."""

    url: str
    media_type: str
    content: Content
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches addresses for one run.

    Only http and https; hosts with private addresses only where `allowed` names them; what robots.txt
    forbids is not fetched. `sleep` and `clock` are passed in for tests.
    """

    def __init__(
        self,
        limit: int,
        allowed: Collection[str] = (),
        delay: float = DELAY,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._allowed = frozenset(allowed)
        self._delay = delay
        self._sleep, self._clock = sleep, clock
        self._next: dict[str, float] = {}
        self._client = httpx.Client(timeout=TIMEOUT, headers={"User-Agent": AGENT}, trust_env=True)
        self._robots = cache(self._read_robots)
        self._private = cache(_private)

    def close(self) -> None:
        self._client.close()

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The content at an address; what went wrong is a problem of the content, never an exception."""
        try:
            for _ in range(REDIRECTS):
                if (problem := self._forbidden(url)) is not None:
                    return _failed(url, *problem)
                answer = self._patiently(url, etag, modified)
                if isinstance(answer, Fetched):
                    return answer
                url = answer
            return _failed(url, "unreachable", f"{url} redirects more than {REDIRECTS} times.")
        except (httpx.HTTPError, Busy, OSError) as error:
            return _failed(url, "unreachable", f"{url} could not be fetched: {error or type(error).__name__}.")

    def _forbidden(self, url: str) -> tuple[str, str] | None:
        """Why an address is not to be fetched, as slug and sentence."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "forbidden", f"{url}: only http and https are fetched."
        if parts.hostname not in self._allowed and self._private(parts.hostname):
            return (
                "forbidden",
                f'{parts.hostname} is a private address. To allow it: allow = ["{parts.hostname}"] in sources.toml.',
            )
        robots = self._robots(f"{parts.scheme}://{parts.netloc}")
        if robots is not None and not robots.can_fetch(url, AGENT):
            return "forbidden", f"{url}: the site's robots.txt asks not to fetch it."
        return None

    def _read_robots(self, root: str) -> Protego | None:
        """The rules of a site; none where it has none or does not answer."""
        try:
            answer = self._client.get(f"{root}/robots.txt", follow_redirects=True)
            return Protego.parse(answer.text[:ROBOTS_BYTES]) if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, OSError):
            return None

    def _patiently(self, url: str, etag: str | None, modified: str | None) -> Fetched | str:
        retrying = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=wait_exponential_jitter(initial=1, max=10),
            retry=retry_if_exception_type((Busy, httpx.TransportError)),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._get, url, etag, modified)

    def _get(self, url: str, etag: str | None, modified: str | None) -> Fetched | str:
        """One request: what it answers, or where it redirects to."""
        self._wait(url)
        headers = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        with self._client.stream("GET", url, headers=headers) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(url, "", Content(b"", 0, ""), etag, modified, unchanged=True)
            if answer.is_redirect and "location" in answer.headers:
                return urljoin(url, answer.headers["location"])
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
                raise Busy(f"the server answered {answer.status_code}")
            if not answer.is_success:
                return _failed(url, "unreachable", f"{url}: the server answered {answer.status_code}.")
            media = answer.headers.get("content-type", "").split(";")[0].strip().lower()
            return Fetched(url, media, self._read(answer), answer.headers.get("etag"), answer.headers.get("last-modified"))

    def _read(self, answer: httpx.Response) -> Content:
        kept = bytearray()
        for chunk in answer.iter_bytes():
            kept += chunk
            if len(kept) > self._limit:
                data = bytes(kept[: self._limit])
                detail = (
                    f"{answer.url} has more than {self._limit:,} bytes. Raise max_bytes to take it; its first part is kept."
                )
                return Content(data, len(kept), hashlib.sha256(kept).hexdigest(), "too_large", detail)
        return Content(bytes(kept), len(kept), hashlib.sha256(kept).hexdigest())

    def _wait(self, url: str) -> None:
        """Leaves a host alone between two requests."""
        parts = urlsplit(url)
        robots = self._robots(f"{parts.scheme}://{parts.netloc}")
        asked = robots.crawl_delay(AGENT) if robots is not None else None
        now = self._clock()
        due = self._next.get(parts.netloc, now)
        if due > now:
            self._sleep(due - now)
        self._next[parts.netloc] = max(due, now) + min(LONGEST_DELAY, max(self._delay, asked or 0.0))


def _failed(url: str, problem: str, detail: str) -> Fetched:
    return Fetched(url, UNOPENED, Content(b"", 0, hashlib.sha256(url.encode()).hexdigest(), problem, detail))


def _private(host: str) -> bool:
    """Whether any address of a host is none of the public internet. A host without one is left to fail when fetched."""
    try:
        found: list[Any] = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:
        return False
    return any(not ipaddress.ip_address(entry[4][0].partition("%")[0]).is_global for entry in found)
