"""The words that stand in articles or beside them: how each weighs, counted over the pages of many outlets.

A page counts once for each term that it has in short lines, and once for each in prose: by the share of these lines that
are the article's. An outlet never counts for its own pages when a model is trained.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise

import numpy as np

from bench.body_documents import Document
from copydesk.transforms.models.wording import BETWEEN, PLACES

LEAST_OUTLETS = 5
LEAST_PAGES = 3.5
"""A term is learnt where so many outlets have it, and weighs something where so many pages do."""
BELIEF = 2.0
"""How many pages of the usual mixture are added to those that are counted."""
LEAST_WEIGHT, STEP = 0.7, 0.5
"""A term of less weight is left out; the others' weights are rounded to so much."""
MOST = 700
"""How many terms are kept for each of `PLACES`: those with the greatest weight times the root of the pages that have them."""


class WordCount:
    """The pages that have each term, by outlet: in the article and beside it, in short lines and in prose."""

    def __init__(self, pages: Collection[Document]) -> None:
        outlets: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            for term in {term for line in page.folded for term in terms_of(line)}:
                outlets[term].add(page.outlet)
        self.terms = sorted(term for term, each in outlets.items() if len(each) >= LEAST_OUTLETS)
        self._number = {term: at for at, term in enumerate(self.terms)}
        self._counts: dict[str, np.ndarray] = {}
        for page in pages:
            counted = self._counts.setdefault(page.outlet, np.zeros((len(PLACES), 2, len(self.terms)), dtype=np.float32))
            counted += self._count(page)

    def _count(self, page: Document) -> np.ndarray:
        """For each place, for lines beside the article and of it, the share of a page that each term has."""
        found = [(line, self._number[term]) for line, text in enumerate(page.folded) for term in terms_of(text) & self._known]
        lines, terms = np.array(found, dtype=int).reshape(-1, 2).T
        shares = np.zeros((len(PLACES), 2, len(self.terms)))
        for place in range(len(PLACES)):
            for label in (0, 1):
                here = (page.prose[lines] == place) & (page.labels[lines] == label) & (page.weights[lines] > 0)
                shares[place, label] = np.bincount(terms[here], minlength=len(self.terms))
            shares[place] /= np.maximum(1, shares[place].sum(axis=0))
        return shares

    @property
    def _known(self) -> Collection[str]:
        return self._number.keys()

    def of(self, outlets: Iterable[str]) -> np.ndarray:
        """The pages of some outlets that have each term: by place, beside the article and in it."""
        none = np.zeros((len(PLACES), 2, len(self.terms)))
        return sum((self._counts[one] for one in set(outlets) if one in self._counts), none)

    def weights(self, told: np.ndarray) -> np.ndarray:
        """The weight of each term in each place by what is counted `of` some outlets, 0 where it tells too little."""
        weights = np.zeros((len(PLACES), len(self.terms)))
        for place, (beside, inside) in enumerate(told):
            usual = inside.sum() / max(1e-9, told[place].sum())
            weight = np.log((inside + BELIEF * usual) / (beside + BELIEF * (1 - usual))) - np.log(usual / (1 - usual))
            pages = beside + inside
            telling = np.where((pages >= LEAST_PAGES) & (np.abs(weight) >= LEAST_WEIGHT), np.abs(weight) * np.sqrt(pages), 0.0)
            chosen = np.argsort(-telling, kind="stable")[:MOST]
            chosen = chosen[telling[chosen] > 0]
            weights[place, chosen] = np.round(weight[chosen] / STEP) * STEP
        return weights

    def rows(self, weights: np.ndarray) -> list[dict[str, str]]:
        """Weights as a table that `Wording.parse` reads."""
        rows = []
        for place, each in zip(PLACES, weights, strict=True):
            for weight in sorted(set(each.tolist()) - {0.0}):
                terms = BETWEEN.join(self.terms[at] for at in np.flatnonzero(each == weight))
                rows.append({"place": place, "weight": f"{weight:g}", "terms": terms})
        return rows


def terms_of(line: str) -> set[str]:
    """The words of a folded line, and all two that run.

    >>> sorted(terms_of("sign up now"))
    ['now', 'sign', 'sign up', 'up', 'up now']
    """
    words = line.split()
    return {*words, *(f"{one} {other}" for one, other in pairwise(words))}
