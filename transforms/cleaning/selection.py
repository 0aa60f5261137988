"""Which pieces of a plain text are its article: a first guess, the body model, and what shape alone can mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import numpy as np

from copydesk.transforms.cleaning.bylines import read_byline
from copydesk.transforms.cleaning.captions import CREDIT_BEHIND_REASON as CREDIT_BEHIND
from copydesk.transforms.cleaning.captions import CREDIT_LINE_REASON as CREDIT_LINE
from copydesk.transforms.cleaning.captions import FROM_FILE_REASON, PLACED_REASON, captions_above, cut_off_above, printed_twice
from copydesk.transforms.cleaning.edges import (
    BULLET,
    DOUBTFUL,
    UNLIKELY,
    below_thread,
    between_prose,
    between_short_lines,
    decks,
    list_below,
    listed_below,
    notes_below,
    signed_off,
)
from copydesk.transforms.cleaning.features import features
from copydesk.transforms.cleaning.islands import islands
from copydesk.transforms.cleaning.page import LEADS_ON, REPEATS, TURNED, Page
from copydesk.transforms.cleaning.pieces import joins
from copydesk.transforms.cleaning.rows_alike import rows_alike
from copydesk.transforms.cleaning.tails import CLEAN_SHARE, came_alone, cut_tail

BARRIERS = frozenset({"comment_prompt"})

NEVER = frozenset({"comment_prompt", "consent"})
"""Furniture that no model takes back."""

NAMED = frozenset({"correction", "credit", "biography", "footer"})
"""Furniture that no model takes back where a phrase opens the line."""

PHRASED = frozenset({"caption", "footer", "paywall"})
SURE = 3.0
"""Furniture that a phrase inside the line gives away is taken back only where the model scores it above this."""

CERTAIN = 99.0
"""A line that the credit of a picture ends is taken back only above this."""

SHORT_LINK = 12
"""Any furniture of so few words that a phrase opens is left out: `Read more: who are they?`"""

POINTER = re.compile(r"(?:\w+\s){1,2}\w+\s?:\s?\S")
"""A few words and a colon before the headline of another page: `READ MORE: Bridge closed after collision`."""

HEADLINE_MARK, LEAST_HEADLINES = " • ", 3
"""A line with so many of these marks and no stop is a row of headlines or of buttons."""

LEAST_KEPT = 25

ALONE_SHARE = 0.9
"""A text of which the first guess takes this share of the pieces came without its page: the guess holds."""

BROKEN = -1.5
"""How much may speak against a piece that goes on, in small letters, in one that is kept, for it to be kept too."""

MOST_CUT = 1 / 3
"""Prose that nothing but the model speaks against is kept where it is a greater share of the page's prose than this."""

LONGEST_HEADING = 12

LEAST_ROWS, SHORTEST_ROW, ROW_SCORE = 3, 6, 0.5
"""So many lines of so many words at the head of an article, each above this score, are a list that opens it."""

CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?$", re.IGNORECASE)
LEAST_CLOCKS, LEAST_POSTS = 2, 3

TABLE_ROW = re.compile(r"^\|.*\|$|\t.*\t")


def core(page: Page) -> tuple[int, int]:
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
    return best_range


def worth(page: Page, at: int) -> float:
    """What a piece adds to the body: its words if it is prose, up to 60; below zero if it looks like furniture."""
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


def body(page: Page) -> None:
    """The pieces of the article: what the body model keeps, or the first guess where that is too little; shape mends it."""
    guess = _score(page)
    page.kept |= _broken(page)
    head = set(takewhile(lambda at: not _begins(page, at), sorted(page.kept)))
    page.kept -= set() if _is_list(page, head) else head
    page.kept |= _unopposed(page, guess, page.scores)
    cut_tail(page)
    page.kept |= _posts(page) | _rows_below(page)
    _keep_between(page, guess)
    page.kept |= between_short_lines(page, UNLIKELY if came_alone(page, inside=True) else DOUBTFUL)
    _leave_captions(page)
    page.kept |= between_prose(page)
    page.kept -= below_thread(page)
    page.kept -= listed_below(page)
    page.kept -= decks(page)
    page.kept -= notes_below(page)
    page.kept |= list_below(page)
    page.kept |= signed_off(page)
    page.kept |= rows_alike(page)
    page.kept -= islands(page)
    if page.kept:
        page.first, page.last = min(page.kept), max(page.kept)


def _score(page: Page) -> frozenset[int]:
    """Scores the pieces above a turn of register, keeps those that the model likes, and tells the first guess."""
    model = page.lexicon.body
    until = next((at for at in range(len(page.pieces)) if page.roles.get(at) == TURNED), len(page.pieces))
    pieces = page.pieces[:until]
    given = {at: role for at, (role, _) in page.roles.items() if at < until}
    guess = frozenset(range(page.first, page.last + 1)) - set(given)
    page.kept, page.scores = guess, []
    if model is None or not pieces:
        return guess
    rows = features(pieces, given, (page.first, page.last), page.lexicon.terms)
    page.scores = model.keeps(rows, np.array([float(piece.words) for piece in pieces])).tolist()
    kept = frozenset(at for at, score in enumerate(page.scores) if score > _least(page, at) and not _never(page, at))
    if len(guess) >= ALONE_SHARE * len(pieces):
        kept |= {at for at in guess if not _never(page, at)}
    if sum(pieces[at].words for at in kept) >= LEAST_KEPT:
        page.kept = kept
    return guess


def _broken(page: Page) -> set[int]:
    """The pieces that go on in a kept one in small letters: a page break cut a paragraph in two."""
    above = [at for at in range(len(page.scores) - 1) if page.scores[at] > BROKEN and at + 1 in page.kept]
    small = [at for at in above if at not in page.roles and page.text(at + 1)[0].islower()]
    return {at for at in small if joins(page.pieces[at], page.pieces[at + 1]) and not _never(page, at)}


def _is_list(page: Page, head: set[int]) -> bool:
    """Whether the lines without a sentence at the head of the kept ones are a list, and not headline, byline and day."""
    rows = [
        at for at in head if page.pieces[at].words >= SHORTEST_ROW and at < len(page.scores) and page.scores[at] > ROW_SCORE
    ]
    return len(rows) >= LEAST_ROWS and len(head) < len(page.kept)


def _unopposed(page: Page, guess: frozenset[int], scores: Sequence[float]) -> frozenset[int]:
    """Prose of the first guess, beside kept prose, that the model alone leaves out, where this costs much of the prose.

    Only in a text that came without its page: in a page, to stand beyond the article is a second sign.
    What the table of furniture names, or stands beyond a line that it names, has a second sign against it and stays out.
    """
    found: set[int] = set()
    if len(page.pieces) - len(guess) >= CLEAN_SHARE * len(page.pieces) + 4:
        return frozenset()
    prose = [at for at, score in enumerate(scores) if page.pieces[at].prose and at not in page.roles]
    for order in (prose, prose[::-1]):
        before = None
        for at in order:
            apart = before is None or any(one in page.roles for one in range(min(at, before), max(at, before)))
            beside = before in page.kept or before in found
            if at in guess and at not in page.kept and beside and not apart and scores[at] > UNLIKELY:
                found.add(at)
            before = at
    cost = sum(page.pieces[at].words for at in found)
    whole = cost + sum(page.pieces[at].words for at in page.kept if page.pieces[at].prose)
    return frozenset(found) if cost > MOST_CUT * whole else frozenset()


def _leave_captions(page: Page) -> None:
    """Takes captions out that only their neighbours give away."""
    credits = [
        at
        for at, (role, reason) in page.roles.items()
        if reason == CREDIT_LINE or (role == "caption" and reason.startswith("start:") and not page.pieces[at].closed)
    ]
    for reason, found in (
        ("above_credit", captions_above(page.pieces, credits)),
        ("printed_twice_running", printed_twice(page.pieces, page.kept, page.lexicon.published)),
        ("whole_below", cut_off_above(page.pieces) & page.kept),
    ):
        for at in found:
            page.give(at, "caption", reason)
        page.kept -= found


def _least(page: Page, at: int) -> float:
    """The score that a piece must exceed to be kept: a phrase of furniture and a doubtful model are two signs against it."""
    role, reason = page.roles.get(at, ("", ""))
    if reason in (CREDIT_BEHIND, FROM_FILE_REASON, PLACED_REASON):
        return CERTAIN
    return SURE if role in PHRASED and reason.startswith("has:") else 0.0


def _never(page: Page, at: int) -> bool:
    """Whether no model takes the piece back: what asks for something, and what repeats over the site."""
    role, reason = page.roles.get(at, ("", ""))
    if page.text(at).count(HEADLINE_MARK) >= LEAST_HEADLINES and not page.pieces[at].closed:
        return True
    pointer = POINTER.match(page.text(at)) is not None and not page.pieces[at].closed
    named = role in NAMED or pointer or page.pieces[at].words <= SHORT_LINK
    return role in NEVER or reason in (REPEATS, LEADS_ON, CREDIT_LINE) or (named and reason.startswith(("start:", "line:")))


def _keep_between(page: Page, guess: frozenset[int]) -> None:
    """Takes back what the model left out between kept pieces.

    These are items of a list or rows of a table of which one is kept, prose right below a list, and, in a text that
    came without its page, short lines above prose or between items: they are its headings.
    """
    if not page.kept:
        return
    first, last = min(page.kept), max(page.kept)
    page.kept |= _clocks(page, range(first + 1, last))
    clean = came_alone(page)
    texts = Counter(piece.text for piece in page.pieces)
    for at in range(first + 1, len(page.pieces)):
        piece = page.pieces[at]
        if at in page.kept or at in page.roles or at - 1 not in page.kept or texts[piece.text] > 1:
            continue
        in_list = _is_item(page.pieces[at - 1].text)
        item = _is_item(piece.text) and (in_list or at < last)
        below_list = in_list and piece.prose and at in guess
        heads = at < last and (page.pieces[at + 1].prose or (in_list and _is_item(page.text(at + 1))))
        heading = clean and heads and piece.words <= LONGEST_HEADING and not piece.closed
        if heading or item or below_list:
            page.kept |= {at}


def _posts(page: Page) -> set[int]:
    """The sentences of a live blog, each below its time, above any line that asks for comments, where one of them is kept."""
    prompts = [at for at, (role, _) in page.roles.items() if role == "comment_prompt"]
    end = min([*prompts, len(page.scores)])
    times = [at for at in range(end - 1) if CLOCK.match(page.text(at)) and at not in page.roles]
    posts = {at + 1 for at in times if page.pieces[at + 1].prose and page.pieces[at + 1].closed and at + 1 not in page.roles}
    likely = {at for at in posts if page.scores[at] > DOUBTFUL}
    return likely if len(posts) >= LEAST_POSTS and posts & page.kept else set()


def _rows_below(page: Page) -> set[int]:
    """The lines right below a text that came alone which are like its last one: short, without a stop, of as many words."""
    found: set[int] = set()
    at = max(page.kept, default=-1)
    while 0 <= at < len(page.scores) - 1 and came_alone(page) and not page.pieces[at].closed:
        above, at = page.pieces[at], at + 1
        piece = page.pieces[at]
        alike = not piece.closed and piece.words <= LONGEST_HEADING and abs(piece.words - above.words) <= 1
        if not alike or at in page.roles or page.scores[at] <= DOUBTFUL:
            return found
        found.add(at)
    return found


def _clocks(page: Page, inside: range) -> set[int]:
    """The lines that are the time of a post of a live blog: several stand in the body, each with a kept line below it."""
    found = {at for at in inside if at not in page.roles and at + 1 in page.kept and CLOCK.match(page.text(at))}
    return found if len(found) >= LEAST_CLOCKS else set()


def _is_item(text: str) -> bool:
    """Whether a line is an item of a list or a row of a table."""
    return BULLET.match(text) is not None or TABLE_ROW.search(text) is not None


def _begins(page: Page, at: int) -> bool:
    """Whether a body can begin with this piece: prose, not a headline, a byline or a date."""
    piece = page.pieces[at]
    broken = at + 1 < len(page.pieces) and joins(piece, page.pieces[at + 1])
    return piece.prose or broken or (piece.closed and piece.words >= 5 and not read_byline(piece.text, page.lexicon))
