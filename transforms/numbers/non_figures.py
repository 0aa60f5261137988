"""Numerals that are no figure: dates, clock times, ages, ordinals, names, identifiers, scores, idioms.

`RULES` is the visible list: each is a reason and a test, tried in order; the first that holds gives the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.numbers.ages import is_age
from copydesk.transforms.numbers.day_numbers import is_day_of_month, is_decade, is_eleventh, is_short_end, is_year, is_years
from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.scores import is_ratio, is_result, is_score
from copydesk.transforms.numbers.setting import COUNTS_AFTER, NAME_BEFORE, Setting
from copydesk.transforms.numbers.values import FAR
from copydesk.transforms.vocabulary import NumberReason

REACH = 40
"""Characters before and after a numeral that a rule may look at."""

CLOCK = re.compile(
    r"""
      :\d{2}                                                    # 7:30
    | \s?(?:[ap]\.?m\b                                          # 7 p.m.
          |o[’']clock                                           # 7 o’clock
          |hours\s+(?:GMT|local|UTC)                            # 7 hours GMT
          |GMT\b
          |h\d{2}\b                                             # 7h30
          |hrs\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
CLOCK_ZONE = re.compile(r"\s?(?:GMT|UTC|hrs|hours(?:\s+(?:GMT|local|UTC))?|local\s+time)\b")
"""What stands behind four digits of a clock: `0700GMT`."""

HOUR = re.compile(r"0\d[0-5]\d")
"""Four digits that no count begins with: `at 0730`."""

CLOCK_DOT = re.compile(r"[0-2]?\d\.[0-5]\d")
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
NTH = re.compile(
    r"""
    \s+(?:consecutive|successive|straight|such|person|man|woman|victim|body|suspect|party|day|night|week|month
      |year|time|season|round|term|attempt|country)\b  # season
    | \s+(?:(?!(?:of|and|or|in|on|to|for|said|died|had|has|have|was|were|are|is|more|less|when|after|as)\b)[a-z-]+\s+){0,2}
      (?:case|death|fatality|casualty|infection|wave|outbreak|dose|explosion|blast|attack|quake|earthquake|storm  # a third
        |hearing|trial|strike|vessel|ship|boat|bomb|arrest|tremor|landslide|eruption|child|patient|suspect
        |community|village|town|city|state|province|district|region|house|home|building|school|church|mosque|hospital
        |bridge|car|bus|truck|lorry|van|train|plane|aircraft|helicopter|vehicle|company|firm|bank|group|team|club|player
        |goal|match|title|medal|soldier|officer|policeman|worker|student|teenager|defendant|witness|candidate|option
        |source|member|brother|sister|son|daughter|driver|passenger|survivor|gunman|attacker|assailant|hostage|prisoner
        |journalist|charge|count|factor|reason|site|location|incident|report|study|phase|stage|floor)\b  # a third village
    """,
    re.VERBOSE,
)
"""What is counted by its place and is no part: `a fifth consecutive season`, `a third cholera case`."""

HURT = re.compile(
    r"\b(?:wounded|injured|killed|hurt|blinded|arrested|detained|shot|maimed|crippled|wounding|injuring|killing)\s+$"
)
"""What one more person is counted behind: `killed two guards and wounded a third`."""

OPENS_PHRASE = (
    "An?|All|The|These|Those|Another|Only|Just|Both|Its|Their|His|Her|Our|My|And|But|Of|With|At|By|From|For|On|To|As|When|While|If"
    "|After|Before|Then|Among|Besides|Yet|So|Or|Than|Some|About|Around|Over|Nearly|Almost"
)
"""Words that open a sentence or a phrase and are no name with a number: `All 27 aboard`."""

CAPITAL_BEFORE = re.compile(rf"(?:^|[^.!?:“\"\n]\s)(?!(?:{OPENS_PHRASE})[\s-])[A-Z][\w’'-]*(?<![’']s)[\s-]$")
TOLD_APIECE = re.compile(r"(?:,|\band)\s+(?:and\s+)?in\s+(?:[A-Z][\w’'-]*\s){1,2}$")
"""Places before their numbers, which a count leads to: `450 were moved in Sarn, in Tolm 120 and in Vard 75`."""

ENDS_CLAUSE = re.compile(r"\s*(?:[,.;]|$)|\s+and\b")

MEASURED = re.compile(
    r"\s?%|\s?°|\s(?:percent|per\ cent|miles|feet|met(?:re|er)s|kilomet(?:re|er)s|km|yards|acres|hectares"
    r"|people|persons|hours|minutes|years|points)\b"
)
"""What makes a number a count whatever stands before it: `highway 37 miles west of Sellin`."""

GLUED = re.compile(r"[\w]\Z|[A-Za-z]-\Z|[/.#@]\Z")
GAUGED = ("magnitude-", "Magnitude-")
"""A word of a scale that is no name: `a magnitude-8 earthquake`."""

NEXT_OF = {"a third": "two|2|twin|pair", "a fifth": "four|4", "a sixth": "five|5"}
"""An ordinal that looks like a part, and the count that it goes on."""

ONE_DOES = re.compile(
    r",?\s+(?:was|is|has|had|died|remains|escaped|drowned|survived|fled|suffered|succumbed|perished|later|also|who|injured)\b"
)

AFTER_GLUED = re.compile(
    rf"""
    ^(?: [-–][A-Z\d] | /\d | \.\d | [A-Z]\d | \([a-z\d]\)    # 4-B, 4/3, 4B3
      | (?!m\s(?:{FAR})\b)[A-Za-z]\b                          # 4x
    )
    """,
    re.VERBOSE,
)
"""A letter or a number glued behind: `4x4`; the metre of `500m away` is no such letter."""

PICTURE_LINES = frozenset("240 360 480 720 1080 1440 2160 4320".split())
"""Heights of pictures, told with a p: `1080p`."""

OF_PRICE = re.compile(
    r"c(?:\s+(?:an?|per|each|to|higher|lower|cheaper|dearer|more|less|off|from)\b|-(?:an?|per)-|,|\.(?:\s|$))"
)
"""What stands behind a price in cents: `fell 5c to $1.20`, `45c a loaf`."""

IDIOM_AFTER = re.compile(r"^\s+(?:horsemen|by one|by two|another\b)", re.IGNORECASE)
IDIOM_BEFORE = re.compile(r"\b(?:at\s+sixes\s+and|cloud|catch|plan|one\s+to|one\s+by|one\s+on)\s+$", re.IGNORECASE)
TELEPHONE = re.compile(
    r"(?<![\w,.])\x00?\+?\(?(?:\d{1,3}\x00?\)?[-\s]\x00?\(?)?\x00?\d{3}\x00?\)?(?:-|\s(?=\x00?\d{3}\x00?-))\x00?\d{3}\x00?-\x00?\d{4}\x00?(?!\w)"
    r"|(?<![\w,.-])\x00?\d{3}\x00?-\x00?\d{4}\x00?(?![\w-])"
)
"""A telephone number, whose parts may stand in marks of the numeral that is asked."""

LIST_MARK = re.compile(r"(?:\A|\n)\s*\Z")
MARKED = re.compile(r"[.)]\s+[A-Z“\"]")
"""What stands around the number of a line: `2. Boats`."""

OR_TWO = re.compile(r"\b(?:an?|one)\s+(?:[a-z-]+\s+){1,3}or\s+$", re.IGNORECASE)
REFERENCE = re.compile(r"\d\s+(?:[a-z-]+\s+){1,3}\($")
"""What stands before the number of a footnote in brackets: `14 deaths (1)`; `Sellin (14)` counts."""

CALIBRE = re.compile(
    r"\s?(?:mm|millimet(?:re|er)|cal\.|calibre|caliber|gauge|bore)\b(?:[\s-][a-z-]+){0,2}?[\s-]"
    r"(?:pistols?|(?:hand|machine|shot|submachine\s)?guns?|revolvers?|rifles?|carbines?|mortars?|howitzers?|cannons?|shells?|rounds?|bullets?"
    r"|cartridges?|ammunition|ammo|artillery|weapons?|rockets?|casings?)\b"
)
"""A calibre behind a number and the weapon that it names: `a 9mm pistol`."""

ADDRESS = re.compile(
    r"\s+(?:[A-Z][\w’'.-]*\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Square|Way|Crescent|Terrace)\b"
)
"""A street behind a house number."""


def no_figure(text: str, number: Number) -> NumberReason | None:
    """Why the numeral at text[number.at:number.end] states no figure; `None` where it may. What has a currency may.

    >>> from copydesk.transforms.numbers import read_numbers
    >>> [str(no_figure(text, read_numbers(text)[0])) for text in ("May 3", "14 boats", "Channel 4")]
    ['date', 'None', 'name']
    """
    if number.currency:
        return None
    word = text[number.at : number.end]
    setting = Setting(
        number, word, text[max(0, number.at - REACH) : number.at], text[number.end : number.end + REACH], word.isdigit()
    )
    return next((reason for reason, holds in RULES if holds(setting)), None)


def _clock(one: Setting) -> bool:
    """`7 p.m.`, and the `30` of `7:30`."""
    if CLOCK_DOT.fullmatch(one.word) and CLOCK.match(one.after):
        return True
    if one.digits and len(one.word) == 4 and (CLOCK_ZONE.match(one.after) or HOUR.fullmatch(one.word)):
        return True
    return one.digits and len(one.word) <= 2 and (CLOCK.match(one.after) is not None or one.before.endswith(":"))


def _ordinal(one: Setting) -> bool:
    """`the 14th day`, `a fifth consecutive season`."""
    if one.number.kind == "fraction" and one.word.casefold().startswith("a ") and not one.word.casefold().endswith("quarter"):
        return NTH.match(one.after) is not None or (HURT.search(one.before) is not None and one.after[:1] in ".,;)")
    return one.digits and ORDINAL.match(one.after) is not None


def _one_more(one: Setting) -> bool:
    """The third of `killed two guards. A third died later`: the next of those who were counted."""
    count = NEXT_OF.get(one.word.casefold())
    return (
        count is not None
        and re.search(rf"\b(?:{count})\b", one.before, re.IGNORECASE) is not None
        and ONE_DOES.match(one.after) is not None
    )


def _identifier(one: Setting) -> bool:
    """`permit 48211907`, the mark of a list's line; not `48000000 crowns`, which is round."""
    marked = (
        one.digits and len(one.word) <= 2 and LIST_MARK.search(one.before) is not None and MARKED.match(one.after) is not None
    )
    return (one.digits and len(one.word) >= 7 and not one.word.endswith("000")) or marked or _telephone(one)


def _reference(one: Setting) -> bool:
    """The marks of notes: `14 deaths (1)`, `the board said [2]`."""
    if not one.digits or len(one.word) > 2:
        return False
    if one.before.endswith("[") and one.after.startswith("]"):
        return True
    return one.after.startswith(")") and REFERENCE.search(one.before) is not None


def _calibre(one: Setting) -> bool:
    """`a 9mm pistol`, the 120 of `two 120 mm mortar rounds`: a kind of weapon is no length."""
    return one.number.kind == "digits" and CALIBRE.match(one.after) is not None


def _telephone(one: Setting) -> bool:
    """Any part of `1-833-555-0130`, `555-0130`, `020 7946 0958`."""
    printed = f"{one.before}\x00{one.word}\x00{one.after}"
    return any(found.start() <= len(one.before) < found.end() for found in TELEPHONE.finditer(printed))


def _numbered(one: Setting) -> bool:
    """`Channel 4`, `Boeing 737`, `phase one`."""
    if MEASURED.match(one.after):
        return False
    return one.number.kind in ("digits", "words", "range", "oneinto") and NAME_BEFORE.search(one.before) is not None


def _glued(one: Setting) -> bool:
    """`F-16`, `#4`, `4x4`; not `storm—14 boats`, where a dash parts two clauses."""
    glued_before = GLUED.search(one.before) is not None and not one.before.endswith(("—", "–", *GAUGED))
    return glued_before or (one.digits and not _has_letter_unit(one) and AFTER_GLUED.match(one.after) is not None)


def _has_letter_unit(one: Setting) -> bool:
    """`45g`, `a 12V battery`, `30C`, `52p a share`; not `5C`, which is a door or a form, nor `1080p`, lines of a picture."""
    letter, alone = one.after[:1], not one.after[1:2].isalnum()
    if letter in ("p", "c"):
        return alone and one.word not in PICTURE_LINES and (letter == "p" or OF_PRICE.match(one.after) is not None)
    return alone and (letter in ("g", "V", "W", "h") or (letter in ("C", "F") and len(one.word) == 2))


def _after_capital(one: Setting) -> bool:
    """`on Highline 66 near Sellin`; not `Sellin 14 boats`, where a plural follows."""
    if one.digits and one.number.hedge is None and ADDRESS.match(one.after):
        return True
    if not one.digits or len(one.word) > 4 or one.number.hedge is not None:
        return False
    if CAPITAL_BEFORE.search(one.before) is None or COUNTS_AFTER.match(one.after) is not None:
        return False
    return TOLD_APIECE.search(one.before) is None or ENDS_CLAUSE.match(one.after) is None


def _idiom(one: Setting) -> bool:
    """`one by one`, `cloud nine`, `at sixes and sevens`, `a storm or two`, `a decade and a half`."""
    if one.word.casefold() == "one" and one.before.casefold().endswith("at ") and one.after.startswith(" point"):
        return True
    if one.word.casefold() == "two" and OR_TWO.search(one.before):
        return True
    if one.word.casefold() == "a half" and one.before.endswith("and "):
        return True
    return IDIOM_AFTER.match(one.after) is not None or IDIOM_BEFORE.search(one.before) is not None


RULES: tuple[tuple[NumberReason, Callable[[Setting], bool]], ...] = (
    (NumberReason.DATE, is_day_of_month),
    (NumberReason.DATE, is_years),
    (NumberReason.DATE, is_short_end),
    (NumberReason.SCORE, is_ratio),
    (NumberReason.CLOCK, _clock),
    (NumberReason.DATE, is_year),
    (NumberReason.DATE, is_eleventh),
    (NumberReason.ORDINAL, _ordinal),
    (NumberReason.ORDINAL, _one_more),
    (NumberReason.SCORE, is_result),
    (NumberReason.AGE, is_age),
    (NumberReason.IDENTIFIER, _identifier),
    (NumberReason.IDENTIFIER, _reference),
    (NumberReason.NAME, _numbered),
    (NumberReason.NAME, _calibre),
    (NumberReason.NAME, _glued),
    (NumberReason.NAME, _after_capital),
    (NumberReason.SCORE, is_score),
    (NumberReason.IDIOM, _idiom),
    (NumberReason.DATE, is_decade),
)
