"""Numerals that are parts of dates: days of a month, years, spans of years, decades."""

from __future__ import annotations

import re

from copydesk.transforms.numbers.setting import COUNTS_AFTER, Setting

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


def is_day_of_month(one: Setting) -> bool:
    """`May 3`, `3rd of May`, `May 3 to 5`; not `May 300 boats`."""
    number = one.number
    day = number.low if number.low is not None else number.high  # the week leading up to 7 December
    if not (one.digits or number.kind == "range") or day is None or day > 31:
        return False
    return bool(MONTH_BEFORE.search(one.before) or MONTH_AFTER.match(one.after))


def is_years(one: Setting) -> bool:
    """`between 2017 and 2022`; not `between 1,800 and 1,900 people`."""
    number = one.number
    if number.kind != "range" or (COUNTED.match(one.after) and not YEAR_OPENS.search(one.before)):
        return False
    return all(bound is not None and 1700 <= bound <= 2100 and bound == int(bound) for bound in (number.low, number.high))


def is_short_end(one: Setting) -> bool:
    """The 19 of `2018-19` and the 40 of `1925–40`: a year without its century behind another."""
    found = YEAR_DASH.search(one.before) if one.digits and len(one.word) <= 2 else None
    if found is None or COUNTS_AFTER.match(one.after) is not None:
        return False
    return int(found["two"][-len(one.word) :]) < int(one.word)


def is_year(one: Setting) -> bool:
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


def is_eleventh(one: Setting) -> bool:
    """The two halves of `9/11`."""
    return (one.word == "9" and one.after.startswith("/11")) or (one.word == "11" and one.before.endswith("9/"))


def is_decade(one: Setting) -> bool:
    """`80sq`; `the 80s` is taken for a name before: the letter is glued on."""
    return one.digits and one.word.endswith("0") and one.after.startswith("s")
