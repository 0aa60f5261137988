"""What the parameters of several commands have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from cyclopts import Parameter, Token

from copydesk.flows.settings.options import day

FLAT = Parameter(name="*")
"""The fields of a class of options are options of the command."""


def _day(kind: type, tokens: Sequence[Token]) -> Any:
    return day(tokens[0].value)


Day = Annotated[date | None, Parameter(converter=_day, n_tokens=1, metavar="DAY", allow_leading_hyphen=True)]
RowFormat = Annotated[Literal["table", "csv", "json"], Parameter(name="--format", help="How rows are printed.")]
WhyChanged = Annotated[
    str | None,
    Parameter(metavar="TEXT", allow_leading_hyphen=True, help="Why, for those who come after; needed for what changes."),
]
When = Annotated[str | None, Parameter(metavar="WHEN", allow_leading_hyphen=True)]
