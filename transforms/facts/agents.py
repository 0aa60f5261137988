"""Reports in the passive that name who said it: `Residents were urged by the police to leave.`"""

from __future__ import annotations

import re

from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import DAY, DETERMINER
from copydesk.transforms.lexicon import Verb

AGENT = re.compile(
    rf"""
    \s+by\s+(?!(?:{DAY}|(?:January|February|March|April|May|June|July|August|September|October|November|December|next|last|this|then)\b))
    (?P<source>
        (?: (?i:{DETERMINER})\s+(?:[\w’'.&-]+\s+){{0,5}}?[\w’'.&-]+             # the mayor of Sellin
          | (?:[a-z]+\s+){{0,3}}[A-Z][\w’'.&-]*(?:\s+(?:(?:of|for|and|the)\s+){{0,2}}[A-Z][\w’'.&-]*){{0,6}}
          | (?:[a-z]+\s+){{0,2}}(?:[a-z]+s|police|staff)                          # government officials
        )
    )
    (?:\s+(?:on\s+|last\s+)*(?:{DAY}|week|month|year|yesterday))?
    \s+(?P<opens>that|to|not\s+to|of)\s
    """,
    re.VERBOSE,
)
"""Who says it behind a passive: `was told by the mayor that`, `have been advised by officials not to`."""

OPENS = {"that": {"that"}, "to": {"to"}, "not to": {"to"}, "of": {"of"}}
"""The frames of a verb that take what opens the words behind its agent."""


def by_agent(masked: str, found: re.Match[str], verb: Verb, offset: int) -> Report | None:
    """The report of a passive with its agent: `Residents were urged by the police to leave.`"""
    agent = AGENT.match(masked, found.end())
    if agent is None or verb.frames.isdisjoint(OPENS[" ".join(agent["opens"].split())]):
        return None
    that = agent["opens"] == "that"
    return Report(
        source_start=offset + agent.start("source"),
        source_end=offset + agent.end("source"),
        cue_start=offset + found.start(),
        cue_end=offset + found.end(),
        cue=found.group(),
        verb=verb,
        inverted=False,
        content=offset + (agent.end() if that else agent.end("source")),
        that=that,
    )
