"""The head of a page of markup as it is printed: the byline and the day in its lines, read as those of plain text are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from copydesk.transforms.cleaning.head_lines import date_inside, signed_and_dated
from copydesk.transforms.cleaning.markup_selection import UNSHOWN, MarkupPage
from copydesk.transforms.cleaning.metadata import Metadata
from copydesk.transforms.cleaning.openings import signed_lines
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.page_dates import FIRST_PAGES
from copydesk.transforms.cleaning.printed_dates import DateReader, PrintedDate
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

SEEN = 8
"""How many of the first lines that are kept may be of the head: place, day and writer stand among them."""

LONGEST_HEAD_LINE = 12
EVENING, MORNING = 20, 8
"""Hours of UTC from which on it is the next day in Europe and Africa, and up to which it is the day before in America."""


def printed_head(page: MarkupPage, kept: Iterable[int], lexicon: Lexicon, dates: DateReader, latest: date) -> Page:
    """The page as a plain text whose head has been read: its byline and date, and the roles of their lines.

    The headline signs nothing, though it stands above the day: `Мост закроют` looks like two names.
    `kept` are the numbers of the lines of the article, at least one; `latest` is the last day that is believed.
    """
    inside = frozenset(kept)
    roles = dict(page.roles)
    title = folded(page.metadata.title or "")
    for at, place in enumerate(page.places):
        if place.hidden or place.tag in UNSHOWN:
            roles[at] = ("other", "hidden")
        elif at in page.comments:
            roles[at] = ("comment", "trafilatura_comments")
        elif title and page.pieces[at].folded == title:
            roles[at] = ("title", "metadata")
    text = Page(page.pieces, lexicon, dates, latest, order=page.metadata.order, roles=roles, kept=inside)
    text.kept -= signed_lines(text)
    text.first, text.last = min(text.kept or inside), max(inside)
    signed_and_dated(text)
    date_inside(text, below=0)
    if text.printed is not None and text.printed.day.year < FIRST_PAGES and not text.dated_surely:
        text.printed = None
    return text


def head_lines(text: Page, kept: Iterable[int]) -> set[int]:
    """The first kept lines that only say who wrote the article and when."""
    found: set[int] = set()
    for at in sorted(kept)[:SEEN]:
        piece = text.pieces[at]
        role, _ = text.roles.get(at, ("", ""))
        if piece.prose or piece.words > LONGEST_HEAD_LINE or role not in ("byline", "dateline"):
            return found
        found.add(at)
    return set()


def authors_of(known: Metadata, text: Page) -> tuple[str, ...]:
    """The authors that JSON-LD names; else those of a byline that the page prints; else those of its marks and tags."""
    printed = text.byline.authors if text.byline else ()
    if known.authors_linked or not printed:
        return known.authors
    return printed if (text.byline and text.byline.marked) or not known.authors else known.authors


def printed_day(known: Metadata, text: Page) -> PrintedDate | None:
    """The day that the page prints, where it tells more than the page's stamps.

    No stamp tells a day, and what is printed is sure; or the two differ by nothing but the order of day and month, or
    by the hours that the place of the page is off the stamp's UTC.
    """
    day, printed = known.published_on, text.printed
    if printed is None or day is None:
        return printed
    exchanged = (day.year, day.month, day.day) == (printed.day.year, printed.day.day, printed.day.month) and day != printed.day
    sure = not known.stamped and text.dated_surely
    return printed if sure or exchanged or _is_local(known.published_at, printed.day) else None


def _is_local(stamp: datetime | None, day: date) -> bool:
    """Whether a day is that of a stamp in UTC where the next day has begun already, or the day before has not ended."""
    if stamp is None or stamp.utcoffset() != timedelta(0):
        return False
    ahead = (day - stamp.date()).days
    return (ahead == 1 and stamp.hour >= EVENING) or (ahead == -1 and stamp.hour < MORNING)
