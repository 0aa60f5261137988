"""What the address of a list may set: conditions, and what each takes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
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

Literal = Callable[[str, str], str]
"""Makes the literal of SQL of what was typed into the field of a label."""

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadFilter(ValueError):
    """A filter was given what it cannot take; the message names both and says what it takes."""


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
    literal: Literal
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


def one_of(name: str, label: str, value: str, values: Iterable[str]) -> Filter:
    """A filter by one value of an expression that has only these."""
    offered = tuple(values)
    return Filter(name=name, label=label, condition=f"{value} = {{}}", literal=word, choices=offered, facet=value)


def holding(name: str, label: str, column: str, table: str) -> Filter:
    """A filter by one value of a column of lists; the commonest in a table are offered."""
    offered = choices(name, f"(SELECT unnest({column}) AS {name} FROM {table})")
    return Filter(name=name, label=label, condition=f"list_contains({column}, {{}})", literal=word, choices=offered)


def searched(name: str, label: str, condition: str, literal: Literal = part) -> Filter:
    """A field for words that a text has in it."""
    return Filter(name=name, label=label, condition=condition, literal=literal, kind="search")


def days(what: str, last: str, first: str) -> tuple[Filter, Filter]:
    """Two filters by days: what ends on a day or later, and what begins on a day or earlier."""
    return (
        Filter(name="from", label=f"{what} from", condition=f"{last} >= {{}}", literal=day, kind="date"),
        Filter(name="to", label=f"{what} to", condition=f"{first} <= {{}}", literal=day, kind="date"),
    )


def ticked(name: str, label: str, condition: str) -> Filter:
    """A condition without a value, set or not."""
    return Filter(name=name, label=label, condition=condition, literal=nothing, kind="checkbox")


def linked(name: str, label: str, condition: str) -> Filter:
    """A filter by one value that only links set."""
    return Filter(name=name, label=label, condition=condition, literal=word, shown=False)


def since(label: str, column: str) -> Filter:
    """What came at a time or later; only links set it."""
    return Filter(name="since", label=label, condition=f"{column} >= {{}}", literal=moment, shown=False)


def choices(value: str, table: str) -> str:
    """A query of the commonest values of an expression."""
    return (
        f"SELECT {value} AS value, count(*) AS n FROM {table} WHERE {value} IS NOT NULL GROUP BY ALL "
        f"ORDER BY n DESC, value LIMIT {MOST_CHOICES}"
    )


def during(column: str) -> Filter:
    """What a run made, by the time: one run at a time writes to a home."""
    return linked("run", "Run", IN_RUN.format(column=column))


def clean(label: str, given: str) -> str:
    """What a filter was given, without blanks around it. Raises BadFilter for what nobody can have typed."""
    if UNSEEN.search(given) or len(given) > LONGEST:
        raise BadFilter(f"{label}: give up to {LONGEST} characters, all of which can be seen.")
    return given.strip()
