"""The last paragraphs of a text that speak to its reader or of the text itself: an appeal, a note of the outlet."""

from __future__ import annotations

import re

from copydesk.transforms.cleaning.edges import BULLET
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.page_text import words_of

QUOTED = re.compile(r"[“\"«„][^”\"»“]{0,600}(?:[”\"»“]|$)")
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = frozenset("you your yours we our ours us vous votre vos".split())
"""Words by which a text speaks to its reader, or of those who publish it, in small letters or at the head of a sentence."""

READERS = frozenset("you your yours vous votre vos".split())
ASKS = re.compile(
    r"""
      \b(?:subscri|support|donat|contribut|register|join|follow|click|download|sign\b)      # Support our work
    | \b(?:send|e-?mail|contact|call\b|write\sto|tell\b|comment|let\s(?:us|me)\b|help)      # Please send an e-mail
    | \b(?:visit|read\b|shar(?:e|ing)\b|newsletter|inbox|app\b|cookies?|site\b)|https?:|www\.|@  # Visit the site
    | \b(?:abonne|souten|envoye|écri|contacte|partage|suive)                                # Abonnez-vous
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What a note asks its reader for. Without it `you` may be anybody: `It makes you wonder who else knew.`"""

OF_ITSELF = re.compile(
    r"[(\[][^()\[\]]*\bthis\s(?:story|article|report|copy|item|page|post)\b[^()\[\]]*[)\]]\.?$", re.IGNORECASE
)
"""A paragraph that is all in brackets and speaks of the text: `(This story has not been edited by our staff.)`"""

LEAST_ABOVE = 3
LONGEST = 60
MOST_SHARED = 0.3
"""The share of its words that such a paragraph may have in common with the text above it."""

MOST = 2


def notes_to_reader(page: Page) -> set[int]:
    """The last kept pieces that speak to the reader where no paragraph above does, with hardly a word of the text.

    Two kinds of signs, then: the voice turns, and so does the subject. A note in brackets that speaks of the text is one alone.
    """
    found: set[int] = set()
    for at in sorted(page.kept, reverse=True)[:MOST]:
        above = [one for one in page.kept if one < at and page.pieces[one].closed]
        if len(above) < LEAST_ABOVE or not (OF_ITSELF.match(page.text(at)) or _turns(page, at, above)):
            break
        found.add(at)
    return found


def _turns(page: Page, at: int, above: list[int]) -> bool:
    """Whether voice and subject of a paragraph are others than those of the text above it."""
    piece = page.pieces[at]
    if piece.words > LONGEST or not piece.closed or BULLET.match(piece.text) or not _addresses(piece.text):
        return False
    if any(_addresses(page.text(one)) for one in above):
        return False
    if not (ASKS.search(piece.text) or _address(piece.text) - READERS):
        return False
    own = words_of(piece.folded)
    known = words_of(" ".join(page.pieces[one].folded for one in above))
    return len(own & known) <= MOST_SHARED * len(own)


def _addresses(text: str) -> bool:
    """Whether a text has a word of address outside of quotations."""
    return bool(_address(text))


def _address(text: str) -> set[str]:
    """The words of address outside of quotations; `US` is none."""
    words = (word for word in WORD.findall(QUOTED.sub(" ", text)) if not (word.isupper() and len(word) > 1))
    return {word.lower() for word in words} & ADDRESS
