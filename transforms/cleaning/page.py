"""A plain text on its way from pieces to roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from copydesk.transforms.cleaning.bylines import Byline
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.printed_dates import DateReader, PrintedDate
from copydesk.transforms.dates.order import UNKNOWN_ORDER, DateOrder
from copydesk.transforms.lexicon import Lexicon

Role = tuple[str, str]
"""A role and the slug of the reason for it."""

REPEATS = "repeats_over_site"
TURNED = ("comment", "register_turns")


def furniture_roles(pieces: Sequence[Piece], lexicon: Lexicon, repeated: frozenset[str]) -> dict[int, Role]:
    """The pieces that are phrases of the furniture table, or folded lines learnt to repeat over the site, by number."""
    roles = lexicon.furniture.roles([piece.folded for piece in pieces], [piece.words for piece in pieces])
    if repeated:
        roles |= {at: ("navigation", REPEATS) for at, piece in enumerate(pieces) if piece.folded in repeated}
    return roles


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
    cuts: dict[int, int] = field(default_factory=dict)
    """Where a piece of two roles is cut: piece number to offset in its clean text."""

    def give(self, at: int, role: str, reason: str) -> None:
        """Gives the piece a role unless an earlier step gave it one."""
        self.roles.setdefault(at, (role, reason))

    def text(self, at: int) -> str:
        return self.pieces[at].text
