"""A place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass

COUNTRY, TERRITORY, TOWN = 1e10, 1e12, 0.0
"""Weights of a country, of a row of `territories`, and of a town of no people, where places share a name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its one name here, its country (ISO 3166 alpha-2) and coordinates in degrees."""

    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    weight: float = TOWN
    """People, or more where the name is not to be taken for another place."""

    kind: str = "town"
    """`country`, `region` (a state, a province), `district` or `town`."""

    place_id: int | None = None
    """Its GeoNames id."""

    admin1: str | None = None
    """The state or province that it lies in or is."""

    admin2: str | None = None
    """The district or county that it lies in or is."""

    land: bool = False
    """Whether it is a sea, a river, mountains or an island, which nobody governs and no article is about."""
