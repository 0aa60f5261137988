"""What a printed time of more than a day means: weeks, months, quarters, seasons, years, centuries."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from copydesk.transforms.dates.bounds import AHEAD, Bounds, Reader, count, full_year, make, month_bounds
from copydesk.transforms.dates.patterns import CENTURIES, DECADES, FIRST_SPELT, MONTHS

SPANS = {"day": 1, "week": 7}
PARTS_OF_YEAR = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of a season in the north."""

SEASON_CUE = re.compile(r"\b(?:in|since|by|until|of|the|from|during|before|after|late|early|this)[\s-]+$", re.IGNORECASE)

OF_MONEY = re.compile(
    r"\b(?:profits?|revenues?|earnings|sales|income|loss|losses|gdp|econom\w+|growth|results|output|inflation|exports|imports|shares|investors"
    r"|company|analysts|dividend|orders|shipments|production|bank|market|rent|spending|guidance|forecast)\b",
    re.IGNORECASE,
)
"""Words that make a quarter one of the year."""

REACH = 120
"""Characters around a quarter in which such a word stands."""

LONGEST = 20
"""Years that a short form spans at most: `2005-15`."""


def _quarter(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the first quarter of 2019`, `the second half of last year`."""
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        year = reference.year + {"last": -1, "next": 1}.get((part["this"] or "").lower(), 0)
    else:
        return None
    months = 3 if part["part"].lower() == "quarter" else 6
    number = PARTS_OF_YEAR.get(part["nth"].lower(), 12 // months)
    if number * months > 12:
        return None
    return date(year, (number - 1) * months + 1, 1), month_bounds(year, number * months)[1]


def _part_of_month(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the first two weeks of June`, `the second half of May`, `the last three days of April`."""
    number = MONTHS[part["month"]]
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        year = reference.year if number <= reference.month else reference.year - 1
    else:
        return None
    length = calendar.monthrange(year, number)[1]
    nth = part["nth"].lower()
    many = count(part["many"]) if part["many"] else 1
    unit = (part["unit"] or "").lower().rstrip("s")
    days = 15 if part["half"] else 10 if part["third"] else many * SPANS[unit]
    if nth == "second" and not part["half"]:
        return (make(year, number, days + 1), make(year, number, 2 * days)) if not part["many"] else None
    if nth == "first":
        return make(year, number, 1), make(year, number, min(days, length))
    start = days + 1 if part["half"] else max(1, length - days + 1)
    return make(year, number, start), make(year, number, length)


def _season(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the summer of 2019`."""
    name = part["season"].lower()
    between = part.string[part.end("season") : part.start("year" if part["year"] else "two")]
    if name in ("fall", "spring") and "of" not in between and not SEASON_CUE.search(before):
        return None  # a verb: `prices fall 2019 crowns`
    return _season_bounds(int(part["year"]) if part["year"] else full_year(part["two"], reference), name)


def _quarter_short(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`Q3 2019`, `3Q19`, `H1 2019`; without a year in a text of money: the last quarter of that name that has begun."""
    if part["half"]:
        return _months(int(part["year3"]), 6 * int(part["half"]) - 5, 6)
    number = int(part["nth"] or part["nth2"])
    year = part["year"] or part["year2"] or (full_year(part["two"], reference) if part["two"] else None)
    if year:
        return _months(int(year), 3 * number - 2, 3)
    return _begun(number, reference, before) if _of_money(part) else None


def _quarter_bare(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in the third quarter`, `last quarter` in a text of money; elsewhere it may be that of a match."""
    if reference is None or not _of_money(part):
        return None
    which = part["which"].lower()
    if part["nth"]:
        return _begun(PARTS_OF_YEAR[part["nth"].lower()], reference, before)
    step = {"current": 0, "this": 0, "next": 1}.get(which, -1)
    quarters = reference.year * 4 + (reference.month - 1) // 3 + step
    return _months(quarters // 4, quarters % 4 * 3 + 1, 3)


def _begun(number: int, reference: date | None, before: str) -> Bounds | None:
    """The quarter of a number that began last; the coming one after a word of the future."""
    if reference is None:
        return None
    first = 3 * number - 2
    coming = first > reference.month and AHEAD.search(before) is None
    return _months(reference.year - coming, first, 3)


def _of_money(part: re.Match[str]) -> bool:
    """Whether what stands around a quarter speaks of firms or of the economy."""
    return OF_MONEY.search(part.string, max(0, part.start() - REACH), part.end() + REACH) is not None


def _months(year: int, first: int, many: int) -> Bounds:
    return date(year, first, 1), month_bounds(year, first + many - 1)[1]


def _months_of(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the first nine months of 2019`, `the last three months of last year`."""
    many = count(part["count"])
    if part["year"]:
        year = int(part["year"])
    elif reference is not None:
        year = reference.year - (part["this"].lower() == "last")
    else:
        return None
    if not 1 <= many <= 12:
        return None
    return _months(year, 1 if part["end"].lower() == "first" else 13 - many, many)


def _season_bounds(year: int, name: str) -> Bounds:
    """The three months of a season that begins in a year; winter ends in the next."""
    first = SEASONS[name]
    last = year * 12 + first + 1
    return date(year, first, 1), month_bounds(last // 12, last % 12 + 1)[1]


def _season_which(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`last summer` is over, `this summer` is the nearest, `next summer` is to come."""
    if reference is None:
        return None
    name, which = part["season"].lower(), part["which"].lower()
    seasons = [_season_bounds(reference.year + step, name) for step in (-2, -1, 0, 1)]
    if which == "next":
        return next(one for one in seasons if one[0] is not None and one[0] > reference)
    if which == "this":
        return min(seasons, key=lambda one: _days_off(one, reference))
    return [one for one in seasons if one[1] is not None and one[1] < reference][-1]


def _days_off(season: Bounds, day: date) -> int:
    """How many days lie between a day and a season; 0 inside."""
    first, last = season[0] or day, season[1] or day
    return max((first - day).days, (day - last).days, 0)


def _weekend(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`over the weekend`: the last Saturday and Sunday; the coming ones after a word of the future."""
    if reference is None:
        return None
    saturday = reference - timedelta(days=(reference.weekday() - 5) % 7)
    if AHEAD.search(before) is not None and reference.weekday() < 5:
        saturday += timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


def _century(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    number = int(part["century"]) if part["century"] else CENTURIES.index(part["spelt"].lower().replace(" ", "-")) + FIRST_SPELT
    return date(100 * number - 99, 1, 1), date(100 * number, 12, 31)


def _season_years(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`2017-18`: two years in a row; `2019-05` is a month of a year, and `2019-80` none."""
    first = int(part["year"])
    last = first // 100 * 100 + int(part["two"])
    return (date(first, 1, 1), date(last, 12, 31)) if first < last <= first + LONGEST else None


def _span(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """Last, this or next week, month, year, weekend; weeks run Monday to Sunday."""
    if reference is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[part["which"].lower()]
    unit = part["unit"].lower()
    if unit == "decade" and step >= 0:
        return None
    if unit == "decade" or (part["which"].lower() == "past" and unit != "weekend"):
        return _up_to(reference, 1, unit)
    if unit in ("week", "weekend"):
        monday = reference - timedelta(days=reference.weekday()) + timedelta(days=7 * step)
        return (monday + timedelta(days=5) if unit == "weekend" else monday), monday + timedelta(days=6)
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + step
        return month_bounds(months // 12, months % 12 + 1)
    return date(reference.year + step, 1, 1), date(reference.year + step, 12, 31)


def _ago(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`three weeks ago`: that week, Monday to Sunday."""
    if reference is None or not (many := count(part["count"])):
        return None
    unit = part["unit"].lower().rstrip("s")
    if unit in ("minute", "hour"):
        day = reference - timedelta(hours=many if unit == "hour" else 0)
        return day, day
    if unit in ("decade", "fortnight"):
        unit, many = ("year", 10 * many) if unit == "decade" else ("week", 2 * many)
    if unit in SPANS:
        day = reference - timedelta(days=many * SPANS[unit])
        if unit == "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        return day, day
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 - many
        return month_bounds(months // 12, months % 12 + 1)
    return date(reference.year - many, 1, 1), date(reference.year - many, 12, 31)


def _past(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """The past 24 hours, the last three weeks: up to the reference."""
    if reference is None or not (many := count(part["count"])):
        return None
    return _up_to(reference, many, part["unit"].lower().rstrip("s"))


def _up_to(reference: date, many: int, unit: str) -> Bounds:
    """So many days, weeks, months, years or decades that end with the reference."""
    if unit in ("year", "decade"):
        years = many * (10 if unit == "decade" else 1)
        first = make(reference.year - years, reference.month, reference.day)
        return first or date(reference.year - years, 2, 28), reference
    days = {"hour": many / 24, "day": many, "week": 7 * many, "month": 30.44 * many}[unit]
    return reference - timedelta(days=round(days)), reference


def _year_span(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    return date(int(part["year"]), 1, 1), date(int(part["year2"]), 12, 31)


def _decade(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    if part["spelt"]:
        first = 1920 + 10 * DECADES.index(part["spelt"].lower())
    elif part["short"]:
        first = full_year(part["short"], reference)
    else:
        first = int(part["decade"] or part["decade2"])
    return date(first, 1, 1), date(first + 9, 12, 31)


RECORDS = re.compile(r"\brecords?\s+(?:began|begin|started|keeping\s+began)\s+in\s+$", re.IGNORECASE)
"""`the wettest week since records began in 1840` says nothing of when."""


def _year(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`in 2019`; not `in 2019 boats`, but at the head of a sentence: `In 2019 floods came`."""
    if RECORDS.search(before):
        return None
    counts = re.match(
        r"\s+(?!(?:was|is|has|as|its|this|does|across|versus)\b)[a-z]+s\b", part.string[part.end() : part.end() + 30]
    )
    if counts is not None and re.search(r"\b[a-z]+\s*$", before):
        return None
    return date(int(part["year"]), 1, 1), date(int(part["year"]), 12, 31)


def _year_of(part: re.Match[str], reference: date | None, before: str) -> Bounds | None:
    """`the 2019 election`, `FY19`."""
    if RECORDS.search(before):
        return None
    year = int(part["year"]) if part["year"] else full_year(part["two"], reference)
    return date(year, 1, 1), date(year, 12, 31)


PERIODS: dict[str, Reader] = {
    "quarter": _quarter,
    "quarter_short": _quarter_short,
    "quarter_bare": _quarter_bare,
    "months_of": _months_of,
    "part_of_month": _part_of_month,
    "season": _season,
    "season_which": _season_which,
    "weekend": _weekend,
    "span": _span,
    "ago": _ago,
    "past": _past,
    "year_span": _year_span,
    "season_years": _season_years,
    "decade": _decade,
    "century": _century,
    "fiscal": _year_of,
    "old_year": _year_of,
    "year_of": _year_of,
    "year": _year,
}
"""The reader of each pattern of a time longer than a day."""
