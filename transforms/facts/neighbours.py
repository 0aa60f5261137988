"""What a number takes from the number before it: `from 5 percent to 7`, `1 minute and 45 seconds`, `of which 4,000`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from copydesk.transforms.facts.antecedents import opens_bare_clause
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.nouns import stands_for_count
from copydesk.transforms.numbers import Number
from copydesk.transforms.types import Fact, Sentence
from copydesk.transforms.vocabulary import Measure

OF_WHICH = re.compile(r"\bof\s+which\b", re.IGNORECASE)
"""What parts a whole: `4,747 houses in six regions, of which 4,000 …`."""

WITHIN = re.compile(r"\b(?:in|across|at|from|over|within|throughout|among|by|for)\s+(?:the\s+|all\s+)?$", re.IGNORECASE)
"""What stands before a number that is no whole of another behind it."""

UNIT_REACH = re.compile(
    r"(?:\s+(?:an?|per)\s+[a-z]+)?,?\s*(?:and|or|to|from|up from|down from|compared with|against|,)?\s*", re.IGNORECASE
)
CLOSED_AT = re.compile(
    r"(?:\s+(?:higher|lower|up|down|firmer|weaker))?(?:,?\s+or\s+[\d.]+\s?(?:%|per\s?cent|pc),?)?\s+(?:at|to)\s+"
)
"""What stands between the points that an index moved and where it closed: `rose 24 points at 5,839`."""

JOINED = re.compile(r",?\s+(?:and\s+)?(?:(?:about|nearly|almost|some|around|over|at\s+least|more\s+than)\s+)?")
"""What stands between the parts of one time, and between two that are told alike: `1 minute and 45 seconds`."""


PARALLEL = re.compile(
    r"(?:\s+[a-z]+){0,3}?\s+(?:in|at|near|around|from|of)\s+[^.;:()]{2,40}?(?:,\s+where\s+[^.;:()]{4,90})?"
    r"(?:,|,?\s+and|,?\s+while)\s+(?:another\s+)?"
)
"""What stands between two numbers of persons that no noun names: `killed 34 in Sarn and three in Kesh`."""

AT_ANOTHER = re.compile(r"\s+(?:more\s+|others\s+|each\s+)?(?:in|at|near|around|from)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}[A-Z]")
"""What stands behind the second of them."""

PLACE_LISTED = re.compile(
    r"\b(?:in|at|near|from)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}[A-Z][^.;:()\d]{1,40}?(?:,|,?\s+and)\s+$|\s[-–—:]\s*$"
)
"""What stands before a number of a list of places: `two in Tolm and one in Vard`, `three deaths - one in Sarn`."""

GAPPED = re.compile(
    r"[^.;:()]{0,80}?(?:,|,?\s+(?:and|while))\s+(?:(?:and\s+)?(?:in|at)\s+)?(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2}\s+(?:ha[sd]\s+)?"
)
"""What stands between two numbers whose verb is told once: `Sarn has received 20,300, and Tolm 8,900`."""

SAID_SO = re.compile(r"[^.\n]{2,80}?\b(?:said|claimed|estimated|counted)\s+(?:it\s+was\s+|there\s+were\s+)?")
"""What stands between a count and another source’s: `put the crowd at 20,000; organisers said 80,000`."""

OPPOSED = re.compile(
    r"\s+(?:opposed|against|in\s+favou?r|undecided|unsure|disapprov\w+|approv\w+|disagree\w*|oppose|support)\b"
)
SHARED = re.compile(r"[^.;]{0,60}\b(?:with|and|while|but)\s+")
"""What stands around a further share of a poll: `stood at 48 percent, with 39 opposed`."""

ENDS_CLAUSE = re.compile(r"\s*(?:[,.;]|$|\s(?:and|while)\b)")

CHANGE_TO = re.compile(r"(?:\s+(?:on|in|at)\s+[A-Z]\w+)?\s+to\s+")
"""What stands between the two numbers of a change: `rose from 74 to 82`."""

OF_THEM = re.compile(r"\s+of\s+(?:them|whom|those|these)\b(?!\s+[a-z]{3,}s\b)")

PUT_AT = re.compile(
    r"\b(?:put|puts|pegged|placed|estimated|brought|brings|raised|bringing)\s+(?:the|that|their)\s+"
    r"(?:number|figure|total|tally|count)\s+(?:at|to)\s+(?:even\s+|only\s+|just\s+)?$"
)
"""What stands before a number of what the sentence before counted: `others put the number at 1,000`."""

FAR = 60
"""Characters before a number in which that is told."""

TOOK = re.compile(
    r"\b(?:received|hosts?|hosted|recorded|registered|reported|counted|admitted|sheltered|logged|taken\s+in|took\s+in)\s+$"
)
"""Verbs whose bare number counts what the sentence before counted: `Sarn has so far received 20,300.`"""


LIMIT = 20
"""Characters before a number in which the verb stands that leads to it."""


class Before(NamedTuple):
    """The noun of the number before, and that of the number of its sentence that others may be a part of."""

    sentence: int
    noun: Noun
    whole: Noun
    bare: bool = False
    """Whether the noun is none of the text: the persons of `killed 34`."""


def next_before(text: str, before: Before | None, fact: Fact, noun: Noun | None, led: Noun | None = None) -> Before | None:
    """What the number behind a figure may take its noun from: the one beside it, or things that `led` to it."""
    if noun is None and led is not None and led.table in (None, "noun") and fact.unit == led.unit != "people":
        noun = replace(led, start=fact.span_start, end=fact.span_end)
    if noun is None:
        if fact.unit != "people" or (before is not None and before.sentence == fact.sentence and not before.bare):
            return before
        persons = Noun(
            start=fact.span_start,
            end=fact.span_end,
            word="people",
            item=None,
            table="person",
            measure=fact.measure,
            unit="people",
        )
        return Before(fact.sentence, persons, persons, bare=True)
    around = text[max(0, fact.span_start - LIMIT) : fact.span_start]
    inner = before is not None and before.sentence == fact.sentence and WITHIN.search(around)
    return Before(fact.sentence, noun, before.whole if before is not None and inner else noun)


def neighbours_noun(
    text: str, number: Number, index: int, before: Before | None, limit: int, sentence: Sentence
) -> Noun | None:
    """The noun of the number before, in the same sentence, or in the one before where this one goes on without a noun."""
    if before is None:
        return None
    things = before.noun.table != "unit"
    if before.sentence == index - 1 and things and _refers_back(text, number):
        return before.noun
    if before.bare:
        return before.noun if before.sentence == index and _parallel(text, before.noun, number) else None
    if before.sentence == index and (OF_WHICH.search(text, before.whole.end, number.start) or OF_THEM.match(text, number.end)):
        return before.whole
    here = before.sentence == index and _inherits(text, before.noun, number)
    goes_on = before.sentence == index - 1 and things and opens_bare_clause(text, number, sentence.span_start, limit)
    goes_on = goes_on or (before.sentence >= index - 1 and things and stands_for_count(text, number, sentence.span_start))
    return before.noun if here or goes_on else None


SCALED = re.compile(r"(?:lakh|million|crore|[bt]rillion|bn|mn|tn)$", re.IGNORECASE)
SUM_OF = re.compile(
    r"\b(?:profits?|loss(?:es)?|revenues?|sales|incomes?|earnings|turnover|costs?|budgets?|debts?|deficits?|surplus|investments?"
    r"|funding|aid|loans?|grants?)"
    r"\s+(?:of|at|was|were|is|to|from|for)\s+$"
)
"""What a sum is of that names no currency, where one before it does: `12 million crowns, after a loss of 3 million`."""


def _inherits(text: str, noun: Noun, number: Number) -> bool:
    """Whether a bare number takes its neighbour's noun: a unit reaches only as far as `from 5 percent to 7`."""
    if noun.unit == "percent" and OPPOSED.match(text, number.end) and SHARED.fullmatch(text, noun.end, number.start):
        return True
    if noun.unit == "points" and CLOSED_AT.fullmatch(text, noun.end, number.start):
        return True
    if (
        noun.measure == Measure.MONEY
        and SCALED.search(text, number.at, number.end)
        and SUM_OF.search(text, noun.end, number.start)
    ):
        return True
    return noun.table != "unit" or UNIT_REACH.fullmatch(text, noun.end, number.start) is not None


def _parallel(text: str, noun: Noun, number: Number) -> bool:
    """Whether a number is told like that of persons before it, whom `noun` spans: of another place, or of a change."""
    if PARALLEL.fullmatch(text, noun.end, number.start) and AT_ANOTHER.match(text, number.end):
        return True
    if SAID_SO.fullmatch(text, noun.end, number.start) and ENDS_CLAUSE.match(text, number.end):
        return True
    if GAPPED.fullmatch(text, noun.end, number.start) and ENDS_CLAUSE.match(text, number.end):
        return True
    return text.endswith("from ", 0, noun.start) and CHANGE_TO.fullmatch(text, noun.end, number.start) is not None


def _refers_back(text: str, number: Number) -> bool:
    """Whether a number alone counts what the sentence before counted: `1,371 of them`, `has so far received 20,300`."""
    if OF_THEM.match(text, number.end) or PUT_AT.search(text, max(0, number.start - FAR), number.start):
        return True
    return number.kind == "digits" and bool(
        ENDS_CLAUSE.match(text, number.end) and TOOK.search(text, max(0, number.start - LIMIT), number.start)
    )


def goes_on(text: str, number: Number, noun: Noun | None, before: Before | None, index: int) -> bool:
    """Whether a number goes on with what a figure before it began: `lasted 1 minute and 45 seconds`, `and one in Vard`."""
    if before is not None and before.sentence == index and number.low == 1 and AT_ANOTHER.match(text, number.end):
        return noun is None and PLACE_LISTED.search(text, before.noun.end, number.start) is not None
    if noun is None or before is None or not noun.measure == before.noun.measure == Measure.DURATION:
        return False
    return JOINED.fullmatch(text, before.noun.end, number.at) is not None
