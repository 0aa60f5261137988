"""Boosted trees as a table: every level of a tree asks one question, so that a tree is a row of questions and its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Trees:
    """All trees, each of the same depth: the column that each level asks for, its border, and what each leaf adds."""

    columns: NDArray[np.intp]
    """Trees times levels."""
    borders: NDArray[np.float64]
    leaves: NDArray[np.float64]
    """Trees times leaves, at most 256; the answer of the first level is the lowest bit of a leaf's number."""

    @classmethod
    def parse(cls, rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> Trees:
        """From the rows of a table: columns (names), borders and leaves (numbers), each parted by blanks."""
        number = {name: at for at, name in enumerate(names)}
        return cls(
            np.array([[number[name] for name in row["columns"].split()] for row in rows]),
            np.array([[float(border) for border in row["borders"].split()] for row in rows]),
            np.array([[float(leaf) for leaf in row["leaves"].split()] for row in rows]),
        )

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of what all trees say of each row.

        >>> trees = Trees.parse([{"columns": "a b", "borders": "0.5 1", "leaves": "0 1 10 11"}], ["a", "b"])
        >>> trees.score(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 2.0]])).tolist()
        [0.0, 1.0, 11.0]
        """
        by_column = np.ascontiguousarray(rows.T)
        leaf = np.zeros((len(self.leaves), len(rows)), dtype=np.uint8)
        for level in range(self.columns.shape[1]):
            over = by_column[self.columns[:, level]] > self.borders[:, level, None]
            leaf |= over.view(np.uint8) << np.uint8(level)
        first = np.arange(len(self.leaves))[:, None] * self.leaves.shape[1]
        total: NDArray[np.float64] = self.leaves.ravel()[leaf + first].sum(axis=0)
        return total
