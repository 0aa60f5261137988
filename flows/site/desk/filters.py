"""What the address of a list may set: conditions, and what each takes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from copydesk.warehouse import when
from copydesk.warehouse.scans import quoted

MOST_CHOICES = 200
"""Values that a filter offers."""

LONGEST = 300
"""Characters of what a filter is given."""

IN_RUN = (
    "{column} BETWEEN (SELECT started_at FROM runs WHERE run_id = {{}}) "
    "AND (SELECT coalesce(finished_at, now()) FROM runs WHERE run_id = {{}})"
)

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadFilter(ValueError):
    """A filter was given what it cannot take; the message names both and says what it takes."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A condition that the address may set.

    Args:
        name: Its name in the address
        label: What people read
        condition: SQL with `{}` where the value stands, as a literal of SQL
        literal: Makes the literal of what was typed; raises BadFilter
        choices: A query of the values to choose from, each with its number of rows; or the values themselves
        shown: Whether the form shows it; one that is not only comes by links
        kind: The type of its field in the form
        facet: SQL of the value that it asks for, where rows are counted by it
    """

    name: str
    label: str
    condition: str
    literal: Callable[[str, str], str]
    choices: str | Sequence[str] | None = None
    shown: bool = True
    kind: str = "text"
    facet: str = ""


def equal(name: str, label: str, value: str, table: str = "", *, shown: bool = True, facet: bool = True) -> Filter:
    """A filter by one value of an expression; of the commonest in a table where the form offers them."""
    offered = choices(value, table) if table else None
    return Filter(
        name=name,
        label=label,
        condition=f"{value} = {{}}",
        literal=word,
        choices=offered,
        shown=shown,
        facet=value if facet else "",
    )


def choices(value: str, table: str) -> str:
    """A query of the commonest values of an expression."""
    return (
        f"SELECT {value} AS value, count(*) AS n FROM {table} WHERE {value} IS NOT NULL GROUP BY ALL "
        f"ORDER BY n DESC, value LIMIT {MOST_CHOICES}"
    )


def during(column: str) -> Filter:
    """What a run made, by the time: one run at a time writes to a home."""
    return Filter(name="run", label="Run", condition=IN_RUN.format(column=column), literal=word, shown=False)


def word(label: str, given: str) -> str:
    """A text as a literal."""
    return quoted(given)


def part(label: str, given: str) -> str:
    r"""A text as a pattern of ILIKE that finds it anywhere.

    >>> part("words", "5% of it's")
    "'%5\\% of it''s%'"
    """
    return quoted("%" + re.sub(r"([\\%_])", r"\\\1", given) + "%")


def day(label: str, given: str) -> str:
    """A day, as all commands take it, as a literal. Raises BadFilter for what is none."""
    try:
        return f"DATE {quoted(when.day(given, datetime.now(UTC)).isoformat())}"
    except ValueError as error:
        raise BadFilter(f"{label}: {error}") from None


def moment(label: str, given: str) -> str:
    """A time as a literal; a day is its beginning. Raises BadFilter for what is none."""
    return f"TIMESTAMPTZ {quoted(time_of(label, given).isoformat(sep=' '))}"


def time_of(label: str, given: str) -> datetime:
    """A time as all commands take it. Raises BadFilter for what is none."""
    try:
        return when.moment(given, datetime.now(UTC))
    except ValueError as error:
        raise BadFilter(f"{label}: {error}") from None


def number(label: str, given: str) -> str:
    """A number as a literal. Raises BadFilter for what is none."""
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadFilter(f"{label}: “{given}” is no number such as 0.5.")
    return repr(value)


def nothing(label: str, given: str) -> str:
    """For a condition that is set or not, without a value."""
    return ""


def clean(label: str, given: str) -> str:
    """What a filter was given, without blanks around it. Raises BadFilter for what nobody can have typed."""
    if UNSEEN.search(given) or len(given) > LONGEST:
        raise BadFilter(f"{label}: give up to {LONGEST} characters, all of which can be seen.")
    return given.strip()
