"""Web addresses as text: read strictly, written without their logins."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urljoin

import httpx

from copydesk.warehouse.passwords import HIDDEN, LOGIN, QUERY_SECRET, without_login

LONGEST = 4096
"""Characters of an address; a longer one is none that a page is found at."""

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
DEFAULT_PORTS = {"http": 80, "https": 443}


class BadAddress(ValueError):
    """The text is no address of a page on the web."""


class WrongScheme(BadAddress):
    """The address is of a kind that is not fetched, such as file: or javascript:."""


class Login(NamedTuple):
    """What a server asks for before it shows a page."""

    user: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address of the web in its parts, without its login."""

    scheme: str
    host: str
    """In small ASCII letters, an IPv6 address without its brackets."""

    port: int
    target: bytes
    """Path and query, as a request names them."""

    text: str
    """The address as it was given, without its login."""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def site(self) -> str:
        """Host and port, as the Host header names them: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(text: str, base: Address | None = None) -> Address:
    """The parts of an address, joined to `base` where it is relative.

    Raises BadAddress, which says what is wrong, for whatever is no address of the web.
    """
    clean = tidy(text)
    try:
        joined = without_login(urljoin(base.text, clean) if base is not None else clean)
        if len(joined) > LONGEST:
            raise BadAddress(f"it has more than {LONGEST:,} characters")
        url = httpx.URL(joined)
    except BadAddress:
        raise
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise BadAddress(str(error)) from error
    if url.scheme not in DEFAULT_PORTS:
        raise WrongScheme("only http and https are fetched")
    port = DEFAULT_PORTS[url.scheme] if url.port is None else url.port
    if not 0 < port < 65536:
        raise BadAddress(f"{port} is no port")
    host = canonical_host(url.raw_host.decode("ascii", "replace"))
    return Address(scheme=url.scheme, host=host, port=port, target=url.raw_path, text=joined)


def canonical_host(host: str) -> str:
    """A host's name or IP address in one spelling.

    Raises BadAddress where it is neither.

    >>> canonical_host("News.Example."), canonical_host("[::1]"), canonical_host("münchen.example")
    ('news.example', '::1', 'xn--mnchen-3ya.example')
    """
    name = host.strip().strip("[]").lower()
    try:
        return ipaddress.ip_address(name).compressed
    except ValueError:
        pass
    if not name.isascii():
        try:
            name = httpx.URL(scheme="http", host=name).raw_host.decode("ascii")
        except (httpx.InvalidURL, ValueError) as error:
            raise BadAddress(f"{host!r} is no name of a host") from error
    name = name.removesuffix(".")
    if not name or len(name) > 253 or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise BadAddress(f"{host!r} is no name of a host")
    return name


def tidy(text: str) -> str:
    """An address as browsers take it: without white space around it, and without the line breaks and tabs inside.

    What no text can hold (a lone surrogate) becomes a question mark.
    """
    return re.sub(r"[\t\r\n]", "", text.strip()).encode("utf-8", "replace").decode()


def login_of(address: str) -> Login | None:
    """The user and password in an address; `None` where there are none.

    >>> login_of("https://desk:p%40ss@news.example/")
    Login(user='desk', password='p@ss')
    """
    found = LOGIN.match(address)
    if found is None:
        return None
    user, _, password = found.group(0)[len(found.group(1)) : -1].partition(":")
    return Login(unquote(user), unquote(password)) if user or password else None


def printable(location: str) -> str:
    """A location for people to see: without its login, and with the values of keys and tokens left out.

    >>> printable("https://desk:pw@news.example/feed?api_key=abc&page=2")
    'https://news.example/feed?api_key=***&page=2'
    """
    return QUERY_SECRET.sub(rf"\1{HIDDEN}", without_login(location))
