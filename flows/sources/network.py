"""Connections to the public internet alone: what is connected to is the address that was checked, within a deadline."""

from __future__ import annotations

import contextlib
import ipaddress
import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import httpcore

from copydesk.flows.sources.addresses import BadAddress, canonical_host, login_of
from copydesk.flows.sources.deadline import Deadline
from copydesk.warehouse.passwords import without_login

CONNECT_SECONDS = 10.0
MOST_TRIED = 4
"""Addresses of a host that are tried one after the other."""

UNICAST = ipaddress.ip_network("2000::/3")
"""All that is public in IPv6 so far."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")
REFUSED = [
    ipaddress.ip_network(block)
    for block in (
        "192.88.99.0/24",  # the relays of 6to4
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
]
NO_WEB_PORTS = frozenset(
    int(port)
    for port in (
        "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 "
        "135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 "
        "995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6379 6566 6665 6666 6667 6668 6669 6679 6697 10080 11211"
    ).split()
)
"""Ports of other protocols, which a request could be mistaken for: those that browsers refuse, and two of caches."""


class Forbidden(Exception):
    """An address that must not be connected to; the message says why and what to do."""


class NoSuchHost(Exception):
    """The name of a host has no address."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; one that carries an IPv4 address is judged by that.

    >>> [is_public(a) for a in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1")]
    [True, False, False, False, False, False]
    """
    if "%" in address:
        return False
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour or _in_the_last_bits(ip)
        if carried is not None:
            return is_public(str(carried))
        if ip not in UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in REFUSED if block.version == ip.version)


def _in_the_last_bits(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address of a NAT64 or ISATAP address."""
    isatap = (int(ip) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE)
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 or isatap else None


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, by this machine's resolver.

    Raises NoSuchHost where there are none, OSError where the resolver cannot say.
    """
    try:
        found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except UnicodeError as error:
        raise NoSuchHost(f"{host} is no name of a host") from error
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise NoSuchHost(f"{host} has no address") from error
    return list(dict.fromkeys(entry[4][0] for entry in found))


class Network(httpcore.NetworkBackend):
    """What httpcore connects through. A host is resolved once, its addresses are checked, and one of these is connected to.

    Hosts that `allowed` names, as HOST or HOST:PORT, may be private. A `proxy` is a host that the operator named: it may
    be private too, and it resolves names that this machine cannot. `deadline` is that of the request in progress.
    """

    def __init__(
        self,
        allowed: Collection[str] = (),
        resolver: Callable[[str, int], list[str]] = resolve,
        proxy: tuple[str, int] | None = None,
    ) -> None:
        self._allowed = frozenset(_canonical_entry(entry) for entry in allowed)
        self._resolver = resolver
        self._proxy = proxy
        self._checked: dict[tuple[str, int, bool], list[str]] = {}
        self.deadline: Deadline | None = None

    def left(self, most: float | None) -> float | None:
        """Seconds that the next step of the request in progress may take."""
        return self.deadline.left(most) if self.deadline is not None else most

    def check(self, host: str, port: int) -> None:
        """Raises Forbidden, NoSuchHost or OSError where a host must not or cannot be asked."""
        if port in NO_WEB_PORTS and not self._is_allowed(host, port):
            raise Forbidden(f"Port {port} of {host} is that of another protocol than the web's.")
        try:
            self._addresses(host, port, self._is_allowed(host, port))
        except (NoSuchHost, OSError):
            if self._proxy is None:
                raise

    def _is_allowed(self, host: str, port: int) -> bool:
        return not {host, f"{host}:{port}"}.isdisjoint(self._allowed)

    def _addresses(self, host: str, port: int, private: bool) -> list[str]:
        """The addresses of a host, asked for once and the same from then on; only where `private` is set may they be so."""
        if (host, port, private) not in self._checked:
            found = [host] if _is_ip(host) else within(self.left(CONNECT_SECONDS), lambda: self._resolver(host, port))
            if not found:
                raise NoSuchHost(f"{host} has no address")
            if not private and not all(map(is_public, found)):
                raise Forbidden(
                    f"{host} is a private address. To allow it: copydesk source add … --allow {host}:{port}, "
                    f'or allow = ["{host}:{port}"] at the source in sources.toml.'
                )
            self._checked[host, port, private] = found
        return self._checked[host, port, private]

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        refusal: OSError = OSError("no address could be connected to")
        name = canonical_host(host)
        try:
            addresses = self._addresses(name, port, self._is_allowed(name, port) or (name, port) == self._proxy)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} could not be looked up: {error}") from error
        for address in addresses[:MOST_TRIED]:
            try:
                return Stream(_connected(address, port, self.left(timeout)), self)
            except OSError as error:
                refusal = error
        kind = httpcore.ConnectTimeout if isinstance(refusal, TimeoutError) else httpcore.ConnectError
        raise kind(str(refusal)) from refusal


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _canonical_entry(entry: str) -> str:
    """An entry of `allow` in one spelling; one that names no host allows nothing."""
    host, colon, port = entry.rpartition(":")
    named = colon and port.isdigit() and (host.endswith("]") or ":" not in host)
    try:
        return f"{canonical_host(host)}:{int(port)}" if named else canonical_host(entry)
    except BadAddress:
        return ""


def _connected(address: str, port: int, timeout: float | None) -> socket.socket:
    """A connection to an IP address; no name is resolved."""
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.settimeout(timeout)
        made.connect((address, port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        made.close()
        raise
    return made


def within(seconds: float | None, asked: Callable[[], list[str]]) -> list[str]:
    """What a call gives that itself knows no limit of time.

    Raises TimeoutError where it takes longer; what the call raises is raised.
    """
    told: list[Any] = []

    def ask() -> None:
        try:
            told.append(asked())
        except Exception as error:  # noqa: BLE001  # raised again below, in the thread that asked
            told.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not told:
        raise TimeoutError("the resolver did not answer in time")
    if isinstance(told[0], Exception):
        raise told[0]
    return list(told[0])


class Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline of the request in progress."""

    def __init__(self, connection: socket.socket, network: Network) -> None:
        self._socket = connection
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._told(httpcore.ReadTimeout, httpcore.ReadError):
            self._socket.settimeout(self._network.left(timeout))
            return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._told(httpcore.WriteTimeout, httpcore.WriteError):
            while buffer:
                self._socket.settimeout(self._network.left(timeout))
                buffer = buffer[self._socket.send(buffer) :]

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            with self._told(httpcore.ConnectTimeout, httpcore.ConnectError):
                self._socket.settimeout(self._network.left(timeout))
                return Stream(ssl_context.wrap_socket(self._socket, server_hostname=server_hostname), self._network)
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        return self._readable() if info == "is_readable" else None

    def _readable(self) -> bool:
        """Whether there is something to read; on a connection that rests it means that the server has closed it."""
        if self._socket.fileno() < 0:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return bool(selector.select(0))

    @contextlib.contextmanager
    def _told(self, late: type[Exception], broken: type[Exception]) -> Iterator[None]:
        """The errors of a socket as those of httpcore; OutOfTime where it is the deadline that is reached."""
        try:
            yield
        except TimeoutError as error:
            self._network.left(None)
            raise late("nothing came for too long") from error
        except OSError as error:
            raise broken(str(error)) from error


def proxy_at(address: str) -> httpcore.Proxy:
    """The proxy at an address, with the login that the address holds."""
    login = login_of(address)
    return httpcore.Proxy(without_login(address), auth=(login.user, login.password) if login else None)
