"""Lines that are captions by their form alone: they say where in the picture somebody stands, or that it is a symbol."""

from __future__ import annotations

import pytest

from copydesk.transforms.cleaning.captions import credit_roles
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.words import folded


def role(text: str) -> str | None:
    return credit_roles([Piece.of_line(text, folded(text))]).get(0, (None, ""))[0]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Ferrell (left) and Tom Karst look at the crack in the wall.",
        "The harbour master, Ana Brell (centre), with two of her pilots",
        "Ida Ferrell (l.) und Tom Karst vor der Mauer",
        "Die Sieger von Sarn: Holm, Fenn und Karst (v.l.).",
        "Maren Holt (2. v. r.) mit ihren Lotsen",
        "Maren Holt (à gauche) et Tom Karst sur le quai.",
        "Ana Brell (second from right) on the quay of Ellery",
        "Die Schafe waren noch sehr klein (Symbolbild).",
        "Ein Boot im Hafen von Ellern [Archivfoto]",
    ],
)
def test_captions(text: str) -> None:
    assert role(text) == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "The council (the left and the greens) voted for the toll on Monday.",
        "Turn (right at the mill) and follow the river for an hour.",
        "The party of the left won 31 seats, that of the right 28 (of 61).",
        "She drew a symbol on the wall (a boat).",
    ],
)
def test_other_brackets(text: str) -> None:
    assert role(text) is None
