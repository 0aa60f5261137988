"""Numerals that are a result, a vote, a ratio or a level: `3-1`, `52-48`, `two-for-one`, `Level 3 out of 5`."""

from __future__ import annotations

import re

from copydesk.transforms.numbers.setting import COUNTS_AFTER, NAME_BEFORE, Setting

LEVEL = re.compile(
    r"\b(?:level|category|stage|grade|rating|rated|scored?|marks?)\s+(?:of\s+)?\d+(?:\.\d+)?\s+out\s+of\s+$", re.IGNORECASE
)
"""Before the end of a scale: `a Level 3 out of 5 risk`."""

AFTER_SCORE = re.compile(r"\d\s?[-–]$")
FIRST = re.compile(r"(?<![\w.,/-])\d{1,3}\s?[-–]\Z")
PAIR = re.compile(r"\d{1,3}[-–]\d{1,3}")
WON = re.compile(
    r"\b(?:won|lost|los[est]s?|beat(?:en|ing|s)?|defeat(?:ed|s|ing)?|led|lead|leads|trail(?:ed|ing|s)?|drew|draw|win|wins|victory|loss"
    r"|score[sd]?|vot(?:e|es|ed|ing)|passed|approved|rejected|prevailed|ahead|behind)\b[^.;:]{0,40}$"
)
"""What stands before a result that grows: `lost to Sellin 14-25`."""
BASE = re.compile(r"\b(?:per|(?:for|in|out\s+of)\s+every)\s+$", re.IGNORECASE)
"""What stands before the number that another is counted by: `14 deaths per 100,000 people`."""

VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\s+(?:of\s+|was\s+|by\s+)?(?:\d{1,3}\s+to\s+)?$", re.IGNORECASE)
"""What stands before the two numbers of a vote that is told as a score: `by a vote of 90 to 10`."""

VOTE_TO = re.compile(r"\s+to\s+\d{1,3}\b(?!\s?%|\s+(?:percent|per\ cent|people))")

RATIO = re.compile(r"^-(?:to|for)-\w+\b(?!-year)")
SPELT_RATIO = re.compile(r"^-for-\w+\b")
ONE_RATIO = re.compile(r"\b(?:\d{1,2}|two|three|four|five|six|ten)-(?:for|to)-\Z")
"""What stands before the second number of a ratio: `a two-for-one split`."""
SCORE = re.compile(r"^\s?[-–]\s?\d{1,3}\b(?!\s*(?:people|percent|per|km|kilomet|mile|year|day|hour|month|week|minute))")


def is_ratio(one: Setting) -> bool:
    """`a 3-to-1 vote`, `a two-for-one split`, the 100,000 of `14 deaths per 100,000 people`."""
    pattern = RATIO if one.digits else SPELT_RATIO
    return any((pattern.match(one.after), ONE_RATIO.search(one.before), BASE.search(one.before)))


def is_result(one: Setting) -> bool:
    """Both numbers of `a 25-14 loss` and `beat Sellin 3-1`, whatever name stands before."""
    if one.number.kind == "range":
        pair = PAIR.fullmatch(one.word) is not None and COUNTS_AFTER.match(one.after) is None
        return pair and WON.search(one.before) is not None
    if not one.digits or len(one.word) > 3 or NAME_BEFORE.search(FIRST.sub("", one.before)):
        return False
    return SCORE.match(one.after) is not None or FIRST.search(one.before) is not None


def is_score(one: Setting) -> bool:
    """The 1 of `won 3-1`; not `3-4 people`."""
    if LEVEL.search(one.before):
        return True
    if one.digits and VOTE.search(one.before) and (VOTE_TO.match(one.after) or one.before.rstrip().endswith(" to")):
        return True
    if one.number.kind == "range" or not one.digits:
        return False
    return SCORE.match(one.after) is not None or AFTER_SCORE.search(one.before) is not None
