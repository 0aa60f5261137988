"""The list of stories."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import days, holding, linked, searched, ticked
from copydesk.flows.site.desk.listing import Column, Listing, column, quantity, sortable, unshown

STORIES = Listing(
    name="stories",
    title="Stories",
    note="Articles about one event, over outlets and days. Origins are those who stand behind the texts: near copies, an "
    "agency's subscribers and the papers of one owner are one.",
    table="stories",
    key="story_id",
    order="-last",
    columns=(
        sortable("title", "first headline"),
        sortable("first", "first", "first_on"),
        sortable("last", "last", "last_on"),
        quantity("articles", "articles"),
        quantity("outlets", "outlets", "len(outlets)"),
        quantity("origins", "origins"),
        column("places", "places", "array_to_string(places[:3], '; ')"),
        Column(name="copies", label="near copies", sortable=True, number=True, shown=False),
        unshown("entities", "names", "array_to_string(entities, '; ')"),
        unshown("measures", "measures", "array_to_string(measures, '; ')"),
        unshown("story_id", "id"),
    ),
    filters=(
        searched("q", "Words of the headline", "title ILIKE {}"),
        *days("Reported", "last_on", "first_on"),
        holding("measure", "Measure", "measures", "stories"),
        linked("outlet", "Printed by", "list_contains(outlets, {})"),
        ticked("several", "In several articles", "articles > 1"),
    ),
)
