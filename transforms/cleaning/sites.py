"""What the documents of one site share: its name, and the short lines that may repeat over it."""

from __future__ import annotations

from copydesk.transforms.cleaning.bylines import NAME
from copydesk.transforms.cleaning.page import is_sentence, key
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.names.hosts import host_of
from copydesk.transforms.words import folded_lines

LONGEST = 160
"""Lines of more letters than this are not counted: they are the article's own."""


def site_of(url: str | None, outlet: str | None) -> str:
    """The host of the address, else the outlet that its source names; empty where neither is known.

    Documents of no known site share no memory of repeated lines: a folder may hold the texts of many outlets.

    >>> site_of("https://www.echo.example/a", None), site_of(None, "Echo"), site_of(None, None)
    ('echo.example', 'Echo', '')
    """
    return (host_of(url) or "").removeprefix("www.") or outlet or ""


def short_lines(text: str, dates: DateReader) -> set[str]:
    """The lines of a plain text that may be a site's furniture, as they are compared: short, no name, no date, no sentence."""
    lines = sorted({line for line in map(str.strip, text.splitlines()) if 0 < len(line) <= LONGEST})
    pieces = [Piece.of_line(line, fold) for line, fold in zip(lines, folded_lines(lines), strict=bool(lines))]
    kept = [one for one in pieces if not is_sentence(one) and not NAME.match(one.text) and dates.read(one.text) is None]
    return {key(one) for one in kept} - {"", "#"}
