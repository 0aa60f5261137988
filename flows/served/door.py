"""The door of the Prefect server: it opens to the server's own names and its own pages alone.

Prefect answers to any Host and lets any page send requests. A page of another site could so reach a server on this machine, by
its address or by a name that its owner points at this machine (DNS rebinding). The auth string keeps such a page out; the door
refuses it before it comes to that.
"""

from __future__ import annotations

import base64
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from copydesk.flows.site.desk.keys import OURS
from copydesk.warehouse.errors import PermanentError

CLOSED = ("/docs", "/redoc", "/openapi.json")
"""Pages that describe the API to anybody, with scripts of another site."""

DEFAULT_PORTS = {"http": 80, "https": 443}
HEADERS = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""No page of another origin may frame ours (and so lead a click), hold the window that it opened, or take in our answers."""


def is_loopback(host: str) -> bool:
    """Whether every address of a host is one that other machines cannot reach.

    Raises PermanentError where the host has no address.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PermanentError(
            f"{host!r} is no address to listen on ({error}). For this machine alone: --host 127.0.0.1"
        ) from None
    return all(ipaddress.ip_address(str(address[4][0]).partition("%")[0]).is_loopback for address in found)


def origin_of(address: str) -> str:
    """An address as browsers write an origin: scheme, name, and the port where it is not the usual one.

    Raises PermanentError for what is no origin, or one whose requests others can read on their way.

    >>> origin_of("HTTPS://Desk.example.org:443/")
    'https://desk.example.org'
    """
    remedy = "An origin is scheme and name, as in https://desk.example.org"
    try:
        parts = urlsplit(address.strip())
        scheme, name, port = parts.scheme, parts.hostname, parts.port
        name = name and (name if ":" in name else name.encode("idna").decode("ascii"))
    except ValueError:
        raise PermanentError(f"{address!r} is no origin. {remedy}") from None
    if scheme not in DEFAULT_PORTS or not name or parts.username is not None or parts.path not in ("", "/"):
        raise PermanentError(f"{address!r} is no origin. {remedy}")
    if parts.query or parts.fragment:
        raise PermanentError(f"{address!r} is no origin. {remedy}")
    if scheme == "http" and not is_loopback(name):
        raise PermanentError(
            f"{address}: on its way the auth string could be read by others. Put TLS in front and say https://"
        )
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}" + ("" if port in (None, DEFAULT_PORTS[scheme]) else f":{port}")


def own_origins(host: str, port: int, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The origins of a server that listens at a host and port: its own, those of this machine, and those that are named."""
    named = [host] if is_loopback(host) else []
    own = [origin_of(f"http://{f'[{name}]' if ':' in name else name}:{port}") for name in (*named, "127.0.0.1", "localhost")]
    return tuple(dict.fromkeys((*own, *map(origin_of, more))))


def hosts_of(origins: Iterable[str]) -> frozenset[str]:
    """What a browser or client writes in Host for origins: the port may be left out where it is the usual one.

    >>> sorted(hosts_of(["http://localhost:4200", "https://desk.example.org"]))
    ['desk.example.org', 'desk.example.org:443', 'localhost:4200']
    """
    found = set()
    for origin in origins:
        parts = urlsplit(origin)
        found.add(parts.netloc)
        if parts.port is None:
            found.add(f"{parts.netloc}:{DEFAULT_PORTS[parts.scheme]}")
    return frozenset(found)


class Door:
    """Lets requests and websockets in that name the server as it is called and come from its own pages or from no page.

    Args:
        inside: The application behind the door
        pages: The application of copydesk's own pages
        origins: The origins that are ours, as `own_origins` gives them
    """

    def __init__(self, inside: ASGIApp, pages: ASGIApp, origins: Sequence[str]) -> None:
        self._inside = inside
        self._pages = pages
        self._origins = frozenset(origins)
        self._hosts = hosts_of(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, a websocket, or the start and end of the server."""
        if scope["type"] == "lifespan":
            await self._inside(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            chosen = self._pages if scope["path"].startswith(OURS) else self._inside
            await chosen(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": refusal[1]})
        else:
            await PlainTextResponse(refusal[1] + "\n", refusal[0], HEADERS)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """The status and reason by which a request is refused; None for one that comes in."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421, "This server is not called by that name. Others are named with --origin."
        if any(origin not in self._origins for origin in headers.getlist("origin")):
            return 403, "Pages of other sites are not let in."
        site = headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none") and not _is_link(scope, headers):
            return 403, "Pages of other sites are not let in."
        if scope["type"] == "http" and scope["path"].rstrip("/").startswith(CLOSED):
            return 404, "There is no such page."
        if not all(_is_ascii(sent) for sent in headers.getlist("authorization")):
            return 401, "That is not the auth string."
        return None


def _is_link(scope: Scope, headers: Headers) -> bool:
    """Whether a page of another site leads here by a link that a person follows; it sees nothing of the answer."""
    way = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    reading = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
    return reading and way == ("navigate", "document") and not scope["path"].startswith("/api")


def _is_ascii(sent: str) -> bool:
    """Whether a login is made of ASCII, as every auth string is: of another one Prefect's comparison raises an exception."""
    try:
        return base64.b64decode(sent.rpartition(" ")[2]).isascii()
    except ValueError:  # no base64: Prefect refuses it
        return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
