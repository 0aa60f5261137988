"""What numerals and number words are worth: `4.5bn`, `1.2 lakh`, `three hundred and twenty thousand`, `dozens`."""

from __future__ import annotations

import re

from copydesk.transforms.numbers.number import Number
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
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
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
DIGITS = rf"""
    {COMMA.pattern}(?![\d,])                                   # 9,5
  | \d{{1,3}}(?:[,\u00a0\u202f’']\d{{3}})+(?:\.\d+)?(?!\d)      # 27,708; 27’708.5; blanks that do not break
  | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d)                        # 1,20,000, as India groups
  | \d+\.\d+ | \d+                                           # 4.5; 84
"""
"""Digits as printed; the first branch that fits is taken."""
WORD = "|".join([*UNITS, *TENS])
SCALE = "|".join(SCALES)
SPELT = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))}"
HALF = r"and\s+a\s+half|and\s+a\s+quarter|and\s+three\s+quarters"
NO_LETTER = r"(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?<![.,/])"
"""No letter stands right before, but for scripts without blanks; nor a mark of a longer number: 1.5, 2015/16."""

SIGNS = "$£€¥₹₪₽₺₩"
VALUE = re.compile(
    rf"""
    {NO_LETTER}
    (?P<money>[A-Z]{{0,3}}[{SIGNS}]\s?)?                                   # $4.50, US$4.50, € 4
    (?:
      (?P<vague>                                                         # dozens, hundreds of thousands of villagers
          (?:(?:tens|hundreds|dozens)\s+of\s+)?
          (?:dozens|scores|hundreds|thousands|millions|billions|trillions)
      )(?!\s+digit)                                                      # not: millions digit
    | (?P<halfof>half\s+an?\s+(?P<halfscale>{SCALE}|dozen))              # half a million crowns, half a dozen
    | (?P<dozen>(?:(?P<dozens>{SPELT}|\d+|a|several)\s+)?dozen)          # a dozen goats, two dozen
    | (?P<oneinto>                                                       # one in four children, 3 out of every 10
          (?P<top>{SPELT}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<bottom>{SPELT}|\d+)
      )(?=\s+[a-z])                                                      # not: two in 2019.
    | (?P<fraction>                                                      # a third, two-thirds, three quarters
          (?P<many>an?|one|two|three|four|nine)(?:\s+|-)(?P<part>half|third|quarter|fifth|tenth)s?
      )
    | (?P<digits>{DIGITS})(?P<vulgar>\s?[½⅓⅔¼¾⅕⅛])?                      # 27,708; 9,5; 1½
      (?:
          (?P<short>\s?(?:bn|mn|mln|tn|k|m|b))(?![\w’'])                 # 4.5bn; not: 4 boats, 5 m’s
        | (?P<scale>(?:[\s-]+(?:{SCALE}))+)\b                            # 1.2 lakh homes, 3 hundred thousand
      )?
    | (?P<onlyvulgar>[½⅓⅔¼¾⅕⅛])                                          # ½ mile
    | (?P<words>                                                         # three hundred and twenty thousand
          (?:an?(?=\s+(?:{SCALE})\b)|(?:{SPELT})\b)                      # a hundred; not: a boat
          (?:
              [\s-]+(?:and\s+)?(?:{SPELT}|{SCALE})\b
            | \s+(?:{HALF})(?=\s)                                        # two and a half million
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
      | {WORD}                                                           # seven
      | tens\s|hundreds|dozen|scores|thousands|[mb]illions|trillions     # tens of thousands
      | half\s|several\s                                                 # half a million, several dozen
      | an?[\s-]+(?:{SCALE}|dozen|{"|".join(FRACTIONS)})                 # a hundred, a dozen, a third
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Where a number may begin: all of `VALUE` is tried there alone."""
AFTER_HALF = re.compile(rf"\s+(?:{HALF})(?=\s)", re.IGNORECASE)


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
    kind = next((k for k in ("vague", "oneinto", "fraction", "digits") if found[k]), "words")
    currency = (found["money"] or "").strip() or None
    end = found.end()
    if found["digits"] is None and (half := AFTER_HALF.match(found.string, end)) is not None and kind == "words":
        value, end = value + 0.5, half.end()
    return Number(
        start=found.start(),
        end=end,
        low=value,
        high=None if kind == "vague" else value,
        qualifier=Qualifier.AT_LEAST if kind == "vague" else Qualifier.EXACT,
        at=found.start(),
        currency=currency,
        kind=kind,
    )


def _value(found: re.Match[str]) -> float | None:
    if found["vague"]:
        return VAGUE.get(" ".join(found["vague"].lower().split()), 24.0)
    if found["halfof"]:
        return 6.0 if found["halfscale"].lower() == "dozen" else SCALES[found["halfscale"].lower()] / 2
    if found["dozen"]:
        word = (found["dozens"] or "a").lower()
        return None if word == "several" else 12 * (1 if word == "a" else _small(word))
    if found["oneinto"]:
        bottom = _small(found["bottom"].lower())
        return _small(found["top"].lower()) / bottom if bottom else None
    if found["fraction"]:
        many = {"a": 1.0, "an": 1.0, "nine": 9.0}.get(found["many"].lower()) or _small(found["many"].lower())
        return round(many * FRACTIONS[found["part"].lower()], 6)
    if found["onlyvulgar"]:
        return VULGAR[found["onlyvulgar"]]
    if found["digits"]:
        return _digits(found)
    return _words(found["words"].lower())


def _digits(found: re.Match[str]) -> float:
    printed = found["digits"]
    if COMMA.fullmatch(printed):
        printed = printed.replace(".", "").replace(",", ".")
    value = float(re.sub(r"[,\u00a0\u202f’']", "", printed))
    if found["vulgar"]:
        value += VULGAR[found["vulgar"].strip()]
    if found["short"]:
        value *= SHORT[found["short"].strip().lower()]
    for scale in re.findall(r"[a-z]+", (found["scale"] or "").lower()):
        value *= SCALES[scale]
    return round(value, 6)


def _small(word: str) -> float:
    if word.isdigit():
        return float(word)
    parts = re.split(r"[- ]", word)
    return float(sum(UNITS.get(part, TENS.get(part, 0)) for part in parts))


def _words(words: str) -> float:
    """`three hundred and twenty thousand` is 320000; `two and a half million` 2500000."""
    total, current, fraction = 0.0, 0.0, 0.0
    words = re.sub(r"and\s+a\s+half", "½", words)
    words = re.sub(r"and\s+a\s+quarter", "¼", words)
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
