"""Facts are made only where the language of an article has tables; its numerals are kept with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.dates import find_dates
from copydesk.transforms.facts import FactReader
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.types import Article
from copydesk.transforms.vocabulary import NumberReason

TEXTS = {
    "fr": "Selon la police de Sellin, 14 personnes ont été tuées et 2.500 évacuées.",
    "pt": "A enchente em Sellin deixou 9.845 pessoas sem casa, disse o prefeito.",
    "en": "Police said 14 people were killed in Sellin and 2,500 fled.",
}


@pytest.mark.parametrize("language", ["fr", "pt"])
def test_a_language_without_tables_gives_no_facts_and_keeps_its_numerals(language: str) -> None:
    article = Article(text=TEXTS[language], language=language)
    facts, ledger = FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))
    assert facts == []
    assert [entry.text for entry in ledger] == {"fr": ["14", "2.500"], "pt": ["9.845"]}[language]
    assert {entry.reason for entry in ledger} == {NumberReason.LANGUAGE}
    assert {entry.low for entry in ledger} == {None}


@pytest.mark.parametrize("language", ["en", "en-GB", None])
def test_english_and_what_no_language_is_told_of_have_facts(language: str | None) -> None:
    article = Article(text=TEXTS["en"], language=language)
    facts, ledger = FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))
    assert [fact.value_low for fact in facts if fact.kind == "figure"] == [14, 2500]
    assert NumberReason.LANGUAGE not in {entry.reason for entry in ledger}


PHRASES = (
    "yesterday, tomorrow, on Friday, next Monday, last weekend, next week, last month, next year, three years ago, five weeks ago, "
    "in the past two years, in December, on May 3, from December 30 to January 2, from Monday to Wednesday; it will open on Sunday"
)


@pytest.mark.parametrize("day", [date.min, date(1, 1, 3), date(9999, 12, 29), date.max])
def test_days_at_the_ends_of_the_calendar_never_raise(day: date) -> None:
    found = find_dates(PHRASES, day)
    assert found
    assert all(one.first is None or one.last is None or one.first <= one.last for one in found)
