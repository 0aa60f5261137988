"""Whether `03/05/2024` is in May or in March: by the language, the country and the other dates of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

MONTH_FIRST_COUNTRIES = frozenset("us ph pr pw fm mh as gu vi ky bz".split())
"""The countries whose English papers print the month first."""

AMERICAN_HOSTS = frozenset("us gov mil edu ph pr".split())
WORLD_HOSTS = frozenset("com org net info eu tv io co me news biz int online site blog app dev".split())
"""Endings of addresses that name no country."""

ZONES = {
    **dict.fromkeys("bst gmt ist aest aedt nzst nzdt sast eat wat sgt hkt cet cest".split(), False),
    **dict.fromkeys("est edt et cst cdt mst mdt pst pdt pt akst hst".split(), True),
}
"""Time zones printed beside a date, and whether the month stands first where they are in use."""

CLOCK_ZONE = re.compile(r"\d[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*\(?([A-Z]{2,4})\b")
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|em?ber|tober)?"
NAMED_DAY = re.compile(
    rf"""
    \b(?P<month>{MONTH})\.?\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!,?\s(?:19|20)\d\d)                         # Oct. 30
    | (?<![\d.,])(?P<first>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?P<later>{MONTH})\b(?!,?\s(?:19|20)\d\d)  # the 30th of Oct
    """,
    re.VERBOSE,
)
"""A day that a text names without its year: `Oct. 30`, `the 30th of October`."""

DAYS = 365
NEWS_DAYS = 45
"""News of a day names the days of the weeks before it."""

NUMERIC = re.compile(r"(?<![\d./-])([0-3]?\d)([/-])([0-3]?\d)\2(?:(?:19|20)\d\d|\d\d)(?![\d./-])")


@dataclass(frozen=True)
class DateOrder:
    """The evidence for the order of day and month on a page, weighed only where a date needs it.

    `tags` are language tags such as `en-GB`, the surest first; `hosts` the host names of the page's address; `text` gives
    the words of the page; `detect` names the language of its text, where no tag does.
    """

    tags: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    text: Callable[[], str] = field(default=str, repr=False)
    detect: Callable[[], str | None] = field(default=lambda: None, repr=False)

    @cached_property
    def month_first(self) -> bool:
        """Whether the month stands first; what speaks for neither is taken for American where it is English.

        >>> DateOrder(text=lambda: "Published 03/11/2023. The mill burned on Oct. 30.").month_first
        False
        >>> DateOrder(text=lambda: "Published 03/11/2023. The mill burned on 9 March.").month_first
        True
        """
        for vote in (self._by_other_dates, self._by_region, self._by_host, self._by_named_days, self._by_zone):
            if (found := vote()) is not None:
                return found
        language = next(iter(self._languages()), None) or self.detect() or "en"
        return language == "en"

    def _languages(self) -> list[str]:
        return [language for tag in self.tags if (language := re.split(r"[-_]", tag.strip().lower())[0])]

    def _by_other_dates(self) -> bool | None:
        """What the dates of the page that can be read in one way only say, where they agree."""
        votes = {int(found[3]) > 12 for found in NUMERIC.finditer(self.text()) if (int(found[1]) > 12) != (int(found[3]) > 12)}
        return votes.pop() if len(votes) == 1 else None

    def _by_named_days(self) -> bool | None:
        """The reading that lies close behind the days that the text names with their month: `03/11/2023` above `Oct. 30`.

        The text is news of its time: where one reading has a named day in the weeks before it and the other has none, it holds.
        """
        text = self.text()
        named = {(int(MONTHS[month]), int(day)) for month, day in _days_in(text)}
        votes = set()
        for found in NUMERIC.finditer(text):
            one, two = int(found[1]), int(found[3])
            if max(one, two) <= 12 and one != two and named:
                fits = [_follows(month, day, named) for month, day in ((one, two), (two, one))]
                votes |= {fits[0]} if fits[0] != fits[1] else set()
        return votes.pop() if len(votes) == 1 else None

    def _by_region(self) -> bool | None:
        """`en-GB` and every language but English say day first, `en-US` month first, `en` nothing."""
        for tag in self.tags:
            language, *rest = re.split(r"[-_]", tag.strip().lower())
            if language and language != "en":
                return False
            region = next((part for part in rest if len(part) == 2), None)
            if language and region:
                return region in MONTH_FIRST_COUNTRIES
        return None

    def _by_host(self) -> bool | None:
        """The country at the end of an address."""
        for host in self.hosts:
            ending = host.lower().rpartition(".")[2].split(":")[0]
            if ending in AMERICAN_HOSTS:
                return True
            if len(ending) == 2 and ending.isalpha() and ending not in WORLD_HOSTS:
                return False
        return None

    def _by_zone(self) -> bool | None:
        """The first zone that is printed behind a time of day: `10:15 BST`."""
        zones = (ZONES.get(found[1].lower()) for found in CLOCK_ZONE.finditer(self.text()))
        return next((month_first for month_first in zones if month_first is not None), None)


def _days_in(text: str) -> Iterator[tuple[str, str]]:
    """Month, by its first three letters, and day of what a text names: `Oct. 30`, `30 October`."""
    for found in NAMED_DAY.finditer(text):
        yield (found["month"] or found["later"])[:3].lower(), found["day"] or found["first"]


def _follows(month: int, day: int, named: set[tuple[int, int]]) -> bool:
    """Whether a named day lies in the weeks before a day of the year, or is that day."""
    at = _day_of_year(month, day)
    return any((at - _day_of_year(*one)) % DAYS <= NEWS_DAYS for one in named)


def _day_of_year(month: int, day: int) -> int:
    """About which day of the year it is; months of 30.4 days are near enough for weeks."""
    return round((month - 1) * DAYS / 12) + day


UNKNOWN_ORDER = DateOrder()


def tags_of(*values: str | None) -> tuple[str, ...]:
    """The language tags among values that a page may lack.

    >>> tags_of("en_GB", None, " ")
    ('en_GB',)
    """
    return tuple(value.strip() for value in _present(values))


def _present(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value and value.strip()]
