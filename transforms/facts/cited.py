"""Whose word somebody passes on who reports: `Harbour Wire reported that 40 men were held, citing police`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.titles import ORG_WORDS, ROLES, TITLES
from copydesk.transforms.numbers import Number
from copydesk.transforms.types import Fact

CITED = re.compile(
    r"""
    (?:^|,|\breport(?:ed)?)\s*(?P<cue>citing|quoting)\s+                          # , citing
    (?P<by> (?:(?:the|an?|its|two|three|several|unnamed|unidentified|anonymous|local|senior)\s+){0,3}
        [\w’'.&-]+                                                             # officials
        (?:\s+(?!(?:as|who|which|that|on|after|when|while|and|but)\b)[\w’'&-]+){0,7} )
    (?=,|\.?$|\.\s|\s+(?:as|on|who|which)\b)
    """,
    re.VERBOSE,
)
CUES = ("citing ", "quoting ")
HEAD = re.compile(r"\s+(?:of|in|at|from|for|with|on|to|by|close)\s+")


def cited_by(reading: Reading, number: Number, said: Fact) -> tuple[str, str] | None:
    """Whom the one who says what holds a number cites for it, and the cue; `None` where nobody is cited.

    What is cited must be able to speak: `citing police`, not `citing a lack of funds`.
    """
    sentence = reading.sentences[reading.sentence_at(number.at)]
    if not any(word in sentence.text for word in CUES):
        return None
    for found in CITED.finditer(reading.text, sentence.span_start, sentence.span_end):
        outside = found.end() <= said.span_start or found.start() >= said.span_end
        if outside and not reading.quoted_at(found.start()) and _speaks(reading, found["by"]):
            return found["by"].rstrip(". "), found["cue"]
    return None


def _speaks(reading: Reading, phrase: str) -> bool:
    """Whether a phrase names persons or a body."""
    if person(phrase) is not None:
        return True
    noun = HEAD.split(phrase, maxsplit=1)[0].split()[-1].casefold()
    known = reading.lexicon.measures.get(noun, ("", ""))[1] in ("person", "one_person")
    return known or noun in ROLES or noun in TITLES or ORG_WORDS.search(phrase) is not None
