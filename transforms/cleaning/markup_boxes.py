"""What the body model looks at around a line of markup: the elements that it stands in, and what else stands in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from copydesk.transforms.cleaning.markup_lines import Place
from copydesk.transforms.cleaning.page_text import Column
from copydesk.transforms.cleaning.pieces import Piece

BESIDE = re.compile(
    r"""
      \bad[s-]|banner|promo|sponsor|outbrain|taboola|cookie|consent|gdpr|popup       # ads-slot, cookie-banner
    | comment|community|disqus|remark|replies|shoutbox|combx                        # comments-list
    | breadcrumb|\bmenu|nav|toolbar|pagination|pager|header|footer|foot\b|legends    # site-footer
    | related|recommend|teaser|trending|most-|more-|read-?next|sidebar|supplement   # related-stories
    | newsletter|signup|subscri|share|sharing|social|rss                            # share-buttons
    | author|byline|bio\b|tag[s-]                                                   # author-bio
    | widget|playlist|player|gallery|embed|tweet|twitter|poll|quiz|factbox|infobox|\bbox  # embed-tweet
    """,
    re.VERBOSE,
)
"""Words in the classes of elements that stand beside the text, whatever the site."""

PICTURE = re.compile(
    r"caption|credit|copyright|figure|image|photo|picture|bildunter|legend|pullquote|pull-quote|blockquote|quote"
)
TEXT = re.compile(r"article|body|content|entry|main|\bpost|text|story|paragraph|artikel")
NEAR, NEAREST = 4, 2
"""How many of the innermost elements are looked at for these words, and for those of pictures and quotations."""

MOST_NAMED = 3
MAIN = 0.6
"""An element with so great a share of the text that trafilatura took is a main one."""

LEAST_TAKEN = 25
"""Where trafilatura took fewer words, all prose counts."""

MOST_LINKED = 0.5
DEPTH = 14


def box_columns(pieces: Sequence[Piece], places: Sequence[Place], linked: Column, taken: Column) -> list[Column]:
    """`style_prose` to `same_below` of `MARKUP_NAMES`: a number for every line.

    `linked` is the share of each line's letters that are links, `taken` whether trafilatura took the line.
    """
    prose = np.array([float(piece.prose) for piece in pieces]) * (linked < MOST_LINKED)
    words = np.array([float(piece.words) for piece in pieces]) * prose
    parents = [_box(place, 2) for place in places]
    greatest = _greatest(parents, words)
    return [
        *_likeness(places, words, linked, taken),
        *_siblings(places, parents, words, linked, taken),
        *_mains(places, words * taken if (words * taken).sum() > LEAST_TAKEN else words),
        np.array([float(parent == greatest) for parent in parents]),
        *_names(places),
        _same_as_prose(parents, prose),
        _same_as_prose(parents[::-1], prose[::-1])[::-1],
    ]


def _box(place: Place, back: int) -> int:
    """The number of an element around a line, 1 for its own, 0 where there is none so far out."""
    return place.boxes[-back][0] if len(place.boxes) >= back else 0


def _sums(keys: Sequence[Hashable], values: Column) -> tuple[Column, Mapping[Hashable, float]]:
    """For each key of a sequence the sum of the values of all that are the same, and these sums."""
    sums: dict[Hashable, float] = defaultdict(float)
    for key, value in zip(keys, values.tolist(), strict=True):
        sums[key] += value
    return np.array([sums[key] for key in keys]), sums


def _likeness(places: Sequence[Place], words: Column, linked: Column, taken: Column) -> list[Column]:
    """`style_prose` to `style_links`: the lines in elements of the same names and classes."""
    styles = [tuple(marks.partition("#")[0] for _, marks in place.boxes[-2:]) for place in places]
    prose, took = _sums(styles, words)[0], _sums(styles, words * taken)[0]
    lines, links = _sums(styles, np.ones(len(words)))[0], _sums(styles, linked)[0]
    return [
        prose / max(1.0, words.sum()),
        took / max(1.0, (words * taken).sum()),
        took / np.maximum(1, prose),
        np.log1p(lines) / 5,
        links / np.maximum(1, lines),
    ]


def _siblings(places: Sequence[Place], parents: Sequence[int], words: Column, linked: Column, taken: Column) -> list[Column]:
    """`parent_prose` to `grand_prose`: the lines in the same parent, and in the parent of that."""
    prose, took = _sums(parents, words)[0], _sums(parents, words * taken)[0]
    lines, links = _sums(parents, np.ones(len(words)))[0], _sums(parents, linked)[0]
    around = _sums([_box(place, 3) for place in places], words)[0]
    return [
        prose / max(1.0, words.sum()),
        took / np.maximum(1, prose),
        np.log1p(lines) / 5,
        links / np.maximum(1, lines),
        around / max(1.0, words.sum()),
    ]


def _mains(places: Sequence[Place], words: Column) -> list[Column]:
    """`in_main` to `below_main`: how many of the elements that hold most of the text a line stands in."""
    held: dict[int, float] = defaultdict(float)
    for place, count in zip(places, words.tolist(), strict=True):
        for number, _ in place.boxes:
            held[number] += count
    least = MAIN * float(words.sum())
    mains = {number for number, count in held.items() if count >= least} if least else set()
    inside = np.array([float(sum(number in mains for number, _ in place.boxes)) for place in places])
    most = inside.max(initial=0.0)
    around = np.array([float(len(place.boxes)) for place in places])
    return [inside / max(1.0, most), most - inside, (around - inside) / DEPTH]


def _greatest(parents: Sequence[int], words: Column) -> Hashable:
    """The parent with the most words of prose, the first of several."""
    sums = _sums(parents, words)[1]
    return max(sums, key=lambda parent: sums[parent], default=None)


def _names(places: Sequence[Place]) -> list[Column]:
    """`named_beside` to `named_own`: what the classes of the innermost elements call them."""
    found = [[_words_of(marks) for _, marks in place.boxes[-NEAR:]] for place in places]
    return [
        np.array([min(MOST_NAMED, sum(beside for beside, _, _ in each)) / MOST_NAMED for each in found]),
        np.array([float(any(picture for _, picture, _ in each[-NEAREST:])) for each in found]),
        np.array([min(MOST_NAMED, sum(text for _, _, text in each)) / MOST_NAMED for each in found]),
        np.array([float(each[-1][0]) if each else 0.0 for each in found]),
    ]


@lru_cache(maxsize=4096)
def _words_of(marks: str) -> tuple[bool, bool, bool]:
    """Whether the marks of an element have a word of what stands beside a text, of pictures, of the text."""
    return BESIDE.search(marks) is not None, PICTURE.search(marks) is not None, TEXT.search(marks) is not None


def _same_as_prose(parents: Sequence[int], prose: Column) -> Column:
    """For each line whether the nearest line of prose above it stands in the same parent."""
    same = np.zeros(len(parents))
    above = None
    for at, parent in enumerate(parents):
        same[at] = float(above == parent)
        above = parent if prose[at] else above
    return same
