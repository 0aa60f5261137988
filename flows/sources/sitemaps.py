"""The pages of a sitemap, and of the sitemaps that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from copydesk.flows.sources.addresses import BadAddress, parse_address, printable
from copydesk.flows.sources.answers import Fetched
from copydesk.flows.sources.entries import Entry
from copydesk.flows.sources.feeds import feed_entries
from copydesk.flows.sources.fetch import Fetcher
from copydesk.flows.sources.sitemap_reader import FEEDS, UNPACKED, Sitemap, read_sitemap
from copydesk.warehouse.errors import PermanentError

MOST_SITEMAPS = 500
"""Sitemaps that are followed in one run."""

SECONDS = 1800.0
"""Seconds in which the sitemaps of a source are followed; those that remain are counted."""


def sitemap_entries(fetcher: Fetcher, location: str, skipped: Counter[str]) -> Iterator[Entry]:
    """The pages that a sitemap names, and those of the sitemaps that it names.

    A sitemap below the first that cannot be had or read is counted in `skipped`, and so are those over the bounds.
    Raises PermanentError that names the first sitemap where it cannot be had or is none, or where none below it can.
    """
    deadline = fetcher.deadline(SECONDS)
    waiting, met = [location], {location}
    asked, bad, pages = 0, 0, 0
    while waiting and asked < MOST_SITEMAPS and not deadline.over:
        answer = fetcher.fetch(waiting.pop(0), limit=UNPACKED)
        asked += 1
        sitemap = _read(answer)
        if asked == 1:
            _check(location, answer, sitemap)
        for page in _pages(answer, sitemap, skipped):
            pages += 1
            yield page
        below = [place for place in _below(answer, sitemap) if place not in met]
        met.update(below)
        waiting += below
        if sitemap.problem is not None:
            bad += 1
            skipped[sitemap.problem] += 1
    skipped["sitemaps_over_limit"] += len(waiting)
    if bad and not pages and bad == asked - 1:
        raise PermanentError(f"{printable(location)}: none of the {bad} sitemaps that it names can be read.")


def _read(answer: Fetched) -> Sitemap:
    """What an answer says; of one that is no sitemap, the problem, as a slug."""
    if answer.postponed is not None or answer.content.problem is not None:
        return Sitemap(problem=answer.postponed or "sitemap_unreachable")
    sitemap = read_sitemap(answer.content.data)
    if sitemap.kind in ("html", "") or (sitemap.kind == "text" and not sitemap.pages):
        sitemap.problem = sitemap.problem or "sitemap_broken"
    return sitemap


def _check(location: str, answer: Fetched, sitemap: Sitemap) -> None:
    """Raises PermanentError where the first sitemap cannot be had, or nothing in it can be read."""
    if sitemap.problem in (answer.postponed, "sitemap_unreachable") and sitemap.problem is not None:
        raise PermanentError(printable(answer.content.detail or f"{location} could not be fetched."))
    if sitemap.problem is not None and not sitemap.pages and not sitemap.sitemaps:
        raise PermanentError(f"{printable(location)}: it is no sitemap that can be read: {_why(sitemap)}.")


def _why(sitemap: Sitemap) -> str:
    if sitemap.kind == "html":
        return "it is a page of HTML"
    if sitemap.problem == "sitemap_too_large":
        return "it is larger than any sitemap may be, and its first part names no page"
    return "its gzip data is damaged" if sitemap.problem == "sitemap_cut" else "it names no page and no sitemap"


def _pages(answer: Fetched, sitemap: Sitemap, skipped: Counter[str]) -> Iterator[Entry]:
    """The pages of one sitemap, their addresses in full; of a feed, which may stand for a sitemap, its entries."""
    skipped.update(sitemap.skipped)
    if sitemap.kind in FEEDS:
        yield from feed_entries(answer, skipped)
    for page in sitemap.pages:
        yield replace(page, address=_joined(answer.url, page.address))


def _below(answer: Fetched, sitemap: Sitemap) -> list[str]:
    """The sitemaps that a sitemap names, the ones to follow first in front.

    Where there are more than are followed those that changed last come first, then those without a date from both ends
    of the list: in some indexes the newest is the first, in others the last.
    """
    named = sitemap.sitemaps
    if len(named) > MOST_SITEMAPS:
        dated = sorted((one for one in named if one[1]), key=lambda one: one[1], reverse=True)
        plain = [one for one in named if not one[1]]
        ends = [plain[-1 - at // 2 if at % 2 == 0 else at // 2] for at in range(len(plain))]
        named = [*dated, *ends]
    return list(dict.fromkeys(_joined(answer.url, place) for place, _ in named))


def _joined(base: str, place: str) -> str:
    """A place as a full address; one that cannot be is left as it is, to be turned away with a reason."""
    if "://" in place:
        return place
    try:
        return parse_address(place, parse_address(base)).text
    except BadAddress:
        return place
