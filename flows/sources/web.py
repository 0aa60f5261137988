"""Documents on the web: a list of addresses, a feed, a sitemap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.flows.sources.fetch import Fetched, Fetcher
from copydesk.flows.sources.found import UNOPENED, Content, Found, Known
from copydesk.warehouse.errors import PermanentError

MEDIA = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
MOST_REMEMBERED = 20_000
"""Addresses a source remembers; the oldest are forgotten first."""

MOST_SITEMAPS = 50


@dataclass(frozen=True)
class Entry:
    """A page that a list, a feed or a sitemap names; `stamp` changes when it says the page did."""

    url: str
    stamp: str = ""


class WebSource:
    """Fetches the pages that `entries` names. What it saw of each is remembered through the log.

    `memory` is address to [stamp, ETag, Last-Modified].
    """

    def __init__(
        self, name: str, kind: str, location: str, fetcher: Fetcher, most: int, outlet: str | None, language: str | None
    ) -> None:
        self.name = name
        self.skipped: Counter[str] = Counter()
        self.memory: dict[str, Any] = {}
        self._kind, self._location = kind, location
        self._fetcher = fetcher
        self._most = most
        self._outlet, self._language = outlet, language

    def discover(self, known: Known) -> Iterator[Found]:
        """Pages that are new or changed, at most `most` of them a run.

        Raises PermanentError where the list, feed or sitemap itself cannot be had.
        """
        try:
            taken = 0
            for entry in ENTRIES[self._kind](self._fetcher, self._location):
                stamp, etag, modified = self.memory.get(entry.url, ["", None, None])
                if entry.url in self.memory and entry.stamp and entry.stamp == stamp:
                    self.skipped["not_modified"] += 1
                    continue
                if taken >= self._most:
                    self.skipped["over_limit"] += 1
                    continue
                taken += 1
                found = self._fetcher.fetch(entry.url, etag, modified)
                if found.unchanged:
                    self.skipped["not_modified"] += 1
                    continue
                yield self._found(entry, found)
                if found.content.problem is None:
                    self.memory.pop(entry.url, None)
                    self.memory[entry.url] = [entry.stamp, found.etag, found.modified]
            for old in list(self.memory)[: max(0, len(self.memory) - MOST_REMEMBERED)]:
                del self.memory[old]
        finally:
            self._fetcher.close()

    def _found(self, entry: Entry, found: Fetched) -> Found:
        content = found.content
        media = MEDIA.get(found.media_type)
        if media is None and content.problem is None:
            detail = f"{entry.url} is {found.media_type or 'of no named kind'}; only HTML and plain text are read."
            content = Content(content.data, content.size, content.sha256, "wrong_kind", detail)
        return Found(
            entry.url,
            media or UNOPENED,
            "",
            lambda limit: content,
            entry.url,
            self._outlet,
            self._language,
        )


def _listed(fetcher: Fetcher, location: str) -> Iterator[Entry]:
    """The addresses of a text file, one a line; # begins a remark."""
    path = Path(location)
    if location.startswith(("http://", "https://")):
        text = _had(fetcher, location).decode("utf-8", "replace")
    elif path.is_file():
        text = path.read_text(encoding="utf-8")
    else:
        raise PermanentError(f"{location}: there is no such list. Name a file with an address a line, or a web address.")
    for line in text.splitlines():
        if (url := line.partition("#")[0].strip()) and "://" in url:
            yield Entry(url)


def _feed(fetcher: Fetcher, location: str) -> Iterator[Entry]:
    """The entries of an RSS or Atom feed that link to a page."""
    import feedparser

    parsed = feedparser.parse(_had(fetcher, location))
    if parsed.bozo and not parsed.entries:
        raise PermanentError(f"{location}: it is no feed that can be read: {parsed.bozo_exception}.")
    for entry in parsed.entries:
        if link := entry.get("link"):
            yield Entry(link, entry.get("updated") or entry.get("published") or link)


def _sitemap(fetcher: Fetcher, location: str) -> Iterator[Entry]:
    """The pages of a sitemap, and of those that a sitemap index names."""
    import gzip

    from lxml import etree

    waiting, done = [location], 0
    while waiting and done < MOST_SITEMAPS:
        url, done = waiting.pop(0), done + 1
        data = _had(fetcher, url)
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
        except etree.XMLSyntaxError as error:
            raise PermanentError(f"{url}: it is no sitemap that can be read: {error}.") from error
        for node in root if root is not None else ():
            place = node.findtext("{*}loc")
            if place and str(node.tag).endswith("}sitemap"):
                waiting.append(place.strip())
            elif place:
                yield Entry(place.strip(), (node.findtext("{*}lastmod") or "").strip())


def _had(fetcher: Fetcher, location: str) -> bytes:
    found = fetcher.fetch(location)
    if found.content.problem is not None:
        raise PermanentError(found.content.detail or f"{location} could not be fetched.")
    return found.content.data


ENTRIES = {"urls": _listed, "feed": _feed, "sitemap": _sitemap}
KINDS: Sequence[str] = tuple(ENTRIES)
