"""What the body model looks at around a piece: its next neighbours, what they have in common, and the page as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from copydesk.transforms.cleaning.comments import SIGNED
from copydesk.transforms.cleaning.page_text import Column, PageText, sum_after, sum_before

COMMON = 30
"""The commonest words of a page's prose: a language's small words stand in sentences, hardly in menus."""

ADDRESS = frozenset("i me my you your".split())
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ELLIPSIS = re.compile(r"(?:…|\.\.\.)\s*(?:\[…\])?$", re.MULTILINE)
"""The end of a teaser that is cut off."""

NEAR, FAR, BELOW_HEADING = 4, 12, 6
LONGEST_SIGNATURE = 9
ALIKE = 2
"""Lines whose words differ by no more than this are of the same length."""


def surroundings(page: PageText, roles: Mapping[int, str], core: tuple[int, int]) -> list[Column]:
    """`common` to `prose_far_below` of `PLAIN_NAMES`; arguments as in `features`."""
    known = np.zeros(len(page.pieces))
    known[list(roles)] = 1.0
    return [
        _common(page),
        *_neighbours(page, known),
        *_voices(page),
        *_likeness(page),
        *_whole(page, known, core),
        *_headings(page, roles),
        *_far(page, known),
    ]


def _common(page: PageText) -> Column:
    """The share of a piece's words that are among the commonest of the page's prose."""
    known = page.words_by_number
    found, first, counts = np.unique(known.words[page.prose[known.lines] > 0], return_index=True, return_counts=True)
    common = np.zeros(len(known.distinct))
    common[found[np.lexsort((first, -counts))[:COMMON]]] = 1.0
    size = len(page.pieces)
    among = np.bincount(known.lines, weights=common[known.words], minlength=size)
    return among / np.maximum(1, np.bincount(known.lines, minlength=size))


def _neighbours(page: PageText, known: Column) -> list[Column]:
    """`words_above` to `known_below`."""
    words = np.log1p(page.words) / 5
    return [
        *(_moved(column, by) for column in (words, page.closed, page.prose) for by in (1, -1)),
        *(_moved(page.prose, by) for by in (2, -2)),
        *(_moved(known, by) for by in (1, -1)),
    ]


def _voices(page: PageText) -> list[Column]:
    """`address` to `years_near`: who is spoken to, what is called out, who signs and when."""
    address = np.minimum(3, page.count_words(ADDRESS)) / 3
    exclaims = np.minimum(1.0, page.marks("!"))
    signed = np.array([float(piece.words <= LONGEST_SIGNATURE and bool(SIGNED.match(piece.text))) for piece in page.pieces])
    return [
        address,
        _near(address),
        exclaims,
        _near(exclaims),
        signed,
        _near(signed),
        _near(np.minimum(1.0, page.count(YEAR))),
    ]


def _likeness(page: PageText) -> list[Column]:
    """`words_near`, `spread`, `same_length`: whether the lines around a piece are like each other and like it."""
    words = np.log1p(page.words) / 5
    mean = _near(words)
    alike = np.zeros(len(words))
    for by in (1, 2, 3, -1, -2, -3):
        close = np.abs(_moved(page.words, by, -9.0) - page.words) <= ALIKE
        alike += close & (_moved(page.closed, by, -1.0) == page.closed)
    return [mean, np.sqrt(np.maximum(0.0, _near(words**2) - mean**2)), alike / 6]


def _whole(page: PageText, known: Column, core: tuple[int, int]) -> list[Column]:
    """`page_prose` to `place_in_core`: how much prose the page and its core have, and where in the core the piece stands."""
    first, last = core
    at = np.arange(len(known))
    inside = (at >= first) & (at <= last)
    prose = page.words * page.prose * (1 - known)
    whole, core_prose = prose.sum(), (prose * inside).sum()
    return [
        np.full(len(known), np.log1p(whole) / 8),
        np.full(len(known), whole / max(1.0, page.words.sum())),
        np.full(len(known), np.log1p(core_prose) / 8),
        np.full(len(known), core_prose / max(1.0, whole)),
        np.where(inside, (at - first + 1) / max(1, last - first + 1), 0.0),
    ]


def _headings(page: PageText, roles: Mapping[int, str]) -> list[Column]:
    """`teaser_above` to `digits_near`: what heads other stories or comments above a piece, cut teasers, figures around it."""
    size = len(page.pieces)
    heads, foot = np.zeros(size), np.zeros(size)
    heads[[at for at, role in roles.items() if role in ("teaser", "comment_prompt")]] = 1.0
    foot[[at for at, role in roles.items() if role == "footer"]] = 1.0
    at = np.arange(size)
    nearest = np.maximum.accumulate(np.where(heads > 0, at, -99)) if size else at
    cut = np.minimum(1.0, page.count(ELLIPSIS))
    return [
        np.minimum(1.0, sum_before(heads, BELOW_HEADING)),
        np.minimum(30, at - nearest) / 30,
        np.log1p(sum_before(foot, size)),
        cut,
        _near(cut),
        _near(page.digits() / np.maximum(1, page.lengths)),
    ]


def _far(page: PageText, known: Column) -> list[Column]:
    """`prose_far_above` and `prose_far_below`."""
    prose = page.words * page.prose * (1 - known)
    return [np.log1p(sum_before(prose, FAR)) / 6, np.log1p(sum_after(prose, FAR)) / 6]


def _moved(values: Column, by: int, outside: float = 0.0) -> Column:
    """For each piece the value of the one `by` pieces above it (below it where `by` is negative)."""
    moved = np.full(len(values), outside)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


def _near(values: Column) -> Column:
    """For each piece the mean over those around it."""
    around: Column = (sum_before(values, NEAR) + sum_after(values, NEAR)) / (2 * NEAR)
    return around
