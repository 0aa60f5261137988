"""Gives every piece of a plain text its role: a visible list of steps, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from transforms.comments import comments_begin
from transforms.head import Byline, DateReader, PrintedDate, place_dateline, read_byline
from transforms.lexicon import Lexicon, folded
from transforms.pieces import Piece

Role = tuple[str, str]
"""A role and the slug of the reason for it."""

REPEATS = "repeats_over_site"
BARRIERS = frozenset({"comment_prompt"})
BULLET = re.compile(r"^(?:[-*•▪●‣·–—]|\d{1,2}[.)]|[a-z]\))\s+\S")
CREDIT_TAIL = re.compile(r"\((?:[^()]{0,60}(?:photo|image|foto|via|getty|afp|reuters|ap|epa)[^()]{0,60})\)\.?$", re.IGNORECASE)
MENU = re.compile(r"[|»›•·].*[|»›•·]")
TABLE_ROW = re.compile(r"^\|.*\|$|\t.*\t")
HEAD_REACH = 14
"""How many pieces above the body are looked at for title, byline and date."""


@dataclass
class Page:
    """A plain text being read: its pieces, what is known of each, and the head as found so far."""

    pieces: Sequence[Piece]
    lexicon: Lexicon
    dates: DateReader
    latest: date
    repeated: frozenset[str] = frozenset()
    roles: dict[int, Role] = field(default_factory=dict)
    first: int = 0
    last: int = -1
    byline: Byline | None = None
    printed: PrintedDate | None = None
    cuts: dict[int, int] = field(default_factory=dict)
    """Where a piece of two roles is cut: piece number to offset in its clean text."""

    def give(self, at: int, role: str, reason: str) -> None:
        """Gives the piece a role unless it has one: earlier steps are surer."""
        self.roles.setdefault(at, (role, reason))

    def text(self, at: int) -> str:
        return self.pieces[at].text


Step = Callable[[Page], None]


def furniture(page: Page) -> None:
    """Phrases of the furniture table, and lines learnt to repeat over the site."""
    for at, piece in enumerate(page.pieces):
        if page.repeated and folded(piece.text) in page.repeated:
            page.give(at, "navigation", REPEATS)
        elif (found := page.lexicon.furniture.role(piece.text, piece.words)) is not None:
            page.give(at, *found)


def body_range(page: Page) -> None:
    """The run of pieces with the greatest sum: prose counts for, furniture and short lines against."""
    best, best_range = 0.0, (0, -1)
    running, start = 0.0, 0
    for at in range(len(page.pieces)):
        value = worth(page, at)
        if running <= 0 or page.roles.get(at, ("",))[0] in BARRIERS:
            running, start = 0.0, at
        running += value
        if running > best * (1.0 if start == best_range[0] else 1.25):
            best, best_range = running, (start, at)
    page.first, page.last = best_range


def worth(page: Page, at: int) -> float:
    """What a piece adds to the body: its words if it is prose, less if it looks like furniture."""
    piece = page.pieces[at]
    role = page.roles.get(at, ("", ""))[0]
    if role in ("correction", "credit", "caption"):
        return -2.0
    if role in BARRIERS:
        return -40.0
    if role:
        return -10.0
    if piece.prose:
        return float(min(piece.words, 60))
    if piece.closed:
        return 1.0 + piece.words / 3
    return -4.0 if piece.words > 3 else -6.0


def readers_comments(page: Page) -> None:
    """Readers' comments that no heading marks: the register turns from reporting to argument."""
    inside = [at for at in range(page.first, page.last + 1) if at not in page.roles]
    turn = comments_begin([page.text(at) for at in inside])
    if turn is None:
        return
    for at in range(inside[turn], len(page.pieces)):
        page.give(at, "comment", "register_turns")
    page.last = inside[turn] - 1


def opening(page: Page) -> None:
    """Head lines that read as prose and so stand inside the body's range: a byline, a date, a headline."""
    while page.first < page.last and not page.pieces[page.first].prose:
        page.first += 1


def head(page: Page) -> None:
    """Byline and date lines above the body, nearest first; then the title above or between them."""
    top = max(0, page.first - HEAD_REACH)
    for at in range(page.first - 1, top - 1, -1):
        if at in page.roles and page.roles[at][0] != "navigation":
            continue
        _byline_or_date(page, at)
    title = _title(page, top)
    if title is None:
        return
    title = _line_above(page, title)
    page.roles[title] = ("title", "markdown_heading" if page.pieces[title].heading else "headline_above_body")
    for at in range(title + 1, page.first):
        if at not in page.roles and page.pieces[at].words >= 6 and not CREDIT_TAIL.search(page.text(at)):
            page.give(at, "subtitle", "sentence_under_title")
            break


def _byline_or_date(page: Page, at: int) -> None:
    text = page.text(at)
    if page.pieces[at].words > 30:
        return
    printed = page.dates.read(text, page.latest)
    if printed is not None:
        rest = (text[: printed.start] + " " + text[printed.end :]).strip(" ,|•·-–—")
        byline = read_byline(text[: printed.start].rstrip(" ,|•·-–—"), page.lexicon)
        if byline and (byline.marked or not page.byline):
            page.byline = page.byline or byline
            page.cuts[at] = printed.start
            page.give(at, "byline", "names_before_date")
        elif len(rest.split()) <= 12:
            page.give(at, "dateline", "printed_date")
        else:
            return
        page.printed = page.printed or printed
        return
    byline = read_byline(text, page.lexicon)
    if byline and (byline.marked or _beside_date(page, at)) and (not page.byline or not page.byline.authors):
        page.byline = byline
        page.give(at, "byline", "by_word" if byline.marked else "name_beside_date")


def _beside_date(page: Page, at: int) -> bool:
    return any(
        0 <= near < len(page.pieces) and page.dates.read(page.text(near), page.latest) is not None
        for near in (at - 1, at + 1, at + 2)
    )


def _title(page: Page, top: int) -> int | None:
    """The piece that most looks like the headline: marked, near, of a headline's length, in the lead's words."""
    lead = set()
    for at in range(page.first, min(page.first + 4, page.last + 1)):
        lead |= {w for w in folded(page.text(at)).split() if len(w) > 3}
    best, best_score = None, 1.5
    for at in range(top, page.first):
        piece = page.pieces[at]
        role, reason = page.roles.get(at, ("", ""))
        shared = len({w for w in folded(piece.text).split() if len(w) > 3} & lead)
        column = reason == REPEATS and piece.words >= 5 and shared >= 2
        if (role and not column) or not 2 <= piece.words <= 30:
            continue
        score = 4.0 * piece.heading + min(shared, 5) + min(piece.words, 8) / 4 - (page.first - at) * 0.15
        score -= 1.5 * (piece.closed and not piece.text.endswith("?")) + 2.0 * bool(CREDIT_TAIL.search(piece.text))
        if score > best_score:
            best, best_score = at, score
    return best


def _line_above(page: Page, title: int) -> int:
    """The headline above what reads like one but is a standfirst: a line near over it, of a headline's shape."""
    if page.pieces[title].heading:
        return title
    for at in range(title - 1, max(-1, title - 4), -1):
        piece = page.pieces[at]
        headline = 4 <= piece.words <= 25 and not piece.closed and not MENU.search(piece.text)
        if at not in page.roles and headline and page.pieces[title].words >= 8:
            return at
        if page.roles.get(at, ("",))[0] not in ("byline", "dateline"):
            break
    return title


def inside(page: Page) -> None:
    """Pieces of the body's range: captions, headings, lists, and prose."""
    for at in range(page.first, page.last + 1):
        piece = page.pieces[at]
        if at in page.roles:
            continue
        if CREDIT_TAIL.search(piece.text) and piece.words < 60:
            page.give(at, "caption", "credit_in_brackets")
        elif TABLE_ROW.search(piece.text):
            page.give(at, "table", "cells")
        elif BULLET.match(piece.text):
            page.give(at, "list", "bullet")
        elif piece.heading or (not piece.closed and piece.words <= 14):
            page.give(at, *_short_line(page, at))
        else:
            page.give(at, "body", "prose" if piece.prose else "between_prose")


def _short_line(page: Page, at: int) -> Role:
    """A line without a stop between paragraphs: a heading, unless it is printed again or is a name or date."""
    piece = page.pieces[at]
    if sum(other.text == piece.text for other in page.pieces) > 1:
        return "navigation", "printed_twice"
    if page.dates.read(piece.text) and piece.words < 8:
        return "dateline", "date_between_paragraphs"
    return "heading", "short_line_between_paragraphs"


def tail(page: Page) -> None:
    """What stands below the body."""
    seen_prompt = False
    for at in range(page.last + 1, len(page.pieces)):
        piece = page.pieces[at]
        role = page.roles.get(at, ("", ""))[0]
        seen_prompt = seen_prompt or role == "comment_prompt"
        if role:
            continue
        if seen_prompt and piece.words >= 4:
            page.give(at, "comment", "below_comment_prompt")
        elif at and page.roles.get(at - 1, ("", ""))[0] == "footer" and not piece.prose:
            page.give(at, "footer", "below_footer")
        elif piece.prose:
            page.give(at, "teaser", "prose_below_body")
        else:
            page.give(at, "navigation", "below_body")


def rest(page: Page) -> None:
    """What no step has named: lines above the body."""
    for at in range(len(page.pieces)):
        page.give(at, "navigation" if at < page.first else "other", "above_body" if at < page.first else "unnamed")


STEPS: tuple[Step, ...] = (furniture, body_range, readers_comments, opening, head, inside, tail, rest)


def read_page(page: Page) -> Page:
    """Runs every step over the page, in order."""
    for step in STEPS:
        step(page)
    return page


def dateline_of(page: Page) -> tuple[int, str, str | None, int] | None:
    """The piece, place, agency and length of the dateline that opens the body; null where none does."""
    for at in range(page.first, min(page.first + 3, page.last + 1)):
        if page.roles[at][0] == "body":
            found = place_dateline(page.text(at))
            return (at, *found) if found else None
    return None
