"""The arguments of questions that programs ask, each once: JSON over HTTP and tools take the same."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.transforms.vocabulary import Measure
from copydesk.warehouse.errors import PermanentError

MOST = 100
"""Rows of an answer."""

LONGEST = 500
"""Characters of a name or of words."""

Words = Annotated[str, Field(min_length=1, max_length=LONGEST, description='Words, a "phrase", beginn*, -without, a OR b.')]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Identity = Annotated[str, Field(min_length=1, max_length=LONGEST, description="The id.")]
Number = Annotated[float, Field(allow_inf_nan=False, description="The number.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many rows are given at most.")]
Skip = Annotated[int, Field(ge=0, le=100_000, description="How many of the first are left out: for the next page.")]
PlaceName = Annotated[
    str | None,
    Field(max_length=LONGEST, description="Of this place, or of one in the district, state or country of this name."),
]
EntityName = Annotated[
    str | None, Field(max_length=LONGEST, description="On this one's word, under any of its names, by its spokesmen too.")
]
OutletName = Annotated[str | None, Field(max_length=LONGEST, description="Printed by this outlet.")]
Since = Annotated[str | None, Field(max_length=40, description="Published on this day or later: 2026-05-03, yesterday, -7d.")]
Until = Annotated[str | None, Field(max_length=40, description="Published on this day or earlier: 2026-05-03, yesterday, -7d.")]
Kind = Literal["articles", "sentences", "facts"]
Relation = Literal["agrees", "differs", "contradicts", "revises"]


def checked_measure(name: str | None) -> str | None:
    """A measure. Raises PermanentError that lists them where it is none."""
    if name is not None and name not in list(Measure):
        raise PermanentError(f"{name!r} is no measure. The measures are: {', '.join(Measure)}.")
    return name
