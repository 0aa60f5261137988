"""Hosts of addresses."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of an address; none where it has none, or is no address.

    >>> host_of("https://www.echo.example:80/a"), host_of("http://[::1"), host_of(None)
    ('www.echo.example', None, None)
    """
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None
