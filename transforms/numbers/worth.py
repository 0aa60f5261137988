"""What the parts of a numeral are worth together: `1.2 lakh`, `three hundred and twenty thousand`, `two-fifths`."""

from __future__ import annotations

import re

from copydesk.transforms.numbers.number import GREATEST

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
FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "fifth": 0.2,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 0.125,
    "ninth": 1 / 9,
    "tenth": 0.1,
    "twelfth": 1 / 12,
}
GROUPS = {"dozen": 12.0, "score": 20.0}
"""Nouns that count: `two dozen goats`, `a score of goats`."""

COMMA = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),(?:\d{1,2}|\d{4,})")
"""A decimal comma, as most of Europe prints it: 9,5 and 2.868,63."""
FRACTION_OF = (
    r"million|billion|trillion|thousand|hundred|lakh|crore|bn|mn|mln|tn|[mk]\b|%|per\ ?cent|percent|pct|pc\b|degrees|°|points?|"
    r"(?:kilo|milli|centi)?met(?:re|er)s?|k?m/?s?h?\b|miles?|inch(?:es)?|feet|seconds?|minutes?|hours?|(?:kilo|milli)?gram(?:me)?s?|"
    r"kg|g\b|tonnes?|tons?|lit(?:re|er)s?|gallons?|ounces?|carats?|volts?|magnitude|times\b|mph|kph|gpa|average|a\b|an\b|per\b|"
    r"(?:and|but|from|against|after|before|with|while|which|when|compared|versus|for|the|this|last|that|than|was|were|is|are|late|early|as|at|by|down"
    r"|up|higher|lower|yesterday|today|having|its|their|but|mark|level|ratio|euros?|dollars?|pounds?|yen)\b"
)
"""What a number with three decimals measures: `1.125 tonnes`; before anything else `1.500` are thousands."""
DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
BLANKS = "\u00a0\u202f\u2009\u2007"
THOUSANDS_AFTER = re.compile(
    rf"""
    \s (?!{FRACTION_OF}) [a-z]{{3,}}                             # 1.500 boats, not 1.125 tonnes
    """,
    re.VERBOSE | re.IGNORECASE,
)


def worth(found: re.Match[str]) -> float | None:
    """The value of a numeral that `values.VALUE` found; None where it has none, or one that nothing is counted to."""
    value = _printed(found)
    return value if value is not None and value <= GREATEST else None


def _printed(found: re.Match[str]) -> float | None:
    if found["vague"] or found["some"]:
        words = f"{found['somescale']}s" if found["some"] else found["vague"]
        return VAGUE.get(" ".join(words.lower().split()), 24.0)
    if found["halfof"]:
        scale = found["halfscale"].lower()
        return round(_parts(found["halfof"]) * (GROUPS.get(scale) or SCALES[scale]), 6)
    if found["half"] or found["halfunit"]:
        return round(_parts(found["half"] or found["halfunit"]), 6)
    if found["dozen"]:
        word = (found["dozens"] or "a").lower()
        return GROUPS[found["group"].lower()] * (1 if word == "a" else _small(word))
    if found["oneinto"]:
        bottom = _small(found["bottom"].lower())
        return _small(found["top"].lower()) / bottom if bottom else None
    if found["fraction"]:
        many = 1.0 if found["many"].lower() in ("a", "an") else _small(found["many"].lower())
        return round(many * FRACTIONS[found["part"].lower()], 6)
    if found["onlyvulgar"]:
        return VULGAR[found["onlyvulgar"]]
    return _digits(found) if found["digits"] else _words(found["words"].lower())


def _parts(words: str) -> float:
    """How much of one some words say: `half`, `three-quarters of an`, `a half`, `two-fifths of a`."""
    low = words.lower()
    part = re.search("|".join(FRACTIONS), low)
    many = UNITS.get(re.split(r"[\s-]", low)[0], 1)
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


def _small(word: str) -> float:
    if word.isdigit():
        return float(word)
    parts = re.split(r"[- ]", word)
    return float(sum(UNITS.get(part, TENS.get(part, 0)) for part in parts))


def _words(words: str) -> float:
    """`three hundred and twenty thousand` is 320000; `two and a half million` and `two million and a half` 2500000."""
    total, current, fraction, last = 0.0, 0.0, 0.0, 1.0
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
            total, last = total + ((current or 1.0) + fraction) * SCALES[word], SCALES[word]
            current = fraction = 0.0
        elif word != "and":
            current += UNITS.get(word, TENS.get(word, 0))
    return total + current + fraction * (1.0 if current else last)
