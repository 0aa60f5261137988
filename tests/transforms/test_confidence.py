"""How sure a fact is: what annotated pages show of its rules, alone and together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.calibrate import by_itself, together
from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.facts import FactReader
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.types import Article

ALONE = {("measure", "unit"): 0.9, ("measure", "noun"): 0.8, ("source", "statement"): 0.9}


def test_two_rules_together_are_as_sure_as_pages_showed_them_together() -> None:
    known = replace(lexicon(), confidences={**ALONE, ("figure", "unit:statement"): 0.97})
    assert known.rates_figure("unit", "statement") == 0.97
    assert known.rates_figure("noun", "statement") == pytest.approx(0.72)
    assert known.rates_figure("noun", "never seen") == pytest.approx(0.4)


def test_few_cases_of_two_rules_stay_near_what_they_have_alone() -> None:
    assert together(ALONE, "unit:statement", 1, 1) == pytest.approx((1 + 12 * 0.81) / 13)
    assert together(ALONE, "unit:statement", 95, 100) == pytest.approx((95 + 12 * 0.81) / 112)
    assert together(ALONE, "unit:none", 0, 0) == pytest.approx(0.45)


def test_every_row_says_how_often_and_of_how_many() -> None:
    for (part, rule), sure in lexicon().confidences.items():
        assert 0 < sure < 1, (part, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Some 40 percent of the wells are dry.", "share:none"),
        ("The lake lies 40 km from Sarn.", "measurement:none"),
        ("Moss won the 100-metre final.", "scale:none"),
        ("The bridge cost 40 million zlotys.", "money:none"),
        ("The bridge cost 40 million rupees.", "money_guess:none"),
        ("The bridge cost 40 million rupees. A loaf is 131 Sri Lankan rupees.", "money:none"),
        ("The board said the quay was shut. The bridge cost 40 million zlotys.", "money:near"),
        ("The board said the quay was shut.\n\nThe bridge cost 40 million zlotys.", "money:none"),
    ],
    ids=[
        "a share",
        "a measure",
        "a compound",
        "money of one country",
        "money of several countries",
        "money whose country the page tells",
        "a source in the paragraph",
        "a source in another paragraph",
    ],
)
def test_how_a_unit_is_told_and_who_speaks_near_it_are_rules_of_their_own(text: str, rule: str) -> None:
    article = Article(text=text, language="en")
    facts, _ = FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))[:2]
    assert next(fact.rule for fact in facts if fact.kind == "figure") == rule


def test_few_cases_of_a_rule_stay_near_two_in_three() -> None:
    assert by_itself(0, 0) == pytest.approx(2 / 3)
    assert by_itself(1, 1) == pytest.approx(0.75)
