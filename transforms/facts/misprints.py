"""Units that a page misprints by one letter: `40 kilomters`, `300 hecatres`, `40 percnt`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

LEAST_LETTERS = {"measurement": 8, "share": 7}
"""Letters of the shortest unit, by its measure, that a word nearly like it is taken for: decrees are no degrees."""


def misprinted(word: str, units: Mapping[str, tuple[str, str]]) -> str | None:
    """The one unit of a table that a word in small letters misprints by one letter, `None` where none or several fit.

    >>> table = {"hectares": ("hectares", "measurement"), "degrees": ("degrees", "measurement")}
    >>> [misprinted(word, table) for word in ("hectars", "hecatres", "decrees", "hectic")]
    ['hectares', 'hectares', None, None]
    """
    first = word[:1]
    near = [
        unit
        for unit, (_, measure) in units.items()
        if unit[0] == first and len(unit) >= LEAST_LETTERS.get(measure, 99) and _one_letter_apart(word, unit)
    ]
    return near[0] if near and len({units[unit] for unit in near}) == 1 else None


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter left out, put in, put for another or for its neighbour makes one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    if len(long) > len(short):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    apart = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    turned = [one[left] == other[right] and one[right] == other[left] for left, right in pairwise(apart) if right == left + 1]
    return len(apart) == 1 or (len(apart) == len("xy") and turned == [True])
