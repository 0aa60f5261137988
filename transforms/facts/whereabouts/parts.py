"""The country of which a sentence counts parts: `floods in two Tarvian provinces`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.places import Place

PARTS = re.compile(
    r"""
    \b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d{1,2}
      |[Ss]everal|[Ss]ome|[Mm]any|[Mm]ost|[Vv]arious|[Oo]ther)\s+(?:of\s+the\s+|other\s+)?       # in two
    (?P<people>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s+(?:[a-z]+(?:ern|al)\s+)?                       # Tarvian coastal
    (?:provinces|districts|regions|states|counties|islands|cities|towns|villages|municipalities|departments|governorates)\b
    """,
    re.VERBOSE,
)


def country_of_parts(reading: Reading, sentence: int) -> Place | None:
    """The country whose people's name stands before parts that a sentence counts; `None` where none does."""
    span = reading.sentences[sentence]
    found = PARTS.finditer(reading.text, span.span_start, span.span_end)
    named = (reading.gazetteer.people(one["people"]) for one in found)
    return next((country for country in named if country is not None), None)
