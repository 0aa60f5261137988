"""Where what somebody says begins behind the verb: past who is spoken to, a time, an occasion, `that`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.adverbials import behind_adverbial
from copydesk.transforms.facts.subjects import DAY
from copydesk.transforms.lexicon import Verb

ADDRESSEE = re.compile(
    r"\s+(?:to\s+)?(?:the\s+)?[\w’'.&\x00-]+"
    r"(?:\s+(?:[A-Z][\w’'.&-]*|\x00+|[a-z]+))*?(?=\s+(?:that\b|on\s+[A-Z]|to\b)|[,:.])"
)

SPOKEN_TO = re.compile(
    r"""
    \s+
    (?: (?:(?:[Tt]he|an?)\s+)? (?:[A-Z][\w’'.&-]*\s+(?:(?:of|for|the|and|&)\s+)?(?=[A-Z]))* [A-Z][\w’'.&-]*    # Harbour Radio
      | them|him|me|us|you|her
      | (?:the\s+)?(?:[a-z]+\s+)?[a-z]+s                                         # reporters
      | (?:[a-z]+\s+)?(?:police|radio|television|parliament|congress|media|people|staff)  # local radio
      | (?:the|an?|his|her|their)\s+                                             # a local paper, not: the whole truth
        (?!(?:[a-z-]+\s+){0,2}(?:story|tale|truth|lie|joke|secret|difference|time|way)\b)
        (?:[a-z-]+\s+){0,2}(?!(?:about|of|to|in|on|at|for|with|by|from)\b)[a-z]+
    )
    (?=\s+(?:he|she|it|they|we|I|you|there|the|an?|this|these|those|his|her|their|its|our|no|some|many|most|about|at\sleast|nearly
        |more\sthan|over|enough|one|both|all|every|people)\b|\s+\d)
    """,
    re.VERBOSE,
)
"""Who is spoken to before a clause without `that`: `told Harbour Radio the pier fell`."""

BESIDE = r",\s+(?:furthermore|moreover|however|meanwhile|too|though|in\s+addition|for\s+example|for\s+instance|therefore),"
"""A word between commas before what is said: `the union claims, furthermore, that`."""


def content_of(masked: str, at: int, verb: Verb) -> tuple[int, bool]:
    """Where what is said begins after the verb at `at`: past an addressee, a time, a comma, `that`."""
    if "addressee" in verb.frames and (found := SPOKEN_TO.match(masked, at) or ADDRESSEE.match(masked, at)) is not None:
        at = found.end()
    found = re.match(
        rf"(?:\s+(?:[a-z]+ly|later|also|again))?"
        rf"(?:\s+(?:on\s+|late\s+|early\s+|last\s+)*(?:{DAY}|today|yesterday|week|month|night|year|[A-Z][a-z]+\.?\s?\d{{1,2}})"
        rf"(?:\s+(?:morning|afternoon|evening|night))?)?"
        r"(?:\s+(?:in|via|on|to|through|at|during)\s+(?:an?|the|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+){0,4}?"
        r"(?:\s+(?:to|with|on|for)\s+(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+[A-Z][\w’'.&-]*){0,3})?)??"
        r"(?:\s+the\s+(?:information|news|reports?|fact))?"
        rf"(?:\s+{DAY})?"
        rf"(?:{BESIDE}|\s+(?:however|though|instead|too)(?=\s+that\b))?"
        r"\s*(?:,\s*)?(?P<that>\s*that\b,?)\s*",
        masked[at:],
    )
    if found is not None:
        return at + found.end(), True
    behind = behind_adverbial(masked, at, verb.lemma) if "that" in verb.frames else None
    if behind is not None:
        return behind
    rest = re.match(
        rf"(?:{BESIDE})?(?:\s+(?:(?:on\s+)?(?:{DAY})|yesterday|today|tonight)(?!\s+(?:was|is|will|morning|night)\b))?\s*[:,]?\s*",
        masked[at:],
    )
    return at + (rest.end() if rest else 0), False
