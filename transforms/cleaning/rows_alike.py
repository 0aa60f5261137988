"""Lines of one form stand or fall together: the rows of a box of figures, the items of a list, and the headings above them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from copydesk.transforms.cleaning.edges import BULLET, UNLIKELY
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

ROW = re.compile(
    r"""(?P<label>[^\W\d_][^\n:–—|]{1,50}?)     # People displaced
        (?P<mark>\s?:|\s[–—-])\s              # the mark between both: it is the form of the row
        (?:[^\W\d_]+\s){0,3}                  # some, at least
        [^\w\s]?\d                            # a number, a currency's sign before it
    """,
    re.VERBOSE,
)
"""A row of a box of figures: `People displaced: 19,328 households`, `Valid votes – 1931`."""

BEFELL = (PERSON_MEASURES - {Measure.HELD, Measure.PERSONNEL}) | {Measure.BUILDINGS}
"""What no button and no counter of a page counts."""

LONGEST_ROW = 20
LONGEST_HEADING = 4
LEAST_ROWS, LEAST_KEPT = 3, 0.5
"""So many rows of one form make a box, of which the model keeps this share."""

LEAST_TOLLS = 2
"""So many rows that tell what befell people or houses make a box whatever the model says of its lines."""

LEAST_FIGURES = 0.5
"""The share of the items of a list that hold a figure, where the model keeps most of them."""

GAP = 3
"""How many lines stand between two rows of a box at most: the heading of the next part and its paragraph."""


def rows_alike(page: Page) -> set[int]:
    """The lines left out that belong to a box of figures: its rows, what stands between them, and headings that look alike.

    A box told `People killed: 501` and four more rows of each country: the model left out the last country's, and its name.
    """
    forms = defaultdict(list)
    for at in range(len(page.scores)):
        form = _form(page.text(at)) if page.pieces[at].words <= LONGEST_ROW and _is_free(page, at) else None
        if form is not None:
            forms[form].append(at)
    boxes = [rows for rows in forms.values() if page.kept and _is_box(page, rows)]
    boxed = {at for rows in boxes for at in rows}
    found = {at for rows in boxes for at in _near(page, rows) | _between(page, rows)}
    return found | _headings(page, page.kept | found, boxed) if boxed else found


def in_box(page: Page, at: int) -> bool:
    """Whether a line is a row of figures with another of the article right above or below it."""
    beside = [one for one in (at - 1, at + 1) if one in page.kept and ROW.match(page.text(one))]
    return bool(beside) and ROW.match(page.text(at)) is not None


def _form(text: str) -> str | None:
    """What lines of one form have in common: the bullet of items, or the mark between what is counted and its number."""
    if BULLET.match(text):
        return "1" if text[0].isdigit() else text[0]
    row = ROW.match(text)
    return f"row {row['mark'].strip()}" if row else None


def _is_free(page: Page, at: int) -> bool:
    """Whether a line is kept, or left out by the model alone and not surely."""
    return at in page.kept or (at not in page.roles and page.scores[at] > UNLIKELY)


def _is_box(page: Page, rows: Sequence[int]) -> bool:
    """Whether lines of one form are a box of figures.

    Enough of them are kept, they tell what befell people or houses, or they all stand between paragraphs of the article.
    """
    figures = sum(any(letter.isdigit() for letter in page.text(at)[2:]) for at in rows)
    if len(rows) < LEAST_ROWS or figures < LEAST_FIGURES * len(rows):
        return False
    if (
        sum(at in page.kept for at in rows) >= LEAST_KEPT * len(rows)
        or sum(_tells_toll(page, at) for at in rows) >= LEAST_TOLLS
    ):
        return True
    counted = ROW.match(page.text(rows[0])) is not None
    return counted and min(page.kept) < rows[0] and rows[-1] < max(page.kept)


def _tells_toll(page: Page, at: int) -> bool:
    """Whether the label of a row has a word for what befalls people or houses: `People injured: 58`."""
    row = ROW.match(page.text(at))
    words = row["label"].lower().split() if row else []
    return any(page.lexicon.measures.get(word, ("",))[0] in BEFELL for word in words)


def _near(page: Page, rows: Sequence[int]) -> set[int]:
    """The rows that no more than `GAP` lines part from a kept line, or from a row that comes in so."""
    inside = set(page.kept)
    for order in (rows, rows[::-1]):
        for at in order:
            if any(one in inside for one in range(at - GAP - 1, at + GAP + 2)):
                inside.add(at)
    return inside - page.kept


def _between(page: Page, rows: Sequence[int]) -> set[int]:
    """The sentences left out by the model alone that stand between two rows of a box, near both."""
    return {
        at
        for above, below in pairwise(rows)
        if below - above <= GAP + 1
        for at in range(above + 1, below)
        if at not in page.kept and page.pieces[at].prose and page.pieces[at].closed and _is_free(page, at)
    }


def _headings(page: Page, kept: Collection[int], rows: Collection[int]) -> set[int]:
    """The short lines left out that head a row or kept prose, and are in capitals or end as another such heading does.

    `MALAWI`; `Sellin District` beside `Orrow District`.
    """
    heads = [at for at in range(len(page.scores)) if _heads(page, kept, at)]
    last_words = Counter(page.text(at).split()[-1] for at in heads)
    return {
        at
        for at in heads
        if (page.text(at).isupper() and (at + 1 in rows or at + 2 in rows)) or last_words[page.text(at).split()[-1]] > 1
    }


def _heads(page: Page, kept: Collection[int], at: int) -> bool:
    """Whether a short line without a stop stands right above a kept line, and nothing says that it is furniture."""
    piece = page.pieces[at]
    short = piece.words <= LONGEST_HEADING and not piece.closed and _form(piece.text) is None
    return short and at + 1 in kept and _is_free(page, at) and not any(letter.isdigit() for letter in piece.text)
