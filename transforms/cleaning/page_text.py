"""A page as one text: what can be counted in it at once, for every one of its pieces."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.models.register_words import KINDS, Terms

Column = NDArray[np.float64]
"""A number for every piece of a page."""

LETTERS = 0x2400
"""Letters beyond this code point have no case that matters here."""
UPPER = np.array([chr(code).isupper() for code in range(LETTERS)])
DIGIT = np.array([chr(code).isdecimal() for code in range(LETTERS)])


def words_of(folded: str) -> set[str]:
    """The words of a folded text that carry its subject: those of over three letters."""
    return {word for word in folded.split() if len(word) > 3}


def sum_before(values: Column, reach: int) -> Column:
    """For each piece the sum over up to `reach` pieces before it."""
    total: Column = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    before: Column = total[at] - total[np.maximum(0, at - reach)]
    return before


def sum_after(values: Column, reach: int) -> Column:
    """For each piece the sum over up to `reach` pieces after it."""
    total: Column = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    after: Column = total[np.minimum(len(values), at + 1 + reach)] - total[at + 1]
    return after


class WordNumbers(NamedTuple):
    """The words of a page: each once, in the order in which they are met; then all of them, by number and by piece."""

    distinct: list[str]
    words: NDArray[np.intp]
    lines: NDArray[np.intp]


class PageText:
    """The pieces of a page as one text, and what can be counted in it: each count a column."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.text = "\n".join(piece.text for piece in pieces) + "\n"
        self.lengths = np.array([len(piece.text) for piece in pieces])
        self.ends = np.cumsum(self.lengths + 1)
        self.words = np.array([float(piece.words) for piece in pieces])
        self.closed = np.array([float(piece.closed) for piece in pieces])
        self.prose = np.array([float(piece.prose) for piece in pieces])

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, letter for letter."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else self.text

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The folded words of each piece."""
        return [piece.folded.split() for piece in self.pieces]

    @cached_property
    def words_by_number(self) -> WordNumbers:
        """The folded words of the page as numbers."""
        numbers: dict[str, int] = {}
        flat = [numbers.setdefault(word, len(numbers)) for tokens in self.tokens for word in tokens]
        sizes = [len(tokens) for tokens in self.tokens]
        return WordNumbers(list(numbers), np.array(flat, dtype=np.intp), np.repeat(np.arange(len(sizes)), sizes))

    def count_words(self, words: Container[str]) -> Column:
        """How many words of each piece are among some words."""
        known = self.words_by_number
        among = np.fromiter((word in words for word in known.distinct), dtype=float, count=len(known.distinct))
        return np.bincount(known.lines, weights=among[known.words], minlength=len(self.pieces)).astype(float)

    @cached_property
    def vocabulary(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The words of over three letters, which carry a subject: the number of a piece and that of a word in it, for each."""
        known = self.words_by_number
        long = np.fromiter((len(word) > 3 for word in known.distinct), dtype=bool, count=len(known.distinct))
        size = max(1, len(known.distinct))
        pairs = np.unique((known.lines * size + known.words)[long[known.words]])
        return pairs // size, pairs % size

    def tally(self, places: Sequence[int] | NDArray[np.intp]) -> Column:
        """How many of the places in the text lie in each piece."""
        found = np.searchsorted(self.ends, places, side="right")
        return np.bincount(found, minlength=len(self.pieces))[: len(self.pieces)].astype(float)

    def count(self, pattern: re.Pattern[str]) -> Column:
        """How often a pattern stands in each piece."""
        return self.tally([found.start() for found in pattern.finditer(self.text)])

    def count_terms(self, terms: Terms) -> dict[str, Column]:
        """How often terms of each kind stand in each piece."""
        places: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for kind, start in terms.find(self.lowered):
            places[kind].append(start)
        return {kind: self.tally(found) for kind, found in places.items()}

    @cached_property
    def share_of_capitals(self) -> Column:
        """The share of words after the first that begin with a capital."""
        initials = np.flatnonzero(self.codes[:-1] == ord(" ")) + 1
        capitals = initials[UPPER[np.minimum(self.codes[initials], LETTERS - 1)]]
        return self.tally(capitals) / np.maximum(1, self.tally(initials))

    def digits(self) -> Column:
        return self.tally(np.flatnonzero(DIGIT[np.minimum(self.codes, LETTERS - 1)]))

    def clocks(self) -> Column:
        """How many times of day stand in each piece: a colon or point between a digit and two digits."""
        codes = self.codes
        digit = DIGIT[np.minimum(codes, LETTERS - 1)]
        mark = (codes[1:-2] == ord(":")) | (codes[1:-2] == ord("."))
        found = mark & digit[:-3] & digit[2:-1] & digit[3:]
        return self.tally(np.flatnonzero(found) + 1)

    def marks(self, mark: str) -> Column:
        """How often a mark of one letter stands in each piece."""
        return self.tally(np.flatnonzero(self.codes == ord(mark)))

    def commas(self) -> Column:
        return self.marks(",")
