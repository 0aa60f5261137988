"""Words that give a register away wherever they stand: consent, offers, picture credits, times ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from copydesk.transforms.models.wording import Wording

KINDS = ("consent", "offer", "picture", "ago")
WHOLE = frozenset({"picture", "ago"})
"""Kinds whose terms are whole words; the others' terms begin a word."""

WIDE = "\u3000"
"""Scripts from here on have no blanks between words: their terms are found anywhere."""


@dataclass(frozen=True)
class Terms:
    """The terms of a table, all looked for at once, and the kind of each; and the words whose weights are learnt."""

    matcher: AhoCorasick
    terms: tuple[tuple[str, str], ...]
    wording: Wording

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], wording: Iterable[Mapping[str, str]] = ()) -> Terms:
        """From the rows of a table: term, kind, language; and those of `Wording`."""
        terms = tuple((row["term"].lower(), row["kind"]) for row in rows)
        return cls(AhoCorasick([term for term, _ in terms]), terms, Wording.parse(wording))

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """The kind and the place of every term in a text of lower case.

        >>> terms = Terms.parse([{"term": "cookie", "kind": "consent"}, {"term": "foto", "kind": "picture"}])
        >>> list(terms.find("cookies: photo, foto, fotograf"))
        [('consent', 0), ('picture', 16)]
        """
        for number, start, end in self.matcher.find_matches_as_indexes(text, overlapping=True):
            term, kind = self.terms[number]
            inside = start and text[start - 1].isalnum() and text[start].isalnum()
            goes_on = kind in WHOLE and text[end : end + 1].isalnum() and text[end - 1].isalnum()
            if term[0] >= WIDE or not (inside or goes_on):
                yield kind, start
