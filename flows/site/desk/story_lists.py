"""The list of stories."""

from __future__ import annotations

from copydesk.flows.site.desk.filters import Filter, choices, day, nothing, part, word
from copydesk.flows.site.desk.listing import Column, Listing

STORIES = Listing(
    name="stories",
    title="Stories",
    note="Articles about one event, over outlets and days. Origins are those who stand behind the texts: near copies, an "
    "agency's subscribers and the papers of one owner are one.",
    table="stories",
    key="story_id",
    order="-last",
    columns=(
        Column(name="title", label="first headline", sortable=True),
        Column(name="first", label="first", sql="first_on", sortable=True),
        Column(name="last", label="last", sql="last_on", sortable=True),
        Column(name="articles", label="articles", sortable=True, number=True),
        Column(name="outlets", label="outlets", sql="len(outlets)", sortable=True, number=True),
        Column(name="origins", label="origins", sortable=True, number=True),
        Column(name="places", label="places", sql="array_to_string(places[:3], '; ')"),
        Column(name="copies", label="near copies", sortable=True, number=True, shown=False),
        Column(name="entities", label="names", sql="array_to_string(entities, '; ')", shown=False),
        Column(name="measures", label="measures", sql="array_to_string(measures, '; ')", shown=False),
        Column(name="story_id", label="id", shown=False),
    ),
    filters=(
        Filter(name="q", label="Words of the headline", condition="title ILIKE {}", literal=part, kind="search"),
        Filter(name="from", label="Reported from", condition="last_on >= {}", literal=day, kind="date"),
        Filter(name="to", label="Reported to", condition="first_on <= {}", literal=day, kind="date"),
        Filter(
            name="measure",
            label="Measure",
            condition="list_contains(measures, {})",
            literal=word,
            choices=choices("measure", "(SELECT unnest(measures) AS measure FROM stories)"),
        ),
        Filter(name="outlet", label="Printed by", condition="list_contains(outlets, {})", literal=word, shown=False),
        Filter(name="several", label="In several articles", condition="articles > 1", literal=nothing, kind="checkbox"),
    ),
)
