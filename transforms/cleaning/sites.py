"""What the documents of one site share: its name, and the short lines that may repeat over it."""

from __future__ import annotations

from urllib.parse import urlsplit

from copydesk.transforms.cleaning.bylines import NAME
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article
from copydesk.transforms.words import folded_lines

LONGEST = 160
"""Lines of more letters than this are not counted: they are the article's own."""


def site_of(url: str | None, outlet: str | None, source: str) -> str:
    """The host of the address, else the outlet, else the source.

    >>> site_of("https://www.echo.example/a", None, "inbox"), site_of(None, None, "inbox")
    ('echo.example', 'inbox')
    """
    return (host_of(url) or "").removeprefix("www.") or outlet or source


def host_of(url: str | None) -> str | None:
    """The host of an address; none where it has none, or is no address.

    >>> host_of("https://www.echo.example:80/a"), host_of("http://[::1"), host_of(None)
    ('www.echo.example', None, None)
    """
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def outlet_of(url: str | None, outlet: str | None, article: Article | None, lexicon: Lexicon) -> str | None:
    """Who published a document: as set for its source, by its host or the one printed in the outlets table, else as printed."""
    if outlet:
        return outlet
    for named in (site_of(url, None, ""), article.host_printed if article else None):
        host = named or ""
        while host:
            if host in lexicon.outlets:
                return lexicon.outlets[host]
            host = host.partition(".")[2]
    return article.outlet_printed if article else None


def short_lines(text: str, dates: DateReader) -> set[str]:
    """The folded lines of a plain text that may be a site's furniture: short, no name, no date."""
    lines = {line for line in map(str.strip, text.splitlines()) if 0 < len(line) <= LONGEST}
    kept = [line for line in lines if not NAME.match(line) and dates.read(line) is None]
    return set(folded_lines(kept)) - {"", "#"}
