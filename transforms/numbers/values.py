"""What numerals and number words are worth: `4.5bn`, `1.2 lakh`, `three hundred and twenty thousand`, `dozens`."""

from __future__ import annotations

import calendar
import re

from copydesk.transforms.numbers.currencies import CODES, LETTERS, SIGNS
from copydesk.transforms.numbers.number import Number
from copydesk.transforms.numbers.worth import BLANKS, COMMA, FRACTION_OF, FRACTIONS, SCALES, SHORT, TENS, UNITS, worth
from copydesk.transforms.vocabulary import Qualifier
from copydesk.transforms.words import matches

NO_MONTH = "".join(rf"(?<!\b{name}\s)" for name in (*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"))
DIGITS = rf"""
    {COMMA.pattern}(?![\d,])                                   # 9,5
  | \d{{1,3}}(?:[,{BLANKS}’']\d{{3}})+(?:\.\d+)?(?!\d)       # 27,708; 27’708.5; blanks that do not break
  | \d{{1,3}}(?:٬\d{{3}})+(?!\d) | \d+٫\d+                  # the Arabic marks of thousands and decimals
  | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d+)?(?!\d)           # 1,20,000.50, as India groups
  | [1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}(?![\d,.]\d)             # 1.234.567
  | [1-9]\d{{0,2}}\.\d{{3}}(?=\s(?!{FRACTION_OF})[a-z]{{3,}})  # 1.500 people; not: 1.125 tonnes
  | (?<!\d\s){NO_MONTH}[1-9]\d{{0,2}}(?:\x20\d{{3}})+(?![\d,.]\d|\d)   # 12 500, as much of the world groups
  | \d+\.\d+ | \d+                                           # 4.5; 84
"""
"""Digits as printed; the first branch that fits is taken."""
WORD = "|".join([*UNITS, *TENS])
SCALE = "|".join(SCALES)
SPELT = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))}"
PERSONS = (
    r"people|men|women|children|girls|boys|adults|pupils|households|families|homes|[a-z]+(?:ers|ors|ants|ents|ans|ees|ists)"
)
OF_MANY = (
    r"[\s-]+(?:\d{1,2}(?=\s+of\s+(?:its|their|the|all|our)\b)"
    rf"|(?:{SPELT}|10|100)\b(?!\s+(?:[a-z-]+\s+)?(?!(?:{PERSONS}|says|does|lives)\b)[a-z-]{{3,}}(?<!s)s\b))"
)
"""The whole of `nine out of ten voters`, which is a share of all; `seven out of nine districts` are two numbers."""

BARE_SCALE = (
    "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in ("than", "over", "about", "around", "nearly", "almost", "least")) + ")"
    r"(?:hundred|thousand|lakh|crore|million|billion)\b"
)
"""A scale whose article is left out behind a hedge: `more than hundred boats`."""

AFTER_SCALE = "|".join(f"(?<={scale})" for scale in SCALES)
HALF = r"and[\s-]+a[\s-]+half|and[\s-]+a[\s-]+quarter|and\s+three\s+quarters"
NO_LETTER = r"(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?<![./])(?<!\d,)"
"""No letter stands right before, but for scripts without blanks; nor a mark of a longer number: 1.5, 2015/16."""

AMOUNT = (
    rf"\d[\d.,{BLANKS}\x20]*\d?\s?(?:(?:million|billion|trillion|thousand|lakh|crore)\b|(?:bn|mn|mln|tn|m|b|k)\b)"
    r"|\d{1,3}(?:[,\x20]\d{3})+\b"
)
"""What makes a letter before it a currency: a scale, or groups of thousands."""

PARTED = (
    "inch|mile|kilomet(?:re|er)|met(?:re|er)|yard|acre|hectare|tonne|ton|ounce|pound|kilo|kilogram(?:me)?|gram|lit(?:re|er)"
    "|gallon|foot|cent|percent|percentage[- ]point|point|degree|hour|minute|second|day|month|year|century|decade|barrel"
    "|carat|cup|teaspoon|knot|volt"
)
"""Units that news tells halves and quarters of: `half a mile`, `three-quarters of an inch`."""

MONEY = (
    rf"(?:[A-Z]{{0,3}}[{SIGNS}]\s?|(?-i:(?:{'|'.join(CODES)})\.?\s?(?=\d|(?:{SPELT})\s+(?:{SCALE})\b)|[{LETTERS}](?={AMOUNT})))"
)
SLASH = "slash mark"
"""The word of the table of currencies for the mark `/-` or `/=` behind an amount."""

SEVERAL = "two|three|four|five|six|seven|eight|nine"
SMALL_PARTS = "sixth|seventh|eighth|ninth|twelfth"
NO_FRACTION = (
    rf"(?!(?:two|four|five|six|seven|eight|nine)[\s-]quarter)(?!(?:{SEVERAL})[\s-]+(?:fifth|tenth|{SMALL_PARTS})(?!s))"
    rf"(?!(?:an?|one)[\s-]+(?:{SMALL_PARTS})(?!s?\s+of\b))"
)
"""What is no part of a whole: `three fifth graders`, `two quarters`, `a sixth boat`."""

TWENTY = (
    r"\s+(?:of\s+(?:(?:[a-z-]+\s+){0,2}[a-z]+s|people|men|women|children)"
    r"|more|others?|wounded|injured|killed|dead|hurt|missing|arrested|were)\b"
)
"""What stands behind a score that is twenty: `a score of goats`, `six dead and a score wounded`."""

NO_PERIOD = "".join(
    rf"(?<!{word}[\s-])"
    for word in ("the", "first", "second", "latter", "other", "better", "each", "this", "last", "a", "opening")
)
"""Words before `half` that make it a part of a match, of a year, or one of two."""

FAR = (
    "away|long|deep|high|wide|tall|above|below|underground|underwater|upstream|downstream|offshore|inland|apart|from|north|south|east|west|off|race|freestyle|sprint|hurdles|dash|relay|final"
    r"|in\s+\d{1,3}[.:]?\d{0,2}\s?sec\w*|in\s+\d{1,2}[.:]\d\d"
)
"""Words behind `500m` that make it metres."""
VALUE = re.compile(
    rf"""
    {NO_LETTER}
    (?P<minus>(?:(?<=[\s(])|(?<=^))[-−](?=\d|[{SIGNS}])                     # -12; minus 12; not: plus or minus 12
      |(?<!plus\sor\s)(?<!plus/)\b(?:minus|negative)[\s-]+(?=\d))?
    (?P<money>{MONEY})?                                                  # $4.50, US$4.50, € 4, Rs. 500, R4bn
    (?:
      (?P<vague>                                                         # dozens, hundreds of thousands of villagers
          (?:(?:tens|hundreds|dozens)\s+of\s+)?
          (?:dozens|(?<=ing\s)scores(?=[.,;]|\s+and\b)|scores(?=\s+(?:of|more|others?|who|(?:(?:were|are|have\s+been)\s+)?(?:killed|injured|wounded|dead|died|arrested|hurt|displaced|missing))\b)
            |hundreds|thousands|millions|billions|trillions)
      )(?!\s+digit)                                                      # not: millions digit
    | (?P<some>(?:an?\s+few|several|few)\s+(?P<somescale>dozen|{SCALE})\b)  # a few dozen, several thousand
    | (?P<halfof>                                                        # half a million crowns, a quarter of a million
          (?:(?:an?\s+)?half|(?:an?|one|three)[\s-]quarters?|(?:a|one|two)[\s-]thirds?)
          (?:\s+of)?[\s-]+(?:an?\s+)?(?P<halfscale>{SCALE}|dozen)\b
      )
    | (?P<halfunit>                                                      # half a mile, three-quarters of an inch
          (?:(?:an?\s+)?half|(?:an?|one|{SEVERAL})[\s-](?:third|quarter|fifth|eighth|tenth)s?\s+of)(?:\s+an?)?
          |(?:an?|one|three)[\s-]quarters?
      )(?=[\s-](?:{PARTED})s?\b)
    | (?P<dozen>(?:(?P<dozens>{SPELT}|\d+|a)\s+)?(?P<group>dozen|(?(dozens)score(?={TWENTY})|(?!))))  # a score of goats
    | (?P<oneinto>                                                       # one in four children, 3 out of every 10
          (?!zero\b)(?P<top>{SPELT}|\d+)[\s-]+(?:in|out[\s-]of(?=\s+every|{OF_MANY}))[\s-]+(?:every\s+)?(?P<bottom>{SPELT}|\d+)
      )(?=\s+[a-z])                                                      # not: two in 2019, 48 out of 75 seats
    | (?P<fraction>                                                      # a third, two-thirds, three quarters
          {NO_FRACTION}(?P<many>an?|{SEVERAL}|one)(?:\s+|-)(?P<part>{"|".join(FRACTIONS)})s?(?!-?[a-z])
      )
    | (?P<half>{NO_PERIOD}half)(?=\s+(?:of\s+(?!an?\s)|the\s|its\s|their\s|all\s)  # half of the voters; not: half of May
        |\s+(?:have|had|are|were|said|say|live|do|did|would|will)\s   # and half have
        |\s+to\s+(?:two|three)[\s-]                                     # half to two-thirds
        |(?<=(?:by|an)\shalf)[.,;])                                     # fell by half, by more than half
    | (?P<digits>{DIGITS})(?P<vulgar>\s?[½⅓⅔¼¾⅕⅛])?(?P<mixed>\s[1-9]/[2-9](?![\d/]))?  # 27,708; 9,5; 1½; 1 1/2
      (?:
          (?P<short>\s?(?:bn|mn|mln|tn|k|(?(money)m|m(?!\s(?:{FAR})\b))|b|[万萬亿億]))(?![\w’']|\.p\.h)  # 4.5bn; not: 5 m.p.h.
        | (?:-plus(?=[\s-]))?(?P<scale>(?:[\s-]*(?:{SCALE}))+)\b          # 1.2 lakh homes, 3 hundred thousand, 50-plus million
        | (?P<shortmoney>(?:bn|m|k|b)(?=/[-=]))                          # 4m/-
      )?
      (?P<cent>\s?¢)?                                                     # 50¢
      (?P<slash>/[-=](?![\w=-]))?                                        # 10,000/-, Rs. 500/=
    | (?P<onlyvulgar>[½⅓⅔¼¾⅕⅛])                                          # ½ mile
    | (?P<words>                                                         # three hundred and twenty thousand
          (?:an?(?=\s+(?:{SCALE})\b)|(?:{SPELT})\b|{BARE_SCALE})         # a hundred, more than hundred; not: a boat
          (?:
              [\s-]+(?:{SCALE})\b
            | (?:{AFTER_SCALE})[\s-]+(?:and\s+)?(?:{SPELT})\b            # hundred and twenty; not: one and two
            | [\s-]+(?:{HALF})(?=[\s-])                                       # two and a half million
          )*
      )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
BEGINS = re.compile(
    rf"""
    {NO_LETTER}
    (?=
        \d                                                               # 27,708
      | [A-Z]{{0,3}}[{SIGNS}½⅓⅔¼¾⅕⅛]                                      # $4, US$4, ½
      | [-−](?:\d|[{SIGNS}])|minus[\s-]|negative\s                          # -12
      | (?-i:(?:{"|".join(CODES)})\.?\s?(?:\d|(?:{SPELT})\s+(?:{SCALE})\b)|[{LETTERS}]\d)                # Rs. 500, R4bn
      | {WORD}                                                           # seven
      | tens\s|hundreds|dozen|scores|thousands|[mb]illions|trillions     # tens of thousands
      | (?:an?\s+)?half[\s.,;-]|three[\s-]quarters|several\s|few\s        # half a million, several dozen
      | {BARE_SCALE}                                                     # more than hundred
      | an?[\s-]+(?:{SCALE}|dozen|score|few|{"|".join(FRACTIONS)})       # a hundred, a dozen, a few dozen, a third
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Where a number may begin: all of `VALUE` is tried there alone."""
NEGATIVE_AFTER = re.compile(r"\s?(?:°|degrees|C\b|F\b|%|percent|per\ cent)", re.VERBOSE)
REACH = 50
"""Characters before a number in which its length is spoken of."""

OF_LENGTH = re.compile(
    r"""
    \b(?:waves?|swells?|tides?|surge|depths?|heights?|widths?|lengths?|altitudes?|elevations?|deep|tall|wide|drifts|trench|crater)\b
    (?:\s+(?:of|up|to|at|as|high|deep|than|over|more|nearly|almost|about|around|some|between|from|above|below|was|were|is|are
      |reach(?:ed|ing|es)?|measur(?:ed|ing)|towering|only|just)\b)*
    (?:\s+\d[\d.]*m?\s?(?:\s(?:to|and|or)|[-–]))?\s*$                      # waves of 3m to
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a number of metres that is printed like one of millions."""

AFTER_HALF = re.compile(rf"[\s-]+(?:{HALF})(?=[\s-])", re.IGNORECASE)


def bare_numbers(text: str) -> list[Number]:
    """Every numeral and number word of a text, in order, without hedges and each for itself.

    >>> [(number.low, number.kind) for number in bare_numbers("three boats, 1.2 lakh homes, a third, dozens")]
    [(3.0, 'words'), (120000.0, 'digits'), (0.333333, 'fraction'), (24.0, 'vague')]
    """
    return [number for found in matches(VALUE, BEGINS, text) if (number := _bare(found)) is not None]


def _bare(found: re.Match[str]) -> Number | None:
    value = worth(found)
    if value is None:
        return None
    kind = (
        "fraction"
        if found["half"]
        else "vague"
        if found["some"]
        else next((k for k in ("vague", "oneinto", "fraction", "digits") if found[k]), "words")
    )
    currency = (found["money"] or "").strip(" .\u00a0\u202f") or (SLASH if found["slash"] else "$" if found["cent"] else None)
    if found["minus"] and not _is_minus(found):
        start = found.end("minus")
    else:
        value, start = (-value if found["minus"] else value), found.start()
    end = found.end()
    if (found["short"] or "").strip().casefold() == "m" and not found["money"] and _is_length(found):
        value, end = round(value / SHORT["m"], 6), found.start("short")
    if found["digits"] is None and (half := AFTER_HALF.match(found.string, end)) is not None and kind == "words":
        value, end = value + 0.5, half.end()
    return Number(
        start=start,
        end=end,
        low=value,
        high=None if kind == "vague" else value,
        qualifier=Qualifier.AT_LEAST if kind == "vague" else Qualifier.EXACT,
        at=start,
        currency=currency,
        kind=kind,
    )


def _is_length(found: re.Match[str]) -> bool:
    """Whether the m behind a number is a metre: `waves of 3m to 4m`, `at a depth of 40m`."""
    return OF_LENGTH.search(found.string, max(0, found.start() - REACH), found.start()) is not None


def _is_minus(found: re.Match[str]) -> bool:
    """Whether the sign is one: `fell to -12 degrees`; not the dash of `5 -10` or of a list's item."""
    if found["minus"].strip().isalpha():
        return True
    before = found.string[max(0, found.start() - 12) : found.start()]
    return re.search(r"(?:[\d%]|^|\n)\s*$", before) is None or NEGATIVE_AFTER.match(found.string, found.end()) is not None
