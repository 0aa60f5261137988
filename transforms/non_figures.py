"""Numerals that are no figure: dates, clock times, ages, ordinals, names, identifiers, idioms."""

from __future__ import annotations

import re

from copydesk.transforms.numbers import Number

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTH_BEFORE = re.compile(rf"\b{MONTH}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:,|and|to|-|–|or|&)\s*)*$", re.IGNORECASE)
MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:\s*(?:and|to|-|–|or)\s*\d{{1,2}})?\s+(?:of\s+)?{MONTH}(?!\w)", re.IGNORECASE)
YEAR_AFTER_DATE = re.compile(rf"\b{MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?$", re.IGNORECASE)
YEAR_CUE = re.compile(
    r"\b(?:in|since|until|till|by|of|from|before|after|during|late|early|mid-?|the|and|to|through|for|around|summer|winter|spring|autumn|fall)\s*$|[(–/-]\s*$|,\s*$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s+(?:people|men|women|children|troops|soldiers|fighters|civilians|trucks|houses|homes|jobs|workers|members|students|"
    r"pupils|patients|families|households|miles|metres|meters|feet|tonnes|tons|dollars|euros|pounds|votes|cases|deaths|\w+ees)\b"
)
CLOCK = re.compile(r"(?::\d{2})|\s?(?:[ap]\.?m\b|o[’']clock|hours\s+(?:GMT|local|UTC)|GMT\b|h\d{2}\b|hrs\b)", re.IGNORECASE)
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
AGE_AFTER = re.compile(
    r"[-\s]year[-\s]old|[-\s](?:month|week|day)s?[-\s]old|\s+years?\s+old|\s+years\s+of\s+age", re.IGNORECASE
)
AGE_BEFORE = re.compile(r"\b(?:aged?|ages)\s+(?:between\s+)?$", re.IGNORECASE)
AGE_COMMAS = re.compile(r"\b[A-Z][\w’'-]+,\s+$")
OF_AGE = re.compile(r"\b(?:(?:he|she|they|i|who)\s+(?:was|is|were|turned)|turned|turning)\s+$", re.IGNORECASE)
AFTER_SCORE = re.compile(r"\d\s?[-–]$")
NAME_BEFORE = re.compile(
    r"\b(?:channel|no\.?|nos\.?|number|article|section|resolution|chapter|phase|game|flight|route|highway|room|group|"
    r"level|page|paragraph|act|proposition|vol(?:ume)?\.?|part|unit|district|zone|boeing|airbus|gate|apollo|covid|area|"
    r"round|week|day|stage|type|class|model|version|figure|table|category|lot|bus|line|platform|terminal|pier|local|vision|bowl|agenda|horizon)\s*[-–]?\s*$",
    re.IGNORECASE,
)
CAPITAL_BEFORE = re.compile(r"(?:^|[^.!?:“\"\n]\s)[A-Z][\w’'-]*[\s-]$")
GLUED = re.compile(r"[\w]$|[A-Za-z]-$|[/.#@]$")
AFTER_GLUED = re.compile(r"^(?:[-–][A-Z\d]|[A-Za-z]\b|/\d|\.\d|[A-Z]\d)")
IDIOM_AFTER = re.compile(r"^\s+(?:horsemen|by one|by two|another\b)", re.IGNORECASE)
IDIOM_BEFORE = re.compile(r"\b(?:at\s+sixes\s+and|cloud|catch|plan|one\s+to|one\s+by|one\s+on)\s+$", re.IGNORECASE)
RATIO = re.compile(r"^-to-\w+")
SCORE = re.compile(r"^\s?[-–]\s?\d{1,3}\b(?!\s*(?:people|percent|per|km|kilomet|mile|year|day|hour|month|week|minute))")


def no_figure(text: str, number: Number) -> str | None:
    """Why the numeral at text[number.at:number.end] states no figure, as a slug; null where it may."""
    before, after = text[max(0, number.at - 40) : number.at], text[number.end : number.end + 40]
    word = text[number.at : number.end]
    digits = word.isdigit()
    if number.currency:
        return None
    for reason, holds in (
        ("date", (digits or number.kind == "range") and number.low is not None and number.low <= 31 and _day(before, after)),
        ("date", number.kind == "range" and _years(number) and not COUNTED.match(after)),
        ("score", digits and bool(RATIO.match(after))),
        ("clock", digits and len(word) <= 2 and bool(CLOCK.match(after) or before.endswith(":"))),
        ("date", digits and len(word) == 4 and _year(word, before, after)),
        ("ordinal", digits and bool(ORDINAL.match(after))),
        ("age", bool(AGE_AFTER.match(after) or AGE_BEFORE.search(before)) or _age_in_commas(number, before, after)),
        ("identifier", digits and len(word) >= 7 and word.isdigit() and not word.endswith("000")),
        ("name", bool(NAME_BEFORE.search(before)) and number.kind in ("digits", "words", "range", "oneinto")),
        (
            "name",
            (bool(GLUED.search(before)) and not before.endswith(("—", "–"))) or (digits and bool(AFTER_GLUED.match(after))),
        ),
        ("name", digits and len(word) <= 4 and bool(CAPITAL_BEFORE.search(before)) and not _counts(after)),
        ("score", number.kind != "range" and digits and bool(SCORE.match(after) or AFTER_SCORE.search(before))),
        ("idiom", bool(IDIOM_AFTER.match(after)) or bool(IDIOM_BEFORE.search(before))),
        ("date", word.endswith("0") and after.startswith("s") and digits),
    ):
        if holds:
            return reason
    return None


def _day(before: str, after: str) -> bool:
    return bool(MONTH_BEFORE.search(before) or MONTH_AFTER.match(after))


def _years(number: Number) -> bool:
    """Whether a range runs from one year to another: `between 2017 and 2022`."""
    return all(bound is not None and 1700 <= bound <= 2100 and bound == int(bound) for bound in (number.low, number.high))


def _year(word: str, before: str, after: str) -> bool:
    """A bare number of four digits is a year unless it counts persons or things that are told by the thousand."""
    if not 1700 <= int(word) <= 2100:
        return False
    if YEAR_AFTER_DATE.search(before) or not re.match(r"\s+[a-z]{3,}s\b|\s+(?:people|men|women|children)\b", after):
        return True
    if COUNTED.match(after):
        return False
    return bool(YEAR_CUE.search(before)) or 1950 <= int(word) <= 2040


def _age_in_commas(number: Number, before: str, after: str) -> bool:
    """`Jane Doe, 28, said` gives an age."""
    if number.low is not None and number.low < 110 and OF_AGE.search(before) and after[:1] in ",.;)":
        return True
    return (
        number.low is not None
        and number.low < 110
        and number.kind in ("digits", "words")
        and after[:1] in ",.)"
        and bool(AGE_COMMAS.search(before))
    )


def _counts(after: str) -> bool:
    """Whether a plural noun follows, so that a capitalised word before the numeral does not make it a name."""
    return bool(re.match(r"\s+(?:[a-z-]+\s+){0,2}[a-z]+s\b|\s+(?:people|children|women|men|percent|per cent)\b|%", after))
