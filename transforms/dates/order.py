"""Whether `03/05/2024` is in May or in March: by the language, the country and the other dates of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
        """Whether the month stands first; what speaks for neither is taken for American where it is English."""
        for vote in (self._by_other_dates, self._by_region, self._by_host, self._by_zone):
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


UNKNOWN_ORDER = DateOrder()


def tags_of(*values: str | None) -> tuple[str, ...]:
    """The language tags among values that a page may lack.

    >>> tags_of("en_GB", None, " ")
    ('en_GB',)
    """
    return tuple(value.strip() for value in _present(values))


def _present(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value and value.strip()]
