"""The lines above the first sentence of an article: what is no word of it, and the sentences and facts that belong to it."""

from __future__ import annotations

import re

from copydesk.transforms.cleaning.datelines import Names, is_full, place_dateline
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import BYLINE

REACH = 4
"""How many pieces above the first paragraph may be lines of its opening, and how many paragraphs may stand above the lead."""

LEADS = 3
LONGEST_DECK = 25
LONGEST_LABEL = 3
LONGEST_OPEN = 30
TABLE = "|"
LONGEST_ROW = 8
MOST_FIRST = 2
SHORTEST_FIRST = 6
DOUBTFUL = -2.0
"""A score of the model above this says little against the first lines of a text."""
POINT = re.compile(r"(?:[-*•▪●–—]\s|…)\S")
LEAST_POINTS, LEAST_HEADLINE, LEAST_PARAGRAPHS = 2, 4, 3
"""How many items make a deck in points, below a headline of so many words, above so many paragraphs."""
LABELLED = re.compile(r"[^\W\d_a-z][\w’' -]{2,24}:\s\S.*[.!?]$")
"""A line of a list of facts: `Homes destroyed: 34.`"""


def captions_first(page: Page) -> set[int]:
    """The first kept pieces that a phrase gives away as captions: the picture of the page stands above its text."""
    found: set[int] = set()
    for at in sorted(page.kept)[:REACH]:
        if page.roles.get(at, ("", ""))[0] != "caption":
            return found
        found.add(at)
    return set()


def unclosed_first(page: Page) -> set[int]:
    """The first kept lines that are no sentences where the article is of sentences: labels, what is under a picture, decks.

    One with a dateline opens the article, though its stop is lost.
    """
    kept = sorted(page.kept)
    closed = [at for at in kept if page.pieces[at].prose and page.pieces[at].closed]
    found: set[int] = set()
    for at in kept[:LEADS]:
        piece = page.pieces[at]
        if _is_head_row(page, at):
            found.add(at)
            continue
        goes_on = at + 1 < len(page.pieces) and page.text(at + 1)[0].islower() and not _is_label(page, at + 1)
        if piece.closed or goes_on or at in page.roles or POINT.match(piece.text) or TABLE in piece.text:
            return found
        label = _is_label(page, at)
        dateline = place_dateline(piece.text, Names.of(page.lexicon))
        full = piece.words > LONGEST_OPEN or (dateline is not None and is_full(piece.text, dateline, Names.of(page.lexicon)))
        if full and not label:
            return found
        if label or len(closed) >= LEAST_PARAGRAPHS:
            found.add(at)
    return found if any(page.pieces[at].prose for at in page.kept - found) else set()


def _is_head_row(page: Page, at: int) -> bool:
    """Whether a short line of parts stands alone above prose: `Region | KWA | Published :`; a table has several rows."""
    if TABLE not in page.text(at) or page.pieces[at].words > LONGEST_ROW or at + 1 >= len(page.pieces):
        return False
    return page.pieces[at + 1].prose and TABLE not in page.text(at + 1)


def _is_label(page: Page, at: int) -> bool:
    """Whether a line is a word or two, as `Published` and `posted by`, or names a writer behind the word `by`."""
    return page.pieces[at].words <= LONGEST_LABEL or BYLINE.match(page.text(at)) is not None


def facts_above(page: Page) -> set[int]:
    """Lines right above the first kept one that have its form: a label, a colon, what it was, a stop."""
    found: set[int] = set()
    at = min(page.kept, default=0)
    if not page.kept or not LABELLED.match(page.text(at)):
        return found
    while at > 0 and at - 1 not in page.roles and LABELLED.match(page.text(at - 1)):
        at -= 1
        found.add(at)
    return found


def first_words(page: Page) -> set[int]:
    """The few sentences from the start of the text to the first kept one, where hardly anything speaks against them."""
    above = range(min(page.kept, default=0))
    if not 0 < len(above) <= MOST_FIRST:
        return set()
    fit = all(
        at not in page.roles
        and (page.text(at)[-1:] in '.!?”"' or (at > 0 and _heads(page, at)))
        and (page.pieces[at].words >= SHORTEST_FIRST or (at > 0 and _heads(page, at)))
        and (at >= len(page.scores) or page.scores[at] > DOUBTFUL)
        for at in above
    )
    return set(above) if fit else set()


def _heads(page: Page, at: int) -> bool:
    """Whether a line is of few words without a stop: below a first sentence it heads what follows, and is no headline."""
    return page.pieces[at].words <= LONGEST_LABEL and not page.pieces[at].closed


def points_above(page: Page) -> list[int]:
    """The items of a list right above the first paragraph of prose, below what may be a headline: a deck in points.

    None of them ends as a sentence does; a text of items alone has none.
    """
    lead = next((at for at in sorted(page.kept) if page.pieces[at].prose and not POINT.match(page.text(at))), None)
    at = lead - 1 if lead is not None else -1
    points: list[int] = []
    while at > 0 and at not in page.roles and POINT.match(page.text(at)) and not page.pieces[at].closed:
        points.append(at)
        at -= 1
    headed = at >= 0 and LEAST_HEADLINE <= page.pieces[at].words <= LONGEST_DECK and not page.pieces[at].closed
    below = sum(page.pieces[one].prose for one in page.kept if lead is not None and one >= lead)
    return points[::-1] if headed and len(points) >= LEAST_POINTS and below >= LEAST_PARAGRAPHS else []
