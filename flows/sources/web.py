"""Documents on the web: the pages that a list of addresses, a feed or a sitemap names."""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from copydesk.flows.sources.addresses import printable
from copydesk.flows.sources.answers import Fetched
from copydesk.flows.sources.entries import Entry, listed_entries
from copydesk.flows.sources.feeds import FEED_BYTES, feed_entries
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.found import UNOPENED, Found, Poll
from copydesk.flows.sources.opening import open_resolved
from copydesk.flows.sources.sitemaps import sitemap_entries
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import without_login

MEDIA = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
MOST_REMEMBERED = 20_000
"""Addresses a source remembers; those that it no longer lists are forgotten first, then the oldest."""

LIST_BYTES = 64 * 1024 * 1024
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class WebSource:
    """Fetches the pages that its list, feed or sitemap names. What it saw of each is remembered through the log.

    The memory of a poll is address to [stamp, ETag, Last-Modified]; a stamp that is None says that the page could not be
    had. A fourth value, the number of the round in which the page was last asked for, is kept where there are more pages
    than are fetched in one run. Where `again` names pages, these alone are fetched, and all of them. A list that is
    a file of this machine is read only where `holds` takes its address.
    """

    def __init__(  # what a line of sources.toml says, and what it is read with
        self,
        *,
        name: str,
        kind: str,
        location: str,
        fetcher: Fetcher,
        most: int,
        outlet: str | None,
        language: str | None,
        again: Sequence[Entry] | None = None,
        holds: Callable[[str], bool] | None = None,
    ) -> None:
        self.name = name
        self.skipped: Counter[str] = Counter()
        self._poll = Poll()
        self._kind, self._location = kind, location
        self._fetcher = fetcher
        self._most = most
        self._outlet, self._language = outlet, language
        self._again = again
        self._holds = holds

    def discover(self, poll: Poll | None = None) -> Iterator[Found]:
        """Pages that are new or changed: at most `most` are asked for in a run, those never seen before the others.

        Raises PermanentError where the list, feed or sitemap itself cannot be had.
        """
        self._poll = poll or Poll()
        try:
            self._forget_logins()
            chosen, more = self._chosen() if self._again is None else (self._as_listed(self._again), False)
            this_round = max((_asked(kept) for kept in self._memory.values()), default=0) + 1 if more else 0
            for entry in chosen:
                yield from self._page(entry, this_round)
        finally:
            self._fetcher.close()

    @property
    def _memory(self) -> dict[str, Any]:
        return self._poll.memory

    def _forget_logins(self) -> None:
        """Takes logins out of addresses that an earlier version of this program remembered with them."""
        if any(without_login(url) != url for url in self._memory):
            plain = {without_login(url): kept for url, kept in self._memory.items()}
            self._memory.clear()
            self._memory.update(plain)

    def _chosen(self) -> tuple[list[Entry], bool]:
        """The entries to ask for, and whether there are more of them than that.

        Never seen ones come first, then those whose stamp says that they changed, then those that failed or have no
        stamp, in the order in which they were asked for last.
        """
        unseen: dict[str, Entry] = {}
        changed: dict[str, Entry] = {}
        asked_before: dict[str, Entry] = {}
        over = 0
        for entry in self._entries():
            url = entry.url
            remembered = self._memory.get(url)
            if entry.stamp and (self._poll.known(url, entry.stamp) if remembered is None else entry.stamp == remembered[0]):
                self.skipped["not_modified"] += 1
                asked_before.pop(url, None)
                continue
            pages = unseen if remembered is None else changed if entry.stamp and remembered[0] is not None else asked_before
            if url in pages:
                self.skipped["listed_twice"] += 1
            elif pages is not asked_before and len(pages) >= self._most:
                over += 1
            else:
                pages[url] = entry
        self._forget(asked_before.keys() | changed.keys())
        by_age = sorted(asked_before.values(), key=lambda entry: _asked(self._memory[entry.url]))
        chosen = [*unseen.values(), *changed.values(), *by_age]
        over += max(0, len(chosen) - self._most)
        if over:
            self.skipped["over_limit"] += over
        return chosen[: self._most], bool(over)

    def _as_listed(self, pages: Sequence[Entry]) -> list[Entry]:
        """Pages with the logins that the source has for them."""
        self._fetcher.introduce(self._location)
        wanted = {page.url: page for page in pages}
        if self._kind == "urls" and self._location:
            with contextlib.suppress(PermanentError):  # the pages are asked for all the same
                for entry in self._entries():
                    if entry.url in wanted:
                        wanted[entry.url] = replace(wanted[entry.url], address=entry.address)
        return list(wanted.values())

    def _entries(self) -> Iterator[Entry]:
        if self._kind == "sitemap":
            yield from sitemap_entries(self._fetcher, self._location, self.skipped)
        elif self._kind == "feed":
            yield from feed_entries(_had(self._fetcher, self._location, FEED_BYTES), self.skipped)
        else:
            yield from self._listed()

    def _listed(self) -> Iterator[Entry]:
        """The addresses of a text file, of this machine or of the web.

        Raises PermanentError where it is not there, or holds no address though it is not empty.
        """
        before, found = self.skipped["no_address"], 0
        with self._opened_list() as file:
            for entry in listed_entries(file, self.skipped):
                found += 1
                yield entry
        if not found and self.skipped["no_address"] > before:
            told = f"{printable(self._location)}: it holds no address. A list has one address a line, such as https://…"
            raise PermanentError(told)

    def _opened_list(self) -> IO[bytes]:
        if ADDRESS.match(self._location):
            return io.BytesIO(_had(self._fetcher, self._location, LIST_BYTES).content.data)
        shown, path = printable(self._location), Path(self._location)
        if not path.is_file():
            raise PermanentError(f"{shown}: there is no such list. Name a file with an address a line, or a web address.")
        resolved = path.resolve()
        if self._holds is not None and not self._holds(resolved.as_uri()):
            raise PermanentError(f"{shown} leads out of what runs from the Prefect UI may read. See: allowed_roots")
        try:
            return open_resolved(resolved)
        except OSError as error:
            raise PermanentError(f"{shown} cannot be read: {error.strerror}. Check its permissions.") from error

    def _forget(self, listed: set[str]) -> None:
        """Lets go of what is over the bound of memory."""
        over = len(self._memory) - MOST_REMEMBERED
        if over > 0:
            for url in sorted(self._memory, key=lambda url: url in listed)[:over]:
                del self._memory[url]

    def _page(self, entry: Entry, this_round: int) -> Iterator[Found]:
        """A page, where it is there and not as it was; what was seen of it is remembered."""
        url = entry.url
        remembered = self._memory.get(url)
        fetched = self._fetcher.fetch(entry.address, *(remembered[1:3] if remembered else (None, None)))
        rounds = [this_round] if this_round else remembered[3:] if remembered else []
        if fetched.postponed is not None:
            self.skipped[fetched.postponed] += 1
            return
        if fetched.unchanged and remembered is not None:
            self.skipped["not_modified"] += 1
            self._memory[url] = [entry.stamp or remembered[0], *remembered[1:3], *rounds]
            return
        yield self._found(entry, fetched)
        if fetched.content.problem is None:
            self._memory.pop(url, None)
            self._memory[url] = [entry.stamp, fetched.etag, fetched.modified, *rounds]
        else:
            self._memory[url] = [None, None, None, *rounds]

    def _found(self, entry: Entry, fetched: Fetched) -> Found:
        content = fetched.content
        kind, semicolon, charset = fetched.media_type.partition(";")
        media = MEDIA.get(kind)
        if media is None and content.problem is None:
            detail = f"{entry.url} is {kind or 'of no named kind'}; only HTML and plain text are read."
            content = replace(content, problem="wrong_kind", detail=detail)
        return Found(
            uri=entry.url,
            media_type=f"{media}{semicolon}{charset}" if media else UNOPENED,
            version=entry.stamp if content.problem is None else "",
            read=lambda limit: content,
            url=entry.url,
            outlet=self._outlet,
            language=self._language,
            title=entry.title,
            published=entry.published,
        )


def _asked(kept: Sequence[Any]) -> int:
    """The round in which a page was last asked for."""
    return int(kept[3]) if len(kept) > 3 else 0


def _had(fetcher: Fetcher, location: str, limit: int) -> Fetched:
    """The answer at the location of a source. Raises PermanentError that says why it cannot be had."""
    answer = fetcher.fetch(location, limit=limit)
    if answer.content.problem is not None or answer.postponed is not None:
        raise PermanentError(printable(answer.content.detail or f"{without_login(location)} could not be fetched."))
    return answer
