"""The name of an outlet in front of the first words of a report, where a dateline would stand: `[HARBOR LAW]`."""

from __future__ import annotations

import re

from copydesk.transforms.cleaning.datelines import Dateline, Names
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import DANGLING

GLUED = re.compile(r"\s*(?P<name>[^\W\d_a-zß-ÿ]{4,}(?:\s[^\W\d_a-zß-ÿ]{2,}){0,2})-(?P<word>[^\W\d_a-zß-ÿ][^\W\d_A-Z]*)(?=\s)")
"""Words in capitals that a dash joins to a word that a sentence begins with."""

WORD = re.compile(r"[^\W\d_]+")


def glued_label(page: Page, at: int, names: Names) -> Dateline | None:
    """The label of an outlet or a place that a dash glues to the first sentence: `SHOREWIRE-At least 11 people`.

    The word behind the dash is one that the text has in small letters too, so it is no part of a name as in `UN-Habitat`.
    A label that the text has in small letters says what the report is on: `OUTAGE-Some towns`.
    """
    found = GLUED.match(page.text(at))
    if found is None:
        return None
    small = DANGLING.union(word for one in page.kept for word in WORD.findall(page.text(one)))
    if found["word"].lower() not in small:
        return None
    name = found["name"]
    place = names.place(name) is not None
    agency = None if place or name.lower() in small else name
    return Dateline(name if place else None, agency, found.start("word"))


def is_bracketed_label(text: str, found: Dateline, names: Names) -> bool:
    """Whether square brackets hold the name of no known place, and no day or agency follows: an outlet's label."""
    if not text.lstrip().startswith("[") or found.place is None or found.agency or found.day:
        return False
    return names.place(found.place) is None
