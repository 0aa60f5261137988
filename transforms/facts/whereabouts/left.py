"""The place that displaced persons left: `displaced from Sarn to Kesh`, `fled Sarn and took refuge in Kesh`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.places import Place

GONE = re.compile(
    r"\b(?:displac\w+|fle(?:e|es|d|eing)|evacuat\w+|uproot\w+|driven|forced|moved|relocated|abandon\w+|left|leaving|escaped)\b",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"\b(?:from|fled|flee|fleeing|abandon(?:ed|ing))\s+(?:(?!(?:to|into|towards?|for|in|at|across|over)\b)[a-z-]+\s+){0,4}$"
)
"""What stands before the place that somebody left."""

CAME = re.compile(r"\b(?:arriv(?:ed|ing|als?)|reach(?:ed|ing)|return(?:ed|ing|ees?)|came|coming)\b", re.IGNORECASE)
"""What tells of persons where they came to."""

FLED = re.compile(
    r"\b(?:fled|fleeing|abandon(?:ed|ing))\s+(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"
    r"(?=[,.;]|\s+(?:after|following|when|as|because|amid|for|and|on|since|in|to|due|during)\b)"
)
"""The place that somebody fled, without a preposition."""

REACH = 60


def place_left(reading: Reading, sentence: int) -> tuple[str, Place | None] | None:
    """The one place of a sentence that persons left, as printed, and its entry of the gazetteer.

    `None` where the sentence does not tell that they left one, or tells that they came somewhere.
    """
    span = reading.sentences[sentence]
    text = reading.text
    if GONE.search(span.text) is None or CAME.search(span.text) is not None:
        return None
    found = [one for one in reading.locations(sentence) if LEFT.search(text, max(0, one.start - REACH), one.start)]
    if len(found) == 1 and not found[0].home:
        return text[found[0].start : found[0].end], found[0].place
    fled = FLED.search(text, span.span_start, span.span_end) if not found else None
    entry = reading.gazetteer.find(fled["name"]) if fled is not None else None
    return (fled["name"], entry) if fled is not None and entry is not None else None
