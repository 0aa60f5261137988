"""Numbers in running text: digits, words, ranges, hedges, vague plurals; and what only looks like one."""

from __future__ import annotations

from copydesk.transforms.numbers.ages import age_unit
from copydesk.transforms.numbers.hedges import hedged
from copydesk.transforms.numbers.non_figures import no_figure
from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.ranges import between_bounds, ranged
from copydesk.transforms.numbers.values import bare_numbers

__all__ = ["Number", "age_unit", "find_numbers", "no_figure", "read_numbers"]


def find_numbers(text: str) -> list[Number]:
    """Every number that a text states of the world, in order; dates, ages, names and other non-figures are left out.

    >>> [(n.low, n.high, n.hedge) for n in find_numbers("at least 84 bodies, between 20 and 30 hurt, dozens gone")]
    [(84.0, None, 'at least'), (20.0, 30.0, None), (24.0, None, None)]
    >>> [(n.low, n.high) for n in find_numbers("$4.5bn, half a million, two and a half million, 500-600, up to 50")]
    [(4500000000.0, 4500000000.0), (500000.0, 500000.0), (2500000.0, 2500000.0), (500.0, 600.0), (None, 50.0)]
    """
    return [number for number in read_numbers(text) if no_figure(text, number) is None]


def read_numbers(text: str) -> list[Number]:
    """Every numeral and number word of a text with its hedge, dates and names among them, in order."""
    return list(between_bounds(text, [hedged(text, number) for number in ranged(text, bare_numbers(text))]))
