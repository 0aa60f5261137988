"""Bodies that an article calls by small nouns alone: `the transport ministry`, for which `the ministry` stands later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.transforms.names.heads import BODY
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.vocabulary import ClaimantKind

NOUNS = (
    "ministry agency service department authority commission bureau office council committee institute board directorate "
    "organisation organization network group tribunal court centre center unit association"
).replace(" ", "|")
SMALL_BODY = re.compile(
    rf"""
    (?:(?<=[.!?”\n]\s)(?=[A-Z])|(?<![\w’'-])(?=[a-z])|^)                           # where a sentence begins, or small
    (?P<name>(?:[Tt]he\s|[Aa]n?\s)?[A-Za-z][a-z-]+(?:\s[a-z-]+){{0,2}}?\s(?P<noun>{NOUNS}))\b  # transport ministry
    (?!\s(?:{NOUNS})\b)
    """,
    re.VERBOSE | re.MULTILINE,
)
ARTICLE = re.compile(r"^(?:.*\s)?(?:the|an?|of|for|from|in|by|to|at|with|and|as)\s+", re.IGNORECASE)
"""What stands before the name of a body: `from the defence ministry`."""


@dataclass(frozen=True, slots=True)
class SmallBody:
    """A body called by small nouns that ends at an offset: its noun, the whole of its name, its kind."""

    end: int
    noun: str
    name: str
    kind: str


def small_bodies(text: str, words: ClaimantWords) -> Iterator[SmallBody]:
    """The bodies that small nouns name in a text, in order, where a word before the noun tells the kind."""
    for found in SMALL_BODY.finditer(text):
        name, noun = ARTICLE.sub("", found["name"]), found["noun"]
        before = name.casefold().split()[:-1]
        described = words.describe(name)
        if not before or described is None or described.part != BODY or described.kind == ClaimantKind.MEDIA:
            continue
        if words.fields.before(before) is not None or described.head != noun:
            yield SmallBody(found.end(), noun, name, described.kind)
