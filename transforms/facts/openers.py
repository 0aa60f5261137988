"""Whom a sentence is about by how it opens: a person without a name (`A wounded porter crawled out.`), or a body.

A pronoun behind it means them, though another spoke before: `“They shot at everything,” he said.`
"""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.facts.titles import BODY_NOUNS, ORG_WORDS

LEAD = r"(?:(?:On|In|At|Since|Earlier|Last|Late|Early)\s[^,.;:“”\"]{2,30},\s+|(?:But|And|Then|Later|Meanwhile),?\s+)?"
PERSON = re.compile(
    rf"""
    {LEAD}
    (?P<phrase>(?:[Aa]n?|[Oo]ne|[Aa]nother)\s+(?:[a-z][\w’'-]*\s+){{0,3}}?(?P<noun>[a-z][a-z-]+)      # A wounded porter
      (?:\s+(?:with|of|from|in|at|on|for)\s+(?:(?:the|an?|his|her)\s+)?                      # with a bandaged hand
        (?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)??)
    (?:,?\s+who\s[^,.;:“”\"]{{3,80}},?)?
    \s+(?P<verb>(?:was|is|had|has|were|could|would|did|stood|sat|ran|held|lay|fell|lost|saw|left|came|went|told|hid|took|kept|stayed|wept
      |[a-z]{{3,}}ed)\b)                                                                            # crawled
    """,
    re.VERBOSE,
)
"""A sentence about one person without a name."""

ASKERS = frozenset("reporter journalist interviewer moderator correspondent host".split())
"""Persons whose questions others answer."""

ASKING = frozenset("asked questioned interviewed".split())
"""What whoever does it is not quoted for: `A reporter asked about the wage.`"""

BODY = re.compile(
    rf"""
    {LEAD}
    (?P<phrase>(?:[Tt]he\s+)?(?:[\w&’'.-]+\s+){{0,5}}?(?P<noun>[\w-]+)                               # The rebel Dawn Front
      (?:\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s(?:and\s)?[A-Z][\w’'-]+){{0,3}})?)               # Ministry of Mines
    (?:[’']s?\s+(?:[a-z-]+\s+){{1,3}}?|,\s[^,.;:“”\"]{{3,80}},\s+|\s+(?:also\s+|later\s+|then\s+|\w+ly\s+)?)
    (?:(?:was|is|had|has|were|have|could|would|will|did|held|lost|left|came|went|took|kept|put|ran|set|shut|began|met|made|gave|sent|issues?
      |[a-z]{{2,}}ed)\b)
    """,
    re.VERBOSE,
)
"""A sentence about one body, or about what is its own."""


def person_opening(text: str, start: int, end: int, is_person: Callable[[str], bool]) -> re.Match[str] | None:
    """The person without a name whom text[start:end] is about; `None` where it is about something else, or somebody asks.

    >>> person_opening("A wounded porter crawled out.", 0, 29, "porter".__eq__)["phrase"]
    'A wounded porter'
    >>> person_opening("A reporter asked about it.", 0, 26, "reporter".__eq__)
    """
    found = PERSON.match(text, start, end)
    return found if found is not None and is_person(found["noun"]) and found["verb"] not in ASKING else None


def body_opening(text: str, start: int, end: int) -> str | None:
    """The body that text[start:end] is about; `None` where it is about something else.

    >>> body_opening("The rebel Dawn Front later issued a statement.", 0, 46)
    'The rebel Dawn Front'
    >>> body_opening("The river rose.", 0, 15)
    """
    found = BODY.match(text, start, end)
    if found is None or not (found["noun"].casefold() in BODY_NOUNS or ORG_WORDS.fullmatch(found["noun"])):
        return None
    return found["phrase"]
