"""What stands above an article: title, subtitle, byline, dateline, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from htmldate.extractors import custom_parse

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded, matches

CLOCK = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\b\.?)?(?![\d%])", re.IGNORECASE)
ZONES = {
    **{"gmt": 0, "utc": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3},
    **{"trt": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9},
}
"""Hours from UTC of the zones that head lines print; names that several zones share are left out."""
ZONE = re.compile(
    rf"""
    (?:\s?Uhr)?\s?\(?                                             # 7.30 Uhr (MEZ)
    (?:(?P<name>{"|".join(sorted(ZONES, key=len, reverse=True))})\b)?
    (?:(?P<sign>[+−-])(?P<hours>[01]?\d)(?::?(?P<minutes>[0-5]\d))?)?  # UTC+3, +05:30
    (?<=[\w])\)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
DAY_FIRST = (
    r"(?P<d1>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?(?:\s+(?:de|of))?[\s./-]+"
    r"(?P<m1>{m})\.?,?(?:\s+de[l]?)?[\s,./-]+(?P<y1>(?:19|20)\d\d)"
)
MONTH_FIRST = r"(?P<m2>{m})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\.?,?\s*(?P<y2>(?:19|20)\d\d)"
ISO = r"(?P<y3>(?:19|20)\d\d)[-/.](?P<n3>[01]?\d)[-/.](?P<d3>[0-3]?\d)(?!\d)"
NUMERIC = r"(?P<a4>[0-3]?\d)(?P<sep>[./-])(?P<b4>[0-3]?\d)(?P=sep)(?P<y4>(?:19|20)\d\d)(?!\d)"
WIDE_DATE = r"(?P<y5>(?:19|20)\d\d)\s*[年년]\s*(?P<n5>[01]?\d)\s*[月월]\s*(?P<d5>[0-3]?\d)\s*[日일]"
NAME_WORD = r"(?:(?:[^\W\d_a-z][\w’'.-]*)|de|van|von|der|den|del|della|di|da|dos|la|le|al|el|bin|ibn|ter|ten)"
NAME = re.compile(rf"^{NAME_WORD}(?:\s+{NAME_WORD}){{1,4}}$")
HANGING = re.compile(
    r"""
      \s*\([^)]*\)$                                               # Ida Ferrell (Narva Bay)
    | \s*@\w+$                                                    # Ida Ferrell @idaf
    | (?<=[a-zß-ÿ])(?:Twitter|Follow|Facebook|Email|Instagram|LinkedIn)$  # Ida FerrellTwitter
    | \s+\d+\s+(?:hours?|minutes?|mins?|days?)(?:\s+ago)?$        # Ida Ferrell 3 hours ago
    """,
    re.VERBOSE,
)
"""What follows a name in a byline: a place in brackets, a handle, a button, how long ago."""

NO_NAME = re.compile(
    r"""
    \b(?:News|Press|Media|Times|Post|Online                        # Harbor Times
      |Editor|Reporter|Writer|Correspondent|Staff|Team|Desk|Redaktion  # Night Desk
      |Policy|America|Politics|Sports?|World|Opinion|Video|Home    # World Politics
      |Follow|Share|Read)\b                                       # Read More
    """,
    re.VERBOSE,
)
"""Words that no name of a person has: a line with one is an outlet, a job, a section or a button."""
ANDS = "and und et y e i en og och ja ve és"
"""The word `and` in the languages of the months table."""

SEPARATORS = re.compile(
    rf"""
    \s*(?:
        [|•·–—]|\s-\s|;|&                                         # Ida Ferrell | Tom Karst
      | ,(?!\s*(?:jr|sr)\b)                                       # not: Tom Karst, Jr
      | \b(?:{ANDS.replace(" ", "|")})\b
    )\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
DATED = re.compile(r"(?:19|20)\d\d|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d")
"""What every printed date has; a line without it is not looked at further."""

DATE_BEGINS = re.compile(r"(?=\d|[^\W\d_a-z]|(?<![^\W\d_])[a-z])")
"""Where a printed date may begin: at a digit, a capital, a letter of another script, or a small letter that begins a word."""

EARLIEST = 1980
"""Dates before this year are taken for something else."""

SHORT_LINE = 60
MONTH_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:,\s*\d{4})?"
UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]*[A-ZÀ-ÖØ-Þ.]"
TITLED = r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ’'.-]+"
AGENCY = r"[(\[](?P<agency>[A-Z][\w .&/-]{1,30})[)\]]"
PLACE_DATELINE = re.compile(
    rf"""
    ^(?P<place>
        {UPPER}(?:[ /]{UPPER}){{0,3}}                             # NARVA BAY, TARN/SELLIN
        (?:,\s(?!{MONTH_DAY}){TITLED}(?:\s{TITLED})?)?            # NARVA BAY, Norland
    )
    (?:,?\s+\(?{MONTH_DAY}\)?)?                                   # NARVA BAY, May 3
    \s*(?:{AGENCY}\s*)?                                           # NARVA BAY (Coastal Wire)
    (?:[—–]|--?(?=\s))\s*(?=\S)                                   # a dash: not NATO-led
    |
    ^(?P<titled>{TITLED}(?:[ -]{TITLED}){{0,2}}                   # Narva Bay: only with an agency behind it
        (?:,\s(?!{MONTH_DAY}){TITLED})?
    )
    (?:,?\s+{MONTH_DAY})?
    \s*(?:{AGENCY.replace("agency", "titled_agency")})            # Narva Bay (Coastal Wire) —
    \s*[—–-]+\s*(?=\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed: the day, the time with its zone as far as printed, and where it stands."""

    day: date
    clock: time | None
    start: int
    end: int
    """`clock` has its zone where one is printed beside it."""

    @property
    def moment(self) -> datetime | None:
        return datetime.combine(self.day, self.clock) if self.clock else None


class DateReader:
    """Finds printed dates in head lines, in the languages of the months table."""

    def __init__(self, lexicon: Lexicon) -> None:
        names = "|".join(re.escape(name) for name in sorted(lexicon.months, key=len, reverse=True))
        parts = (DAY_FIRST.format(m=names), MONTH_FIRST.format(m=names), ISO, NUMERIC, WIDE_DATE)
        self._pattern = re.compile("|".join(parts), re.IGNORECASE)
        self._months = lexicon.months

    def read(self, text: str, latest: date | None = None) -> PrintedDate | None:
        """The first date printed in `text` that is not later than `latest`; `None` where none is."""
        if not DATED.search(text):
            return None
        for found in matches(self._pattern, DATE_BEGINS, text):
            day = self._day(found.groupdict())
            if day and (latest is None or day <= latest) and day.year >= EARLIEST:
                clock, end = _clock(text, found.start(), found.end())
                return PrintedDate(day, clock, found.start(), max(end, found.end()))
        return self._by_htmldate(text, latest)

    def _by_htmldate(self, text: str, latest: date | None) -> PrintedDate | None:
        """What htmldate's quick patterns make of a short line: orders and two-digit years that ours leave."""
        if len(text) > SHORT_LINE or sum(ch.isdigit() for ch in text) < 4:
            return None
        newest = datetime.combine(latest or date.max, time())
        found = custom_parse(text, "%Y-%m-%d", datetime(EARLIEST, 1, 1), newest)
        if found is None:
            return None
        return PrintedDate(date.fromisoformat(found), _clock(text, 0, 0)[0], 0, len(text))

    def _day(self, part: dict[str, str | None]) -> date | None:
        for n in "12":
            if part[f"y{n}"]:
                return _date(part[f"y{n}"], self._months[str(part[f"m{n}"]).casefold()], part[f"d{n}"])
        for n in "35":
            if part[f"y{n}"]:
                return _date(part[f"y{n}"], part[f"n{n}"], part[f"d{n}"])
        first, second = int(part["a4"] or 0), int(part["b4"] or 0)
        if part["sep"] != "/" or first > 12:
            first, second = second, first
        return _date(part["y4"], first, second) or _date(part["y4"], second, first)


def _date(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _clock(text: str, start: int, end: int) -> tuple[time | None, int]:
    """The time of day beside the date at text[start:end]."""
    found = CLOCK.search(text, end, end + 30) or CLOCK.search(text[:start], max(0, start - 25))
    if not found:
        return None, end
    hour = int(found[1])
    half = (found[3] or "").casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    zone = ZONE.match(text, found.end())
    zone = zone if zone and (zone["name"] or zone["sign"]) else None
    return time(hour, int(found[2]), tzinfo=_zone(zone) if zone else None), max(end, zone.end() if zone else found.end())


def _zone(found: re.Match[str]) -> timezone:
    """The offset that a printed zone stands for: `GMT`, `CEST`, `UTC+3`, `+05:30`."""
    hours, minutes = ZONES.get((found["name"] or "utc").casefold(), 0), 0
    if found["sign"]:
        sign = -1 if found["sign"] in "-−" else 1
        hours, minutes = hours + sign * int(found["hours"]), sign * int(found["minutes"] or 0)
    return timezone(timedelta(hours=hours, minutes=minutes))


@dataclass(frozen=True)
class Byline:
    """Who wrote it, as printed: names of people, a wire agency, and whether a by-word said so."""

    authors: tuple[str, ...]
    agency: str | None
    marked: bool


def read_byline(text: str, lexicon: Lexicon) -> Byline | None:
    """The authors of a byline; `None` where the text is none.

    A line is a byline when a by-word opens it (`By Ida Ferrell and Tom Karst`), or when it holds nothing but names
    (`Ida Ferrell | Tom Karst`); `Ferry line reopens` is none.
    """
    rest, marked = _without_by(text.strip(), lexicon)
    if not rest or len(rest) > 160:
        return None
    names: list[str] = []
    agency = None
    for printed in SEPARATORS.split(rest):
        part = _without_by(HANGING.sub("", printed).strip(" .,:"), lexicon)[0]
        key = folded(part)
        if not part:
            continue
        if key in lexicon.agencies:
            agency = agency or part
        elif NAME.match(part) and not (NO_NAME.search(part) and (names or not marked)):
            names.append(part)
        elif names and (key in lexicon.author_roles or marked):
            break
        elif not (marked and names):
            return None
    if not names and not agency:
        return None
    return Byline(tuple(dict.fromkeys(map(_name_case, names))), agency, marked)


def _without_by(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    found = lexicon.by_word.match(text)
    return (text[found.end() :].strip(" :"), True) if found else (text, False)


def _name_case(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 5 else name


class Dateline(NamedTuple):
    """The place that opens a paragraph, the agency in brackets behind it, and how many letters both take with their dash."""

    place: str
    agency: str | None
    length: int


def place_dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph; `None` where none does.

    >>> place_dateline("TARN- The rowers have gone home.")
    Dateline(place='TARN', agency=None, length=6)
    >>> place_dateline("NARVA BAY, May 3 (Coastal Wire) — Divers found it.")
    Dateline(place='NARVA BAY', agency='Coastal Wire', length=34)
    >>> place_dateline("NATO-led troops went home.") is None
    True
    """
    found = PLACE_DATELINE.match(text)
    if not found:
        return None
    place = found["place"] or found["titled"]
    return Dateline(place.strip(" ,"), found["agency"] or found["titled_agency"], found.end())
