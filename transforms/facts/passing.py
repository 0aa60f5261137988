"""Which numbers are told in passing and are no figures: durations, `one` as a word of grammar."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.transforms.facts.circumstances import rate_after
from copydesk.transforms.facts.counting import LIMIT
from copydesk.transforms.facts.measures import MeasureReader
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import Measure, NumberReason

PASSING = re.compile(
    r"\b(?:past|last|next|first|previous|coming|recent|over|after|within|in|for|every|ago|later|earlier)\s+"
    r"(?:the\s+)?(?:past\s+|last\s+|next\s+|first\s+|about\s+|more than\s+)?$",
    re.IGNORECASE,
)

TELLS_WHEN = re.compile(
    r"\b(?:past|last|next|previous|coming|recent|ago|later|earlier)\s+"
    r"(?:about\s+|around\s+|nearly\s+|some\s+|more\s+than\s+)?$",
    re.IGNORECASE,
)
"""What makes a time one of the calendar: `the past four months`; `in four months` is how long it takes."""

CHANGED = re.compile(
    r"""
    \b(?: rais(?:ed?|ing) | length(?:en(?:ed|ing|s)?) | increas(?:ed?|ing) | extend(?:ed|ing|s)?          # was raised
        | prolong(?:ed|ing|s)? | shorten(?:ed|ing|s)? | reduc(?:ed?|ing) | cut(?:s|ting)?                 # was cut
        | rose | risen | fell | fallen | gr(?:ew|own) | climb(?:ed|s)? | dropp?(?:ed|s)?                  # it rose
        | doubl(?:ed|ing) | tripl(?:ed|ing)
    )\b
    (?:\s+[\w’'-]+){0,6}? \s+(?:to|by|from)\s+$                                                           # from 12 to
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Verbs of change whose time is what is reported: `the term was raised from 12 to more than 21 years`."""

ONE_AFTER = re.compile(
    r"\s+(?:of|another|day|thing|who|that|or\s+more|and|is|was|in\s+which|could|can|such|more|side|hand|time|way)\b|[.,;:]",
    re.IGNORECASE,
)

HARMED = re.compile(r"\b(?:kill|injur|wound|hurt|maim|arrest|detain)(?:ed|ing|s|ting)?\s+$")
HARMED_END = re.compile(r"\s*(?:[.;]|,\s+(?:and|while|injuring|wounding)\b)|\s+and\s+(?:[a-z]+(?:ed|ing)|left|hurt)\b")
"""What stands around one whom something befell."""

DURATION_OF = re.compile(r"\b(?:of|take|takes|took|last|lasts|lasted|lasting|serve|serves|served|serving)\s+[“\"]?$")

DURATION_HEAD = re.compile(
    r"^\s+of\s+|^\s+(?:in\s+(?:prison|jail|custody|default|detention)|behind\s+bars|imprisonment)\b|^(?:-long|\s+(?:long|pause|truce|ceasefire))"
)

TERM = re.compile(
    r"""
    \s+(?:(?:prison|jail|suspended|custodial|probation|renewable|fixed|minimum|federal)\s+)*       # a 20-year prison
    (?:sentence|term|lease|mandate|ban|curfew|truce|ceasefire|pause|contract|suspension|moratorium  # sentence, truce
      |imprisonment|mourning|embargo|strike|siege|blackout|stoppage|walkout|shutdown|standoff       # strike
      |lockdown|quarantine|filibuster|outage|gun\s?(?:battle|fight)|firefight                                  # gun battle
      |state\s+of\s+(?:emergency|siege|alert|calamity|alarm|disaster)                               # state of emergency
    )s?\b
    """,
    re.VERBOSE,
)
"""What a compound of a duration is of where the duration is what is reported: a `20-year sentence`, a `ten-day truce`."""

SENTENCED = re.compile(
    r"\b(?:sentenc(?:ed|es?|ing)|condemn(?:ed|s|ing)?)\s+(?:[\w’'-]+\s+){0,4}?to\s+$|\b(?:jailed|imprisoned|banned|suspended|disqualified)\s+for\s+$"
    r"|\b(?:extended|prolonged|lengthened|shortened|delayed|postponed)\s+(?:for|by)\s+(?:a\s+further\s+|another\s+)?$",
    re.IGNORECASE,
)
"""Verbs whose duration is what is reported: `jailed for six years`, `extended by ten days`."""

TERM_OF = re.compile(
    r"\b(?:imprisonment|prison|jail|detention|custody|confinement|incarceration|labou?r|exile|probation|suspension|disqualification"
    r"|ban|curfew|lockdown|quarantine|mourning|embargo|truce|ceasefire|blockade|siege)\s+(?:of|for|lasting)\s+(?:up\s+to\s+)?$"
)
"""Nouns of what lasts so long: `imprisonment for two years`, `a siege of 40 days`."""

LASTING = re.compile(
    r"""
    \b(?:
      (?: negotiat(?:ed|ing) | talking | wait(?:ed|ing) | on\s+strike | battl(?:ed|ing) | besieged | held | stranded  # held
        | closed | trapped | shut(?:\s+down)? | (?:was|were|went|power)\s+out | blocked | halted | grounded            # was out
        | cut\s+off | last(?:ed|s|ing)? | without\s+(?:power|electricity|water|food)  # without power
        | adrift | at\s+sea | stuck | marooned | queu(?:ed|ing) | unconscious                                         # adrift
      )\s+for
      | (?:waits?|waiting|delays?|queues?|backlogs?|lifespans?|turnaround)(?:\s+(?:times?|periods?|lists?))?\s+  # wait is now
        (?:is|are|was|were|of|reached|averaged)(?:\s+now)?
      | needs? | requires? | (?:takes?|took|taken)\s+(?:us|him|her|them|the\s+[a-z]+|(?:\w+\s)?[a-z]+s)  # took them
    )\s+$
    """,
    re.VERBOSE,
)
"""What lasts or is needed so long: `have been negotiating for five months`, `was closed for 30 minutes`."""

ELAPSED = re.compile(r"\s+(?:have|had|has)\s+(?:already\s+|now\s+)?(?:passed|elapsed)\b")
"""What stands behind a time that is told as such: `more than 24 hours have passed`."""

OF_TERMS = re.compile(
    r"\b(?:(?:terms?|sentences?)\s+(?:of\s+|(?:rang(?:ing|ed?|es)\s+)?from\s+)|(?:jailed|imprisoned|banned|suspended)\s+for\s+)"
    r"(?:[\w-]+\s+(?:days?|weeks?|months?|years?)\s+to\s+)?$"
)
"""The two ends of terms: `terms from four months to six years`."""

JOINED_TERM = re.compile(r"\s+(?:and|or)\s+(?:an?\s+)?\w+-(?:day|week|month|year)\b")
"""What stands between the first of two terms and their noun: `two-year and four-month terms`."""

SENTENCED_TOO = re.compile(r"\b(?:sentenc(?:ed|es?|ing)|condemn(?:ed|s|ing)?)\b[^.;]*\band\b[^.;]*\bto\s+$", re.IGNORECASE)
"""A second sentence in a row: `sentenced Brell to 57 months and his brother to eight months`."""

REACH = 80
"""Characters before a time in which a verb of change stands."""

AND_MORE = re.compile(r"(?:,|,?\s+and)\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b")
"""What stands behind one who is counted together with others: `one policeman and two civilians`."""

INSIDE = re.compile(r"\d\s$")


class Passed(NamedTuple):
    """Why a number is no figure, and what one of it is where that is a time: years, days."""

    reason: str
    unit: str | None


def in_passing(text: str, number: Number, noun: Noun | None) -> str | None:
    """Durations in passing and `one` as a word of grammar are no figures."""
    word = text[number.at : number.end].casefold()
    if text[number.end : number.end + 1] == "-" and INSIDE.search(text[max(0, number.start - 12) : number.start]):
        return NumberReason.NAME
    if word == "one" and number.kind == "words" and number.hedge is None:
        counted = noun is not None and (noun.table in ("noun", "unit", "person") and noun.measure != Measure.DURATION)
        if (not counted or ONE_AFTER.match(text, number.end)) and not _is_victim(text, number):
            return NumberReason.IDIOM
    return _duration(text, number, noun) if noun is not None and noun.measure == Measure.DURATION else None


def _is_victim(text: str, number: Number) -> bool:
    """Whether `one` is somebody whom a verb befell: `a blast killed one and wounded 71`."""
    return (
        HARMED.search(text, max(0, number.start - 20), number.start) is not None
        and HARMED_END.match(text, number.end) is not None
    )


def _duration(text: str, number: Number, noun: Noun) -> str | None:
    """Why a time is no figure; `None` where it is what is reported."""
    after = text[noun.end : noun.end + 30]
    before = text[max(0, number.start - 40) : number.start]
    if rate_after(text, noun.end) is not None:
        return None
    if after.startswith((" ago", " earlier", " later", " old")):
        return NumberReason.DATE
    if any(pattern.search(before) for pattern in (SENTENCED, TERM_OF, LASTING, OF_TERMS)):
        return None
    if ELAPSED.match(after) and not before.lower().endswith("the "):
        return None
    if after.startswith((" before", " after")):
        return NumberReason.DATE
    if any(pattern.search(text, max(0, number.start - REACH), number.start) for pattern in (CHANGED, SENTENCED_TOO)):
        return None
    opened = text[max(0, number.at - 40) : number.at]
    if PASSING.search(before) or (PASSING.search(opened) and not DURATION_OF.search(before)):
        return NumberReason.DATE if TELLS_WHEN.search(before) or TELLS_WHEN.search(opened) else NumberReason.DURATION
    joined = JOINED_TERM.match(text, noun.end)
    if TERM.match(text, joined.end() if joined is not None else noun.end) is not None:
        return None
    hyphen = text[number.end : number.end + 1] == "-"
    head = not hyphen and (DURATION_HEAD.match(after) or DURATION_OF.search(before))
    return None if head else NumberReason.DURATION


def is_somebody(text: str, number: Number, noun: Noun, measures: MeasureReader, start: int) -> bool:
    """Whether `one` says `somebody` whom nothing befell: `one woman told the court`."""
    alone = text[number.at : number.end].casefold() == "one" and number.hedge is None
    person = noun.table == "person" or noun.measure == Measure.PERSONNEL
    if AND_MORE.match(text, noun.end):
        return False
    return alone and person and measures.beside(text, number.start, noun.end, start, noun.end + LIMIT) is None
