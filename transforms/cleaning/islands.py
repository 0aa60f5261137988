"""What is kept far below an article: paragraphs of the foot, of consent notices, of other stories, alone among short lines."""

from __future__ import annotations

from itertools import pairwise

from copydesk.transforms.cleaning.page import Page

FAR = 6
"""So many pieces that are left out part an island from the article above it."""

MOST = 0.2
"""An island has at most so great a share of the article's words: more may be its second half."""


LEAST_CONSENT, LEAST_WORDS = 2, 60
"""A paragraph with so many words of consent is of a notice; an article beside a notice has at least so many words."""


def islands(page: Page) -> set[int]:
    """The kept pieces that stand in small groups far below the greatest one, and groups of notices that ask for consent."""
    groups: list[list[int]] = []
    for before, at in pairwise([-FAR - 1, *sorted(page.kept)]):
        if at - before > FAR:
            groups.append([])
        groups[-1].append(at)
    notices = [group for group in groups if _asks_for_consent(page, group)] if len(groups) > 1 else []
    others = [group for group in groups if group not in notices]
    words = [sum(page.pieces[at].words for at in group) for group in others]
    if not others or max(words) < LEAST_WORDS:
        return set()
    greatest = words.index(max(words))
    below = zip(others[greatest + 1 :], words[greatest + 1 :], strict=True)
    small = [group for group, size in below if size <= MOST * words[greatest]]
    return {at for group in [*notices, *small] for at in group}


def _asks_for_consent(page: Page, group: list[int]) -> bool:
    """Whether half of the paragraphs of a group or more are of a notice on cookies and the like."""
    prose = [at for at in group if page.pieces[at].prose]
    found = [sum(kind == "consent" for kind, _ in page.lexicon.terms.find(page.text(at).lower())) for at in prose]
    return bool(prose) and 2 * sum(count >= LEAST_CONSENT for count in found) >= len(prose)
