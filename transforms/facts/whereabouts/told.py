"""Places of which the words right before a number tell it: `Tarvia (3.6 million)`, `in Sarn, where 12 people died`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.place_words import is_far_end
from copydesk.transforms.facts.titles import ORG_WORDS
from copydesk.transforms.facts.whereabouts.mentions import LONGEST_NAME
from copydesk.transforms.facts.whereabouts.name_words import NOUNS
from copydesk.transforms.facts.whereabouts.narrower import Where
from copydesk.transforms.places import is_no_place
from copydesk.transforms.vocabulary import PlaceFrom

BRACKETED = re.compile(
    r"(?P<before>\),?\s+(?:and\s+)?)?(?P<name>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)\s+"
    r"\((?:(?:over|about|more\s+than|nearly|some|around|at\s+least|almost|under|up\s+to)\s+)?$"
)
WHERE = re.compile(
    rf"""
    \b(?P<stands>in|at|near|of|to|outside|is)\s+(?:the\s+)?(?:{NOUNS}\s+of\s+)?
    (?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,2}})(?:\s+{NOUNS})?                                    # Sarn district
    (?:,|\s+is\s+(?:the\s+)?(?:worst|most|hardest)[\s-](?:affected|hit)(?:\s+[a-z]+)?,?)\s+where\s+(?:[\w’'-]+\s+){{0,6}}$
    """,
    re.VERBOSE,
)
"""What stands before a number that a clause tells of a place: `in Sarn district, where`."""

DESCRIBED_WHERE = re.compile(
    rf"""
    (?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,2}}),\s+(?:the|an?)\s+(?:[\w’-]+\s+){{0,4}}?{NOUNS}\s+  # Sarn, a town
    (?:of|in|on)\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[\w’'-]+){{0,2}},?\s+where\s+(?:[\w’'-]+\s+){{0,6}}$     # of Kesh, where
    """,
    re.VERBOSE,
)
"""The same of a place that is described: `Sarn, the largest town of Kesh province, where`."""

WORST_HIT = re.compile(
    r"(?:^|,\s+)(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})\s+(?:is|was|remains)\s+(?:the\s+)?(?:worst|hardest)[\s-](?:affected|hit)"
    r"(?:\s+[a-z]+)?,?\s+(?:where|with)\s+(?:[\w’'-]+\s+){0,4}$"
)
"""The same of the place that fared worst: `Sarn is the worst affected, with`."""

NEXT_BRACKETED = re.compile(r"[^()]{1,30}\),?\s+(?:and\s+)?[A-Z][\w’' -]+\s+\(\d")


def bracketed(reading: Reading, start: int) -> Where | None:
    """The place before a number in brackets: `Tarvia (3.6 million), Marland (3.4 million)`."""
    found = BRACKETED.search(reading.text[max(0, start - LONGEST_NAME) : start])
    if found is None:
        return None
    entry = reading.gazetteer.find(found["name"])
    listed = found["before"] or NEXT_BRACKETED.match(reading.text[start : start + 2 * LONGEST_NAME])
    return Where(found["name"], entry, PlaceFrom.SENTENCE) if entry is not None or listed else None


def told_by_clause(reading: Reading, sentence: int, start: int) -> Where | None:
    """The place of which a clause tells a number: `in Sarn, where 12 people died`."""
    before = reading.text[max(reading.sentences[sentence].span_start, start - 3 * LONGEST_NAME) : start]
    found = DESCRIBED_WHERE.search(before) or WHERE.search(before) or WORST_HIT.search(before)
    if (
        found is None
        or ORG_WORDS.search(found["name"])
        or is_no_place(found["name"])
        or is_far_end(before, found.start("name"))
    ):
        return None
    return Where(found["name"], reading.gazetteer.find(found["name"]), PlaceFrom.SENTENCE)
