"""Gives every piece of a plain text its role: a visible list of steps, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from copydesk.transforms.cleaning.bylines import Byline, read_byline
from copydesk.transforms.cleaning.captions import NAMED_IN_BRACKETS
from copydesk.transforms.cleaning.comments import comments_begin
from copydesk.transforms.cleaning.endings import endings, is_box
from copydesk.transforms.cleaning.headline_features import CREDIT
from copydesk.transforms.cleaning.headlines import HEAD_REACH, find_title, without_outlet
from copydesk.transforms.cleaning.openings import openings
from copydesk.transforms.cleaning.page import TURNED, Page, Role, furniture_roles
from copydesk.transforms.cleaning.printed_dates import PrintedDate
from copydesk.transforms.cleaning.selection import BULLET, TABLE_ROW, body, core
from copydesk.transforms.cleaning.signed_lines import POSTED, SHARED_ON, SIGNED, read_signed, stands_alone

CREDIT_TAIL = re.compile(r"\((?:[^()]{0,60}(?:photo|image|foto|via|getty|afp|reuters|ap|epa)[^()]{0,60})\)\.?$", re.IGNORECASE)
BELOW_DATED = 2
BESIDE_FIRST = 2
HEAD_BELOW = 8
NAME_REACH = 12
SHORTEST_CUT = 4
SIGNED_BELOW = 30
LONGEST_SIGNED = 12
"""How many pieces above the body, and below its first line, are looked at for title, byline and date."""


LONGEST_DATED = 10
FEW_WORDS = 4
"""The words of a line that is a date, and those of them that are not the date itself."""

SHORTEST_SUBTITLE = 6
BUTTONS = frozenset(
    "smaller larger bigger reset text size font print page share email e-mail tweet save listen comment comments facebook "
    "twitter whatsapp telegram linkedin copy link a this article story on to via resize aa".split()
)
MOSTLY_BUTTONS = 0.75

SHORTEST_TEASER = 4
QUOTED = re.compile(r",[”\"’»]$|[”\"»],$")
WORD = re.compile(r"[^\W\d_]+")
LONGEST_PARTICLE = 3


Step = Callable[[Page], None]


def furniture(page: Page) -> None:
    """Phrases of the furniture table, and lines learnt to repeat over the site."""
    page.roles = furniture_roles(page.pieces, page.lexicon, page.repeated)


def find_core(page: Page) -> None:
    """The body's range as a first guess."""
    page.first, page.last = core(page)


def readers_comments(page: Page) -> None:
    """Readers' comments that no heading marks: the register turns from reporting to argument."""
    inside = [at for at in range(page.first, page.last + 1) if at not in page.roles]
    turn = comments_begin([page.text(at) for at in inside])
    if turn is None:
        return
    for at in range(inside[turn], len(page.pieces)):
        page.give(at, *TURNED)
    page.last = inside[turn] - 1


def signed_and_dated(page: Page) -> None:
    """Byline and date lines above the body or between its first lines, nearest first, then below it."""
    top = max(0, page.first - HEAD_REACH)
    near = range(page.first, min(page.last, page.first + HEAD_BELOW))
    page.kept -= {at for at in near if page.pieces[at].words <= LONGEST_DATED and _is_date_line(page, at)}
    below = [at for at in near if at not in page.kept]
    for at in [*range(page.first - 1, top - 1, -1), *below]:
        if at not in page.roles or page.roles[at][0] == "navigation":
            _byline_or_date(page, at)
    signed_below(page)
    if page.printed is None:
        _date_elsewhere(page)


def head(page: Page) -> None:
    """Byline and date lines; then the headline, and the deck between it and the body."""
    signed_and_dated(page)
    title = find_title(page)
    if title is None:
        return
    title = without_outlet(page, title)
    page.roles[title] = ("title", "markdown_heading" if page.pieces[title].heading else "headline_above_body")
    page.kept -= {title}
    page.first = max(page.first, title + 1) if title == page.first else page.first
    for at in range(title + 1, page.first):
        text = page.text(at)
        if at in page.roles or page.pieces[at].words < SHORTEST_SUBTITLE or CREDIT.search(text) or BULLET.match(text):
            continue
        if _is_buttons(page, at):
            page.give(at, "navigation", "row_of_buttons")
        elif page.pieces[at].folded != page.pieces[title].folded:
            page.give(at, "subtitle", "sentence_under_title")
            break


def _is_buttons(page: Page, at: int) -> bool:
    """Whether most words of a line are those of buttons: `Smaller Text Larger Text Print Page`."""
    words = page.pieces[at].folded.split()
    return sum(word in BUTTONS for word in words) >= MOSTLY_BUTTONS * len(words)


def _byline_or_date(page: Page, at: int) -> None:
    text = page.text(at)
    if page.pieces[at].words > 30:
        return
    if POSTED.match(text) or (at > page.first and SHARED_ON.match(text)):
        page.give(at, "other", "signs_a_post")
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
    byline = read_byline(text, page.lexicon)
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
    """Whether a line of nothing but names is that of the writers: each stands alone as one, or stands beside a date."""
    text = page.text(at)
    if at in page.roles or not page.first - NAME_REACH <= at <= page.last + 2:
        return False
    beside = any(
        0 <= near < len(page.pieces) and page.dates.read(page.text(near), page.latest) is not None for near in (at - 1, at + 1)
    )
    body = [page.text(near) for near in page.kept if near != at]
    lines = [piece.text for piece in page.pieces]
    return stands_alone(text, lines, body, lambda name: beside or name in page.lexicon.given_names)


def signed_below(page: Page) -> None:
    """The byline below the text, where none stands above it: a line that says `author`, or a name alone right below."""
    for at in range(page.last + 1, min(page.last + 1 + SIGNED_BELOW, len(page.pieces))):
        if page.byline or page.roles.get(at, ("", ""))[0] in ("comment", "comment_prompt", "teaser", "title"):
            return
        if at in page.roles or page.pieces[at].words > LONGEST_SIGNED:
            continue
        near = at <= page.last + 2
        byline = read_signed(page.text(at), [], page.lexicon) if SIGNED.match(page.text(at)) else None
        byline = byline or (read_byline(page.text(at), page.lexicon) if near else None)
        if byline and byline.authors and (byline.marked or _is_writer(page, at)):
            page.byline = byline
            page.give(at, "byline", "below_the_text")


def inside(page: Page) -> None:
    """Pieces of the body's range: headings, lists and prose that were kept; what was not, by its shape."""
    for at in range(page.first, page.last + 1):
        piece = page.pieces[at]
        if at not in page.kept:
            page.give(at, *_left_out(page, at))
            continue
        page.roles.pop(at, None)
        if TABLE_ROW.search(piece.text):
            page.give(at, "table", "cells")
        elif BULLET.match(piece.text) and not _goes_on(page, at):
            page.give(at, "list", "bullet")
        elif piece.heading or (not piece.closed and piece.words <= 14):
            page.give(at, *_short_line(page, at))
        else:
            page.give(at, "body", "prose" if piece.prose else "between_prose")


def _goes_on(page: Page, at: int) -> bool:
    """Whether a dash goes on with the quotation above, which a comma ends: `– Ana Brell said.`."""
    return page.text(at)[0] in "–—-" and at > 0 and QUOTED.search(page.text(at - 1)) is not None


def _left_out(page: Page, at: int) -> Role:
    """What a piece between paragraphs is that the model does not take for the article."""
    piece = page.pieces[at]
    if CREDIT_TAIL.search(piece.text):
        return "caption", "credit_in_brackets"
    if NAMED_IN_BRACKETS.match(piece.text) and not _in_small_letters(page, piece.text):
        return "caption", "person_in_picture"
    if page.dates.read(piece.text) and piece.words < 8:
        return "dateline", "date_between_paragraphs"
    return ("teaser", "unlike_the_article") if piece.words >= 6 else ("navigation", "line_between_paragraphs")


def _in_small_letters(page: Page, line: str) -> bool:
    """Whether the article has a word before the brackets of a line in small letters: `Net Profit (After Tax)` is no person."""
    words = [word.casefold() for word in WORD.findall(line.split("(", maxsplit=1)[0]) if len(word) > LONGEST_PARTICLE]
    small = {word for at in page.kept if page.pieces[at].prose for word in WORD.findall(page.text(at)) if word.islower()}
    return any(word in small for word in words)


def _short_line(page: Page, at: int) -> Role:
    """A line without a stop between paragraphs: a heading, unless it is printed again or is a name or date."""
    piece = page.pieces[at]
    if sum(other.text == piece.text for other in page.pieces) > 1:
        return "navigation", "printed_twice"
    if NAMED_IN_BRACKETS.match(piece.text) and not _in_small_letters(page, piece.text):
        return "caption", "person_in_picture"
    if is_box(piece.text):
        return "table", "number_in_a_box"
    if page.dates.read(piece.text) and piece.words < 8:
        return "dateline", "date_between_paragraphs"
    return "heading", "short_line_between_paragraphs"


def date_inside(page: Page, below: int = BELOW_DATED) -> None:
    """The day on a line between the paragraphs or right below them, where nothing else tells it and no other stands so.

    `below` is how many lines below the text are looked at; a sentence under the line makes it the day of a comment.
    """
    if page.printed is not None or page.own_line is not None:
        return
    found: dict[date, tuple[int, PrintedDate]] = {}
    size = len(page.pieces)
    for at in range(page.first, min(page.last + 1 + below, size)):
        role, _ = page.roles.get(at, ("", ""))
        if role not in ("", "dateline", "navigation", "other") or not _is_date_line(page, at):
            continue
        if at > page.last and at + 1 < size and page.pieces[at + 1].closed:
            continue
        for one in page.dates.read_all(page.text(at), page.latest, page.order):
            if not one.updated:
                found.setdefault(one.day, (at, one))
    if len(found) == 1:
        page.dated_in, page.printed = next(iter(found.values()))


def tail(page: Page) -> None:
    """What stands below the body: comments below their prompt, teasers below the line that heads them."""
    seen_prompt = heads = False
    for at in range(page.last + 1, len(page.pieces)):
        piece = page.pieces[at]
        role = page.roles.get(at, ("", ""))[0]
        seen_prompt = seen_prompt or role == "comment_prompt"
        if role:
            heads = role == "teaser"
            continue
        if seen_prompt and piece.words >= 4:
            page.give(at, "comment", "below_comment_prompt")
        elif at and page.roles.get(at - 1, ("", ""))[0] == "footer" and not piece.prose:
            page.give(at, "footer", "below_footer")
        elif heads and piece.words >= SHORTEST_TEASER:
            page.give(at, "teaser", "below_teaser_heading")
        elif piece.prose:
            page.give(at, "teaser", "prose_below_body")
        else:
            page.give(at, "navigation", "below_body")


def rest(page: Page) -> None:
    """What no step has named: lines above the body."""
    for at in range(len(page.pieces)):
        page.give(at, "navigation" if at < page.first else "other", "above_body" if at < page.first else "unnamed")


STEPS: tuple[Step, ...] = (
    furniture,
    find_core,
    readers_comments,
    body,
    openings,
    endings,
    head,
    inside,
    date_inside,
    tail,
    rest,
)


def read_page(page: Page) -> Page:
    """Runs every step over the page, in order."""
    for step in STEPS:
        step(page)
    return page
