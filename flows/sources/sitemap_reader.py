"""What a sitemap says: read as a stream, so that no more of it is in memory than the pages it names."""

from __future__ import annotations

import io
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from copydesk.flows.sources.addresses import LONGEST, tidy
from copydesk.flows.sources.bodies import MAGIC, gunzip
from copydesk.flows.sources.entries import Entry, day_of, listed_entries, plain_title
from copydesk.warehouse.passwords import without_login

UNPACKED = 64 * 1024 * 1024
"""Bytes of a sitemap that are read; its protocol allows 50 MB."""

MOST_ELEMENTS = 2_000_000
MOST_PLACES = 100_000
"""Pages and sitemaps that are taken from one sitemap; its protocol allows 50,000."""

BARE = re.compile(rb"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
LONGEST_REFERENCE = 12

FEEDS = ("rss", "feed", "rdf")
OWN = ("loc", "lastmod")
"""What is read of a page or sitemap itself: an image's or a video's `loc` is none of its own."""

OF_NEWS = ("publication_date", "title")


@dataclass
class Sitemap:
    """What a sitemap names: pages, and further sitemaps with when they changed.

    `kind` is the name of its outermost element, in small letters; `text` for one of plain lines. `problem` is a slug
    that says why there may be more in it than was read.
    """

    kind: str = ""
    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[tuple[str, str]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    problem: str | None = None


class _Enough(Exception):
    """A bound is reached."""


def read_sitemap(data: bytes) -> Sitemap:
    """What is named in a sitemap of XML or plain lines, packed by gzip or not. What comes before damage is read."""
    made = Sitemap()
    pieces = _pieces(data, made)
    head = next(pieces, b"")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _read_xml(head, pieces, made)
    else:
        made.kind = "text"
        text = io.BytesIO(b"".join((head, *pieces)))
        for entry in listed_entries(text, made.skipped):
            if len(made.pages) >= MOST_PLACES:
                made.skipped["entries_over_limit"] += 1
            else:
                made.pages.append(Entry(address=without_login(entry.address)))
    return made


def _pieces(data: bytes, made: Sitemap) -> Iterator[bytes]:
    taken = 0
    try:
        for piece in gunzip([data]) if data.startswith(MAGIC) else (data[at : at + 65536] for at in range(0, len(data), 65536)):
            taken += len(piece)
            if taken > UNPACKED:
                made.problem = "sitemap_too_large"
                return
            yield piece
    except (zlib.error, EOFError):
        made.problem = "sitemap_cut"


def _read_xml(head: bytes, pieces: Iterator[bytes], made: Sitemap) -> None:
    parser = etree.XMLParser(
        target=_Target(made), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for piece in _escaped(itertools.chain([head], pieces)):
            parser.feed(piece)
        parser.close()
    except _Enough:
        made.problem = "sitemap_too_large"
    except etree.XMLSyntaxError:
        made.problem = made.problem or "sitemap_broken"


def _escaped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """XML with every ampersand escaped that is none of XML's own references: those that a bad hand left bare."""
    rest = b""
    for piece in pieces:
        rest += piece
        at = rest.rfind(b"&", max(0, len(rest) - LONGEST_REFERENCE))
        whole, rest = (rest[:at], rest[at:]) if at >= 0 else (rest, b"")
        yield BARE.sub(b"&amp;", whole)
    yield BARE.sub(b"&amp;", rest)


class _Target:
    """Takes the elements of a sitemap as they come; keeps the page or sitemap it is in, and nothing else."""

    def __init__(self, made: Sitemap) -> None:
        self._made = made
        self._elements = 0
        self._kind = ""
        self._path: list[str] = []
        self._places: list[str] = []
        self._told: dict[str, str] = {}
        self._text: list[str] | None = None
        self._length = 0

    def start(self, tag: str, attributes: Any) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise _Enough
        name = _local(tag)
        self._made.kind = self._made.kind or name.lower()
        if name in ("url", "sitemap"):
            self._kind, self._places, self._told = name, [], {}
        parent = self._path[-1] if self._path else ""
        wanted = self._kind and (parent == self._kind if name in OWN else parent == "news" and name in OF_NEWS)
        self._path.append(name)
        self._text, self._length = ([] if wanted else None), 0

    def data(self, text: str) -> None:
        if self._text is not None and self._length <= LONGEST:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._text is not None:
            text = "".join(self._text).strip().replace("&amp;", "&")
            if name == "loc":
                self._places.append(text)
            else:
                self._told.setdefault(name, text)
        elif name == self._kind:
            self._keep()
            self._kind = ""
        self._text = None

    def close(self) -> None:
        """The end of the document."""

    def _keep(self) -> None:
        for place in filter(None, self._places):
            if len(place) > LONGEST:
                self._made.skipped["address_too_long"] += 1
            elif len(self._made.pages) + len(self._made.sitemaps) >= MOST_PLACES:
                self._made.skipped["entries_over_limit"] += 1
            elif self._kind == "sitemap":
                self._made.sitemaps.append((without_login(tidy(place)), self._told.get("lastmod", "")))
            else:
                self._made.pages.append(_page(place, self._told))


def _page(place: str, told: dict[str, str]) -> Entry:
    published = told.get("publication_date", "")
    return Entry(
        address=without_login(tidy(place)),
        stamp=told.get("lastmod") or published,
        title=plain_title(told.get("title", "")),
        published=day_of(published),
    )


def _local(tag: str) -> str:
    """The name of an element without its namespace, or the prefix that nobody declared."""
    return tag.rpartition("}")[2].rpartition(":")[2]
