"""Every rule file has cases of its own, what it must leave alone among them: tests/cases/rules/NAME.json.

A case is an input and what the rule makes of it; `READERS` says by which function. `not` marks a case in which the rule
must do nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import copydesk.transforms
from tests.rule_readers import READERS, Case

CASES = Path(__file__).parent.parent / "cases" / "rules"

NO_RULES = {
    "types": "records",
    "vocabulary": "words",
    "identity": "doctests",
    "pipeline": "puts the rules together",
    "places.lands": "doctests; tried in test_places",
    "places.parents": "doctests; tried in test_places",
    "places.place": "records",
    "places.ranking": "tried in test_places",
    "places.spelling": "doctests; tried under places",
    "places.support": "tried in test_places",
    "places.surroundings": "tried in test_places",
    "places.table": "tried in test_places",
    "places.territories": "tried in test_places",
    "names.body_kinds": "tried under names.kinds",
    "names.heads": "tried under names.kinds",
    "names.fields": "tried under names.kinds",
    "names.phrases": "tried under names.kinds",
    "names.memory": "a doctest",
    "facts.no_reports": "tried under facts.reporting_clauses",
    "facts.entities.beside": "patterns; tried under facts.entities.persons",
    "facts.entities.body_names": "tried under facts.entities.organisations",
    "facts.entities.definite": "tried under facts.entities.reader",
    "facts.entities.employers": "tried under facts.entities.reader",
    "facts.entities.explained": "tried under facts.entities.reader",
    "facts.entities.forms": "tried under facts.entities.reader",
    "facts.entities.holders": "tried under facts.entities.reader",
    "facts.entities.heard": "tried under facts.entities.reader",
    "facts.entities.mentions": "tried under facts.entities.organisations and test_names",
    "facts.entities.person": "tried under facts.entities.persons",
    "facts.entities.table": "tried under facts.entities.reader",
    "facts.entities.things": "records",
    "facts.entities.works": "tried under facts.entities.reader",
    "facts.person_mentions": "tried under facts.referents",
    "facts.entities.acronyms": "tried under facts.entities.organisations",
    "facts.entities.runs": "tried under facts.entities.organisations",
    "facts.entities.small_bodies": "tried under facts.entities.reader",
    "facts.entities.small_nouns": "tried under facts.entities.organisations",
    "facts.entities.written": "tried under facts.entities.reader",
    "facts.entities.unnamed": "tried under facts.entities.reader",
    "facts.place_words": "words; tried under facts.locations",
    "facts.location": "a record",
    "facts.titles": "words; tried under facts.names",
    "facts.site_nouns": "tried under facts.locations",
    "facts.no_sites": "patterns; doctests; tried under facts.whereabouts.scenes",
    "facts.noun_phrases": "tried under nouns",
    "facts.beside_figures": "tried under figures",
    "facts.clauses": "tried under events, locations and times",
    "facts.parsing": "tried under events",
    "facts.place_names": "tried under locations",
    "facts.nearest": "tried under locations",
    "facts.misprints": "doctests; tried under facts.units",
    "facts.parts_of_sums": "tried under facts.local_currency",
    "facts.passing": "tried under figures",
    "facts.ledger": "tried under figures",
    "facts.reports": "tried under reporting_clauses",
    "facts.inverted": "tried under reporting_clauses",
    "facts.clause_ends": "tried under reported_clauses",
    "facts.cited": "tried under facts.attribution",
    "facts.contents": "tried under facts.statements",
    "facts.finite_clauses": "tried under facts.reported_clauses",
    "facts.outlet_tails": "tried under facts.reported_clauses",
    "facts.openers": "tried under facts.sources",
    "facts.resolver": "tried under facts.sources",
    "facts.event_words": "words; tried under events",
    "facts.plights": "tried under events",
    "facts.sureness": "tried under test_confidence",
    "facts.reckoners": "tried under attribution",
    "facts.hardships": "tried under events",
    "facts.whereabouts.named": "tried under scenes",
    "facts.whereabouts.candidates": "columns of numbers; tried under test_place_choice",
    "facts.whereabouts.choice": "tried under scenes and test_place_choice",
    "facts.whereabouts.traits": "columns of numbers; tried under test_place_choice",
    "facts.whereabouts.mentions": "tried under circumstances",
    "facts.whereabouts.before": "tried under circumstances",
    "facts.whereabouts.narrower": "tried under circumstances",
    "facts.whereabouts.told": "tried under circumstances",
    "facts.whereabouts.name_words": "patterns; tried under scenes",
    "facts.whereabouts.sites": "patterns; doctests; tried under scenes",
    "facts.whereabouts.firms": "patterns; doctests; tried under scenes",
    "lexicon": "parses tables; its furniture is tried under page",
    "numbers.number": "a record",
    "numbers.metric": "doctests; tried under facts.short_units",
    "numbers.setting": "a record",
    "numbers.hedge_words": "words; tried under numbers.hedges",
    "numbers.ages": "tried under non_figures",
    "numbers.scores": "tried under non_figures",
    "numbers.day_numbers": "tried under non_figures",
    "numbers.worth": "tried under values",
    "facts.neighbours": "tried under figures",
    "facts.counts_before": "tried under antecedents",
    "facts.told_behind": "tried under measures",
    "facts.gauges": "tried under figures",
    "facts.led_nouns": "tried under figures",
    "facts.ranked": "tried under figures",
    "facts.capitals": "tried under measures; doctest",
    "facts.victims": "tried under measures",
    "facts.whereabouts.left": "tried under scenes",
    "facts.whereabouts.parts": "tried under scenes",
    "dates.counted": "tried under dates",
    "numbers.currencies": "words; tried under values and local_currency",
    "numbers.currency_names": "tried under figures",
    "numbers.small_coins": "doctests; tried under facts.local_currency",
    "rule_set": "a record",
    "reject_reasons": "words",
    "cleaning.outlet_labels": "tried under openings",
    "cleaning.reader_notes": "tried under endings",
    "cleaning.tails": "tried under selection",
    "cleaning.rows_alike": "tried under selection",
    "cleaning.dateline_forms": "patterns; tried under datelines",
    "cleaning.opening_lines": "tried under openings",
    "cleaning.evidence": "words; tried under test_clean",
    "cleaning.markup_tree": "tried under test_adversarial",
    "models.body_model": "weights; tried under selection",
    "models.wording": "weights; tried under test_wording",
    "cleaning.islands": "tried under test_islands",
    "models.trees": "a doctest; tried under selection",
    "models.headline_model": "weights; tried under roles",
    "models.place_model": "weights; tried under test_place_choice",
    "cleaning.features": "columns of numbers; tried under selection",
    "cleaning.surroundings": "columns of numbers; tried under selection",
    "cleaning.markup_boxes": "columns of numbers; tried under html",
    "cleaning.markup_selection": "tried under html",
    "cleaning.unshown": "tried under html",
    "names.hosts": "tried under cleaning.sites",
    "cleaning.headlines": "tried under roles",
    "cleaning.head_lines": "tried under roles",
    "cleaning.stamps": "tried under page_dates",
    "cleaning.headline_features": "columns of numbers; tried under roles",
    "cleaning.markup_headline": "candidates; tried under test_metadata",
    "cleaning.markup_headline_features": "columns of numbers; tried under test_metadata",
    "cleaning.page_parts": "tried under page_dates",
    "dates.order": "tried under page_dates",
    "dates.calendars": "tried under printed_dates",
    "dates.patterns": "tried under dates",
    "dates.readers": "tried under dates",
    "dates.periods": "tried under dates",
    "dates.bounds": "what readers have in common",
    "dates.holidays": "tried under dates; doctests",
}
"""Modules that are no rule file, or whose cases are another's, and why."""


def load() -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}: {case['why']}")
        for name in READERS
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


def plain(value: Any) -> Any:
    """A value as JSON has it: dates and terms as strings, tuples as lists."""
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize(("name", "case"), load())
def test_rules(name: str, case: dict[str, Any]) -> None:
    assert plain(READERS[name](Case(case["text"], case))) == case["want"]


def test_every_rule_file_has_cases_what_it_leaves_alone_among_them() -> None:
    root = Path(copydesk.transforms.__file__).resolve().parent
    modules = {
        ".".join(path.relative_to(root).with_suffix("").parts) for path in root.rglob("*.py") if path.stem != "__init__"
    } | {"dates", "places", "words"}
    assert modules - set(NO_RULES) == set(READERS)
    for name in READERS:
        cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
        assert len(cases) >= 3, name
        assert any(case.get("not") for case in cases), name


def test_there_are_enough_cases() -> None:
    others = sum(len(json.loads(path.read_text(encoding="utf-8"))) for path in CASES.parent.glob("*.json"))
    assert len(load()) + others >= 220
