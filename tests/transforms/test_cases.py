"""Cases as data: what must be found, what must not, and the failures that are known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.wiring import lexicon, parser, transformer
from copydesk.transforms.facts import FactReader
from copydesk.transforms.numbers import find_numbers
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.sentences import split_sentences
from copydesk.transforms.types import Article, Fact
from tests.extractions import LATE, raw_of

CASES = Path(__file__).parent.parent / "cases"


def load(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case.get("why") or case["text"][:60],
            marks=[pytest.mark.xfail(strict=True)] if case.get("known_failure") else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize("case", load("numbers"))
def test_numbers(case: dict[str, Any]) -> None:
    found = [[number.low, number.high, number.hedge, number.qualifier] for number in find_numbers(case["text"])]
    assert found == case["numbers"]


@pytest.mark.parametrize("case", load("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    joint = "" if case.get("language") == "zh" else " "
    text = joint.join(case["sentences"])
    assert [text[span.start : span.end] for span in split_sentences(text, case.get("language", "en"))] == case["sentences"]


def facts_of(case: dict[str, Any]) -> list[Fact]:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    article = Article(text=case["text"], published_on=published, language="en")
    return FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))[0]


def fits(fact: Fact, want: dict[str, Any]) -> bool:
    return all((str(got) if isinstance(got := getattr(fact, name), date) else got) == value for name, value in want.items())


@pytest.mark.parametrize("case", load("facts"))
def test_facts(case: dict[str, Any]) -> None:
    facts = facts_of(case)
    for want in case.get("facts", ()):
        assert any(fits(fact, want) for fact in facts), f"no {want} in {facts}"
    for want in case.get("absent", ()):
        assert not any(fits(fact, want) for fact in facts), [fact for fact in facts if fits(fact, want)]


@pytest.mark.parametrize("case", load("blocks"))
def test_blocks(case: dict[str, Any]) -> None:
    text = "\n".join(case["lines"])
    data = text.encode()
    raw = raw_of(data, "text/plain", LATE)
    made = transformer().transform(raw, 1 << 20)
    for start, role in case["roles"].items():
        found = [block.role for block in made.blocks if text[block.raw_start : block.raw_end].startswith(start)]
        assert found == [role], (start, found, [(b.role, b.reason, b.text[:40]) for b in made.blocks])
    assert made.article is not None
    assert case.get("text", "") in made.article.text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Boats burnt at the quay.The mayor said so.", ["Boats burnt at the quay.", "The mayor said so."]),
        ("“It burnt.”The mayor left.", ["“It burnt.”", "The mayor left."]),
        ("Read it on torvik.example or at Ida@Torvik.Example.", ["Read it on torvik.example or at Ida@Torvik.Example."]),
        (
            "A boat at the quay. Photograph: Ida Ferrell/AFP The mayor said it burnt.",
            ["A boat at the quay.", "Photograph: Ida Ferrell/AFP", "The mayor said it burnt."],
        ),
        (
            "A boat at the quay (Ida Ferrell via Getty Images) The mayor said it burnt.",
            ["A boat at the quay (Ida Ferrell via Getty Images)", "The mayor said it burnt."],
        ),
        ("He works for AP and Reuters and lives in Torvik.", ["He works for AP and Reuters and lives in Torvik."]),
    ],
)
def test_sentences_that_were_glued_together(text: str, sentences: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The inquiry took evidence for two years.", ["years"]),
        ("An 8-month-old and Ida Ferrell, 28, were hurt.", ["months", "years"]),
        ("Twelve boats sank on May 3.", ["boats", None]),
    ],
)
def test_the_ledger_tells_the_unit_of_figures_times_and_ages(text: str, units: list[str | None]) -> None:
    article = Article(text=text, language="en")
    ledger = FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))[1]
    assert [entry.unit for entry in ledger] == units
