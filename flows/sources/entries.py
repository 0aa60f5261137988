"""Pages that a list, a feed or a sitemap names."""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import IO

from copydesk.flows.sources.addresses import LONGEST, tidy
from copydesk.warehouse.passwords import without_login

LONGEST_TITLE = 500
TAG = re.compile(r"<[^<>]*>")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
ISO_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page that is named somewhere; `stamp` changes when it says the page did.

    `address` is what to fetch; where a list of the user's own names it, a login may be in it. `title` and `published`
    are what a feed or a sitemap of news says of the page.
    """

    address: str
    stamp: str = ""
    title: str | None = None
    published: date | None = None

    @property
    def url(self) -> str:
        """The address as it is stored and printed."""
        return without_login(tidy(self.address))


def listed_entries(file: IO[bytes], skipped: Counter[str]) -> Iterator[Entry]:
    """The addresses of a text, one a line; # begins a remark. A line that is no address is counted in `skipped`.

    The text may begin with a byte order mark. No more than a line's worth of it is in memory.
    """
    for line in _lines(file, skipped):
        address = line.partition("#")[0].strip()
        if SCHEME.match(address) and not re.search(r"\s", address):
            yield Entry(address=address)
        elif address:
            skipped["no_address"] += 1


def _lines(file: IO[bytes], skipped: Counter[str]) -> Iterator[str]:
    first = file.readline(LONGEST)
    encoding = next((name for mark, name in MARKS if first.startswith(mark)), "utf-8")
    if encoding == "utf-16":
        order = "utf-16-le" if first.startswith(b"\xff\xfe") else "utf-16-be"
        yield from _bounded(_reread(file, first[2:]), order, skipped)
    else:
        yield from _bounded(_reread(file, first.removeprefix(MARKS[0][0])), "utf-8", skipped)


def _reread(file: IO[bytes], first: bytes) -> Iterator[bytes]:
    yield first
    while chunk := file.read(1 << 16):
        yield chunk


def _bounded(chunks: Iterator[bytes], encoding: str, skipped: Counter[str]) -> Iterator[str]:
    """Lines of at most `LONGEST` characters; longer ones are passed over and counted."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest, passing = "", False
    for chunk in chunks:
        *whole, rest = (rest + decoder.decode(chunk)).replace("\r", "\n").split("\n")
        for line in whole:
            if len(line) > LONGEST or passing:
                skipped["address_too_long"] += 1
            else:
                yield line
            passing = False
        if len(rest) > LONGEST:
            rest, passing = "", True
    rest += decoder.decode(b"", final=True)
    if passing or len(rest) > LONGEST:
        skipped["address_too_long"] += 1
    else:
        yield rest


def plain_title(text: str) -> str | None:
    """A title without mark-up, in one line; `None` where nothing is left.

    >>> plain_title("Storm &amp; <b>flood</b>\\n at the pier")
    'Storm & flood at the pier'
    """
    bare = html.unescape(TAG.sub("", text[: 8 * LONGEST_TITLE])).encode("utf-8", "replace").decode()
    title = " ".join(UNPRINTABLE.sub(" ", bare).split())[:LONGEST_TITLE]
    return title or None


def day_of(text: str) -> date | None:
    """The day that a feed or a sitemap prints, as its own clock has it; `None` where it is none.

    >>> day_of("2024-05-01T23:30:00-05:00"), day_of("Wed, 01 May 2024 23:30:00 -0500"), day_of("soon")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1), None)
    """
    try:
        iso = ISO_DAY.match(text)
        day = date(*map(int, iso.groups())) if iso else parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return day if day.year >= 1900 else None
