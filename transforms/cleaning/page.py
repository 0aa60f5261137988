"""A plain text on its way from pieces to roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from copydesk.transforms.cleaning.bylines import Byline
from copydesk.transforms.cleaning.captions import credit_roles, signs_report
from copydesk.transforms.cleaning.datelines import Dateline
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.printed_dates import DateReader, PrintedDate
from copydesk.transforms.dates.order import UNKNOWN_ORDER, DateOrder
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded_letters

Role = tuple[str, str]
"""A role and the slug of the reason for it."""

SHORTEST_SENTENCE = 5
"""A closed line of fewer words may repeat over a site: `All rights reserved.`"""

RIGHTS = re.compile(
    r"(?:copyright(?:s|ed)?|\(c\)|©)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d\b"
    r"|(?-i:[^\W\d_a-z][\w.&’'-]*(?:\s[^\W\d_a-z][\w.&’'-]*){0,4}[.,]\s[^\W\d_a-z]))",
    re.IGNORECASE,
)
"""A line that says who holds the rights: `Copyright 2024 Coastal Wire`, `Copyright Coastal Wire. Reach the desk at …`."""
LONGEST_RIGHTS = 60

BUTTON = re.compile(
    r"""
      [►▶▸→➔➜⇒⟶]$                                                       # Follow the Quay Paper ►
    | ^(?:\w+\s){0,2}\w+\s?\|$                                           # reads |, whose number is gone
    | ^(?:                                                               # Next articleFerry sold
        (?:Previous|Next|Older|Newer)\s(?:[Aa]rticle|[Pp]ost|[Ss]tory) | Art(?:ículo|igo)\s(?:anterior|siguiente|seguinte)
      | Article\s(?:précédent|suivant) | (?:Vorheriger|Nächster)\s(?:Artikel|Beitrag) | Articolo\s(?:precedente|successivo)
      | (?:Vorig|Volgend)\sartikel | Próximo\sartigo | Articolul\s(?:precedent|următor)
      )(?=[^\W\d_a-zß-ÿ]|\s?[:»«|]|$)
    """,
    re.VERBOSE,
)
"""A line that is a button, or leads to the next page of its site."""
LONGEST_BUTTON = 25
LEADS_ON = "leads_on"

REPEATS = "repeats_over_site"
TURNED = ("comment", "register_turns")


def furniture_roles(pieces: Sequence[Piece], lexicon: Lexicon, repeated: frozenset[str]) -> dict[int, Role]:
    """The pieces that are phrases of the furniture table, captions by their credit, or lines learnt to repeat over the site."""
    roles = lexicon.furniture.roles([piece.folded for piece in pieces], [piece.words for piece in pieces])
    for at, role in credit_roles(pieces).items():
        known, reason = roles.get(at, ("caption", "has:"))
        if known == "caption" and reason.startswith("has:") and not signs_report(pieces, at, lexicon.agencies):
            roles[at] = role
    for at, piece in enumerate(pieces):
        if piece.words <= LONGEST_RIGHTS and RIGHTS.match(piece.text):
            roles.setdefault(at, ("footer", "start:copyright"))
        elif piece.words <= LONGEST_BUTTON and BUTTON.search(piece.text) is not None:
            roles.setdefault(at, ("navigation", LEADS_ON))
    if repeated:
        roles |= {
            at: ("navigation", REPEATS) for at, piece in enumerate(pieces) if not is_sentence(piece) and key(piece) in repeated
        }
    return roles


def key(piece: Piece) -> str:
    """How a piece is compared with lines that repeat over a site: its numbers count, for rows may differ in them alone."""
    return folded_letters(piece.text) if "#" in piece.folded else piece.folded


def is_sentence(piece: Piece) -> bool:
    """Whether a piece is a sentence of prose: reports of every day repeat theirs, so it is no furniture for that."""
    return piece.words >= SHORTEST_SENTENCE and piece.closed and not piece.text.endswith(":")


@dataclass
class Page:
    """A plain text while its pieces get their roles.

    `first` and `last` bound the body, inclusive; `kept` are the numbers of its pieces; `byline`, `printed` (the date of
    publication) and `changed` (that of the last change) are what was found above it. `latest` is the last day that a
    printed date may name, `order` how days and months in figures stand.
    """

    pieces: Sequence[Piece]
    lexicon: Lexicon
    dates: DateReader
    latest: date
    repeated: frozenset[str] = frozenset()
    order: DateOrder = UNKNOWN_ORDER
    roles: dict[int, Role] = field(default_factory=dict)
    first: int = 0
    last: int = -1
    byline: Byline | None = None
    printed: PrintedDate | None = None
    changed: PrintedDate | None = None
    kept: frozenset[int] = frozenset()
    scores: Sequence[float] = ()
    """The body model's score of every piece down to readers' comments; empty where there is no model."""
    outlet: str | None = None
    """The outlet's name behind the headline, where the headline stands without it as well."""
    cuts: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    """Where a piece of two roles is cut: piece number to offset in its clean text, role and reason of what stands behind it."""
    own_line: Dateline | None = None
    """The place, day and agency that stand on lines of their own above the text."""
    signed_off: str | None = None
    """The agency whose sign ends the text."""
    dated_in: int | None = None
    """The piece that `printed` was read in."""
    dated_surely: bool = False
    """Whether a name or a word such as `published` stands beside `printed`."""

    def give(self, at: int, role: str, reason: str) -> None:
        """Gives the piece a role unless an earlier step gave it one."""
        self.roles.setdefault(at, (role, reason))

    def text(self, at: int) -> str:
        return self.pieces[at].text
