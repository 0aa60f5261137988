"""Numbers in running text: digits, words, ranges, hedges, vague plurals; and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

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
DIGITS = (
    rf"{COMMA.pattern}(?![\d,])|"
    r"\d{1,3}(?:[,\u00a0\u202f’']\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+\.\d+|\d+"
)
WORD = "|".join([*UNITS, *TENS])
SCALE = "|".join(SCALES)
SPELT = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))}"
HALF = r"and\s+a\s+half|and\s+a\s+quarter|and\s+three\s+quarters"
VALUE = re.compile(
    rf"""(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?<![.,/])(?P<money>[A-Z]{{0,3}}[$£€¥₹₪₽₺₩]\s?)?(?:
      (?P<vague>(?:(?:tens|hundreds|dozens)\s+of\s+)?(?:dozens|scores|hundreds|thousands|millions|billions|trillions))(?!\s+digit)
    | (?P<halfof>half\s+an?\s+(?P<halfscale>{SCALE}|dozen))
    | (?P<dozen>(?:(?P<dozens>{SPELT}|\d+|a|several)\s+)?dozen)
    | (?P<oneinto>(?P<top>{SPELT}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<bottom>{SPELT}|\d+))(?=\s+[a-z])
    | (?P<fraction>(?P<many>an?|one|two|three|four|nine)(?:\s+|-)(?P<part>half|third|quarter|fifth|tenth)s?)
    | (?P<digits>{DIGITS})(?P<vulgar>\s?[½⅓⅔¼¾⅕⅛])?
      (?:(?P<short>\s?(?:bn|mn|mln|tn|k|m|b))(?![\w’'])|(?P<scale>(?:[\s-]+(?:{SCALE}))+)\b)?
    | (?P<onlyvulgar>[½⅓⅔¼¾⅕⅛])
    | (?P<words>(?:an?(?=\s+(?:{SCALE})\b)|(?:{SPELT})\b)(?:[\s-]+(?:and\s+)?(?:{SPELT}|{SCALE})\b|\s+(?:{HALF})(?=\s))*)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
BEGINS = re.compile(
    rf"(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?<![.,/])(?=\d|[A-Z]{{0,3}}[$£€¥₹₪₽₺₩½⅓⅔¼¾⅕⅛]|{WORD}"
    rf"|tens\s|hundreds|dozen|scores|thousands|[mb]illions|trillions|half\s|several\s|an?[\s-]+(?:{SCALE}|dozen|{'|'.join(FRACTIONS)}))",
    re.IGNORECASE,
)
"""Where a number may begin: all of `VALUE` is tried there alone."""
AFTER_HALF = re.compile(rf"\s+(?:{HALF})(?=\s)", re.IGNORECASE)

AT_LEAST = (
    "at least|at the very least|no fewer than|no less than|not less than|not fewer than|more than|well over|over|above|"
    "upwards? of|in excess of|a minimum of|greater than|well above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|"
    "upward of|as few as"
)
AT_MOST = (
    "up to|as many as|as much as|fewer than|less than|under|below|at most|a maximum of|no more than|not more than|"
    "just under|well under|well below|at the most"
)
ABOUT = (
    "about|around|some|nearly|almost|approximately|roughly|close to|near|an estimated|estimated|just over|just about|"
    "circa|more or less|approaching|virtually|in the region of"
)
HEDGE = re.compile(
    rf"(?:\b(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT})))\s+(?:an?\s+(?:additional|further|estimated)\s+|the\s+|another\s+)?$",
    re.IGNORECASE,
)
SYMBOL = re.compile(r"(?P<least>>|≥|\+)$|(?P<most><|≤)$|(?P<about>~|≈|c\.\s?|ca\.\s?)$")
OR_MORE = re.compile(r"\s+or\s+(?:(?P<least>more)|(?P<most>fewer|less)|(?P<about>so))\b|(?P<plus>\+)")
NEW = re.compile(
    r"\b(another|a further|an additional|the (?:earlier|other|first|last|remaining)|additional|further)\s+$", re.IGNORECASE
)
NO_BOUND = ("vague", "fraction", "oneinto")
"""Kinds that are no bound of a range: `a third — 31%` says one thing twice."""
JOIN = re.compile(r"\s*(?:–|—|-|\s+to\s+|\s+or\s+)\s*(?=[\d½$£€a-z])", re.IGNORECASE)
TO = re.compile(r"\s*(?:[–—-]|\s(?:to|or|and)\s)\s*", re.IGNORECASE)

Qualifier = str


@dataclass(frozen=True, slots=True)
class Number:
    """A number stated at text[start:end], hedge included; `low`, `high` are inclusive bounds, null where open.

    `at` is where the bare numeral begins. `currency` is the sign before it. `qualifier` is one of
    exact, at_least, at_most, about, range.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    hedge: str | None = None
    qualifier: Qualifier = "exact"
    at: int = 0
    currency: str | None = None
    kind: str = "digits"


def find_numbers(text: str) -> list[Number]:
    """Every number that a text states, in order.

    >>> [(n.low, n.high, n.hedge) for n in find_numbers("at least 84 bodies, between 20 and 30 hurt, dozens gone")]
    [(84.0, None, 'at least'), (20.0, 30.0, None), (24.0, None, None)]
    >>> [(n.low, n.high) for n in find_numbers("$4.5bn, half a million, two and a half million, 500-600, up to 50")]
    [(4500000000.0, 4500000000.0), (500000.0, 500000.0), (2500000.0, 2500000.0), (500.0, 600.0), (None, 50.0)]
    """
    from copydesk.transforms.non_figures import no_figure

    return [number for number in read_numbers(text) if no_figure(text, number) is None]


def read_numbers(text: str) -> list[Number]:
    """Every numeral and number word of a text with its hedge, dates and names among them."""
    bare = [number for found in matches(VALUE, BEGINS, text) if (number := _bare(found)) is not None]
    return [_hedged(text, number) for number in _ranges(text, bare)]


def _bare(found: re.Match[str]) -> Number | None:
    value = _value(found)
    if value is None:
        return None
    kind = next((k for k in ("vague", "oneinto", "fraction", "digits") if found[k]), "words")
    currency = (found["money"] or "").strip() or None
    end = found.end()
    if found["digits"] is None and (half := AFTER_HALF.match(found.string, end)) is not None and kind == "words":
        value, end = value + 0.5, half.end()
    if kind == "vague":
        return Number(found.start(), end, value, None, None, "at_least", found.start(), currency, kind)
    return Number(found.start(), end, value, value, None, "exact", found.start(), currency, kind)


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


def _ranges(text: str, bare: list[Number]) -> list[Number]:
    """Two numbers joined by `to`, a dash, or `between … and …` become one."""
    out: list[Number] = []
    skip = False
    for left, right in zip_longest(bare, bare[1:]):
        if skip:
            skip = False
            continue
        if right is not None and (joined := _range(text, left, right)) is not None:
            out.append(joined)
            skip = True
        else:
            out.append(left)
    return out


NEAR = 40
OPENS_RANGE = re.compile(r"\b(between|from)\s+$", re.IGNORECASE)


def _range(text: str, left: Number, right: Number) -> Number | None:
    gap = text[left.end : right.start]
    opened = OPENS_RANGE.search(text, max(0, left.start - NEAR), left.start)
    if left.kind in NO_BOUND or right.kind in NO_BOUND or left.low is None or right.low is None:
        return None
    word = gap.strip().lower()
    if word == "and" and not (opened and opened[1].lower() == "between"):
        return None
    unit = re.fullmatch(r"\s+([a-z]+)\s+or\s+", gap)
    if word not in ("to", "and", "or", "-", "–", "—") and not unit:
        return None
    if unit and not text[right.end :].lstrip().startswith(unit[1].rstrip("s")):
        return None
    low, high = left.low, right.low
    if high > low and high >= 1000 and low < 1000 and _scale(text, right) > 1 and _scale(text, left) == 1:
        low *= _scale(text, right)
    if not low < high or (word == "or" and high - low > 0.6 * high and high > 3):
        return None
    start = opened.start() if opened and word == "and" else left.start
    return Number(start, right.end, low, high, None, "range", left.at, left.currency or right.currency, "range")


def _scale(text: str, number: Number) -> float:
    word = re.search(r"([a-z]+)\s*$", text[number.at : number.end].lower())
    return SCALES.get(word[1], SHORT.get(word[1], 1.0)) if word else 1.0


def _hedged(text: str, number: Number) -> Number:
    before = text[max(0, number.start - 40) : number.start]
    found = HEDGE.search(before) or SYMBOL.search(before.rstrip())
    if found is not None and number.kind != "range":
        least, most = found["least"], found["most"]
        start = number.start - (len(before) - found.start())
        hedge = (least or most or found["about"]).strip()
        return _open(replace(number, start=start), hedge.lower() if hedge.isupper() else hedge, bool(least), bool(most))
    after = OR_MORE.match(text, number.end)
    if after is not None and number.kind != "range":
        hedge = after.group().strip()
        return _open(replace(number, end=after.end()), hedge, bool(after["least"] or after["plus"]), bool(after["most"]))
    new = NEW.search(before)
    if new is not None and new[1].lower().startswith(("another", "a further", "an additional", "the")):
        return replace(number, start=number.start - (len(before) - new.start()))
    return number


def _open(number: Number, hedge: str, least: bool, most: bool) -> Number:
    value = number.low
    if least:
        return replace(number, hedge=hedge, qualifier="at_least", low=value, high=None)
    if most:
        return replace(number, hedge=hedge, qualifier="at_most", low=None, high=value)
    if number.kind == "vague":
        return replace(number, hedge=hedge)
    return replace(number, hedge=hedge, qualifier="about")
