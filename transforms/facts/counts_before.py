"""What a number counts by a count that is told with it: `the number of lorries rose to 526`, `a crowd of 200`."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.nouns import noun_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number

COUNT_OF = re.compile(
    r"""
    \b(?P<count>(?:the\s+|a\s+|total\s+|overall\s+|daily\s+)*(?:number|count|tally|total|amount|figure)s?\s+of)\s+  # number of
    (?:the\s+(?=people|persons|men|women|children|soldiers|victims|refugees|voters))?
    (?P<item>
        (?!the\s)[a-z][\w’'-]*                                    # lorries
        (?:\s+
          (?!(?:has|have|had|is|was|were|are|will|would|could|may|might|must       # lorries has, was, will
            |rose|risen|fell|grew|stood|stands|stand|reached|hit|climbed|jumped    # lorries rose, stands
            |dropped|increased|doubled|exceeded|topped|passed|surpassed
            |remain|remains|remained|went|came|totall?ed|numbered|declined|slipped
            |to|at|in|on|from|since|who|that|which|by|for|during|over|under|with   # lorries at, since
            |and|up|now|between|around|about|more|as)\b)
          [\w’'-]+                                                # affected fishing families
        ){0,4}
    )
    """,
    re.VERBOSE,
)
COUNT_BEHIND = re.compile(
    r"""
    \s+(?P<count>the\s+(?:total\s+|overall\s+|official\s+)*(?:number|count|tally|total|figure)\s+of)\s+  # to 63 the number of
    (?P<item>(?!the\s)[a-z][\w’'-]*(?:\s+(?!(?:in|on|at|since|who|that|this|by|for|during|from|so)\b)[\w’'.-]+){0,4})
    """,
    re.VERBOSE,
)
"""What is counted where the number stands before it: `brings to 63 the number of lorries lost`."""

VERBAL = re.compile(r"(?:exceed|surpass|topp|tops|eclips|near(?:ed|s|ing)|pass|cross|breach)")
"""Hedges that are verbs, which lead from what is counted to its number: `the number of lorries exceeds 1,400`."""

LEADS = re.compile(r"\b(?:to|at)\s+$")
OF_STATE = re.compile(
    r"\s(?P<state>killed|dead|injured|wounded|missing|displaced|arrested|detained|kidnapped|evacuated|rescued)\b"
)

POPULATION = re.compile(
    r"""
    \b(?P<item>population|membership|workforce|headcount|crowd|turnout|staff|electorate|audience|attendance|capacity|enroll?ment
      |(?:mother|father|mum|mom|dad|parents?|grandmother|grandfather|widow|widower)(?=\s+of)
      |family|crew|team|gang|party|squad|delegation|contingent|group
      |readership|viewership|congregation)
    (?:\s+(?:record|figure|limit|at\s+the\s+time|then))?           # an attendance record at 400, capacity at the time: 750
    (?:\s+of\s+(?:the\s+)?(?:[A-Za-z][\w’'-]+\s){0,3}?[A-Za-z][\w’'-]+    # the population of the valley
      (?=\s+(?:has|had|is|was|fell|rose|grew|reached|stands?|stood|dropped|numbers)\b)
      (?:\s+(?:has|had)\s+(?:fallen|risen|grown|dropped|shrunk|swollen|climbed|increased|declined)(?=\s+to\s))?)?  # has fallen
    (?:\s+(?:of|is|was|at|to|hit
        |numbers|numbered|numbering|swelled\s+to|reached|stands?\s+at|stood\s+at|has\s+reached|grew\s+to|rose\s+to|fell\s+to)\s+|\s*:\s*)$
    | \b(?P<home>city|town|village|island|nation|country|district|suburb|municipality|province|state|county|settlement
      |community|camp)\s+of\s+$                                                     # a city of 350,000
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A noun that counts persons, and the number behind it: `attendance: 4,300`, `a crowd of 200`."""
LINK = re.compile(
    r"\b(?:to|at|from(?:\s+(?:last\s+)?\w+[’']s)?|(?:is|was|were|are)(?:\s+(?:now|already|currently|still|then|about))?|reached|reaches|of|hit|exceed(?:s|ed)?|topped|passed|surpassed|totall?ed|numbered|be|stood)\s*$|[:(]\s*$",
    re.IGNORECASE,
)
"""What stands between `the number of lorries` and the number."""

NUMBERS = re.compile(r"\b(?P<item>[A-Za-z][a-z]{3,})\s+numbers\b(?=[^.;:\d]{0,40}$)")
"""Numbers of somebody that lead to one: `refugee numbers could exceed 100,000`."""

CHANGED = re.compile(
    r"\bfrom\s+(?:(?:last\s+)?\w+[’']s\s+)?(?:(?:about|some|around|over|nearly|almost|more\s+than|fewer\s+than|just|only|at\s+least)\s+)*\d[\d,.]*\d?\s+"
    r"(?:(?:(?:in|on|at|as\s+of)\s+)?(?:last|the|a|this|yesterday|early|late|[A-Z]\w+)(?:\s+[\w’']+){0,4}?\s+|\([^()]{1,30}\)\s+)?(?=to\s+$)"
)
"""What was counted before, in a change: `from Friday’s 74 to`, `from over 50 on Monday to`."""

COUNT_REACH = 120


def count_before(text: str, number: Number, start: int, lexicon: Lexicon) -> Noun | None:
    """What a number counts that a count of it leads to; `start` is that of the sentence."""
    low = max(start, number.start - COUNT_REACH)
    people = POPULATION.search(text, low, number.start)
    if people is not None:
        at, end = people.span("item") if people["item"] else people.span("home")
        return Noun(start=at, end=end, word="people", item=text[at:end], table="person", measure=None, unit="people")
    found = max(COUNT_OF.finditer(text, low, number.start), key=lambda one: one.start(), default=None)
    found = found or NUMBERS.search(text, low, number.start)
    behind = COUNT_BEHIND.match(text, number.end) if LEADS.search(text, low, number.start) else None
    if behind is not None:
        return _item_of(text, behind, lexicon)
    if found is None or re.search(r"[.;]\s|\d", CHANGED.sub("", text[found.end() : number.start])):
        return None
    if not LINK.search(text, found.end(), number.start) and not VERBAL.match(number.hedge or ""):
        return None
    return _item_of(text, found, lexicon)


def _item_of(text: str, found: re.Match[str], lexicon: Lexicon) -> Noun | None:
    """The noun of a count, with what befell the persons in it: `the number of soldiers killed`."""
    noun = noun_of(text, found.start("item"), found.end("item"), lexicon)
    state = OF_STATE.search(found["item"])
    if noun is None or state is None or noun.unit != "people":
        return noun
    return replace(noun, measure=lexicon.measures.get(state["state"], (noun.measure, ""))[0])
