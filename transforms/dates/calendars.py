"""Years, months and digits of other calendars and scripts, as the Gregorian calendar counts them."""

from __future__ import annotations

from datetime import date, timedelta

SOLAR_MONTHS = {
    **{"فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "شهریور": 6},
    **{"مهر": 7, "آبان": 8, "آذر": 9, "دی": 10, "بهمن": 11, "اسفند": 12},
}
"""The months of the Iranian calendar by their number."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of each Japanese era: 令和6年 is 2018 + 6."""

BUDDHIST = 543
"""Thai years count from 543 years before ours."""

DIGITS = {
    ord(digit): str(value)
    for zero in "٠۰०০೦๐໐０"  # Arabic, Persian, Devanagari, Bengali, Kannada, Thai, Lao, full width
    for value, digit in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))
}

LEAP_YEARS_OF_33 = (1, 5, 9, 13, 17, 22, 26, 30)
"""The leap years in a cycle of 33 Iranian years; right from 1244 to 1472, our 1865 to 2094."""


def plain_digits(text: str) -> str:
    """The text with the digits of other scripts as 0 to 9, letter for letter.

    >>> plain_digits("٣ مايو ٢٠٢٤")
    '3 مايو 2024'
    """
    return text if text.isascii() else text.translate(DIGITS)


def gregorian_year(year: int) -> int:
    """The year as we count it: Thai years above 2400 lose 543.

    >>> gregorian_year(2567), gregorian_year(2024)
    (2024, 2024)
    """
    return year - BUDDHIST if 2400 < year < 2700 else year


def from_solar(year: int, month: int, day: int) -> date | None:
    """The day of an Iranian date; `None` where there is no such day.

    >>> str(from_solar(1403, 2, 14)), str(from_solar(1399, 12, 30)), from_solar(1400, 12, 30)
    ('2024-05-03', '2021-03-20', None)
    """
    longest = 31 if month <= 6 else 30 if month < 12 or year % 33 in LEAP_YEARS_OF_33 else 29
    if not (1300 <= year < 1470 and 1 <= month <= 12 and 1 <= day <= longest):
        return None
    leaps = sum(one % 33 in LEAP_YEARS_OF_33 for one in range(1300, year))
    before = (year - 1300) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return date(1921, 3, 21) + timedelta(days=before)


def from_era(era: str, year: int) -> int:
    """The year of a year of a Japanese era.

    >>> from_era("令和", 6), from_era("平成", 31)
    (2024, 2019)
    """
    return ERAS[era] + year
