"""Paragraphs of a page that only the model doubts stay beside the article; those that a second sign speaks against do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.markup_lines import Place
from copydesk.transforms.cleaning.markup_selection import MarkupPage, kept_lines
from copydesk.transforms.cleaning.metadata import Metadata
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.models.body_model import CONTEXT, MARKUP_NAMES, BodyModel
from copydesk.transforms.words import folded

TEXTS = (
    "The council of Ellery voted on Monday to close the road along the harbour for two months while the wall is mended.",
    "“We had no choice,” said Ana Brell, who leads the council, after a meeting that lasted four hours on Monday night.",
    "Some 40 owners of shops asked the council in a letter to keep one lane open for the summer months.",
    "The wall cracked in the storms of last winter, and divers found holes under the water line in March.",
    "The port office will count the cracks again in June, when the water is low and the divers are back.",
)


def model(doubt: float) -> BodyModel:
    """A model that takes what trafilatura took, and gives every other line this score."""
    seen = [*CONTEXT, *MARKUP_NAMES[1:]]
    weights = {"bias": doubt, "taken": 5.0}
    return BodyModel((0.0,) * len(MARKUP_NAMES), tuple(weights.get(name, 0.0) for name in seen))


def kept(taken: int, doubt: float, place: Place, linked: float = 0.0) -> int:
    """How many of the paragraphs are kept where trafilatura took the first few and the others stand in a place."""
    places = [Place(tag="p") if at < taken else place for at in range(len(TEXTS))]
    page = MarkupPage(
        pieces=[Piece.of_line(text, folded(text)) for text in TEXTS],
        places=places,
        linked=[0.0 if at < taken else linked for at in range(len(TEXTS))],
        taken=[at < taken for at in range(len(TEXTS))],
        roles={},
        metadata=Metadata(),
    )
    return len(kept_lines(page, replace(lexicon(), markup_body=model(doubt)), 25))


def test_paragraphs_running_that_only_the_model_doubts_stay() -> None:
    assert kept(3, -0.5, Place(tag="p")) == len(TEXTS)


@pytest.mark.parametrize(
    ("taken", "doubt", "place", "linked"),
    [
        pytest.param(4, -0.5, Place(tag="p"), 0.0, id="a single one"),
        pytest.param(4, -2.0, Place(tag="p"), 0.0, id="one that the model is sure of"),
        pytest.param(3, -0.5, Place(tag="p", aside=True), 0.0, id="beside the article"),
        pytest.param(3, -0.5, Place(tag="p"), 0.9, id="links"),
    ],
)
def test_what_a_second_sign_speaks_against_is_left_out(taken: int, doubt: float, place: Place, linked: float) -> None:
    assert kept(taken, doubt, place, linked) == taken
