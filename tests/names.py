"""What the rules about names make of a text, as the cases in tests/cases/rules have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.facts import FactReader
from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.persons import Persons
from copydesk.transforms.facts.entities.table import NameTable
from copydesk.transforms.names.folding import folded_name, person_id_of, slug_of
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.types import Article
from copydesk.transforms.vocabulary import FactKind


def kind_of(text: str) -> str:
    """The kind of a source by its printed name alone."""
    return table("").source(text, None, 0)[1]


def table(text: str) -> NameTable:
    """The names of a text."""
    return NameTable(Article(text=text), lexicon().claimants, lexicon().given_names)


def folds(text: str, options: Mapping[str, Any]) -> Any:
    """The folded name, and as it stands in ids."""
    return [folded_name(text), slug_of(text)]


def body(text: str, options: Mapping[str, Any]) -> Any:
    """The row of the table of bodies: id, kind, country."""
    found = lexicon().claimants.find(text)
    return [found.entity_id, found.kind, found.country] if found is not None else None


def described(text: str, options: Mapping[str, Any]) -> Any:
    """What a noun phrase says of its source: kind, part, head."""
    found = lexicon().claimants.describe(text, options.get("before_name", False))
    return [found.kind, found.part, found.head] if found is not None else None


def persons(text: str, options: Mapping[str, Any]) -> Any:
    """The persons of a text with their kinds."""
    found = Persons(text, lexicon().claimants, lexicon().given_names).by_name
    return {name: str(one.kind) for name, one in found.items()}


def organisations(text: str, options: Mapping[str, Any]) -> Any:
    """The bodies of a text: as printed, their one name, their kind."""
    found = Organisations(text, lexicon().claimants, table(text).persons).mentions
    return [[text[one.start : one.end], one.entity.name, str(one.entity.kind)] for one in found]


def source(text: str, options: Mapping[str, Any]) -> Any:
    """Whom a source written at the end of a text stands for: the name, the kind, whether it is a person, whose word it gives."""
    names = table(text)
    placed = [(written, text.find(written)) for written in options.get("sources", ())]
    names.heard.take_up((written, None) for written, _ in placed)
    names.unnamed.take_up(placed)
    names.holders.name_later(placed, names.heard.speakers)
    names.employers.take_up(placed)
    entity, kind = names.source(options["written"], options.get("speaker"), len(text))
    if entity is None:
        return [None, str(kind)]
    return [entity.name, str(kind), entity.person, entity.body.name if entity.body is not None else None]


def claimants(text: str, options: Mapping[str, Any]) -> Any:
    """The figures of a text, each with the name of its claimant."""
    article = Article(text=text, language="en")
    found = FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))[0]
    return [[fact.text, fact.claimant_name] for fact in found if fact.kind == FactKind.FIGURE]


def person_id(text: str, options: Mapping[str, Any]) -> Any:
    """The id of a person's name."""
    return person_id_of(text)


def outlet(text: str, options: Mapping[str, Any]) -> Any:
    """The outlet of a printed name: id and name."""
    found = lexicon().outlets.of(options.get("url"), options.get("setting"), text, options.get("host"))
    return [found.outlet_id, found.name] if found is not None else None


READERS = {
    "names.folding": folds,
    "names.bodies": body,
    "names.kinds": described,
    "facts.entities.persons": persons,
    "facts.entities.organisations": organisations,
    "facts.entities.chiefs": source,
    "facts.entities.reader": source,
    "facts.entities.owned": source,
    "facts.entities.pronouns": claimants,
    "names.transliteration": person_id,
    "names.outlets": outlet,
}
