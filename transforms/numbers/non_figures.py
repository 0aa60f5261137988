"""Numerals that are no figure: dates, clock times, ages, ordinals, names, identifiers, scores, idioms.

`RULES` is the visible list: each is a reason and a test, tried in order; the first that holds gives the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.numbers.ages import is_age
from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.scores import is_ratio, is_result, is_score
from copydesk.transforms.numbers.setting import COUNTS_AFTER, NAME_BEFORE, Setting
from copydesk.transforms.numbers.values import FAR
from copydesk.transforms.vocabulary import NumberReason

REACH = 40
"""Characters before and after a numeral that a rule may look at."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTH_BEFORE = re.compile(
    rf"""
    \b{MONTH}\s+(?:the\s+)?                               # May 3, May the 3rd
    (?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:,|and|to|-|–|or|&)\s*)*$  # May 3 and 4: the days before this one
    """,
    re.IGNORECASE | re.VERBOSE,
)
MONTH_AFTER = re.compile(
    rf"""
    (?:st|nd|rd|th)?                                      # 3rd of May
    (?:\s*(?:and|to|-|–|or)\s*\d{{1,2}})?                 # 3 and 4 May
    \s+(?:of\s+)?{MONTH}(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
YEAR_AFTER_DATE = re.compile(rf"\b{MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?$", re.IGNORECASE)
"""`May 3, 2019` and `May 2019`."""

YEAR_CUE = re.compile(
    r"""
    \b(?:in|since|until|till|by|of|from|before|after|during     # in 1820
      |late|early|mid-?|the|and|to|through|for|around           # late 1820
      |summer|winter|spring|autumn|fall                         # summer 1820
    )\s*$
    | [(–/-]\s*$                                                # Ida Ferrell (1820
    | ,\s*$                                                     # Sellin, 1820
    """,
    re.IGNORECASE | re.VERBOSE,
)
PLURAL_AFTER = re.compile(r"\s+[a-z]{3,}s\b|\s+(?:people|men|women|children)\b")
YEAR_OPENS = re.compile(r"(?:^|[.!?\n”\"]\s*)(?:In|Since|During|By|Until|Before|After|Between|From)\s+(?:early\s+|late\s+)?$")
"""At the head of a sentence four digits are a year whatever follows: `In 2024 people fled`."""

YEAR_DASH = re.compile(r"(?<!\d)(?:1[7-9]|20)(?P<two>\d\d)\s?[-–/]\Z")
"""A year before the end of a span: `1925-40`."""

DECADE_END = re.compile(r"(?![^\W\d_])|s\b")
SHORT_YEAR = re.compile(r"(?:^|[\s(])[’'‘]$")
"""What stands before a year without its century: `in ’08`."""

COUNTED = re.compile(
    r"""
    \s+(?:people|men|women|children|troops|soldiers|fighters|civilians|trucks|houses|homes|jobs|workers|members|students
      |pupils|patients|families|households|miles|metres|meters|feet|tonnes|tons|dollars|euros|pounds|votes|cases|deaths
      |\w+ees                                                   # 2000 employees, 2000 refugees
    )\b
    """,
    re.VERBOSE,
)
"""What is told by the thousand: `2000 people` is a figure, `2000 elections` a year."""

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

CLOCK_DOT = re.compile(r"[0-2]?\d\.[0-5]\d")
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
NTH = re.compile(
    r"""
    \s+(?:consecutive|successive|straight|such|person|man|woman|victim|body|suspect|party|day|night|week|month
      |year|time|season|round|term|attempt|country)\b  # season
    | \s+(?:(?!(?:of|and|or|in|on|to|for|said|died|had|has|have|was|were|are|is|more|less|when|after|as)\b)[a-z-]+\s+){0,2}
      (?:case|death|fatality|casualty|infection|wave|outbreak|dose|explosion|blast|attack|quake|earthquake|storm  # a third
        |hearing|trial|strike|vessel|ship|boat|bomb|arrest|tremor|landslide|eruption|child|patient|suspect)\b  # cholera case
    """,
    re.VERBOSE,
)
"""What is counted by its place and is no part: `a fifth consecutive season`, `a third cholera case`."""

HURT = re.compile(
    r"\b(?:wounded|injured|killed|hurt|blinded|arrested|detained|shot|maimed|crippled|wounding|injuring|killing)\s+$"
)
"""What one more person is counted behind: `killed two guards and wounded a third`."""

CAPITAL_BEFORE = re.compile(r"(?:^|[^.!?:“\"\n]\s)[A-Z][\w’'-]*(?<![’']s)[\s-]$")
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

ONE_DOES = re.compile(r",?\s+(?:was|is|has|had|died|remains|escaped|drowned|survived|fled|suffered|later|also|who|injured)\b")

AFTER_GLUED = re.compile(rf"^(?:[-–][A-Z\d]|(?!m\s(?:{FAR})\b)[A-Za-z]\b|/\d|\.\d|[A-Z]\d|\([a-z\d]\))")
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


def _day_of_month(one: Setting) -> bool:
    """`May 3`, `3rd of May`, `May 3 to 5`; not `May 300 boats`."""
    number = one.number
    day = number.low if number.low is not None else number.high  # the week leading up to 7 December
    if not (one.digits or number.kind == "range") or day is None or day > 31:
        return False
    return bool(MONTH_BEFORE.search(one.before) or MONTH_AFTER.match(one.after))


def _years(one: Setting) -> bool:
    """`between 2017 and 2022`; not `between 1,800 and 1,900 people`."""
    number = one.number
    if number.kind != "range" or (COUNTED.match(one.after) and not YEAR_OPENS.search(one.before)):
        return False
    return all(bound is not None and 1700 <= bound <= 2100 and bound == int(bound) for bound in (number.low, number.high))


def _short_end(one: Setting) -> bool:
    """The 19 of `2018-19` and the 40 of `1925–40`: a year without its century behind another."""
    found = YEAR_DASH.search(one.before) if one.digits and len(one.word) <= 2 else None
    if found is None or COUNTS_AFTER.match(one.after) is not None:
        return False
    return int(found["two"][-len(one.word) :]) < int(one.word)


def _clock(one: Setting) -> bool:
    """`7 p.m.`, and the `30` of `7:30`."""
    if CLOCK_DOT.fullmatch(one.word) and CLOCK.match(one.after):
        return True
    if one.digits and len(one.word) == 4 and CLOCK_ZONE.match(one.after):
        return True
    return one.digits and len(one.word) <= 2 and (CLOCK.match(one.after) is not None or one.before.endswith(":"))


def _year(one: Setting) -> bool:
    """`in 2019`; four digits are a year unless they count persons or things that are told by the thousand: `2000 people`."""
    if one.digits and len(one.word) == 2 and SHORT_YEAR.search(one.before) and DECADE_END.match(one.after):
        return True
    if not (one.digits and len(one.word) == 4) or not 1700 <= int(one.word) <= 2100:
        return False
    if YEAR_AFTER_DATE.search(one.before) or not PLURAL_AFTER.match(one.after):
        return True
    if YEAR_OPENS.search(one.before):
        return True
    if COUNTED.match(one.after):
        return False
    return YEAR_CUE.search(one.before) is not None or 1950 <= int(one.word) <= 2040


def _eleventh(one: Setting) -> bool:
    """The two halves of `9/11`."""
    return (one.word == "9" and one.after.startswith("/11")) or (one.word == "11" and one.before.endswith("9/"))


def _ordinal(one: Setting) -> bool:
    """`the 14th day`, `a fifth consecutive season`."""
    if one.number.kind == "fraction" and one.word.casefold().startswith("a ") and not one.word.casefold().endswith("quarter"):
        return NTH.match(one.after) is not None or (HURT.search(one.before) is not None and one.after[:1] in ".,;)")
    return one.digits and ORDINAL.match(one.after) is not None


def _one_more(one: Setting) -> bool:
    """The third of `killed two guards. A third died later`: the next of those who were counted."""
    count = NEXT_OF.get(one.word.casefold())
    return (
        count is not None and re.search(rf"\b(?:{count})\b", one.before) is not None and ONE_DOES.match(one.after) is not None
    )


def _identifier(one: Setting) -> bool:
    """`permit 48211907`, the mark of a list's line; not `48000000 crowns`, which is round."""
    marked = (
        one.digits and len(one.word) <= 2 and LIST_MARK.search(one.before) is not None and MARKED.match(one.after) is not None
    )
    return (one.digits and len(one.word) >= 7 and not one.word.endswith("000")) or marked or _telephone(one)


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
    return CAPITAL_BEFORE.search(one.before) is not None and COUNTS_AFTER.match(one.after) is None


def _idiom(one: Setting) -> bool:
    """`one by one`, `cloud nine`, `at sixes and sevens`, `a storm or two`, `a decade and a half`."""
    if one.word.casefold() == "one" and one.before.casefold().endswith("at ") and one.after.startswith(" point"):
        return True
    if one.word.casefold() == "two" and OR_TWO.search(one.before):
        return True
    if one.word.casefold() == "a half" and one.before.endswith("and "):
        return True
    return IDIOM_AFTER.match(one.after) is not None or IDIOM_BEFORE.search(one.before) is not None


def _decade(one: Setting) -> bool:
    """`80sq`; `the 80s` is taken for a name before: the letter is glued on."""
    return one.digits and one.word.endswith("0") and one.after.startswith("s")


RULES: tuple[tuple[NumberReason, Callable[[Setting], bool]], ...] = (
    (NumberReason.DATE, _day_of_month),
    (NumberReason.DATE, _years),
    (NumberReason.DATE, _short_end),
    (NumberReason.SCORE, is_ratio),
    (NumberReason.CLOCK, _clock),
    (NumberReason.DATE, _year),
    (NumberReason.DATE, _eleventh),
    (NumberReason.ORDINAL, _ordinal),
    (NumberReason.ORDINAL, _one_more),
    (NumberReason.SCORE, is_result),
    (NumberReason.AGE, is_age),
    (NumberReason.IDENTIFIER, _identifier),
    (NumberReason.NAME, _numbered),
    (NumberReason.NAME, _glued),
    (NumberReason.NAME, _after_capital),
    (NumberReason.SCORE, is_score),
    (NumberReason.IDIOM, _idiom),
    (NumberReason.DATE, _decade),
)
