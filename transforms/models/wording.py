"""Words that stand in articles or beside them, whatever the outlet: each with a weight that is learnt from many pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = ("worded worded_least worded_most worded_above worded_below worded_far_above worded_far_below worded_page").split()
"""What a model sees of the words of a line, in the order of `columns`."""

PLACES = ("line", "prose")
"""A term weighs one thing in a short line and another in prose: `newsletter` alone is a button."""

BETWEEN = "|"
FAR = 5


@dataclass(frozen=True, eq=False)
class Wording:
    """The terms, each a folded word or two running, and their weights: above 0 articles have them, below 0 what is around."""

    numbers: Mapping[str, int]
    """The number of every word that is of a term."""
    codes: NDArray[np.int64]
    """The terms in order, as `_codes` has them."""
    weights: NDArray[np.float64]
    """A row for each of `PLACES`, a column for each term."""

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> Wording:
        """From the rows of a table: place, weight, terms."""
        told = [(PLACES.index(row["place"]), float(row["weight"]), row["terms"].split(BETWEEN)) for row in rows]
        terms = sorted({term for _, _, each in told for term in each})
        numbers = {word: at for at, word in enumerate(sorted({word for term in terms for word in term.split()}))}
        codes = np.array([_code([numbers[word] for word in term.split()], len(numbers)) for term in terms], dtype=np.int64)
        order = np.argsort(codes)
        at = {terms[number]: place for place, number in enumerate(order)}
        weights = np.zeros((len(PLACES), len(terms)))
        for place, weight, each in told:
            weights[place, [at[term] for term in each]] = weight
        return cls(numbers, codes[order], weights)

    def found(
        self, distinct: Sequence[str], words: NDArray[np.intp], lines: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The line and the number of each term on a page, each once a line.

        `distinct` are the page's words, `words` all of them in order as numbers of these, `lines` where each stands.
        """
        size = max(1, len(self.codes))
        if not len(words) or not len(self.codes):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        known = np.fromiter((self.numbers.get(word, -1) for word in distinct), dtype=np.int64, count=len(distinct))[words]
        pairs = (known[:-1] >= 0) & (known[1:] >= 0) & (lines[:-1] == lines[1:])
        codes = np.concatenate([known, np.where(pairs, (known[:-1] + 1) * len(self.numbers) + known[1:], -1)])
        places = np.concatenate([lines, lines[:-1]])
        at = np.minimum(np.searchsorted(self.codes, codes), size - 1)
        right = self.codes[at] == codes
        both = np.unique(places[right] * size + at[right])
        return both // size, both % size

    def columns(
        self, lines: NDArray[np.intp], terms: NDArray[np.intp], prose: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        """`NAMES` for every line of a page, from what was `found` in it; `prose` is 1 for each line that is prose."""
        size = len(prose)
        weights = self.weights[(prose[lines] > 0).astype(np.intp), terms]
        count = np.bincount(lines[weights != 0], minlength=size)
        mean = np.bincount(lines, weights=weights, minlength=size) / (count + 1)
        least, most = np.zeros(size), np.zeros(size)
        np.minimum.at(least, lines, weights)
        np.maximum.at(most, lines, weights)
        total = np.concatenate([[0.0], np.cumsum(mean)])
        at = np.arange(size)
        above = (total[at] - total[np.maximum(0, at - FAR)]) / FAR
        below = (total[np.minimum(size, at + 1 + FAR)] - total[at + 1]) / FAR
        next_above, next_below = np.concatenate([[0.0], mean])[:size], np.concatenate([mean, [0.0]])[1:]
        return [mean, least, most, next_above, next_below, above, below, np.full(size, mean.mean() if size else 0.0)]


def _code(words: Sequence[int], size: int) -> int:
    """The number of a term: that of its word, or one beyond all words for two running."""
    return words[0] if len(words) == 1 else (words[0] + 1) * size + words[1]
