"""What stands below a line such as `More stories` in a text that came without its page: other stories, or the article again."""

from __future__ import annotations

import re

from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.page_text import words_of

HEADED = re.compile(r"(?:\w+\s){1,3}:$|(?:\w+\s){1,2}\w+:$")
"""A few words that head the one headline below them, in the midst of a text: `READ ALSO :`."""

BUTTON_LINES = frozenset(f"line:{line}" for line in "read_more read_also also_read see_also related watch listen".split())
"""Lines that head other stories, or stand alone among paragraphs as a button that has lost its headline."""

LEAST_BELOW, MOST_ASIDE, SAME_SUBJECT = 3, 0.5, 0.2
"""An article that goes on below an aside has so many sentences there, for each so many lines that are none, and so great a
share of its words from above."""

TAIL_SHARE = 0.45

CLEAN_SHARE = 0.25
"""A text of which less than this share is furniture came without its page: its short lines are its own."""


def cut_tail(page: Page) -> None:
    """Cuts what stands below a line such as `More stories`, in a text that came without its page.

    Only where most of the article stands above that line: a teaser heading near the top is an aside.
    """
    if not came_alone(page):
        return
    total = sum(page.pieces[at].words for at in page.kept)
    for at, (role, reason) in sorted(page.roles.items()):
        below = {other for other in page.kept if other > at}
        heads = role == "teaser" and reason.startswith("line:")
        if heads and _heads_one(page, at):
            page.kept -= {at + 1}
            continue
        if heads and ((reason in BUTTON_LINES and _goes_on(page, at)) or _is_aside(page, at, below)):
            continue
        if heads and below and sum(page.pieces[other].words for other in below) < TAIL_SHARE * total:
            page.kept -= below
            return


def _heads_one(page: Page, at: int) -> bool:
    """Whether a line such as `READ ALSO:` heads one headline, below which the article goes on to its end in sentences."""
    if at + 2 >= len(page.pieces) or HEADED.match(page.text(at)) is None or page.pieces[at + 1].closed:
        return False
    below = [other for other in sorted(page.kept) if other > at + 1]
    return bool(below) and below[0] == at + 2 and all(page.pieces[other].closed for other in below)


def _goes_on(page: Page, at: int) -> bool:
    """Whether below a line such as `READ MORE`, which may be a button, sentences of prose go on to the end, kept all."""
    below = range(at + 1, len(page.pieces))
    last = len(page.pieces) - 1
    return len(below) > 1 and all(
        one == last or (one in page.kept and page.pieces[one].prose and page.pieces[one].closed) for one in below
    )


def _is_aside(page: Page, at: int, below: set[int]) -> bool:
    """Whether below a line such as `Related coverage` the article goes on: in sentences alone, with the words of those above.

    Other stories would stand there with their headlines, and with hardly a word of this one.
    """
    if len(below) < LEAST_BELOW or not all(page.pieces[one].closed for one in below):
        return False
    if (max(below) - at) - len(below) > MOST_ASIDE * len(below):
        return False
    above = words_of(" ".join(page.pieces[one].folded for one in page.kept if one < at))
    own = words_of(" ".join(page.pieces[one].folded for one in below))
    return len(own & above) >= SAME_SUBJECT * len(own)


def came_alone(page: Page, inside: bool = False) -> bool:
    """Whether the text came without the page around it; `inside` counts all from its first line to its last as its own."""
    own = max(page.kept, default=-1) - min(page.kept, default=0) + 1 if inside else len(page.kept)
    return len(page.pieces) - own < CLEAN_SHARE * len(page.pieces) + 4
