"""Invented sentences of news with their trees: tolls, reports and changes of a number, which the treebanks hardly have.

The treebanks are weblogs, reviews and talks. What a toll of news is made of (`wounded 19 others`, `the toll rose by
three`) stands in them a handful of times. A small grammar of our own makes such sentences (`trees`, `words`, `phrases`,
`tolls`, `clauses`, `reports`); each word has its head and relation by the guidelines of the treebanks. `insertions` puts
the same phrases into sentences of the treebanks.
"""

from collections.abc import Iterator

from bench.syntax.conllu import Sentence
from bench.syntax.invented.insertions import enriched
from bench.syntax.invented.reports import Reports
from bench.syntax.invented.trees import Tree, sentence, stopped

__all__ = ["enriched", "invented"]

REPORTED = 0.65
"""The share of clauses that stand in a report."""


def invented(count: int, seed: int) -> Iterator[Sentence]:
    """Yields sentences of the grammar with their trees and names."""
    reports = Reports(seed)
    for number in range(count):
        yield sentence(made(reports), f"invented-{number}")


def made(reports: Reports) -> Tree:
    """Returns one sentence's tree."""
    kind = reports.chance.random()
    root = reports.put() if kind < 0.04 else reports.clause()
    if kind > 1 - REPORTED:
        root = reports.report(root)
    return stopped(root)
