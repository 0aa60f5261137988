"""Places that a text prints before what happened there: `KENYA: Twelve people …`, `KENYA` on a line of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.transforms.facts.speaker_labels import turns
from copydesk.transforms.places import Gazetteer, Place, is_no_place

WORDS = r"[A-ZÀ-Þ][\w’'.-]*\w(?:[ ](?:of[ ]|and[ ])?[A-ZÀ-Þ][\w’'-]*\w){0,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"\s*,\s*(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?"
LABEL = re.compile(
    rf"""
    ^[ \t]*(?:[•*▪·–—-][ \t]*)?(?P<name>{WORDS})
    (?: (?P<day>{DAY})?\s{{0,2}}:(?=\s+[^\s“"‘'])               # KENYA: Twelve people
      | (?P<alone>{DAY})[ \t]*\.?[ \t]*$                        # Kenya, May 3
      | [ ][–—][ ](?=[A-Z\d])                                   # KENYA — Twelve people
      | (?P<heading>[ \t]*$)                                    # KENYA, on a line of its own
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The name that a line opens with, and what parts it from the rest."""

KNOWN_TOWN = 50_000
"""Inhabitants of a town that a label may name: words like `READING` and `SPLIT` are towns too."""


class Label(NamedTuple):
    """A place that a paragraph opens with at `start`."""

    start: int
    place: Place


def place_labels(text: str, gazetteer: Gazetteer) -> list[Label]:
    """The labels of a text in order; none in a transcript, whose labels are speakers.

    A town or state is a label in capitals or with a day behind it: `Florence:` may be a person. A line of its own is one
    in capitals, where the text has several: the parts of an overview.
    """
    if turns(text):
        return []
    found: list[Label] = []
    headings: list[Label] = []
    for match in LABEL.finditer(text):
        name = match["name"]
        place = gazetteer.find(name) if not is_no_place(name.title() if len(name) > 3 else name) else None
        dated = match["day"] or match["alone"]
        if place is None or (place.kind != "country" and not dated and not name.isupper()):
            continue
        if place.kind == "town" and place.weight < KNOWN_TOWN:
            continue
        if not match.group().rstrip().endswith(":") and not dated and not name.isupper():
            continue
        (found if match["heading"] is None else headings).append(Label(match.start(), place))
    several = len({label.place for label in headings}) > 1
    return sorted(found + headings) if several else found


def ruling(labels: list[Label]) -> list[Label]:
    """The labels that rule the paragraphs below them: all of several, one that stands below the opening.

    The one that opens a text is a dateline.
    """
    several = len({label.place for label in labels}) > 1
    return labels if several else [label for label in labels if label.start > 0 and label.place.kind == "country"]
