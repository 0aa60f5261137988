"""Which rows are meant by a name that a person gives: of a place with all that lies in it, of somebody under all names."""

from __future__ import annotations

WITHIN = (
    "(lower($place) IN (lower(x.place_name), lower(x.admin1), lower(x.admin2), lower(x.country_code)) OR x.country_code IN "
    "(SELECT p.country_code FROM places p WHERE p.precision = 'country' AND lower(p.name) = lower($place)))"
)
"""A row `x` is of the place of that name, or of one in the district, state or country of that name."""

NAMED = (
    "SELECT e.entity_id FROM entities e WHERE e.entity_id = $entity OR lower(e.name) = lower($entity) "
    "OR list_contains(list_transform(e.aliases, lambda alias: lower(alias)), lower($entity))"
)
"""The entities of that id, or of that name among theirs."""

SAID_BY = f"(x.claimant_id IN ({NAMED}) OR x.body_id IN ({NAMED}) OR lower(x.claimant_name) = lower($entity))"
"""A fact `x` is on the word of the entity of that name, or of those who speak for it."""
