"""Who is named, and which places figures are about, as lists."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import Filter, equal, nothing, word
from copydesk.flows.site.desk.listing import Column, Listing

LETTERS = "lower(strip_accents({}))"
"""SQL of a text without capitals and accents."""


def _holds(names: str) -> str:
    """A condition that the name, or one of the names in a list, has what stands at `{}` in it."""
    told = LETTERS.format(f"name || ' ' || array_to_string({names}, ' ')")
    return f"contains({told}, {LETTERS})"


CALLED = _holds("aliases")
PRINTED = _holds("printed")

ENTITIES = Listing(
    name="entities",
    title="Names",
    note="Persons and bodies that are named or say something, each under all its names.",
    table="entities",
    key="entity_id",
    order="-facts",
    columns=(
        Column(name="name", label="name", sortable=True),
        Column(name="form", label="form", sortable=True),
        Column(name="kind", label="kind", sortable=True),
        Column(name="country", label="country", sortable=True),
        Column(name="facts", label="claims", sortable=True, number=True),
        Column(name="mentions", label="named", sortable=True, number=True),
        Column(name="articles", label="articles", sortable=True, number=True),
        Column(name="outlets", label="outlets", sql="len(outlets)", sortable=True, number=True),
        Column(name="first_seen", label="first", sortable=True),
        Column(name="last_seen", label="last", sortable=True),
        Column(name="aliases", label="as printed", sql="array_to_string(aliases, '; ')", shown=False),
        Column(name="entity_id", label="id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Part of a name", condition=CALLED, literal=word, kind="search"),
        equal("kind", "Kind", "kind", "entities"),
        equal("country", "Country", "country", "entities"),
        equal("form", "Form", "form", "entities"),
        Filter(name="says", label="Says something", condition="facts > 0", literal=nothing, kind="checkbox"),
        Filter(name="for", label="Speaks for", condition="speaks_for = {}", literal=word, shown=False),
        Filter(name="outlet", label="Named in", condition="list_contains(outlets, {})", literal=word, shown=False),
    ),
)

PLACES = Listing(
    name="places",
    title="Places",
    note="The places that figures are about.",
    table="places",
    key="name, place_id, country_code, admin1, admin2, precision",
    order="-figures",
    columns=(
        Column(name="name", label="name", sortable=True),
        Column(name="precision", label="kind", sortable=True),
        Column(name="admin2", label="district", sortable=True),
        Column(name="admin1", label="region", sortable=True),
        Column(name="country_code", label="country", sortable=True),
        Column(name="figures", label="figures", sortable=True, number=True),
        Column(name="articles", label="articles", sortable=True, number=True),
        Column(name="printed", label="as printed", sql="array_to_string(printed, '; ')", shown=False),
        Column(name="latitude", label="latitude", shown=False),
        Column(name="longitude", label="longitude", shown=False),
        Column(name="place_id", label="id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Part of a name", condition=PRINTED, literal=word, kind="search"),
        equal("kind", "Kind", "precision", "places"),
        equal("country", "Country", "country_code", "places"),
        equal("region", "Region", "admin1", "places", shown=False),
        equal("district", "District", "admin2", "places", shown=False, facet=False),
    ),
)
