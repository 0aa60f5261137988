"""A place that a parsed sentence names."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.transforms.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place named at text[start:end] of the article, its token, and its entry of the gazetteer, `None` where it has none."""

    start: int
    end: int
    token: int
    preposition: str
    place: Place | None
    home: bool = False
    """Whether it is a country without its name: `nationwide`, `across the country`."""
