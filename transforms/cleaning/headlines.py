"""The headline of a plain text: the line that the headline model ranks first among those that can be one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.transforms.cleaning import headline_features as headline
from copydesk.transforms.cleaning.datelines import Names, is_full, place_dateline
from copydesk.transforms.cleaning.opening_lines import POINT
from copydesk.transforms.cleaning.openings import TURN
from copydesk.transforms.cleaning.page import REPEATS, Page
from copydesk.transforms.cleaning.page_text import words_of
from copydesk.transforms.words import unspaced

HEAD_REACH = 45
"""How many pieces above the body are looked at for its headline, byline and date."""

STANDFIRST = 1.5
"""A line right above the best headline that scores less by no more than this is the headline, the other its standfirst."""

SHORTEST_HEADLINE = 4
BESIDE_TITLE = 3
SHORTEST_PRINTED = 12

LONGEST_BEFORE = 20
"""How many letters of a menu may be glued to the front of a headline that is printed again without them."""

OUTLET_BEHIND = re.compile(r"\s+[|–—-]\s+([^|]{2,40})$")
"""What stands behind a headline that is printed again without it."""

LABEL_BEHIND = re.compile(r"\s[^\W\d_a-z]\w+$")
"""The section that is glued to a headline that is printed again without it: `Ferry reopens after repairs News`."""

LONG_WORD, LEAST_FOREIGN = 3, 6
"""A line of so many words of which the text has none, of those with more letters than the first, is of something else."""

STEM = 5
LEAST_TURNS = 3
"""A text with so many turns is a transcript, and no turn of it is its headline."""

LABELLED = re.compile(r"(?:watch|video|listen|audio|photos?|pictures)\s?[:|]\s?\S", re.IGNORECASE)
LEAST_SHARED = 2

NO_HEADLINE = re.compile(
    r"^[$€£]\s?\d[\d.,]*(?:/|\s(?:for|per|a)\s)|^(?:#\w+\s*){2,}$|(?<!\d)\d(?:[ -]?\d){8,}(?!\d)|^[-•*▪●]\s(?:\S+\s+){18}"
    r"|:\s*\|?\s*$|^(?:\S+\s+){0,3}\S*\s*\|\s*$|^\([^()]*\)$|^\|"
)
"""A price, tags, a telephone number, a long item of a list, a label with its empty cells, words in brackets, a row."""

OUTLET = re.compile(
    r"(?:\S+\s){1,2}(?:News|Times|Post|Herald|Radio|TV|Magazine|Online|Gazette|Tribune|Network|(?:News|Press)\s(?:Service|Agency|Bureau))$"
)
"""Two or three words of which the last is an outlet's: a label above the headline."""

INNER_STOP = re.compile(r"[^\W\d_]{3}[.!?]\s[^\W\d_a-z]")
LONGEST_OF_SENTENCES = 20
"""A line of more words with a stop inside is prose, and no headline."""

CLOSED_SENTENCE = re.compile(r"[^\W\d_A-Z]{2}[.](?:\s[|–—-]\s[^|]{2,30})?$|:$|,[”\"]$")
"""The end of a line that is a sentence or announces something: no headline ends so."""


SHORTEST_LEAD = 18
LIKE_PARAGRAPHS = 0.75
"""A line of so great a share of the words that paragraphs have is one of them."""
LONG_LEAD = 16
DAY = re.compile(
    r"""
      \b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b
    | \bon\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d
    | \bam\s(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)
    | \bel\s(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b
    """,
    re.VERBOSE,
)
"""The day that a first sentence names; a headline of so many words, `LONG_LEAD`, names none."""
LATELY = re.compile(r"\b(?:yesterday|today)\b")
SAYS = re.compile(r"\bsays?\b")
"""A headline tells in the present what was told: `Two hurt on the quay on Monday night, police say`."""
TOLD_LAST = re.compile(r",\s+(?:[\w’'-]+\s+){1,6}(?:said|says|told\s+\S+|reported)$")


def find_title(page: Page) -> int | None:
    """The piece that the headline model ranks first, `None` where none reaches its least score."""
    model = page.lexicon.headline
    if model is None:
        return None
    signed = {at for at, (role, _) in page.roles.items() if role in ("byline", "dateline")}
    furniture_ = {at for at, (role, reason) in page.roles.items() if reason != REPEATS and at not in signed}
    spoken = sum(TURN.match(page.text(at)) is not None for at in page.kept) >= LEAST_TURNS
    places = [
        at
        for at in headline.candidates(page.pieces, page.first, page.kept, HEAD_REACH)
        if at not in signed
        and at not in furniture_
        and not (spoken and TURN.match(page.text(at)))
        and CLOSED_SENTENCE.search(page.text(at)) is None
        and not _heads_a_part(page, at)
        and not _is_one_of_several(page, at)
        and not NO_HEADLINE.search(page.text(at))
        and not OUTLET.match(page.text(at))
        and not _is_foreign(page, at)
        and not (page.pieces[at].words > LONGEST_OF_SENTENCES and INNER_STOP.search(page.text(at)))
        and not is_lead(page, at)
    ]
    if not places:
        return _labelled(page, signed)
    setting = headline.Setting(page.pieces, page.first, page.kept, signed, furniture_, page.lexicon.terms)
    scores = dict(zip(places, map(model.score, headline.features(setting, places)), strict=True))
    higher = {at: score for at, score in scores.items() if at <= page.first}
    if page.pieces[page.first].prose and max(higher.values(), default=0.0) > 0:
        scores = higher
    best = max(scores, key=lambda at: scores[at], default=None)
    if best is None or scores[best] <= 0:
        return _labelled(page, signed)
    above = best - 1
    under_another = best <= page.first and scores.get(above, 0.0) > max(0.0, scores[best] - STANDFIRST)
    return above if under_another and page.pieces[above].words >= SHORTEST_HEADLINE else best


def is_lead(page: Page, at: int) -> bool:
    """Whether a long line is a text's first sentence that lost its stop: with a dateline, or with a day.

    `SARN (KWA) - Two men were killed when a bus fell into a ravine`, `The council of Sarn raised the toll for all boats … on
    Monday night`. In a script whose sentences end without a mark, Thai or Khmer, it is a line as long as the paragraphs below.
    """
    text, names = page.text(at), Names.of(page.lexicon)
    if (
        page.pieces[at].words >= LONG_LEAD
        and not page.pieces[at].closed
        and DAY.search(text) is not None
        and SAYS.search(text) is None
    ):
        return True
    if page.pieces[at].words < SHORTEST_LEAD:
        return False
    if unspaced(text) and page.pieces[at].prose:
        below = [page.pieces[one].words for one in page.kept if one != at]
        return page.pieces[at].words >= LIKE_PARAGRAPHS * sum(below) / max(1, len(below))
    dateline = place_dateline(text, names)
    dated = dateline is not None and is_full(text, dateline, names)
    return dated or (LATELY.search(text) is not None and TOLD_LAST.search(text) is not None)


def _labelled(page: Page, signed: set[int]) -> int | None:
    """The line right above the text that a label for a film opens, `WATCH: …`, and that has words of the text below it.

    Elsewhere such a line leads to another page; where the page has no other headline it is that of this one.
    """
    at = next((at for at in range(page.first - 1, -1, -1) if at not in signed), None)
    if at is None or page.roles.get(at, ("", ""))[0] != "teaser" or LABELLED.match(page.text(at)) is None:
        return None
    return at if len(_stems(page, [at]) & _stems(page, page.kept)) >= LEAST_SHARED else None


def _stems(page: Page, places: Iterable[int]) -> set[str]:
    """The first letters of the long words of some pieces."""
    return {word[:STEM] for at in places for word in words_of(page.pieces[at].folded) if len(word) > LONG_WORD}


def _heads_a_part(page: Page, at: int) -> bool:
    """Whether a kept line that is very short or very long stands below a sentence that begins the text: no headline does."""
    below = at > page.first and at in page.kept and page.pieces[page.first].closed
    return below and not SHORTEST_HEADLINE <= page.pieces[at].words <= LONGEST_OF_SENTENCES


def _is_foreign(page: Page, at: int) -> bool:
    """Whether a line of several words has none of the text's long words, not even their first letters: an advertisement."""
    if len(page.text(at).split()) < LEAST_FOREIGN:
        return False
    own = _stems(page, [at])
    return bool(own) and own.isdisjoint(_stems(page, page.kept - {at}))


def _is_one_of_several(page: Page, at: int) -> bool:
    """Whether a line is an item of a list: another stands right above or below it."""
    if not POINT.match(page.text(at)):
        return False
    return any(0 <= one < len(page.pieces) and POINT.match(page.text(one)) is not None for one in (at - 1, at + 1))


def without_outlet(page: Page, title: int) -> int:
    """The headline without the name of its outlet, where both are printed: `Ferry reopens - Harbor Times`, `Ferry reopens`."""
    for at in range(max(0, title - BESIDE_TITLE), min(len(page.pieces), title + BESIDE_TITLE + 1)):
        shorter, longer = sorted((page.text(at), page.text(title)), key=len)
        begins = longer.find(shorter)
        again = 0 <= begins <= LONGEST_BEFORE and at not in page.kept
        found = OUTLET_BEHIND.match(longer, begins + len(shorter)) if again else None
        labelled = again and begins == 0 and LABEL_BEHIND.match(longer, len(shorter)) is not None
        if (found or labelled) and len(shorter) >= SHORTEST_PRINTED:
            page.outlet = found[1].strip() if found else page.outlet
            best = at if page.text(at) == shorter else title
            page.roles[title + at - best] = ("navigation", "title_with_outlet")
            return best
    return title
