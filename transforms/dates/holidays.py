"""Holidays that news names instead of their day, and the day of each in a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

APOSTROPHE = "[’']"
MONDAY, TUESDAY, THURSDAY = 0, 1, 3


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar.

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, plain = divmod(century, 4)
    correction = (century + 8) // 25
    sync = (century - correction + 1) // 3
    moon = (19 * golden + century - leap - sync + 15) % 30
    first, second = divmod(rest, 4)
    week = (32 + 2 * plain + 2 * first - moon - second) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (Monday is 0) of a month; the last one for `nth` -1.

    >>> nth_weekday(2024, 9, 0, 1), nth_weekday(2024, 5, 0, -1)
    (datetime.date(2024, 9, 2), datetime.date(2024, 5, 27))
    """
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, shift: int = 0) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) + timedelta(days=shift)


def _from_easter(shift: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=shift)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    rf"New\ Year{APOSTROPHE}?s\ Eve": _on(12, 31),
    rf"New\ Year{APOSTROPHE}?s\ Day": _on(1, 1),
    "Christmas\\ Eve": _on(12, 24),
    "Christmas\\ Day": _on(12, 25),
    "Boxing\\ Day": _on(12, 26),
    rf"(?:St\.?\ )?Valentine{APOSTROPHE}?s\ Day": _on(2, 14),
    rf"St\.?\ Patrick{APOSTROPHE}?s\ Day": _on(3, 17),
    rf"International\ Women{APOSTROPHE}?s\ Day": _on(3, 8),
    "Earth\\ Day": _on(4, 22),
    "May\\ Day": _on(5, 1),
    "Bastille\\ Day": _on(7, 14),
    "Anzac\\ Day|ANZAC\\ Day": _on(4, 25),
    "Canada\\ Day": _on(7, 1),
    "Australia\\ Day": _on(1, 26),
    "Juneteenth": _on(6, 19),
    "(?:the\\ )?Fourth\\ of\\ July": _on(7, 4),
    "Halloween": _on(10, 31),
    rf"All\ Saints{APOSTROPHE}?\ Day": _on(11, 1),
    "Armistice\\ Day|Remembrance\\ Day|Veterans\\ Day": _on(11, 11),
    "World\\ AIDS\\ Day": _on(12, 1),
    "Martin\\ Luther\\ King(?:\\ Jr\\.?)?\\ Day": _nth(1, MONDAY, 3),
    rf"Presidents{APOSTROPHE}?\ Day": _nth(2, MONDAY, 3),
    "Memorial\\ Day": _nth(5, MONDAY, -1),
    "Labor\\ Day": _nth(9, MONDAY, 1),
    "Columbus\\ Day": _nth(10, MONDAY, 2),
    "Thanksgiving(?:\\ Day)?": _nth(11, THURSDAY, 4),
    "Cyber\\ Monday": _nth(11, THURSDAY, 4, 4),
    "Shrove\\ Tuesday|Mardi\\ Gras": _from_easter(-47),
    "Ash\\ Wednesday": _from_easter(-46),
    "Palm\\ Sunday": _from_easter(-7),
    "Maundy\\ Thursday": _from_easter(-3),
    "Good\\ Friday": _from_easter(-2),
    "Easter\\ Sunday": _from_easter(0),
    "Easter\\ Monday": _from_easter(1),
    "Whit\\ Monday": _from_easter(50),
}
"""Holidays by a pattern of their names, with the day of each. Not here: what several countries hold on other days."""

HOLIDAY = rf"(?-i:{'|'.join(HOLIDAYS)})(?!\s+(?:tree|weekend|dinner|parade|sales?)\b)"
_NAMED = [(re.compile(name, re.VERBOSE), day) for name, day in HOLIDAYS.items()]


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year.

    >>> holiday("Good Friday", 2024)
    datetime.date(2024, 3, 29)
    """
    return next(day for pattern, day in _NAMED if pattern.fullmatch(name))(year)
