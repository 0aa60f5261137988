"""The model of places has the last word where it finds another place than the rules much likelier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.facts import FactReader
from copydesk.transforms.facts.whereabouts.choice import SURE
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.models.place_model import NAMES, PlaceModel
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.types import Article, Fact

TEXT = (
    "A blast at a market in Kisumu killed 12 people on Monday, police said.\n\n"
    "The mayor of Nakuru sent 40 nurses. Officials in Mombasa were silent."
)


class Favourite(PlaceModel):
    """Gives the whole share to the place of which one trait is greatest."""

    trait: str = ""

    def shares(self, rows):  # type: ignore[no-untyped-def]
        column = np.array(rows)[:, NAMES.index(self.trait)]
        return np.eye(len(column))[int(column.argmax())]


def figures(lexicon_: Lexicon, text: str = TEXT) -> list[Fact]:
    article = Article(text=text, language="en")
    facts, _ = FactReader(lexicon_, parser()).find_facts(article, sentences_of(article))
    return [fact for fact in facts if fact.kind == "figure"]


def favouring(trait: str) -> Lexicon:
    model = lexicon().places
    assert model is not None
    favourite = Favourite(model.trees)
    object.__setattr__(favourite, "trait", trait)
    return replace(lexicon(), places=favourite)


def test_every_candidate_has_all_traits() -> None:
    seen: list[np.ndarray] = []

    class Seeing(Favourite):
        def shares(self, rows):  # type: ignore[no-untyped-def]
            seen.append(np.array(rows, float))
            return super().shares(rows)

    model = lexicon().places
    assert model is not None
    seeing = Seeing(model.trees)
    object.__setattr__(seeing, "trait", "ruled")
    figures(replace(lexicon(), places=seeing))
    assert {rows.shape[1] for rows in seen} == {len(NAMES)}
    assert all(np.isfinite(rows).all() for rows in seen)
    assert all(rows[:, NAMES.index("ruled")].sum() == 1 for rows in seen)
    assert all(rows[:, NAMES.index("none")].sum() == 1 for rows in seen)


@pytest.mark.parametrize(
    ("trait", "place", "source"),
    [("here", "Kisumu", "sentence"), ("inners", "Kenya", "article"), ("none", None, None)],
)
def test_a_likelier_place_stands_in_the_stead_of_that_of_the_rules(trait: str, place: str | None, source: str | None) -> None:
    first = figures(favouring(trait))[0]
    assert (first.place_name, first.place_from) == (place, source)
    assert first.confidence_place == (SURE if place else None)


def test_without_a_model_the_rules_have_the_last_word() -> None:
    first = figures(replace(lexicon(), places=None))[0]
    assert (first.place_name, first.place_from, first.confidence_place) == ("Kisumu", "sentence", None)


def test_a_place_is_the_same_whatever_else_was_read() -> None:
    reader = FactReader(lexicon(), parser())
    article = Article(text=TEXT, language="en")
    first = reader.find(article, sentences_of(article)).facts
    other = Article(text="Floods in Tanzania killed 30 people. Dodoma lost 400 homes.", language="en")
    reader.find(other, sentences_of(other))
    assert reader.find(article, sentences_of(article)).facts == first
