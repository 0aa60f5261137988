"""Runs of capitalised words, of which names are cut."""

from __future__ import annotations

import re

from copydesk.transforms.facts.person_mentions import STARTERS

CAPITAL = r"(?:St\.|[^\W\d_a-zß-öø-ÿ][\w’'&.-]*[\w’']|[A-Z])"
RUN = re.compile(
    rf"{CAPITAL}(?:(?:,?\s(?:of|for|and|the|de|du|des|la|without|on|in|to)){{0,2}}\s{CAPITAL}|\s&\s{CAPITAL}|\s\d+\b)*"
)
"""A run of capitalised words, with the small words that stand inside names of bodies."""


def without_starters(run: str) -> str:
    """A run without the capitalised words that open a sentence and no name."""
    words = run.split(" ")
    while words and words[0].casefold().strip(",") in STARTERS:
        words = words[1:]
    while words and words[0].islower():
        words = words[1:]
    return " ".join(words)
