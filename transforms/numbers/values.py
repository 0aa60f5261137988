"""What numerals and number words are worth: `4.5bn`, `1.2 lakh`, `three hundred and twenty thousand`, `dozens`."""

from __future__ import annotations

import calendar
import re

from copydesk.transforms.numbers.currencies import CODES, LETTERS, SIGNS
from copydesk.transforms.numbers.number import GREATEST, Number
from copydesk.transforms.vocabulary import Qualifier
from copydesk.transforms.words import matches

UNITS = {
    w: n
    for n, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {w: 10 * n for n, w in enumerate(("twenty thirty forty fifty sixty seventy eighty ninety").split(), 2)}
SCALES = {"hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅛": 0.125}
VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2000.0,
    "tens of thousands": 20_000.0,
    "hundreds of thousands": 200_000.0,
    "millions": 2e6,
    "tens of millions": 2e7,
    "hundreds of millions": 2e8,
    "billions": 2e9,
    "tens of billions": 2e10,
    "hundreds of billions": 2e11,
    "trillions": 2e12,
    "dozens of thousands": 24_000.0,
}
FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}

COMMA = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),(?:\d{1,2}|\d{4,})")
"""A decimal comma, as most of Europe prints it: 9,5 and 2.868,63."""
FRACTION_OF = (
    r"million|billion|trillion|thousand|hundred|lakh|crore|bn|mn|mln|tn|[mk]\b|%|per\ ?cent|percent|pct|pc\b|degrees|°|points?|"
    r"(?:kilo|milli|centi)?met(?:re|er)s?|k?m/?s?h?\b|miles?|inch(?:es)?|feet|seconds?|minutes?|hours?|(?:kilo|milli)?gram(?:me)?s?|"
    r"kg|g\b|tonnes?|tons?|lit(?:re|er)s?|gallons?|ounces?|carats?|volts?|magnitude|times\b|mph|kph|gpa|average|a\b|an\b|per\b"
)
"""What a number with three decimals measures: `1.125 tonnes`; before anything else `1.500` are thousands."""
DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
BLANKS = "\u00a0\u202f\u2009\u2007"
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
OF_MANY = rf"[\s-]+(?:{SPELT}|10|100)\b(?!\s+(?:[a-z-]+\s+)?(?!(?:{PERSONS}|says|does|lives)\b)[a-z-]{{3,}}(?<!s)s\b)"
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

MONEY = rf"(?:[A-Z]{{0,3}}[{SIGNS}]\s?|(?-i:(?:{'|'.join(CODES)})\.?\s?(?=\d)|[{LETTERS}](?={AMOUNT})))"
SLASH = "slash mark"
"""The word of the table of currencies for the mark `/-` or `/=` behind an amount."""

NO_PERIOD = "".join(
    rf"(?<!{word}[\s-])"
    for word in ("the", "first", "second", "latter", "other", "better", "each", "this", "last", "a", "opening")
)
"""Words before `half` that make it a part of a match, of a year, or one of two."""

FAR = "away|long|deep|high|wide|tall|above|below|from|north|south|east|west|off|race|freestyle|sprint|hurdles|dash|relay|final"
"""Words behind `500m` that make it metres."""
VALUE = re.compile(
    rf"""
    {NO_LETTER}
    (?P<minus>(?:(?<=[\s(])|(?<=^))[-−](?=\d|[{SIGNS}])|\b(?:minus|negative)\s+(?=\d))?  # -12, minus 12
    (?P<money>{MONEY})?                                                  # $4.50, US$4.50, € 4, Rs. 500, R4bn
    (?:
      (?P<vague>                                                         # dozens, hundreds of thousands of villagers
          (?:(?:tens|hundreds|dozens)\s+of\s+)?
          (?:dozens|scores(?=\s+(?:of|more|others?|who|(?:(?:were|are|have\s+been)\s+)?(?:killed|injured|wounded|dead|died|arrested|hurt|displaced|missing))\b)
            |hundreds|thousands|millions|billions|trillions)
      )(?!\s+digit)                                                      # not: millions digit
    | (?P<some>(?:an?\s+few|several|few)\s+(?P<somescale>dozen|{SCALE})\b)  # a few dozen, several thousand
    | (?P<halfof>                                                        # half a million crowns, a quarter of a million
          (?:(?:an?\s+)?half|(?:an?|one|three)[\s-]quarters?|(?:a|one|two)[\s-]thirds?)
          (?:\s+of)?[\s-]+(?:an?\s+)?(?P<halfscale>{SCALE}|dozen)\b
      )
    | (?P<halfunit>                                                      # half a mile, three-quarters of an inch
          (?:(?:an?\s+)?half|(?:an?|one|three)[\s-]quarters?\s+of|(?:an?|one|two)[\s-]thirds?\s+of)(?:\s+an?)?
          |(?:an?|one|three)[\s-]quarters?(?=-)
      )(?=[\s-](?:{PARTED})s?\b)
    | (?P<dozen>(?:(?P<dozens>{SPELT}|\d+|a)\s+)?dozen)          # a dozen goats, two dozen
    | (?P<oneinto>                                                       # one in four children, 3 out of every 10
          (?P<top>{SPELT}|\d+)[\s-]+(?:in|out[\s-]of(?=\s+every|{OF_MANY}))[\s-]+(?:every\s+)?(?P<bottom>{SPELT}|\d+)
      )(?=\s+[a-z])                                                      # not: two in 2019, 48 out of 75 seats
    | (?P<fraction>                                                      # a third, two-thirds, three quarters
          (?!(?:two|four|nine)[\s-]quarter)(?P<many>an?|one|two|three|four|nine)(?:\s+|-)(?P<part>half|third|quarter|fifth|tenth)s?(?!-[a-z])
      )
    | (?P<half>{NO_PERIOD}half)(?=\s+(?:of\s+(?!an?\s)|the\s|its\s|their\s|all\s)  # half of the voters; not: half of May
        |\s+(?:have|had|are|were|said|say|live|do|did|would|will)\s   # and half have
        |\s+to\s+(?:two|three)[\s-]                                     # half to two-thirds
        |(?<=(?:by|an)\shalf)[.,;])                                     # fell by half, by more than half
    | (?P<digits>{DIGITS})(?P<vulgar>\s?[½⅓⅔¼¾⅕⅛])?(?P<mixed>\s[1-9]/[2-9](?![\d/]))?  # 27,708; 9,5; 1½; 1 1/2
      (?:
          (?P<short>\s?(?:bn|mn|mln|tn|k|(?(money)m|m(?!\s(?:{FAR})\b))|b|[万萬亿億]))(?![\w’'])  # 4.5bn; not: 5 m’s, 500m away
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
      | [-−](?:\d|[{SIGNS}])|minus\s|negative\s                          # -12
      | (?-i:(?:{"|".join(CODES)})\.?\s?\d|[{LETTERS}]\d)                # Rs. 500, R4bn
      | {WORD}                                                           # seven
      | tens\s|hundreds|dozen|scores|thousands|[mb]illions|trillions     # tens of thousands
      | (?:an?\s+)?half[\s.,;-]|three[\s-]quarters|several\s|few\s        # half a million, several dozen
      | {BARE_SCALE}                                                     # more than hundred
      | an?[\s-]+(?:{SCALE}|dozen|few|{"|".join(FRACTIONS)})             # a hundred, a dozen, a few dozen, a third
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Where a number may begin: all of `VALUE` is tried there alone."""
THOUSANDS_AFTER = re.compile(
    rf"""
    \s (?!{FRACTION_OF}) [a-z]{{3,}}                             # 1.500 boats, not 1.125 tonnes
    """,
    re.VERBOSE | re.IGNORECASE,
)
NEGATIVE_AFTER = re.compile(r"\s?(?:°|degrees|C\b|F\b|%|percent|per\ cent)", re.VERBOSE)
AFTER_HALF = re.compile(rf"[\s-]+(?:{HALF})(?=[\s-])", re.IGNORECASE)


def bare_numbers(text: str) -> list[Number]:
    """Every numeral and number word of a text, in order, without hedges and each for itself.

    >>> [(number.low, number.kind) for number in bare_numbers("three boats, 1.2 lakh homes, a third, dozens")]
    [(3.0, 'words'), (120000.0, 'digits'), (0.333333, 'fraction'), (24.0, 'vague')]
    """
    return [number for found in matches(VALUE, BEGINS, text) if (number := _bare(found)) is not None]


def _bare(found: re.Match[str]) -> Number | None:
    value = _value(found)
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


def _value(found: re.Match[str]) -> float | None:
    """The value of a numeral; None where it has none, or one that nothing is counted to."""
    value = _printed(found)
    return value if value is not None and value <= GREATEST else None


def _printed(found: re.Match[str]) -> float | None:
    if found["vague"] or found["some"]:
        words = f"{found['somescale']}s" if found["some"] else found["vague"]
        return VAGUE.get(" ".join(words.lower().split()), 24.0)
    if found["halfof"]:
        scale = found["halfscale"].lower()
        return round(_parts(found["halfof"]) * (12.0 if scale == "dozen" else SCALES[scale]), 6)
    if found["half"] or found["halfunit"]:
        return round(_parts(found["half"] or found["halfunit"]), 6)
    if found["dozen"]:
        word = (found["dozens"] or "a").lower()
        return 12 * (1 if word == "a" else _small(word))
    if found["oneinto"]:
        bottom = _small(found["bottom"].lower())
        return _small(found["top"].lower()) / bottom if bottom else None
    if found["fraction"]:
        many = {"a": 1.0, "an": 1.0, "nine": 9.0}.get(found["many"].lower()) or _small(found["many"].lower())
        return round(many * FRACTIONS[found["part"].lower()], 6)
    if found["onlyvulgar"]:
        return VULGAR[found["onlyvulgar"]]
    return _digits(found) if found["digits"] else _words(found["words"].lower())


def _parts(words: str) -> float:
    """How much of one some words say: `half`, `three-quarters of an`, `a half`."""
    low = words.lower()
    part = re.search(r"half|quarter|third", low)
    many = next((value for word, value in (("three", 3.0), ("two", 2.0)) if low.startswith(word)), 1.0)
    return many * FRACTIONS[part[0] if part else "half"]


def _digits(found: re.Match[str]) -> float:
    printed = found["digits"]
    if COMMA.fullmatch(printed):
        printed = printed.replace(".", "").replace(",", ".")
    elif DOTTED.fullmatch(printed) and (printed.count(".") > 1 or THOUSANDS_AFTER.match(found.string, found.end("digits"))):
        printed = printed.replace(".", "")
    value = float(re.sub(rf"[,{BLANKS}\x20’'٬]", "", printed).replace("٫", "."))
    if found["mixed"]:
        top, bottom = found["mixed"].strip().split("/")
        value += int(top) / int(bottom)
    if found["vulgar"]:
        value += VULGAR[found["vulgar"].strip()]
    if short := found["short"] or found["shortmoney"]:
        value *= SHORT[short.strip().lower()]
    for scale in re.findall(r"[a-z]+", (found["scale"] or "").lower()):
        value *= SCALES[scale]
    return round(value / 100 if found["cent"] else value, 6)


def _is_minus(found: re.Match[str]) -> bool:
    """Whether the sign is one: `fell to -12 degrees`; not the dash of `5 -10` or of a list's item."""
    if found["minus"].strip().isalpha():
        return True
    before = found.string[max(0, found.start() - 12) : found.start()]
    return re.search(r"(?:[\d%]|^|\n)\s*$", before) is None or NEGATIVE_AFTER.match(found.string, found.end()) is not None


def _small(word: str) -> float:
    if word.isdigit():
        return float(word)
    parts = re.split(r"[- ]", word)
    return float(sum(UNITS.get(part, TENS.get(part, 0)) for part in parts))


def _words(words: str) -> float:
    """`three hundred and twenty thousand` is 320000; `two and a half million` 2500000."""
    total, current, fraction = 0.0, 0.0, 0.0
    words = re.sub(r"and[\s-]+a[\s-]+half", "½", words)
    words = re.sub(r"and[\s-]+a[\s-]+quarter", "¼", words)
    words = re.sub(r"and\s+three\s+quarters", "¾", words)
    for word in re.split(r"[\s-]+", words):
        if word in VULGAR:
            fraction = VULGAR[word]
        elif word in ("a", "an"):
            current = 1.0
        elif word == "hundred":
            current = (current or 1.0) * 100
        elif word in SCALES:
            total += ((current or 1.0) + fraction) * SCALES[word]
            current = fraction = 0.0
        elif word != "and":
            current += UNITS.get(word, TENS.get(word, 0))
    return total + current + fraction
