"""Times as people give them: a day, a time, `yesterday`, `-7d`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

AGO = re.compile(r"-(\d{1,5})(m|h|d|w)")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
DAYS_AGO = {"today": 0, "yesterday": 1}
WAYS = "a day such as 2026-05-03, a time such as 2026-05-03T14:00, today, yesterday, now, or how long ago: -7d, -36h, -2w, -30m"


def moment(given: str, now: datetime, end: bool = False) -> datetime:
    """The moment that a text names. What has no zone is UTC.

    Args:
        given: `now`, `-7d` and its like, a time, a day, `today` or `yesterday`.
        now: the time at which it is asked.
        end: whether a day stands for its end; otherwise it stands for its beginning.

    >>> now = datetime(2026, 5, 3, 14, tzinfo=UTC)
    >>> print(moment("yesterday", now), moment("-36h", now), moment("2026-05-01T09:30", now), sep=", ")
    2026-05-02 00:00:00+00:00, 2026-05-02 02:00:00+00:00, 2026-05-01 09:30:00+00:00

    Raises ValueError that says which ways there are.
    """
    text = given.strip()
    word = text.casefold()
    if word == "now":
        return now
    if ago := AGO.fullmatch(word):
        return now - int(ago[1]) * UNITS[ago[2]]
    if word in DAYS_AGO:
        return _of_day(now.astimezone(UTC).date() - timedelta(days=DAYS_AGO[word]), end)
    try:
        if len(text) <= len("2026-05-03"):
            return _of_day(date.fromisoformat(text), end)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{given!r} is no time. Give {WAYS}") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(given: str, now: datetime) -> date:
    """The day that a text names, as `moment` reads it.

    >>> print(day("-7d", datetime(2026, 5, 3, 14, tzinfo=UTC)))
    2026-04-26
    """
    return moment(given, now).date()


def _of_day(found: date, end: bool) -> datetime:
    return datetime.combine(found, time.max if end else time.min, tzinfo=UTC)
