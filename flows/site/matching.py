"""Which rows are meant by a name that a person gives: of a place with all that lies in it, of somebody under all names."""

from __future__ import annotations

LIES_IN = {
    "country": ("country_code",),
    "region": ("country_code", "admin1"),
    "district": ("country_code", "admin1", "admin2"),
}
"""For each kind of place, the columns of a row that tell that it lies in it."""

CALLED = "(lower(p.name) = lower($place) OR list_contains(list_transform(p.printed, lambda one: lower(one)), lower($place)))"
"""A row `p` of the view `places` has that name, or is printed under it: `Gaza` for the Gaza Strip."""


def _inside(kind: str) -> str:
    """The condition that a row `x` lies in a place of that kind and of the name that is asked for."""
    row, place = (", ".join(f"{table}.{column}" for column in LIES_IN[kind]) for table in ("x", "p"))
    return f"({row}) IN (SELECT {place} FROM places p WHERE p.precision = '{kind}' AND {CALLED})"


WITHIN = (
    "(lower($place) IN (lower(x.place_name), lower(x.admin1), lower(x.admin2), lower(x.country_code)) "
    f"OR x.place_name IN (SELECT p.name FROM places p WHERE {CALLED}) OR {' OR '.join(map(_inside, LIES_IN))})"
)
"""A row `x` is of the place of that name, or of one in the district, state or country of that name."""

NAMED = (
    "SELECT e.entity_id FROM entities e WHERE e.entity_id = $entity OR lower(e.name) = lower($entity) "
    "OR list_contains(list_transform(e.aliases, lambda alias: lower(alias)), lower($entity))"
)
"""The entities of that id, or of that name among theirs."""

SAID_BY = f"(x.claimant_id IN ({NAMED}) OR x.body_id IN ({NAMED}) OR lower(x.claimant_name) = lower($entity))"
"""A fact `x` is on the word of the entity of that name, or of those who speak for it."""
