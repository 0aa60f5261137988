"""Who is named, and which places figures are about, as lists."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import equal, linked, searched, ticked, word
from copydesk.flows.site.desk.listing import Listing, quantity, sortable, unshown

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
        sortable("name", "name"),
        sortable("form", "form"),
        sortable("kind", "kind"),
        sortable("country", "country"),
        quantity("facts", "claims"),
        quantity("mentions", "named"),
        quantity("articles", "articles"),
        quantity("outlets", "outlets", "len(outlets)"),
        sortable("first_seen", "first"),
        sortable("last_seen", "last"),
        unshown("aliases", "as printed", "array_to_string(aliases, '; ')"),
        unshown("entity_id", "id"),
    ),
    filters=(
        searched("q", "Part of a name", CALLED, word),
        equal("kind", "Kind", "kind", "entities"),
        equal("country", "Country", "country", "entities"),
        equal("form", "Form", "form", "entities"),
        ticked("says", "Says something", "facts > 0"),
        linked("for", "Speaks for", "speaks_for = {}"),
        linked("outlet", "Named in", "list_contains(outlets, {})"),
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
        sortable("name", "name"),
        sortable("precision", "kind"),
        sortable("admin2", "district"),
        sortable("admin1", "region"),
        sortable("country_code", "country"),
        quantity("figures", "figures"),
        quantity("articles", "articles"),
        unshown("printed", "as printed", "array_to_string(printed, '; ')"),
        unshown("latitude", "latitude"),
        unshown("longitude", "longitude"),
        unshown("place_id", "id"),
    ),
    filters=(
        searched("q", "Part of a name", PRINTED, word),
        equal("kind", "Kind", "precision", "places"),
        equal("country", "Country", "country_code", "places"),
        equal("region", "Region", "admin1", "places", shown=False),
        equal("district", "District", "admin2", "places", shown=False, facet=False),
    ),
)
