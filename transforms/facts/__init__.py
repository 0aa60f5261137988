"""Facts: what a text states, with who states it and where it stands.

`FactReader.find` reads an article once (context.py) and then finds its quotations (quotes.py), its reported
speech (statements.py) and its figures (figures.py), and gives them their sources as things (`transforms.names`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.transforms.facts.capitals import as_printed, in_small_letters
from copydesk.transforms.facts.context import read_article
from copydesk.transforms.facts.entities.reader import NameReader
from copydesk.transforms.facts.figures import find_figures
from copydesk.transforms.facts.ledger import unread_numbers
from copydesk.transforms.facts.measures import MeasureReader
from copydesk.transforms.facts.quote_tags import TagReader
from copydesk.transforms.facts.quotes import find_quotes
from copydesk.transforms.facts.reporting_clauses import SpeechReader
from copydesk.transforms.facts.statements import find_statements
from copydesk.transforms.facts.syntax import Parser
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article, Fact, Mention, NumberEntry, Sentence
from copydesk.transforms.vocabulary import FactSupport

EXTRACTORS = {"quotes": "10", "statements": "10", "figures": "10", "names": "7"}
"""The version of each extractor: raised by one whenever its rules change what it finds."""


LANGUAGES = frozenset({"en"})
"""The languages (ISO 639-1) that have tables of facts."""


def fact_support(language: str | None) -> FactSupport:
    """Whether facts are looked for in a language; in a text too short for its language to be told they are.

    >>> [str(fact_support(language)) for language in ("en-GB", "fr", None)]
    ['supported', 'unsupported', 'supported']
    """
    known = language is None or re.split(r"[-_]", language.lower())[0] in LANGUAGES
    return FactSupport.SUPPORTED if known else FactSupport.UNSUPPORTED


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found in an article: its facts, the ledger of its numbers, its names."""

    facts: list[Fact]
    numbers: list[NumberEntry]
    mentions: list[Mention]


class FactReader:
    """Finds the facts of articles; built once from a lexicon, then called for each article."""

    def __init__(self, lexicon: Lexicon, parser: Parser) -> None:
        self._lexicon = lexicon
        self._parser = parser
        self._speech = SpeechReader(lexicon)
        self._tags = TagReader(lexicon)
        self._measures = MeasureReader(lexicon)
        self._names = NameReader(lexicon.claimants, lexicon.given_names)

    def find_facts(self, article: Article, sentences: Sequence[Sentence]) -> tuple[list[Fact], list[NumberEntry]]:
        """The facts of an article, figures first, and the ledger of its numbers."""
        found = self.find(article, sentences)
        return found.facts, found.numbers

    def find(self, article: Article, sentences: Sequence[Sentence]) -> Found:
        """The facts of an article, figures first, the ledger of its numbers, and the names that it prints.

        Ledger entries point at facts by their place in the list. An article in a language without tables has no facts.
        """
        if fact_support(article.language) == FactSupport.UNSUPPORTED:
            return Found(facts=[], numbers=unread_numbers(article.text), mentions=[])
        small = in_small_letters(article, sentences, self._lexicon)
        if small is not None:
            found = self._find(*small)
            facts, numbers, mentions = as_printed(article.text, small[0].text, found.facts, found.numbers, found.mentions)
            return Found(facts=facts, numbers=numbers, mentions=mentions)
        return self._find(article, sentences)

    def _find(self, article: Article, sentences: Sequence[Sentence]) -> Found:
        """What is found in an article that is not printed in capitals."""
        reading = read_article(article, sentences, self._speech, self._tags, self._lexicon, self._parser)
        statements = find_statements(reading)
        said = [*find_quotes(reading, statements), *statements]
        figures, ledger = find_figures(reading, said, self._measures)
        named = self._names.read(article, sentences, [*figures, *said])
        return Found(facts=named.facts, numbers=ledger, mentions=named.mentions)
