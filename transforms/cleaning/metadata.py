"""Who wrote a page of markup, when, and under which headline: JSON-LD first, then what trafilatura finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import examine_meta, extract_author, extract_sitename, extract_title, extract_url

from copydesk.transforms.cleaning.bylines import HANGING, read_byline
from copydesk.transforms.cleaning.characters import squeezed
from copydesk.transforms.cleaning.linked_data import LinkedArticle, linked_article
from copydesk.transforms.cleaning.page_dates import StampReader, page_dates
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.dates.order import DateOrder, tags_of
from copydesk.transforms.language import detect_language
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

LEAST_HEADLINE = 11
"""A heading of fewer letters is not trusted to be the headline."""

LOCALE = ".//head/meta[@property='og:locale' or @http-equiv='content-language']/@content"
SECTION = ".//head/meta[@property='article:section']/@content"
SITE_FOLLOWS = re.compile(r"\s*(?:$|[|*·•：]|[–—-]+\s)")
"""What stands between a headline and the name of the site in a page's title."""

PLAIN_QUOTES = str.maketrans("’‘“”", "''\"\"")

COMPANY = re.compile(r"\b(?:gmbh|inc|ltd|llc|corp|s\.?p\.?a|pvt)\b\.?|https?:|www\.|\.(?:com|org|net)\b", re.IGNORECASE)
"""What names a publisher rather than an author."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a page says of its article; a field is `None` or empty where it says nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    outlet: str | None = None
    section: str | None = None
    url: str | None = None


def read_metadata(
    tree: HtmlElement, text: str, url: str | None, latest: date, headings: Sequence[str], lexicon: Lexicon, dates: DateReader
) -> Metadata:
    """The metadata of a page. Dates after `latest` are not believed; `headings` are its first and second order headings."""
    tags = examine_meta(tree)
    address = url or tags.url or extract_url(tree, url)
    titled = tags.title or extract_title(tree)
    linked = linked_article(tree, address, [*headings, *([titled] if titled else [])]) or LinkedArticle()
    title = _headline(titled, headings, linked.headline)
    when = page_dates(tree, linked, title, address, StampReader(latest, dates, _order(tree, address, text)))
    site = (tags.sitename or linked.publisher or extract_sitename(tree) or _host(address) or "").lstrip("@") or None
    visible = partial(_visible_authors, tree, tags.author)
    authors, agency = _authors(linked.authors, visible, site, address, lexicon)
    return Metadata(
        title=title,
        authors=authors,
        agency=agency,
        published_on=when.published.day if when.published else None,
        published_at=when.published.moment if when.published else None,
        modified_at=when.modified.moment or datetime.combine(when.modified.day, time()) if when.modified else None,
        outlet=site,
        section=linked.section or next(iter(tree.xpath(SECTION)), None),
        url=address,
    )


def _order(tree: HtmlElement, url: str | None, text: str) -> DateOrder:
    """The evidence for the order of day and month: the language the page is marked with, its country, its other dates."""
    root = tree.getroottree().getroot()
    locale = next(iter(tree.xpath(LOCALE)), None)
    tags = tags_of(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"), locale)
    hosts = tuple(host for host in (_host(url),) if host)
    return DateOrder(tags, hosts, lambda: _shown(tree), lambda: detect_language(_shown(tree)))


def _shown(tree: HtmlElement) -> str:
    """The text of the page's body, without that of scripts."""
    shown = (one for one in tree.iter() if isinstance(one.tag, str) and one.tag not in ("script", "style", "head"))
    return " ".join(f"{one.text or ''} {one.tail or ''}" for one in shown)


def _visible_authors(tree: HtmlElement, tagged: str | None) -> list[str]:
    """The authors of the page's meta tags where these give a full name, else of its byline."""
    found = tagged if tagged and " " in tagged else extract_author(tree)
    return (found or "").split(";")


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").netloc.removeprefix("www.") or None
    except ValueError:
        return None


def _headline(title: str | None, headings: Sequence[str], linked: str | None) -> str | None:
    """The title without the name of the site that often follows it: `Ferry reopens | Harbor Times`.

    A heading of the page that begins like the title says where the headline ends.
    """
    title = squeezed(title) if title else None
    plain = (title or "").translate(PLAIN_QUOTES)
    for heading in (*headings, *([linked] if linked else [])):
        printed = squeezed(heading)
        start = printed.translate(PLAIN_QUOTES)
        if len(printed) < LEAST_HEADLINE or not title:
            continue
        if start.startswith(plain) or (plain.startswith(start) and SITE_FOLLOWS.match(plain, len(start))):
            return printed
    return title or linked


def _authors(
    linked: Sequence[str], visible: Callable[[], Sequence[str]], site: str | None, url: str | None, lexicon: Lexicon
) -> tuple[tuple[str, ...], str | None]:
    """The people and the agency; the site itself stands as author only where nobody else does."""
    own = {folded(site or ""), folded(_host(url) or "")}
    own |= {name.replace(" ", "") for name in own}
    names, agency = _people(linked, lexicon)
    if all(_is_site(name, own) for name in names):
        others, other_agency = _people(visible(), lexicon)
        names = [*others, *names]
        agency = agency or other_agency
    people = [name for name in names if not _is_site(name, own)]
    return tuple(dict.fromkeys(people or names or ([agency] if agency else []))), agency


def _is_site(name: str, own: set[str]) -> bool:
    key = folded(name)
    return bool(COMPANY.search(name)) or key in own or key.replace(" ", "") in own


def _people(names: Iterable[str], lexicon: Lexicon) -> tuple[list[str], str | None]:
    """The names in author fields, each as a byline would give it, and the first agency among them."""
    people: list[str] = []
    agency = None
    for printed in names:
        text = squeezed(HANGING.sub("", printed.strip()))
        byline = read_byline(f"by {text}", lexicon)
        if folded(text) in lexicon.author_roles or not text:
            continue
        people += byline.authors if byline and byline.authors else () if byline else (text,)
        agency = agency or (byline.agency if byline else None)
    return people, agency
