"""Which sentences of an article are parsed: those with a number, a quotation mark or a word of reporting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers.values import FRACTIONS, SCALES, TENS, UNITS, VAGUE
from copydesk.transforms.syntax import Parse, Parser

NUMBER_WORDS = frozenset(
    {
        *UNITS,
        *TENS,
        *(form for word in SCALES for form in (word, f"{word}s")),
        *(word for phrase in VAGUE for word in phrase.split() if word != "of"),
        *(form for word in FRACTIONS for form in (word, f"{word}s")),
        *"dozen halves nobody none both couple several".split(),
    }
)
"""Words that say how many; `no`, `a few` and `many` stand in half of all sentences and never make a figure."""

REPORT_WORDS = frozenset("according per citing quoting via".split())
"""Words that name a source without a verb of saying."""

MARK = re.compile(r"[\"“”„«»‹›‘「」『』]|''|``|(?<!\w)['’](?=\w)|\d|[½⅓⅔¼¾⅕⅛]")
"""A digit, a vulgar fraction, or a quotation mark: single ones where no letter stands before."""

WORD = re.compile(r"[^\W\d_]+")

LONGEST = 4000
"""Characters of a sentence over which it is not parsed: it is a list or a table whose ends nobody printed."""


class SentenceParser:
    """Parses the sentences of an article that can hold a fact; built once from a parser and a lexicon."""

    def __init__(self, parser: Parser, lexicon: Lexicon) -> None:
        self._parser = parser
        self._words = NUMBER_WORDS | REPORT_WORDS | lexicon.verbs.keys()

    def parses(self, texts: Sequence[str]) -> list[Parse]:
        """The parse of each sentence of one article, in one call of the parser; empty where a sentence is not parsed.

        No result depends on other articles: the parser sees the sentences of one article together, and no others.
        """
        chosen = [number for number, text in enumerate(texts) if self.chosen(text)]
        parses: list[Parse] = [()] * len(texts)
        for number, parse in zip(chosen, self._parser.parse([texts[number] for number in chosen]), strict=True):
            parses[number] = parse
        return parses

    def chosen(self, text: str) -> bool:
        """Whether a sentence can hold a fact: it has a number, a quotation mark or a word of reporting."""
        if len(text) > LONGEST:
            return False
        return MARK.search(text) is not None or not self._words.isdisjoint(WORD.findall(text.lower()))
