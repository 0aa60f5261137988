"""Reports whose source stands behind the verb: `“…,” said the mayor in Sellin`; `The quay fell, said Ida Fisk, a clerk.`"""

from __future__ import annotations

import re

from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import DETERMINER, FULL_STOP, NAMED
from copydesk.transforms.lexicon import Verb

INVERTED_END = re.compile(
    rf"""
      [,;:!?“”\"\n\x00] | —(?![A-Z])                                              # not: said Sellin—Sarn Line head Ida Fisk
    | {FULL_STOP}                                                                # said Sen. Fisk.
    | \s+(?:in|on|at|after|during|when|while|as|who|that|which|before|by|from|adding|but|with|because|this|last|to   # in Sellin
        |alongside|beside|above)\s                                              # alongside a photo
    """,
    re.VERBOSE,
)
"""Where the source ends that stands behind its verb: `said the mayor in Sellin`."""

OFFICES = (
    "director|chief|head|spokesman|spokeswoman|spokesperson|president|chairman|chairwoman|chair|ceo|manager|minister|secretary|officer"
    "|coordinator|commissioner|governor|mayor|professor|editor|analyst|economist|lawyer|engineer|official|administrator|captain|leader"
    "|representative|envoy|ambassador|delegate|inspector|superintendent|commander|sheriff|sergeant|prosecutor|judge|attorney|clerk"
    "|treasurer|registrar|principal|owner|member|organi[sz]er|activist|researcher|scientist|curator|bishop|priest|pastor|coach"
    "|surgeon|doctor|nurse|senator|lawmaker|councillor|partner|agent|neighbou?r|mother|father|brother|sister|wife|husband|son"
    "|daughter|uncle|aunt|cousin"
)

RANKS = "former|then|senior|deputy|assistant|vice|associate|managing|executive|acting"

APPOSITIVE = re.compile(
    rf"""
    ,\s+(?=(?:the|a|an|head|chief|director|[A-Z][a-z]+’s)\b
        |(?:(?:{RANKS})[\s-])*(?:co-)?(?:{OFFICES}|fellow|founder|adviser|advisor)s?\b           # senior fellow
        |(?:[A-Z][\w’'&-]*\s+){{1,6}}(?:[a-z]+\s+){{0,3}}(?:{OFFICES})\b)
    (?: [^,.;“”"\x00]
      | (?<=\b(?:Mr|Ms|Dr|St|Jr|Co))\. | (?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Inc|Ltd))\. | (?<=\b[A-Z])\.  # to Mr. Moss
    ){{3,90}}
    (?=[,.;])
    """,
    re.VERBOSE,
)

OF_OFFICE = re.compile(
    rf"""
    \b(?:{OFFICES})\b (?:\s[^,]*)? (?<=[a-z])$                                  # the board’s deputy director
    """,
    re.VERBOSE,
)
"""What a name may follow behind a comma: an office whose last word has no capital, for `the mayor of Sarn, Kesh` is in Kesh."""

INDEFINITE = re.compile(r"(?:an?|one|another)\s+(?:[a-z-]+\s+){0,3}[a-z-]+(?=\s)")
RESTRICTED = re.compile(r"\s+who\s+[^,.;:!?—“”\"\n\x00]{3,80}(?=[,.;:!?—“”\"\n\x00]|$)")
"""What tells which person without a name it is: `said a woman who lives by the pier`."""

OCCASION = re.compile(
    r"\s+(?:in|during|at|via|on)\s+(?:an?|the|his|her|its|their)\s+(?:[a-z]+\s+){0,2}"
    r"(?:statement|interview|briefing|post|email|speech|letter|report|video|message|(?:news|press)\s+conference)\b[^,]*(?=$|,$)"
)
"""On what occasion somebody speaks, behind the office: `the head of the board in a statement`."""

IS_CLAUSE = re.compile(
    r"\s[a-z]{3,}ed\s+(?:his|her|its|their|the|an?|it|them)\b|\b(?:is|are|was|were|has|have|had|will|would)\b"
)
"""What no source holds: `…, says the driver treated his passengers badly`."""

TURNS = frozenset("said says told added adds reported reports according".split())
"""Forms that a source without a name may follow behind a clause: `It fell, said the mayor`, not `…, declared a strike`."""


def source_behind(text: str, masked: str, found: re.Match[str], verb: Verb, offset: int) -> Report | None:
    """The subject after its verb, behind what is said: `“…,” said X`."""
    before = masked[: found.start()].rstrip()
    closes = text[offset : offset + len(before)].rstrip("”\"»“」'")[-1:]
    if before.endswith("\x00") and closes not in ",.?!…—-":
        return None
    if not before.endswith(("\x00", ",")) or "quote" not in verb.frames or found.group().endswith("ing"):
        return None
    rest = masked[found.end() :]
    if not re.match(rf"\s+(?:{DETERMINER}\s|[A-Z]|(?:[a-z][\w-]*\s+){{1,4}}[A-Z])", rest):
        return None
    stop = INVERTED_END.search(rest)
    stop_at = stop.start() if stop else len(rest)
    appositive = APPOSITIVE.match(rest, stop_at)
    if appositive is None and OF_OFFICE.search(rest[:stop_at]) is not None:
        appositive = NAMED.match(rest, stop_at)
    source_end = appositive.end() if appositive is not None else stop_at
    if appositive is not None and (occasion := OCCASION.search(rest, appositive.start(), source_end)) is not None:
        source_end = occasion.start()
    source_start = len(rest) - len(rest.lstrip())
    if (whom := RESTRICTED.match(rest, source_end)) is not None and INDEFINITE.match(rest, source_start):
        source_end = whom.end()
    turned = found.group() in TURNS or rest[source_start : source_start + 1].isupper()
    if before.endswith(",") and not (turned and IS_CLAUSE.search(rest[source_start:source_end]) is None):
        return None
    if source_end - source_start < 2 or not re.search(r"[^\W\d_]{2}", rest[:source_end]):
        return None
    begin = found.end()
    return Report(
        source_start=offset + begin + source_start,
        source_end=offset + begin + source_end,
        cue_start=offset + found.start(),
        cue_end=offset + begin,
        cue=found.group(),
        verb=verb,
        inverted=True,
        content=offset + begin + source_end,
        that=False,
    )
