"""Whose dollars and pesos an article prints, where the text alone does not tell."""

from __future__ import annotations

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.facts.local_currency import country_of
from copydesk.transforms.types import Article


@pytest.mark.parametrize(
    ("word", "article", "wanted"),
    [
        ("$", Article(text="The road costs $4 million.", outlet_printed="CBC News"), "CA"),
        ("dollars", Article(text="Ottawa, in Canada, paid 4 million dollars.", outlet_printed="AP News"), None),
        ("dollars", Article(text="Ottawa, in Canada, paid 4 million dollars."), "CA"),
        ("pesos", Article(text="Manila, in the Philippines, paid 4 million pesos.", outlet_printed="AP News"), "PH"),
        ("$", Article(text="The road costs $4 million.", host_printed="echo.example.ca"), "CA"),
        ("$", Article(text="Ottawa, in Canada, pays $4 million."), None),
        ("Rs", Article(text="A fan costs Rs. 300.", dateline="KARACHI", host_printed="echo.example.in"), "PK"),
        ("$", Article(text="A fan costs $300.", dateline="SINGAPORE", host_printed="echo.example.au"), "AU"),
    ],
    ids=[
        "a sign at an outlet of the table",
        "a noun at an outlet of another country",
        "a noun where no outlet is known",
        "pesos are of the country that is named",
        "a sign at an address",
        "a sign where no outlet is known",
        "a short form under a dateline abroad",
        "a sign under a dateline abroad",
    ],
)
def test_a_currency_that_countries_share_is_of_the_outlet_or_of_the_country_named(
    word: str, article: Article, wanted: str | None
) -> None:
    assert country_of(word, article, lexicon()) == wanted
