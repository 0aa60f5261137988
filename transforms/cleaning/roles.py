"""Gives every piece of a plain text its role: a visible list of steps, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.cleaning.captions import CREDIT_LINE, NAMED_IN_BRACKETS
from copydesk.transforms.cleaning.comments import comments_begin
from copydesk.transforms.cleaning.edges import BULLET
from copydesk.transforms.cleaning.endings import endings, is_box
from copydesk.transforms.cleaning.head_lines import date_inside, signed_and_dated
from copydesk.transforms.cleaning.headline_features import CREDIT
from copydesk.transforms.cleaning.headlines import NO_HEADLINE, find_title, is_lead, without_outlet
from copydesk.transforms.cleaning.openings import openings
from copydesk.transforms.cleaning.page import TURNED, Page, Role, furniture_roles
from copydesk.transforms.cleaning.pieces import BYLINE
from copydesk.transforms.cleaning.rows_alike import in_box
from copydesk.transforms.cleaning.selection import TABLE_ROW, body, core
from copydesk.transforms.cleaning.signed_lines import is_name
from copydesk.transforms.words import folded

CREDIT_TAIL = re.compile(r"\((?:[^()]{0,60}(?:photo|image|foto|via|getty|afp|reuters|ap|epa)[^()]{0,60})\)\.?$", re.IGNORECASE)


SHORTEST_SUBTITLE, FEW_WORDS = 6, 3
BUTTONS = frozenset(
    "smaller larger bigger reset text size font print page share email e-mail tweet save listen comment comments facebook "
    "twitter whatsapp telegram linkedin copy link a this article story on to via resize aa".split()
)
MOSTLY_BUTTONS = 0.75
PARTS = re.compile(r"\s[|–—-]\s")
"""What parts a headline from the name of its outlet or its place."""

BELOW_LINE = 4
TAKEN_ON = re.compile(r"[,(]\s?(?:on\s)?(?:\d{1,2}\s?[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.?\s\d{1,2},)\s?(?:19|20)\d\d\)?$")
"""The day at the end of a line without a stop on which its picture was taken: `… off Ellery, June 12, 2008`."""

ASKING = frozenset({"paywall", "consent"})
"""What asks the reader for something; a short line above it is its heading."""

SHORTEST_TEASER = 4
CROSSHEAD = re.compile(r"[-–—]\s\S.*[^\s.!?]\s[-–—]$")
LONGEST_CROSSHEAD = 10
"""A heading among paragraphs as an agency prints it: `- 'Nobody came' -`."""

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


def head(page: Page) -> None:
    """Byline and date lines; then the headline, and the deck between it and the body."""
    signed_and_dated(page)
    above = page.first - 1
    if above >= 0 and above not in page.roles and is_lead(page, above):
        page.first, page.kept = above, page.kept | {above}
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
        if NO_HEADLINE.search(text) or BYLINE.match(text):
            continue
        if _above_credit(page, at) or _is_printed_as_caption(page, at):
            page.give(at, "caption", "above_credit")
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


def inside(page: Page) -> None:
    """Pieces of the body's range: headings, lists and prose that were kept; what was not, by its shape."""
    titles = [
        folded(PARTS.split(page.text(at))[0])
        for at, (role, _) in page.roles.items()
        if role == "title" and len(PARTS.split(page.text(at))[0].split()) >= SHORTEST_SUBTITLE
    ]
    for at in range(page.first, page.last + 1):
        piece = page.pieces[at]
        if at not in page.kept:
            page.give(at, *_left_out(page, at))
            continue
        page.roles.pop(at, None)
        if _above_credit(page, at):
            page.give(at, "caption", "above_credit")
        elif TABLE_ROW.search(piece.text):
            page.give(at, "table", "cells")
        elif not piece.closed and any(title in piece.folded for title in titles):
            page.give(at, "navigation", "holds_the_headline")
        elif CROSSHEAD.match(piece.text) and piece.words <= LONGEST_CROSSHEAD:
            page.give(at, "heading", "between_dashes")
        elif BULLET.match(piece.text) and not _goes_on(page, at):
            page.give(at, "list", "bullet")
        elif not piece.closed and in_box(page, at):
            page.give(at, "list", "row_of_figures")
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
    if page.roles.get(at + 1, ("", ""))[0] in ASKING and at + 1 not in page.kept:
        return "navigation", "heads_furniture"
    if sum(other.text == piece.text for other in page.pieces) > 1:
        return "navigation", "printed_twice"
    if NAMED_IN_BRACKETS.match(piece.text) and not _in_small_letters(page, piece.text):
        return "caption", "person_in_picture"
    if is_box(piece.text):
        return "table", "number_in_a_box"
    if page.dates.read(piece.text) and piece.words < 8:
        return "dateline", "date_between_paragraphs"
    return "heading", "short_line_between_paragraphs"


def _above_credit(page: Page, at: int) -> bool:
    """Whether a line of some words without a stop stands right above the credit of a picture."""
    below = page.text(at + 1) if at + 1 < len(page.pieces) else ""
    return page.pieces[at].words > FEW_WORDS and not page.pieces[at].closed and CREDIT_LINE.match(below) is not None


def _is_printed_as_caption(page: Page, at: int) -> bool:
    """Whether a line below the headline belongs to a picture.

    A caption with its credit right below begins with its words, or another line without a stop with the same name.
    """
    text = page.text(at)
    if not page.pieces[at].closed and TAKEN_ON.search(text):
        return True
    for one in range(at + 1, min(at + 1 + BELOW_LINE, page.first)):
        if page.roles.get(one, ("", ""))[0] == "caption" and page.text(one).startswith(text):
            return True
    below = page.pieces[at + 1] if at + 1 < page.first else None
    if below is None or page.pieces[at].closed or below.closed or at + 1 in page.roles or below.words < SHORTEST_SUBTITLE:
        return False
    name = text.split()[:2]
    if name != below.text.split()[:2] or not is_name(" ".join(name)):
        return False
    page.give(at + 1, "caption", "above_credit")
    return True


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
