"""Who wrote a page of markup, when, and under which headline: JSON-LD first, then what trafilatura finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import examine_meta, extract_author, extract_sitename, extract_title, extract_url

from copydesk.transforms.cleaning.bylines import HANGING, NOT_BY, read_byline
from copydesk.transforms.cleaning.characters import squeezed
from copydesk.transforms.cleaning.language import detect_language
from copydesk.transforms.cleaning.linked_data import LinkedArticle, linked_article
from copydesk.transforms.cleaning.marked_authors import marked_authors, printed_authors
from copydesk.transforms.cleaning.markup_headline_features import find_headline
from copydesk.transforms.cleaning.page_dates import page_dates
from copydesk.transforms.cleaning.page_parts import PageParts
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.stamps import StampReader
from copydesk.transforms.dates.order import UNKNOWN_ORDER, DateOrder, tags_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

LOCALE = ".//head/meta[@property='og:locale' or @http-equiv='content-language']/@content"
SECTION = ".//head/meta[@property='article:section']/@content"
DATE_BEHIND = re.compile(
    r"\s*[,|·–-]?\s*\b(?:(?:am|on|le|el|il|at|um|den)\s[^\d]{0,14}\d|(?:stand|updated|published|posted)\b:?|\d{1,2}[./ -]).*$",
    re.IGNORECASE,
)
"""The date that stands behind a name in one element: `Ida Ferrell on 3 May 2024`."""

MOST_NAME_WORDS = 6

COMPANY = re.compile(
    r"""
    \b(?:gmbh|inc|ltd|llc|corp|corporation|company|s\.?p\.?a|pvt|e\.?v|ag)\b\.?  # Harbor Printing Ltd.
    |https?:|www\.|\.(?:com|org|net|de|at|ch)\b                  # harbor-times.com
    |\b(?:broadcast|newsroom|redaktion|redaction|rédaction|redacci[oó]n|redazione|redação|redakcja|redactie|redaksi)
    |\b(?:agency|agentur|agencia|agenzia|desk|staff|editors|editorial|press|media|network|verlag|newspaper|gazette|news
      |zeitung|nachrichten|tribune|herald|courier|magazine|magazin|radio|television|tv|stiftung|verband|pressestelle)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
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
    authors_linked: bool = False
    """Whether JSON-LD names the authors."""
    stamped: bool = False
    """Whether JSON-LD or a meta tag tells the day of publication."""
    order: DateOrder = UNKNOWN_ORDER


def read_metadata(
    tree: HtmlElement, url: str | None, latest: date, headings: Sequence[str], lexicon: Lexicon, dates: DateReader
) -> Metadata:
    """The metadata of a page. Dates after `latest` are not believed; `headings` are its first and second order headings."""
    tags = examine_meta(tree)
    address = url or tags.url or extract_url(tree, url)
    titled = tags.title or extract_title(tree)
    linked = linked_article(tree, address, [*headings, *([titled] if titled else [])]) or LinkedArticle()
    site = (tags.sitename or linked.publisher or extract_sitename(tree) or _host(address) or "").lstrip("@") or None
    model = lexicon.markup_headline
    title = find_headline(tree, linked.headline, site, model) if model else titled or linked.headline
    parts = PageParts(tree, title)
    order = _order(tree, address)
    when = page_dates(tree, parts, linked, address, StampReader(latest, dates, order))
    printed = (
        partial(marked_authors, parts),
        partial(_tagged_authors, tree, tags.author),
        partial(printed_authors, parts, dates, lexicon),
    )
    authors, agency = _authors(linked, printed, site, address, lexicon)
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
        authors_linked=any(not _is_site(name, frozenset()) for name in linked.authors),
        stamped=when.stamped,
        order=order,
    )


def _order(tree: HtmlElement, url: str | None) -> DateOrder:
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


def _tagged_authors(tree: HtmlElement, tagged: str | None) -> list[str]:
    """The authors of the page's meta tags where these give a full name, else those that trafilatura finds."""
    found = tagged if tagged and " " in tagged else extract_author(tree) or tagged
    return (found or "").split(";")


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").netloc.rpartition("@")[2].removeprefix("www.") or None
    except ValueError:
        return None


def _authors(
    linked: LinkedArticle, printed: Iterable[Callable[[], Sequence[str]]], site: str | None, url: str | None, lexicon: Lexicon
) -> tuple[tuple[str, ...], str | None]:
    """The people and the agency; a body, as the site itself, stands as author only where nobody else does."""
    own = {folded(site or ""), folded(_host(url) or ""), folded(linked.publisher or "")} - {""}
    own |= {name.replace(" ", "") for name in own}
    bodies = list(linked.bodies)
    agency = _people(bodies, lexicon)[1]
    for told in (lambda: linked.authors, *printed):
        names, other = _people(told(), lexicon)
        agency = agency or other
        people = [name for name in names if not _is_site(name, own)]
        if people:
            return tuple(dict.fromkeys(people)), agency
        bodies += names
    return tuple(dict.fromkeys(bodies[:1] or ([agency] if agency else []))), agency


def _is_site(name: str, own: Collection[str]) -> bool:
    key = folded(name)
    return bool(COMPANY.search(name)) or key in own or key.replace(" ", "") in own


def _people(names: Iterable[str], lexicon: Lexicon) -> tuple[list[str], str | None]:
    """The names in author fields, each as a byline would give it, and the first agency among them."""
    people: list[str] = []
    agency = None
    for printed in names:
        text = DATE_BEHIND.sub("", squeezed(HANGING.sub("", printed.strip()))).strip(" ,|·–-")
        byline = read_byline(f"by {text}", lexicon)
        if folded(text) in lexicon.author_roles or not text:
            continue
        people += byline.authors if byline and byline.authors else () if byline else _as_printed(text, lexicon)
        agency = agency or (byline.agency if byline else None)
    return people, agency


def _as_printed(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A name that no byline has, such as that of a user; nothing where it is a label, an address or a sentence."""
    name = lexicon.by_word.sub("", f"{text} ", count=1).strip(" :,") if lexicon.by_word.match(f"{text} ") else text
    if not name or NOT_BY.match(name) or len(name.split()) > MOST_NAME_WORDS or re.search(r"\s\d|^\d|[@?!]", name):
        return ()
    return () if "://" in name else (name,)
