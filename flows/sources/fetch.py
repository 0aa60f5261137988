"""Fetching over HTTP: polite, bounded in time and bytes, and only what may be fetched."""

from __future__ import annotations

import base64
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator

import httpcore
import httpx
from protego import Protego
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from copydesk.flows.sources import robots
from copydesk.flows.sources.addresses import (
    DEFAULT_PORTS,
    Address,
    BadAddress,
    Login,
    WrongScheme,
    login_of,
    parse_address,
    tidy,
)
from copydesk.flows.sources.answers import (
    BUSY,
    REDIRECTED,
    WHOLE,
    Busy,
    Fetched,
    Unexpected,
    bounded,
    content_of,
    failed,
    header,
    media_type,
    patience,
    postponed,
    retry_after,
)
from copydesk.flows.sources.bodies import ACCEPTED, BadBody, unpacked
from copydesk.flows.sources.deadline import Deadline, OutOfTime
from copydesk.flows.sources.found import Content
from copydesk.flows.sources.network import CONNECT_SECONDS, Forbidden, Network, proxy_at, resolve
from copydesk.transforms.cleaning.decode import with_charset
from copydesk.warehouse.passwords import without_login

AGENT = "copydesk/0.1 (news ingestion; obeys robots.txt)"
SECONDS = 60.0
"""Seconds that an address may take in all, with its redirects and second tries; waits that we make on purpose do not count."""

SILENT_SECONDS = 20.0
"""Seconds between two pieces of an answer."""

ROBOTS_SECONDS = 20.0
TRIES = 3
REDIRECTS = 5
DELAY = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

LONGEST_DELAY = 30.0
LONGEST_PATIENCE = 60.0
"""Seconds that a server may ask us to wait (Retry-After); one that asks for more is left alone for this run."""

MOST_LATE = 10
"""Addresses of a site, one after the other, that were out of time: its others are left for the next run."""

WIRE_SLACK = 1024 * 1024
"""Bytes by which a packed body may be larger than the limit of the unpacked one."""

PASSING = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)
"""Troubles of a connection that may be gone at the next try."""


class Fetcher:
    """Fetches addresses for one run.

    Only http and https; hosts with private addresses only where `allowed` names them, as HOST or HOST:PORT; what
    robots.txt forbids is not fetched. Proxies and logins of the environment are not used: `proxy` is the address of one
    that is. `seconds` is what an address may take in all. `sleep`, `clock` and `resolver` are passed in for tests.
    """

    def __init__(
        self,
        limit: int,
        allowed: Collection[str] = (),
        delay: float = DELAY,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        *,
        seconds: float = SECONDS,
        proxy: str | None = None,
        resolver: Callable[[str, int], list[str]] = resolve,
    ) -> None:
        self._limit = limit
        self._delay = delay
        self._seconds = seconds
        self._sleep, self._clock = sleep, clock
        self._next: dict[str, float] = {}
        self._late: Counter[str] = Counter()
        self._resting: set[str] = set()
        self._robots: dict[tuple[str, str, int], Protego | None] = {}
        self._logins: dict[tuple[str, str, int], Login] = {}
        through = parse_address(proxy) if proxy else None
        self._network = Network(allowed, resolver, (through.host, through.port) if through else None)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=True),
            proxy=proxy_at(proxy) if proxy else None,
            network_backend=self._network,
            max_keepalive_connections=4,
            keepalive_expiry=5.0,
        )

    def close(self) -> None:
        self._pool.close()

    def deadline(self, seconds: float) -> Deadline:
        """A bound of time by this fetcher's clock, for work that takes many requests."""
        return Deadline(seconds, self._clock)

    def introduce(self, url: str) -> None:
        """Takes the login in an address for its host, where there is one."""
        with contextlib.suppress(BadAddress):
            if (login := login_of(tidy(url))) is not None:
                self._logins[parse_address(url).origin] = login

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None, limit: int | None = None) -> Fetched:
        """The content at an address; what went wrong is a problem of the content, never an exception.

        A user and password in the address are used for its host, and are no part of anything that is returned.
        At most `limit` bytes are taken, the fetcher's own limit where it is not given.
        """
        shown = without_login(tidy(url))
        try:
            return self._followed(url, etag, modified, limit or self._limit)
        except WrongScheme as error:
            return failed(shown, "forbidden", f"{shown}: {error}.")
        except BadAddress as error:
            return failed(shown, "invalid_address", f"{shown} is no address of a page: {error}.")
        except Forbidden as error:
            return failed(shown, "forbidden", str(error))
        except BadBody as error:
            return failed(shown, "unreadable", f"{shown} cannot be read: {error}.")
        except Unexpected as error:
            return failed(shown, "unreachable", f"{shown}: {error}.")
        except Exception as error:  # noqa: BLE001  # whatever a server sends, the other pages of the run are fetched
            return failed(shown, "unreachable", f"{shown} could not be fetched: {error or type(error).__name__}.")

    def _followed(self, url: str, etag: str | None, modified: str | None, limit: int) -> Fetched:
        """The answer at the end of the redirects."""
        address = parse_address(url)
        self.introduce(url)
        if address.site in self._resting:
            return postponed(address, "asked_to_wait")
        if self._late[address.site] >= MOST_LATE:
            return postponed(address, "site_too_slow")
        deadline = Deadline(self._seconds, self._clock)
        try:
            answer = self._redirected(address, etag, modified, limit, deadline)
        except (OutOfTime, httpcore.TimeoutException):
            self._late[address.site] += 1
            raise
        self._late[address.site] = 0
        return answer

    def _redirected(self, address: Address, etag: str | None, modified: str | None, limit: int, deadline: Deadline) -> Fetched:
        conditions = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        for _ in range(REDIRECTS):
            self._check(address, deadline)
            answer = self._patiently(address, conditions, limit, deadline)
            if isinstance(answer, Fetched):
                return answer
            address = self._next_hop(address, answer)
        raise Unexpected(f"it redirects more than {REDIRECTS} times")

    def _next_hop(self, address: Address, location: str) -> Address:
        """Where a redirect leads; a login goes along where it leads to TLS on the same host, and nowhere else."""
        try:
            there = parse_address(location, address)
        except BadAddress as error:
            kind = WrongScheme if isinstance(error, WrongScheme) else Unexpected
            raise kind(f"it redirects to {without_login(location)[:200]!r}: {error}") from error
        upgraded = (address.scheme, address.port, there.scheme, there.port) == ("http", 80, "https", 443)
        if upgraded and there.host == address.host and address.origin in self._logins:
            self._logins.setdefault(there.origin, self._logins[address.origin])
        return there

    def _check(self, address: Address, deadline: Deadline) -> None:
        """Raises Forbidden, NoSuchHost or OSError where an address must not or cannot be fetched."""
        self._network.deadline = deadline
        self._network.check(address.host, address.port)
        began = self._clock()
        rules = self._rules(address)
        deadline.pause(self._clock() - began)
        if rules is not None and not rules.can_fetch(address.text, robots.AGENT):
            raise Forbidden(f"{address.text}: the site's robots.txt asks not to fetch it.")

    def _rules(self, address: Address) -> Protego | None:
        """The rules of a site; none where it has none or does not answer. Of a robots.txt that breaks off, what came of it."""
        if address.origin not in self._robots:
            self._robots[address.origin] = None
            data, whole = bytearray(), False
            with contextlib.suppress(Exception):  # a site whose robots.txt cannot be had is asked for its pages
                for piece in self._robots_text(address):
                    data += piece
                    if len(data) > robots.ROBOTS_BYTES:
                        break
                else:
                    whole = True
            self._robots[address.origin] = robots.parse_robots(bytes(data), whole)
        return self._robots[address.origin]

    def _robots_text(self, site: Address) -> Iterator[bytes]:
        address = parse_address("/robots.txt", site)
        deadline = Deadline(min(self._seconds, ROBOTS_SECONDS), self._clock)
        for _ in range(REDIRECTS):
            with self._asked(address, {}, deadline) as answer:
                if answer.status == WHOLE[0]:
                    yield from self._pieces(answer, robots.ROBOTS_BYTES)
                    return
                if answer.status not in REDIRECTED:
                    return
                location = header(answer, "location")
            address = self._next_hop(address, location)

    def _patiently(self, address: Address, conditions: dict[str, str], limit: int, deadline: Deadline) -> Fetched | str:
        def pause(seconds: float) -> None:
            began = self._clock()
            self._sleep(seconds)
            deadline.pause(self._clock() - began)

        retrying = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=patience,
            retry=retry_if_exception_type((Busy, *PASSING)),
            sleep=pause,
            reraise=True,
        )
        return retrying(self._get, address, conditions, limit, deadline)

    def _get(self, address: Address, conditions: dict[str, str], limit: int, deadline: Deadline) -> Fetched | str:
        """One request: what it answers, or where it redirects to."""
        began = self._clock()
        self._wait(address)
        deadline.pause(self._clock() - began)
        with self._asked(address, conditions, deadline) as answer:
            status = answer.status
            if status == httpx.codes.NOT_MODIFIED and conditions:
                return Fetched(address.text, "", Content(b"", 0, ""), unchanged=True)
            if status in REDIRECTED and (location := header(answer, "location")):
                return location
            if status in BUSY:
                self._heed(address, answer)
            if status not in WHOLE:
                raise Unexpected(f"the server answered {status}")
            media = with_charset(*media_type(header(answer, "content-type")))
            content = content_of(address, self._pieces(answer, limit), limit)
            return Fetched(
                address.text, media, content, header(answer, "etag") or None, header(answer, "last-modified") or None
            )

    def _heed(self, address: Address, answer: httpcore.Response) -> None:
        """Raises Busy, or Unexpected where the server asks for more patience than a run has."""
        wait = retry_after(answer)
        if wait is not None and wait > LONGEST_PATIENCE:
            self._resting.add(address.site)
            raise Unexpected(
                f"the server answered {answer.status} and asks to wait for more than {LONGEST_PATIENCE:.0f} seconds"
            )
        raise Busy(f"the server answered {answer.status}", wait)

    @contextlib.contextmanager
    def _asked(self, address: Address, headers: dict[str, str], deadline: Deadline) -> Iterator[httpcore.Response]:
        """The answer to one request; its connection is closed where it was not read to its end."""
        self._network.deadline = deadline
        sent: list[tuple[bytes | str, bytes | str]] = [("Host", address.site), ("User-Agent", AGENT), ("Accept", "*/*")]
        sent += [("Accept-Encoding", ACCEPTED), *headers.items()]
        if (login := self._logins.get(address.origin)) is not None:
            told = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
            sent.append(("Authorization", f"Basic {told}"))
        port = None if address.port == DEFAULT_PORTS[address.scheme] else address.port
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=port, target=address.target)
        timeouts = {"connect": CONNECT_SECONDS, "read": SILENT_SECONDS, "write": SILENT_SECONDS, "pool": CONNECT_SECONDS}
        with self._pool.stream("GET", url, headers=sent, extensions={"timeout": timeouts}) as answer:
            yield answer

    def _pieces(self, answer: httpcore.Response, limit: int) -> Iterator[bytes]:
        return unpacked(bounded(answer.iter_stream(), limit + WIRE_SLACK), header(answer, "content-encoding"))

    def _wait(self, address: Address) -> None:
        """Leaves a host alone between two requests."""
        rules = self._rules(address)
        asked = rules.crawl_delay(robots.AGENT) if rules is not None else None
        now = self._clock()
        due = self._next.get(address.site, now)
        if due > now:
            self._sleep(due - now)
        self._next[address.site] = max(due, now) + min(LONGEST_DELAY, max(self._delay, asked or 0.0))
