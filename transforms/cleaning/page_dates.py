"""When a page of markup was published and last changed, as the page says of itself and of nothing else on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from copydesk.transforms.cleaning.datelines import place_dateline
from copydesk.transforms.cleaning.linked_data import LinkedArticle
from copydesk.transforms.cleaning.page_parts import PageParts
from copydesk.transforms.cleaning.signed_lines import HANDED_IN
from copydesk.transforms.cleaning.stamps import DIGIT, LONGEST_LINE, Stamp, StampReader
from copydesk.transforms.words import collapsed

PUBLISHED = """
    article:published_time article:published og:published_time datepublished article.published
    date_published pubdate publishdate publish_date publish-date published-date published_date publishdate
    publication_date dc.date.issued dcterms.issued dc.issued
    parsely-pub-date sailthru.date cxenseparse:recs:publishtime article:post_date article_date_original
    originalpublicationdate article.created rnews:datepublished citation_publication_date bt:pubdate vr:published_time
    shareaholic:article_published_time date.release release_date publish_time datecreated
""".split()
LOOSE = "og:article:published_time date dc.date dcterms.date dc.date.created dcterms.created dc.created".split()
"""Meta tags that some sites fill with the day of the last change or of the request: a time beside the headline is surer."""

MODIFIED = """
    article:modified_time article:modified og:updated_time og:modified_time og:article:modified_time datemodified
    dateupdate last-modified lastmod lastmodified dc.date.modified dcterms.modified dc.modified date_modified modified_time
""".split()

CUE = re.compile(
    r"date|datum|time|publi|posted|fecha|data\b|byline|dateline|meta|info|autor|author|created|entry-|stamp|update",
    re.IGNORECASE,
)
CHANGED = re.compile(r"updat|modif|aktualis|changed|revised", re.IGNORECASE)
STAMPED = re.compile(r"publi|pubdate|created|posted|issued", re.IGNORECASE)
RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|tous droits|todos los derechos", re.IGNORECASE)
TELLS_OF_PAGE = re.compile(
    r"""
    (?:this\s(?:entry|post|article|page)|diese[rs]?\s(?:eintrag|beitrag|artikel|seite))\s(?:was|wurde)\s
    (?:\S+\s){0,4}?(?:posted|published|written|last|on|am|zuletzt)\b          # This entry was posted on
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A sentence below a text that tells when the page itself was posted or changed."""

PATH_DAY = re.compile(
    r"""
    (?<!\d)((?:19|20)\d\d)([/_-]?)
    (0[1-9]|1[0-2]|[1-9](?=[/_-]))\2                              # 2024/5/3, never 202453
    (0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)
    """,
    re.VERBOSE,
)

SHORT_PART = 40
"""Letters of a part of a long line, between its elements, that is looked at by itself."""

MOST_OTHER_WORDS = 14
"""A date among more words than these is part of a sentence."""

FEW_WORDS = 5
"""A date with no more words beside it may stand anywhere on the page."""

MARKED = 2
"""How surely a date is marked that stands in an element for times."""

FARTHEST_ZONE = timedelta(hours=26)
"""The last moment of a day, by the clock farthest from Greenwich, is so far from its noon."""

ABOVE_HEADLINE, BELOW_FIRST = 20, 6
"""A date so many elements above the headline, or below the first paragraph, stands beside them."""

FIRST_PAGES = 1993
"""No page of markup that prints its day without marking it as such is older."""

OPENS = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\s+(?:[^\W\d_a-zß-ÿ]|[„“\"«»])")
"""A paragraph that a day in figures opens: `01.02.2022 The council`."""

REACH_ABOVE = 60
"""How many elements above the headline the date may stand."""


@dataclass(frozen=True)
class PageDates:
    """The day and moment of publication, and those of the last change; `None` where the page does not say."""

    published: Stamp | None = None
    modified: Stamp | None = None
    stamped: bool = False
    """Whether JSON-LD or a meta tag tells the day of publication."""


def page_dates(tree: HtmlElement, parts: PageParts, linked: LinkedArticle, url: str | None, stamps: StampReader) -> PageDates:
    """The dates of a page: by its JSON-LD, its meta tags, the marks and lines beside its headline, then its address."""
    metas = _metas(tree)
    published = stamps.read(linked.published) or _first(stamps, metas, PUBLISHED)
    modified = stamps.read(linked.modified) or _first(stamps, metas, MODIFIED)
    stamped = published is not None
    if published is None and (loose := _first(stamps, metas, LOOSE)) is not None:
        seen = _Printed(parts, stamps)
        stamped, published = True, seen.beside_headline or seen.alone_in_head or loose
    if published is None or published.moment is None:
        seen = _Printed(parts, stamps)
        shown = seen.published
        if published is None:
            published = shown
        elif shown is not None and shown.day == published.day:
            published = shown if shown.moment else published
        modified = modified or seen.modified
    told = _in_address(url, stamps)
    if published is not None and stamps.is_midnight(published):
        published = Stamp(published.day + timedelta(days=1), None)
    if published is not None and told is not None and _is_of_other_zone(published, told.day):
        published = told
    return PageDates(published or told or modified, modified, stamped)


def _is_of_other_zone(stamp: Stamp, day: date) -> bool:
    """Whether a moment of Greenwich's clock is off by a day from that of the address: where the page is, it was that day."""
    if stamp.moment is None or stamp.moment.utcoffset() != timedelta(0):
        return False
    return abs(stamp.moment - datetime.combine(day, time(12), UTC)) < FARTHEST_ZONE and stamp.day != day


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta tags by their names in lower case."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content") or meta.get("datetime")
        for kind in ("property", "name", "itemprop", "http-equiv", "pubdate"):
            if content and (name := meta.get(kind)):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(stamps: StampReader, metas: dict[str, list[str]], names: Iterable[str]) -> Stamp | None:
    contents = (content for name in names for content in metas.get(name, ()))
    return next((stamp for content in contents if (stamp := stamps.read(content))), None)


class _Date(NamedTuple):
    """A date on the page: where it stands, how surely it is marked, whether as that of a change."""

    place: int
    mark: int
    stamp: Stamp
    changed: bool


class _Printed:
    """The dates that a page shows, without those of its comments, rails and foot."""

    def __init__(self, parts: PageParts, stamps: StampReader) -> None:
        self._parts = parts
        self._stamps = stamps

    @cached_property
    def _dates(self) -> list[_Date]:
        return [found for at, one in enumerate(self._parts.elements) for found in self._dates_of(at, one)]

    def _dates_of(self, at: int, one: HtmlElement) -> Iterator[_Date]:
        named = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''} {one.get('property') or ''}"
        stamped = (
            one.get("datetime")
            or (one.get("content") if one.get("itemprop") else None)
            or (one.get("title") if one.tag == "abbr" else None)
            or (one.get("data-datetime") or one.get("data-timestamp") or one.get("data-date"))
        )
        if one.tag == "time" or stamped:
            if self._parts.outside(one) and not (STAMPED.search(named) and self._parts.in_foot(one)):
                return
            parent = one.getparent()
            beside = parent if parent is not None else one
            label = f"{named} {beside.get('class') or ''}"
            stamp = self._stamps.read(stamped) or self._stamps.read(collapsed(one.text_content())[:LONGEST_LINE])
            if stamp:
                before = collapsed((beside.text or "") + " ".join(t.tail or "" for t in one.itersiblings(preceding=True)))[-40:]
                inner = collapsed(one.text_content())[:40]
                changed = bool(CHANGED.search(label)) and not STAMPED.search(label)
                changed = changed or bool(self._stamps.reader.says_updated(f"{before} {inner}"))
                yield _Date(at, 3 if STAMPED.search(named) or one.get("pubdate") is not None else 2, stamp, changed)
            return
        own = [one.text or "", *(child.tail or "" for child in one)]
        dated = any(DIGIT.search(text[:LONGEST_LINE]) for text in own)
        cued = bool(CUE.search(named))
        if (one.tag in ("script", "style", "a") and not cued) or not (dated or cued):
            return
        if not dated and len(one) > 12:
            return
        text = collapsed(one.text_content())
        if (
            not text
            or HANDED_IN.match(text)
            or RIGHTS.search(text)
            or (self._parts.outside(one) and not TELLS_OF_PAGE.match(text))
        ):
            return
        yield from self._in_text(at, text, own, named, cued)

    def _in_text(self, at: int, text: str, own: list[str], named: str, cued: bool) -> Iterator[_Date]:
        """The dates of a line; of a paragraph that of its dateline or at its beginning, or of its short parts."""
        if len(text) <= LONGEST_LINE or TELLS_OF_PAGE.match(text):
            yield from self._in_line(at, text[:LONGEST_LINE], named, cued)
        elif (opening := place_dateline(text)) is not None and opening.day:
            yield from self._in_line(at, opening.day, named, True)
        elif OPENS.match(text):
            yield from self._in_line(at, text.split(maxsplit=1)[0], named, False)
        else:
            for part in own:
                if DIGIT.search(part) and len(part) <= SHORT_PART:
                    yield from self._in_line(at, collapsed(part), named, False)

    def _in_line(self, at: int, text: str, named: str, cued: bool) -> Iterator[_Date]:
        found = list(self._stamps.reader.read_all(text, self._stamps.latest, self._stamps.order))
        others = len(text.split()) - sum(len(text[one.start : one.end].split()) for one in found)
        tells = TELLS_OF_PAGE.match(text) is not None
        sentence = text.endswith((".", "!", "?")) and others > 6
        if not found or ((others > MOST_OTHER_WORDS or sentence) and not tells):
            return
        for one in found:
            stamp = self._stamps.believed(Stamp(one.day, one.moment))
            if stamp and stamp.day.year >= FIRST_PAGES:
                changed = one.updated or (len(found) == 1 and bool(CHANGED.search(named)) and not STAMPED.search(named))
                yield _Date(at, 1 if cued or tells or not others else 0 if others <= FEW_WORDS else -1, stamp, changed)

    def _own(self) -> list[_Date]:
        """The dates of this page, the surest first: in the head below the headline, above it, then behind the text."""
        top = self._parts.top
        end = self._parts.end
        head = [one for one in self._dates if top <= one.place <= self._parts.prose + 2]
        above = [one for one in self._dates if top - REACH_ABOVE <= one.place < top]
        below = [one for one in self._dates if self._parts.prose + 2 < one.place and one.mark >= (0 if one.place <= end else 1)]
        ranked = [*sorted(head, key=_rank), *sorted(above, key=lambda one: (-one.mark, -one.place)), *sorted(below, key=_rank)]
        marked = [one for one in ranked if one.mark == 3]
        return list(dict.fromkeys([*marked, *ranked]))

    @property
    def beside_headline(self) -> Stamp | None:
        """A time that an element marks as such, between the headline and the first paragraph."""
        head = [one for one in self._dates if self._parts.top <= one.place <= self._parts.prose + 2]
        return next((one.stamp for one in sorted(head, key=_rank) if one.mark >= MARKED and not one.changed), None)

    @property
    def alone_in_head(self) -> Stamp | None:
        """The day that stands beside the headline or the first paragraph, where no other does."""
        start, end = self._parts.top - ABOVE_HEADLINE, self._parts.prose + BELOW_FIRST
        head = [one for one in self._dates if start <= one.place <= end and one.mark >= 0]
        alone = len({one.stamp.day for one in head}) == 1 and not any(one.changed for one in head)
        return max(head, key=lambda one: one.stamp.moment is not None).stamp if alone else None

    @property
    def published(self) -> Stamp | None:
        return next((one.stamp for one in self._own() if not one.changed), None)

    @property
    def modified(self) -> Stamp | None:
        return next((one.stamp for one in self._own() if one.changed), None)


def _rank(one: _Date) -> tuple[int, int]:
    return -one.mark, one.place


def _in_address(url: str | None, stamps: StampReader) -> Stamp | None:
    """The day in the path of an address: `/2024/05/03/`, `-2024-05-03`; figures of an id are none."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    for found in PATH_DAY.finditer(path):
        compact = not found[2]
        before, after = path[: found.start()][-1:], path[found.end() :][:1]
        if compact and (before not in "/_-" or after not in ("", "/", "_", "-", ".")):
            continue
        try:
            stamp = stamps.believed(Stamp(date(int(found[1]), int(found[3]), int(found[4])), None))
        except ValueError:
            continue
        if stamp:
            return stamp
    return None
