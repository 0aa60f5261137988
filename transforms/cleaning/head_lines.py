"""The lines of a plain text that sign it and date it: above the body, between its first lines, inside it and below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from copydesk.transforms.cleaning.bylines import Byline, read_byline
from copydesk.transforms.cleaning.headlines import HEAD_REACH
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import BY_ALONE
from copydesk.transforms.cleaning.printed_dates import PrintedDate
from copydesk.transforms.cleaning.signed_lines import (
    AUTHOR,
    HANDED_IN,
    POSTED,
    SHARED_ON,
    SIGNED,
    of_another_day,
    read_signed,
    stands_alone,
)

BELOW_DATED = 2
BESIDE_FIRST = 2
HEAD_BELOW = 8
NAME_REACH = 12
SHORTEST_CUT = 4
SIGNED_BELOW = 30
LONGEST_SIGNED = 12
"""How many pieces above the body, and below its first line, are looked at for title, byline and date."""

NAME_WORDS = {2, 3}
AND, MOST_NAMES = re.compile(r",?\sand\s|,\s"), 4
LEAST_HEADLINE, MOST_HEADLINE = 4, 20

POST = "signs_a_post"
LONGEST_DATED, LONGEST_PUBLISHED = 10, 16
FEW_WORDS = 4
"""The words of a line that is a date, and those of them that are not the date itself."""


def signed_and_dated(page: Page) -> None:
    """Byline and date lines above the body or between its first lines, nearest first, then below it."""
    top = max(0, page.first - HEAD_REACH)
    near = range(page.first, min(page.last, page.first + HEAD_BELOW))
    dated = {at for at in near if page.pieces[at].words <= LONGEST_DATED and _is_date_line(page, at)}
    page.kept -= dated | {at for at in near if _says_published(page, at)}
    below = [at for at in near if at not in page.kept]
    for at in [*range(page.first - 1, top - 1, -1), *below]:
        if at not in page.roles or page.roles[at][0] == "navigation":
            _byline_or_date(page, at)
    signed_below(page)
    if page.printed is None:
        _date_elsewhere(page)


def _byline_or_date(page: Page, at: int) -> None:
    text = page.text(at)
    if page.pieces[at].words > 30:
        return
    if of_another_day(text):
        if HANDED_IN.match(text):
            page.give(at, "dateline", "day_handed_in")
        return
    if POSTED.match(text) or (at > page.first and SHARED_ON.match(text)):
        page.give(at, "other", POST)
        return
    printed = list(page.dates.read_all(text, page.latest, page.order))
    if printed:
        first, last = printed[0], printed[-1]
        rest = " ".join([text[: first.start], *(text[one.end : two.start] for one, two in pairwise(printed)), text[last.end :]])
        byline = read_signed(text, [(one.start, one.end) for one in printed], page.lexicon)
        if byline and (byline.marked or not page.byline):
            page.byline = byline if _surer(byline, page.byline) else page.byline
            if first.start >= SHORTEST_CUT:
                page.cuts[at] = (first.start, "dateline", "printed_date")
            page.give(at, "byline", "names_before_date")
        elif len(rest.strip(" ,|•·-–—").split()) <= 12:
            page.give(at, "dateline", "printed_date")
        else:
            return
        _dated(page, at, printed, sure=page.roles.get(at, ("", ""))[0] == "byline")
        return
    labelled = AUTHOR.match(text)
    below_by = page.byline is None and at > 0 and BY_ALONE.match(page.text(at - 1)) is not None
    named = f"by {text[labelled.end() :] if labelled else text}"
    byline = read_byline(named if labelled or below_by else text, page.lexicon)
    agency = byline is not None and not byline.authors and not page.first + 2 > at >= page.first
    if byline and (byline.marked or agency or _is_writer(page, at)) and _surer(byline, page.byline):
        page.byline = byline
        page.give(at, "byline", "by_word" if byline.marked else "name_beside_date")


def _dated(page: Page, at: int, printed: Sequence[PrintedDate], sure: bool = False) -> None:
    """Takes the day of publication and that of the last change from a line, where no line nearer to the body told them.

    A line further away still tells the day where a name or a word such as `published` stands beside it and only there.
    """
    told = next((one for one in printed if not one.updated), None)
    sure = sure or bool(told and page.lexicon.published.search(page.text(at)[: told.start]))
    sure = sure and at < page.first + BESIDE_FIRST and not SHARED_ON.match(page.text(at))
    if told is not None and (page.printed is None or (sure and not page.dated_surely)):
        page.printed, page.dated_in, page.dated_surely = told, at, sure
    page.changed = page.changed or next((one for one in printed if one.updated), None)


def _says_published(page: Page, at: int) -> bool:
    """Whether a line without a stop begins by saying when the text was published: `Published : 12 May 2024 | 3 comments`."""
    piece = page.pieces[at]
    if piece.closed or piece.words > LONGEST_PUBLISHED or not page.lexicon.published.match(piece.text):
        return False
    return page.dates.read(piece.text, page.latest, page.order) is not None


def _is_date_line(page: Page, at: int) -> bool:
    """Whether a piece holds a date and hardly anything else."""
    text = page.text(at)
    found = list(page.dates.read_all(text, page.latest, page.order))
    others = page.pieces[at].words - sum(len(text[one.start : one.end].split()) for one in found)
    return bool(found) and others <= FEW_WORDS and not page.pieces[at].prose


def _date_elsewhere(page: Page) -> None:
    """The date of a line that says that the article was published or changed then: below the text, or among the menus."""
    for at in range(len(page.pieces)):
        text = page.text(at)
        if page.pieces[at].words > LONGEST_DATED or page.roles.get(at, ("", ""))[0] in ("teaser", "comment", "comment_prompt"):
            continue
        if not (page.lexicon.published.match(text) or page.dates.says_updated(text)):
            continue
        printed = list(page.dates.read_all(text, page.latest, page.order))
        _dated(page, at, printed)
        if page.printed:
            return


def _surer(byline: Byline, known: Byline | None) -> bool:
    """Whether a byline replaces the one found nearer to the body: a by-word beats none."""
    return known is None or not known.authors or (byline.marked and not known.marked)


def _is_writer(page: Page, at: int) -> bool:
    """Whether a line of nothing but names is that of the writers: each stands alone as one, beside a date or above a job."""
    text = page.text(at)
    if at in page.roles or not page.first - NAME_REACH <= at <= page.last + 2:
        return False
    beside = any(
        0 <= near < len(page.pieces) and page.dates.read(page.text(near), page.latest) is not None for near in (at - 1, at + 1)
    )
    body = [page.text(near) for near in page.kept if near != at]
    lines = [piece.text for piece in page.pieces]
    above_job = at + 1 < len(page.pieces) and page.pieces[at + 1].folded in page.lexicon.author_roles
    known = beside or above_job or _is_under_headline(page, at)
    names = AND.split(text)
    return len(names) <= MOST_NAMES and all(
        stands_alone(name, lines, body, lambda first: known or first in page.lexicon.given_names) for name in names
    )


def _is_under_headline(page: Page, at: int) -> bool:
    """Whether a line of two or three words stands alone between a headline and the first paragraph, and is no place."""
    each = {len(name.split()) for name in AND.split(page.text(at))}
    if at != page.first - 1 or at == 0 or not each <= NAME_WORDS or not page.pieces[page.first].prose:
        return False
    above = page.pieces[at - 1]
    headed = at - 1 not in page.roles and not above.closed and LEAST_HEADLINE <= above.words <= MOST_HEADLINE
    return headed and page.lexicon.gazetteer.find(page.text(at)) is None


def signed_below(page: Page) -> None:
    """The byline below the text, where none stands above it: a line that says `author`, or a name alone right below."""
    for at in range(page.last + 1, min(page.last + 1 + SIGNED_BELOW, len(page.pieces))):
        if page.byline or page.roles.get(at, ("", ""))[0] in ("comment", "comment_prompt", "teaser", "title"):
            return
        if page.roles.get(at, ("navigation", ""))[0] != "navigation" or page.pieces[at].words > LONGEST_SIGNED:
            continue
        near = at <= page.last + 2
        byline = read_signed(page.text(at), [], page.lexicon) if SIGNED.match(page.text(at)) else None
        byline = byline or (read_byline(page.text(at), page.lexicon) if near else None)
        if byline and byline.authors and (byline.marked or _is_writer(page, at)):
            page.byline = byline
            page.roles[at] = ("byline", "below_the_text")


def date_inside(page: Page, below: int = BELOW_DATED) -> None:
    """The day on a line between the paragraphs or right below them, where nothing else tells it and no other stands so.

    `below` is how many lines below the text are looked at; a sentence under the line makes it the day of a comment.
    """
    if page.printed is not None or page.own_line is not None:
        return
    found: dict[date, tuple[int, PrintedDate]] = {}
    size = len(page.pieces)
    for at in range(page.first, min(page.last + 1 + below, size)):
        role, reason = page.roles.get(at, ("", ""))
        if role not in ("", "dateline", "navigation", "other") or reason == POST or of_another_day(page.text(at)):
            continue
        if not _is_date_line(page, at):
            continue
        if at > page.last and at + 1 < size and page.pieces[at + 1].closed:
            continue
        for one in page.dates.read_all(page.text(at), page.latest, page.order):
            if not one.updated:
                found.setdefault(one.day, (at, one))
    if len(found) == 1:
        page.dated_in, page.printed = next(iter(found.values()))
