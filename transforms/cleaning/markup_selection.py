"""Which lines of a page of markup are its article: the body model, trafilatura, and what shape alone can mend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.cleaning.features import markup_features
from copydesk.transforms.cleaning.markup_lines import LEAST_POSTS, Place
from copydesk.transforms.cleaning.metadata import Metadata
from copydesk.transforms.cleaning.page import LEADS_ON, REPEATS
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.models.register_words import Terms

LEAST_WORDS = 5
"""A line of fewer words does not mark where trafilatura's text begins or ends."""

DIFFERENCE = 0.2
"""Where trafilatura took lines that the model did not, and these have a greater share of the words, they are taken too."""

MOST_CUT = 1 / 3
"""Prose that nothing but the model speaks against is kept where it is a greater share of the page's prose than this."""

DOUBTFUL = -1.0
LEAST_RUN = 2
"""So many paragraphs running, or more, that score above this and that nothing else speaks against stay beside kept ones."""

MOST_SIGNS = 1
"""A line that trafilatura took stays out where more signs than this speak against it."""

UNLIKELY = -3.0
"""A score of the model below this is a sign against a line."""

MOSTLY_LINKED = 0.5
MOST_HIDDEN = 1 / 3
"""Hidden text of no greater share of the article is left out; where it is more, the page shows it by a script."""

CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d(?!\d)|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
LONGEST_STAMP = 10
"""A line of so many words may be the time of a post."""
TIMED = 0.7
"""Of the posts of a live blog at least this share prints its time."""

LEAST_AGAIN, LONGEST_CAPTION = 8, 30
MOST_CAPTIONS = 0.2
"""A sentence of so many words is left out where it stands again. Captions are where they have no greater share of the words,
and each no more than so many: some pages put whole paragraphs into the element for captions."""

LIST_TAGS = frozenset({"li", "dd", "dt"})
GAP = 2
"""A list or a table has lines of the article at most so many lines above and below it."""

UNSHOWN = frozenset({"noscript", "json_ld"})
"""What stands for the tag of lines that a page holds but shows to no browser that runs its scripts."""


@dataclass(frozen=True, kw_only=True)
class MarkupPage:
    """A page read: its lines as pieces with their places, what the furniture table says, what trafilatura took.

    `linked` is the share of each line's letters that are links; `comments` are the lines that trafilatura holds for comments.
    """

    pieces: Sequence[Piece] = ()
    places: Sequence[Place] = ()
    linked: Sequence[float] = ()
    roles: Mapping[int, tuple[str, str]]
    taken: Sequence[bool] = ()
    comments: frozenset[int] = frozenset()
    metadata: Metadata

    def rows(self, terms: Terms) -> NDArray[np.float64]:
        """The features of every line, columns as in `MARKUP_NAMES`."""
        took = [at for at, one in enumerate(self.taken) if one and self.pieces[at].words >= LEAST_WORDS]
        core = (took[0], took[-1]) if took else (0, len(self.pieces) - 1)
        roles = {at: role for at, (role, _) in self.roles.items()}
        return markup_features(self.pieces, roles, core, terms, taken=self.taken, places=self.places, linked=self.linked)

    def words(self, lines: Iterable[int]) -> int:
        return sum(self.pieces[at].words for at in lines)

    def reads_on(self, at: int) -> bool:
        """Whether a line may be a part of the text: no phrase of furniture, no link, not beside the article, no comment."""
        return (
            at not in self.roles and self.linked[at] < MOSTLY_LINKED and not self.places[at].aside and at not in self.comments
        )


def kept_lines(page: MarkupPage, lexicon: Lexicon, least: int) -> frozenset[int]:
    """The lines of the article; trafilatura's own where there is no model or it keeps fewer than `least` words."""
    took = frozenset(at for at, one in enumerate(page.taken) if one)
    scores = line_scores(page, lexicon)
    if not len(scores):
        return took
    never = {at for at, (role, reason) in page.roles.items() if role == "comment_prompt" or reason in (REPEATS, LEADS_ON)}
    kept = frozenset(at for at, score in enumerate(scores) if score > 0) - never - (page.comments - took)
    if page.words(kept) < least:
        kept = took if page.words(took) >= least else _prose(page) - never
    kept |= _longer(page, kept, took - never, scores)
    kept |= _unopposed(page, kept, scores)
    kept |= _doubted(page, kept, scores)
    if kept:
        kept |= _posts(page, kept | took)
        kept |= _between(page, kept)
    unshown = frozenset(at for at, place in enumerate(page.places) if place.tag in UNSHOWN)
    if unshown and page.words(unshown) > 2 * page.words(kept - unshown):
        return unshown
    kept -= unshown | _beside_text(page, kept)
    hidden = frozenset(at for at in kept if page.places[at].hidden)
    return kept - hidden if page.words(hidden) <= MOST_HIDDEN * page.words(kept) else kept


def _beside_text(page: MarkupPage, kept: frozenset[int]) -> set[int]:
    """The kept lines that only stand beside the text: the headline above it, what stands under pictures, a line printed again.

    Captions stay where they are a good share of the words: such a page tells its story in pictures.
    """
    first = next((at for at in sorted(kept) if page.pieces[at].prose), None)
    headline = {at for at in kept if page.places[at].tag == "h1" and first is not None and at < first}
    captions = {at for at in kept if page.places[at].tag == "figcaption" and page.pieces[at].words <= LONGEST_CAPTION}
    seen: set[str] = set()
    again: set[int] = set()
    for at in sorted(kept):
        piece = page.pieces[at]
        if piece.words >= LEAST_AGAIN and piece.closed and piece.text in seen:
            again.add(at)
        seen.add(piece.text)
    return headline | again | (captions if page.words(captions) <= MOST_CAPTIONS * page.words(kept) else set())


def line_scores(page: MarkupPage, lexicon: Lexicon) -> NDArray[np.float64]:
    """The body model's score of every line; empty where there is no model or no line."""
    model = lexicon.markup_body
    if model is None or not page.pieces:
        return np.zeros(0)
    return model.keeps(page.rows(lexicon.terms), np.array([float(piece.words) for piece in page.pieces]))


def _prose(page: MarkupPage) -> frozenset[int]:
    """All prose that nothing speaks against: what there is to read where neither model finds an article."""
    return frozenset(
        at for at, piece in enumerate(page.pieces) if piece.prose and page.reads_on(at) and not page.places[at].hidden
    )


def _longer(page: MarkupPage, kept: frozenset[int], took: frozenset[int], scores: NDArray[np.float64]) -> set[int]:
    """What trafilatura took beyond the kept lines, where it is a good share of the words; two signs speak against a line."""
    more = took - kept
    if page.words(more) <= DIFFERENCE * max(page.words(kept), page.words(took)):
        return set()
    return {at for at in more if _signs_against(page, at, scores) <= MOST_SIGNS}


def _unopposed(page: MarkupPage, kept: frozenset[int], scores: NDArray[np.float64]) -> set[int]:
    """Prose beside kept lines that no sign speaks against, where leaving it out would cost a good share of the prose."""
    open_ = [at for at, piece in enumerate(page.pieces) if at not in kept and piece.prose]
    open_ = [at for at in open_ if at not in page.comments and not _signs_against(page, at, scores)]
    found: set[int] = set()
    for places in (open_, open_[::-1]):
        for at in places:
            near = range(at - GAP, at + GAP + 1)
            if any(one in kept or one in found for one in near) and not any(one in page.roles for one in near):
                found.add(at)
    return found if page.words(found) > MOST_CUT * page.words(found | kept) else set()


def _doubted(page: MarkupPage, kept: frozenset[int], scores: NDArray[np.float64]) -> set[int]:
    """Runs of marked paragraphs of prose right beside kept ones that the model alone leaves out, and not by much."""
    found: set[int] = set()
    run: list[int] = []
    touches = False
    for at, piece in enumerate(page.pieces):
        doubtful = page.places[at].tag == "p" and piece.prose and scores[at] > DOUBTFUL
        if at in kept and piece.prose:
            found |= set(run) if len(run) >= LEAST_RUN else set()
            run, touches = [], True
        elif doubtful and at not in page.comments and not _signs_against(page, at, scores):
            run.append(at)
        elif at in page.roles or piece.prose:
            found |= set(run) if touches and len(run) >= LEAST_RUN else set()
            run, touches = [], False
    return found | (set(run) if touches and len(run) >= LEAST_RUN else set())


def _signs_against(page: MarkupPage, at: int, scores: NDArray[np.float64]) -> int:
    """How many kinds of signs speak against a line: a phrase, links, its place, the model."""
    return sum(
        (
            at in page.roles,
            page.linked[at] >= MOSTLY_LINKED,
            page.places[at].aside or page.places[at].hidden,
            at in page.comments,
            bool(scores[at] < UNLIKELY),
        )
    )


def _posts(page: MarkupPage, found: frozenset[int]) -> set[int]:
    """The lines of all posts of a live blog of which one was found: like elements with prose, each with its time."""
    groups: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, place in enumerate(page.places):
        if place.post is not None:
            groups[place.post[0]][place.post[1]].append(at)
    kept: set[int] = set()
    for posts in groups.values():
        lines = {at for post in posts.values() for at in post}
        if len(posts) >= LEAST_POSTS and lines & found and _is_live(page, list(posts.values())):
            kept |= {at for at in lines if at not in page.roles and page.linked[at] < MOSTLY_LINKED}
    return kept


def _is_live(page: MarkupPage, posts: Sequence[Sequence[int]]) -> bool:
    """Whether like elements are posts of a live blog rather than comments, or teasers with their times."""
    prompts = [at for at, (role, _) in page.roles.items() if role == "comment_prompt"]
    if prompts and min(prompts) <= posts[-1][-1]:
        return False
    written = [post for post in posts if any(page.pieces[at].prose and page.reads_on(at) for at in post)]
    timed = [post for post in written if any(_is_time(page, at) for at in post)]
    return len(written) >= max(LEAST_POSTS, TIMED * len(posts)) and len(timed) >= TIMED * len(written)


def _is_time(page: MarkupPage, at: int) -> bool:
    piece = page.pieces[at]
    return piece.words <= LONGEST_STAMP and CLOCK.search(piece.text) is not None


def _between(page: MarkupPage, kept: frozenset[int]) -> set[int]:
    """The items of lists and rows of tables that stand among kept lines, or right below one that ends in a colon."""
    found: set[int] = set()
    size, at = len(page.pieces), 0
    while at < size:
        kind = _kind(page, at)
        end = at + 1
        while kind and end < size and _kind(page, end) == kind:
            end += 1
        if kind and _belongs(page, kept, at, end):
            found |= {one for one in range(at, end) if page.reads_on(one) or (kind == "row" and one not in page.roles)}
        at = end
    return found


def _kind(page: MarkupPage, at: int) -> str:
    tag = page.places[at].tag
    return "item" if tag in LIST_TAGS else "row" if tag == "tr" else ""


def _belongs(page: MarkupPage, kept: frozenset[int], start: int, end: int) -> bool:
    """Whether a run of items or rows is the article's: what stands around it is, and most of it is no link."""
    links = sum(page.linked[at] >= MOSTLY_LINKED for at in range(start, end))
    if 2 * links >= end - start or page.places[start].aside or any(at in page.comments for at in range(start, end)):
        return False
    above = [at for at in range(max(0, start - GAP), start) if at in kept]
    below = any(at in kept for at in range(end, min(len(page.pieces), end + GAP)))
    headed = bool(above) and page.pieces[above[-1]].text.endswith((":", "："))
    inside = any(at in kept for at in range(start, end))
    return bool(above) and (below or headed or inside)
