"""What a number counts whose noun does not stand behind it: `the number of lorries rose to 526`, `twelve of the 40 guests`."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.counts_before import COUNT_REACH, count_before
from copydesk.transforms.facts.gauges import gauged
from copydesk.transforms.facts.noun_phrases import OF, Noun, is_plural
from copydesk.transforms.facts.nouns import head_noun, lies, noun_of
from copydesk.transforms.facts.ranked import ranked_noun
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

OF_WHOLE = re.compile(
    r"\s+(?:out\s+of\s+(?:(?:the|its|a\s+total\s+of)\s+)?"
    r"|of\s+(?:(?:the|its|their|his|her|these|those|our|all|a\s+total\s+of|(?:the\s+)?\w+[’']s)\s+)+)(?:(?:about|some|nearly|around|roughly|more"
    r"\s+than|over|at\s+least|almost|estimated|first|last|other|remaining|[a-z]+)\s+){0,2}?",
    re.IGNORECASE,
)
"""`twelve of the 40`: what stands between a part and its whole."""

STATE = re.compile(r"\s+(?P<state>killed|dead|deceased|injured|wounded|missing|arrested|detained|kidnapped|abducted)\b")
"""What stands for the persons in it behind a whole: `seven of the nine killed`."""

STATES = {
    "accused": None,
    "convicted": None,
    "condemned": None,
    "rescued": Measure.FREED,
    "evacuated": Measure.DISPLACED,
    "displaced": Measure.DISPLACED,
    "arrested": Measure.DETAINED,
    "detained": Measure.DETAINED,
    "infected": Measure.AFFECTED,
    "sick": Measure.AFFECTED,
}
"""What else stands for persons, and what befell them."""

OF_STATE = re.compile(rf"\s+of\s+(?:the|those)\s+(?P<state>{'|'.join(STATES)})\b(?!\s+[a-z]{{3,}}s\b)")

OF_ALONE = re.compile(r"\s+of\s+")
"""`12 of 39 counts`."""

LABEL = re.compile(
    r"""
    (?:^|[.;\n•*-]\s*)
    (?P<label>(?P<noun>(?:[A-Z][\w’-]*\s+)?(?:[a-z][\w’-]*\s+){0,2}?[\w’-]+s|People|Persons)             # Houses
      (?:\s+(?P<state>displaced|affected|killed|injured|wounded|missing|evacuated|destroyed|damaged       # damaged
          |rescued|arrested|homeless|dead|sheltered|cast)(?:\s+(?:or|and|/)\s+[a-z]+ed)?)?)              # or destroyed
    (?:\s+so\s+far)?(?:\s*:\s*(?:[a-z]+\s){0,3}|\s+(?P<dash>[-–—])\s+)$                                # : at least
    """,
    re.VERBOSE,
)
"""What a list of figures counts before each: `Houses damaged or destroyed: 345`, `Rejected votes – 41`."""

GAPPED = re.compile(r"\d[^.;]{0,60}?\band\s+(?:the\s+)?(?P<noun>(?:[a-z]+\s+)?[a-z]{3,}s),\s+$")
GAP_ENDS = re.compile(r"\s*(?:[.;]|$)")

LINE_ENDS = re.compile(r"\s*(?:[.;,]?\s*(?:\n|$)|\()")
"""What stands behind a number that a dash parts from its label: no more of a sentence."""

NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
PARTED = re.compile(
    rf"[.;:()\d]|^\s*,?\s*(?:and|or)\b|\b(?:{NUMBERS}|is|are|was|were|has|have|had|in|on|at|to|for|by|from|with|that|who|which)\b"
)
"""What does not stand between a number and the noun that it modifies."""

JOINED = re.compile(r"\s*(?:,|,?\sand|\sor|\sto)\s+")
"""What stands between two numbers that share a unit; `277, or 62.4 percent` says one thing twice."""

BARE_VERB = re.compile(
    r"\s+(?:(?:of\s+(?:them|whom|those|these)|others?|more)\s+)?(?:were|are|have|had|remain(?:ed)?|died|fled|drowned|survived|escaped|stayed"
    r"|arrived|left|returned|came|went|live|lived|work|worked)\b"
)
"""`Eight were pulled out`: the number alone is the subject of a verb."""

WHO = re.compile(r"\s+(?:more\s+|others?\s+)?who(?:se|m)?\b")
CROWD_VERB = re.compile(
    r"\s+(?:more\s+)?(?:(?:had|have|were|are|will|would|could|may)\s+(?:\w+\s+){0,2}?)?(?:[a-z]+ed|fled|left|came|went|sat|stood)\b"
)
OF_THINGS = re.compile(
    r"\s+(?:\w+\s+){0,3}?(?:damaged|destroyed|demolished|flattened|razed|burned|burnt|cancel(?:l?ed)|delayed|closed|collapsed|built|sold|delivered"
    r"|produced|used|installed|grounded|published|planned|expected|needed|related|based|looted|confiscated|added)\b"
)
"""What is told of things: `Dozens were damaged`."""

VOTED = re.compile(r"\s+(?:of\s+(?:them|whom|those|these)\s+)?(?:voted|abstained)\b")
"""`71 of them voted for Moss`."""

FOR = re.compile(r"\s*[-–—]?\s*(?:for|against)\b")
OPENS_CLAUSE = re.compile(
    r"(?:^|[.;:,—–]\s|\b(?:and|but|while|that|as|when|where|said|say|says|of whom|only|just|about|nearly|some|at least"
    r"|more than|over|almost|another)\s)\s*$",
    re.IGNORECASE,
)
PERSON_VERBS = re.compile(
    r"""
    \s+(?:\w+\s+){1,4}?                                                                        # were safely
    (?:pulled|rescued|treated|taken|arrested|detained|hospitali[sz]ed|evacuated|infected|admitted      # rescued
      |trapped|believed|feared
      |charged|freed|released|deported|convicted|acquitted|displaced|sent\s+(?:home|back)       # charged
      |killed|injured|wounded|missing|dead|drowned|buried|stranded|registered|vaccinated|discharged|identified)\b  # killed
    """,
    re.VERBOSE,
)


def noun_elsewhere(
    text: str, number: Number, following: Number | None, start: int, limit: int, lexicon: Lexicon
) -> Noun | None:
    """The noun that a number counts though it does not stand behind it; `None` where none is said.

    `following` is the next number of the text, `start` and `limit` bound the sentence.
    """
    return (
        gauged(text, number, start, limit)
        or whole_of(text, number, following, limit, lexicon)
        or count_before(text, number, start, lexicon)
        or _labelled(text, number, start, lexicon)
        or _in_state(text, number, limit)
        or ranked_noun(text, number, start, limit, lexicon)
        or _unit_behind(text, number, following, limit, lexicon)
        or _gapped(text, number, start, lexicon)
    )


def _unit_behind(text: str, number: Number, following: Number | None, limit: int, lexicon: Lexicon) -> Noun | None:
    """The unit that a number shares with the one behind it: `highs of 34 and 24 degrees`."""
    if following is None or JOINED.fullmatch(text, number.end, following.start) is None:
        return None
    noun = head_noun(text, following, lexicon, limit)
    shared = noun is not None and noun.table == "unit" and noun.measure in (Measure.MEASUREMENT, Measure.SHARE)
    return noun if shared else None


def _gapped(text: str, number: Number, start: int, lexicon: Lexicon) -> Noun | None:
    """The second subject of a verb that stands once: `the voters were 1,800 and the rejected votes, 41`."""
    found = GAPPED.search(text, max(start, number.start - COUNT_REACH), number.start)
    if found is None or not GAP_ENDS.match(text, number.end):
        return None
    return noun_of(text, found.start("noun"), found.end("noun"), lexicon)


def _labelled(text: str, number: Number, start: int, lexicon: Lexicon) -> Noun | None:
    """The noun of the label before a number: `Persons displaced: 3,456`, `Homes destroyed: at least 40`."""
    found = LABEL.search(text[max(start, number.start - COUNT_REACH) : number.start])
    if found is None or (found["dash"] and not LINE_ENDS.match(text, number.end)):
        return None
    start = max(start, number.start - COUNT_REACH)
    noun = noun_of(text, start + found.start("noun"), start + found.end("noun"), lexicon)
    if noun is None:
        return None
    measure = lexicon.measures.get((found["state"] or "").casefold(), (None, None))[0] if noun.table != "noun" else None
    return replace(noun, end=start + found.end("label"), item=found["label"], measure=measure or noun.measure)


def is_whole(text: str, before: Number | None, number: Number) -> bool:
    """Whether the number before is a part of this one: the 40 of `twelve of the 40 guests died` is no toll."""
    return before is not None and _joins_whole(text, before.end, number.start)


def _joins_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands between a part and its whole."""
    return OF_WHOLE.fullmatch(text, start, end) is not None or OF_ALONE.fullmatch(text, start, end) is not None


OF_THOSE = re.compile(
    r"\b[Oo]f\s+(?:all\s+)?(?:those\s+(?:[a-z]+ed|caught|held|hurt|taken|found|seen|who)|them)\b[^.;]{0,60},\s+$"
)
"""Whom a number is a part of: `Of those caught, 16,245 were sent home`."""

PART_OF = re.compile(
    r"""
    \b[Oo]f\s+(?:all\s+)?(?:the|those|these|its|their)\s+
    (?:(?:about|some|nearly|more\s+than|over|at\s+least)\s+)?(?:[\d,.]+\s+)?(?:people\s+|persons\s+|confirmed\s+|reported\s+)?
    (?P<word>[a-z]+)(?:\s+(?:so\s+far|there|in\s+[A-Z]\w+|on\s+[A-Z]\w+))?,\s+                # Of the 52 dead,
    (?P<other>[^,.;:()]{3,60}\s(?:and|,)\s+)?                                              # 40 were in Sellin and
    (?:(?:about|some|nearly|only|just|another|more\s+than|over|at\s+least)\s+)*$
    """,
    re.VERBOSE,
)
"""What stands before a part of those whom something befell: `Of the deaths, 40 were in Sellin and 12 in Sarn`."""

OF_THOSE_REACH, WITH_REACH = 150, 30
"""Characters before a number in which these stand: a sentence may hold thousands of numbers."""

ABOARD = re.compile(r"\s+(?:(?:were|are|was|is)\s+)?(?:still\s+|safely\s+)?(?:on\s+board|aboard)\b")
"""What stands behind a number of persons alone: `sank with 27 on board`."""

BUILT_FOR = re.compile(r"\b(?:built|designed|meant|made)\s+(?:for|to\s+(?:hold|house|seat))\s+$")
"""What stands before the number of persons that a place has room for: `the camp, built for 5,000, holds`."""

WITH = re.compile(r"\bwith\s+(?:another\s+)?$")
DOING = re.compile(
    r"\s+(?:still\s+|now\s+|already\s+)?"
    r"(?:fleeing|arriving|crossing|seeking|living|sheltering|waiting|reaching|returning|leaving|staying|sleeping|attending)\b"
)
"""What persons do who are told behind `with` by their number alone: `with 5,600 reaching the border`."""


def part_befell(text: str, number: Number, start: int, lexicon: Lexicon) -> str | None:
    """What befell those of whom a number is a part told behind them: `Of the deaths, 40 were in Sellin and 12 in Sarn`."""
    found = PART_OF.search(text, max(start, number.start - OF_THOSE_REACH), number.start)
    if found is None or (found["other"] and not (found["other"][0].isdigit() or found["other"].startswith(COUNTS))):
        return None
    measure = lexicon.measures.get(found["word"], (None, ""))[0]
    return measure if measure in PERSON_MEASURES - {Measure.PERSONNEL} else None


COUNTS = ("one ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ", "ten ", "eleven ", "twelve ")
"""How a part before it opens that is written in words."""


def is_bare_persons(text: str, number: Number, start: int, limit: int) -> bool:
    """Whether a number alone is told of persons: `Eight were pulled out`, `with 27 on board`, `with 5,600 reaching it`."""
    if number.kind in ("digits", "words", "vague") and (
        ABOARD.match(text, number.end, limit)
        or (WITH.search(text, max(start, number.start - WITH_REACH), number.start) and DOING.match(text, number.end, limit))
    ):
        return True
    if number.kind == "digits" and BUILT_FOR.search(text, max(start, number.start - WITH_REACH), number.start):
        return GAP_ENDS.match(text, number.end) is not None or text[number.end : number.end + 1] == ","
    if number.kind in ("digits", "words") and (VOTED.match(text, number.end, limit) or _votes_for(text, number, start)):
        return True
    if number.kind == "vague" and _is_crowd(text, number, start, limit):
        return True
    if number.kind not in ("digits", "words", "vague") or not BARE_VERB.match(text, number.end, limit):
        return False
    if OF_THOSE.search(text, max(start, number.start - OF_THOSE_REACH), number.start):
        return True
    return (
        OPENS_CLAUSE.search(text[start : number.start]) is not None and PERSON_VERBS.match(text, number.end, limit) is not None
    )


def _is_crowd(text: str, number: Number, start: int, limit: int) -> bool:
    """Whether a vague number alone is told of persons: `hundreds who had queued`, `Dozens gathered`."""
    if WHO.match(text, number.end, limit):
        return True
    alone = CROWD_VERB.match(text, number.end, limit) is not None and not OF_THINGS.match(text, number.end, limit)
    return alone and OPENS_CLAUSE.search(text[start : number.start]) is not None


def _votes_for(text: str, number: Number, start: int) -> bool:
    """Whether a number is one of votes whose verb stands before: `71 voted for Moss, 2 - for Fenn`."""
    return FOR.match(text, number.end) is not None and re.search(r"\bvoted\b", text[start : number.start]) is not None


def opens_bare_clause(text: str, number: Number, start: int, limit: int) -> bool:
    """Whether a number alone is a clause's subject: it counts what the sentence before counted."""
    return BARE_VERB.match(text, number.end, limit) is not None and OPENS_CLAUSE.search(text[start : number.start]) is not None


def modified_noun(text: str, number: Number, clauses: Clauses | None, limit: int, lexicon: Lexicon) -> Noun | None:
    """The noun that a number modifies in the parse of its sentence: `seven current and former officials`."""
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None or lies(text, number):
        return None
    if clauses.at(number.at) == counted:  # dozens of lawsuits
        of = [child for child in clauses.children(counted, "nmod") if clauses.cased(child, "of")]
        counted = of[0] if of else counted
    if clauses.token(counted).pos not in ("NOUN", "PROPN"):
        return None
    start, end = clauses.span([counted])
    if not number.end < start < end <= limit or not is_plural(clauses.token(counted).text):
        return None
    between = OF.sub(" ", text[number.end : start], count=1)
    if PARTED.search(between):
        return None
    return noun_of(text, start - len(between.lstrip()), end, lexicon)


def whole_of(text: str, number: Number, following: Number | None, limit: int, lexicon: Lexicon) -> Noun | None:
    """The noun of the whole that a number is a part of: `22 of the 745 damaged houses`."""
    if following is None or following.start >= limit or not _joins_whole(text, number.end, following.start):
        return None
    return head_noun(text, following, lexicon, limit) or _of_state(text, following, limit)


def _in_state(text: str, number: Number, limit: int) -> Noun | None:
    """The persons of a state that stands for them, where a number is a part of them: `six of the accused`."""
    state = OF_STATE.match(text, number.end, limit)
    if state is None:
        return None
    at, end = state.span("state")
    word = state["state"]
    return Noun(start=at, end=end, word="people", item=word, table="person", measure=STATES[word], unit="people")


def _of_state(text: str, whole: Number, limit: int) -> Noun | None:
    """What a part of a whole counts that a state alone names: `seven of the nine killed`."""
    state = STATE.match(text, whole.end, limit)
    if state is None:
        return None
    at, end = state.span("state")
    return Noun(start=at, end=end, word=state["state"], item=text[at:end], table=None, measure=None, unit="people")
