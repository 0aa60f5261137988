"""Gives every fact of an article its source as a thing, and lists every name that the article prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.transforms.facts.entities.pronouns import Told, is_pronoun
from copydesk.transforms.facts.entities.table import NameTable
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.types import Article, Fact, Mention, Sentence
from copydesk.transforms.vocabulary import FactKind


@dataclass(frozen=True, kw_only=True)
class Named:
    """The facts of an article with their sources as things, and its mentions."""

    facts: list[Fact]
    mentions: list[Mention]


class NameReader:
    """Reads the names of articles; built once from the tables."""

    def __init__(self, words: ClaimantWords, given_names: Mapping[str, str]) -> None:
        self._words, self._given = words, given_names

    def read(self, article: Article, sentences: Sequence[Sentence], facts: Iterable[Fact]) -> Named:
        """The facts with claimant, kind and country, and every name in the body."""
        facts = list(facts)
        table = NameTable(article, self._words, self._given)
        table.heard.take_up((fact.attributed_to, fact.speaker) for fact in facts if fact.attributed_to)
        placed = [(fact.attributed_to, _place_of(fact, sentences)) for fact in facts if fact.attributed_to]
        table.heard.hear((fact.speaker, fact.text) for fact in facts if fact.kind == FactKind.QUOTE and fact.speaker)
        table.unnamed.take_up(placed)
        table.holders.name_later(placed, table.heard.speakers)
        table.employers.take_up(placed)
        speakers = {(fact.sentence, fact.attributed_to): fact.speaker for fact in facts if fact.attributed_to and fact.speaker}
        placed_facts = [(_place_of(fact, sentences), fact) for fact in facts]
        known = [
            (at, table.told(fact, at, fact.speaker or speakers.get((fact.sentence, fact.attributed_to or ""))))
            for at, fact in placed_facts
        ]
        told = Told([one for one in known if one[1].claimant_name and not is_pronoun(one[1].claimant_name)], self._given)
        return Named(
            facts=[
                told.with_claimant(fact, at) if is_pronoun(fact.attributed_to) and not fact.claimant_name else fact
                for at, fact in known
            ],
            mentions=table.mentions(),
        )


def _place_of(fact: Fact, sentences: Sequence[Sentence]) -> int:
    """Where the source of a fact is written: in its sentence, else at the beginning of it."""
    sentence = sentences[fact.sentence]
    at = sentence.text.find(fact.attributed_to) if fact.attributed_to else -1
    return sentence.span_start + max(0, at)
