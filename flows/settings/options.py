"""What a run may be told: each option once, with its type, its bounds, its default and a sentence.

A command's options, the fields of a form in the Prefect UI, what is recorded with a run and the reference of the settings
are all made from these classes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from annotated_types import Ge, Le
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from copydesk.flows.settings.limits import MEGABYTE
from copydesk.warehouse import when

Share = Annotated[
    float,
    Field(
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of rejected documents over which the run fails, 0 to 1, once ten are in.",
    ),
]


def day(value: Any) -> Any:
    """A day from its text, as `warehouse.when` reads it.

    Raises ValueError that names the text and shows how a day is written.

    >>> day("2026-05-03")
    datetime.date(2026, 5, 3)
    """
    if not isinstance(value, str):
        return value
    return when.day(value, datetime.now(UTC))


Day = Annotated[date, BeforeValidator(day)]


class Options(BaseModel):
    """Named values, checked. Knows which of them were given, and which are defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def defaults(cls) -> Self:
        """Every value as it is where none is given, made without building the checks: help needs none."""
        return cls.model_construct()

    @property
    def given(self) -> dict[str, Any]:
        """The values that were given, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class HomeOptions(Options):
    """Where everything lies."""

    home: Annotated[str, BeforeValidator(lambda place: str(place) if isinstance(place, Path) else place)] = Field(
        default="data", description="Folder, or s3:// address, that holds everything."
    )


class WaitOptions(Options):
    """How long a job waits for its turn."""

    wait: float = Field(
        default=600.0, ge=0, le=1e9, allow_inf_nan=False, description="Seconds to wait for another run to leave the home."
    )


class WorkerOptions(WaitOptions):
    """How many processes work."""

    jobs: int = Field(default=0, ge=0, le=1024, description="Processes that transform documents; 0 is one a core.")


class ProcessOptions(WorkerOptions):
    """How documents are processed: by whom, and what one of them may take."""

    executor: str | None = Field(
        default=None,
        pattern=r"^((dask|ray)://[^\s/:]+:\d+)?$",
        description="Dask or Ray cluster that transforms documents, dask://HOST:PORT, ray://HOST:PORT; else this machine.",
        examples=["dask://HOST:PORT"],
    )
    max_rejects: Share = 0.2
    max_bytes: int = Field(
        default=32 * MEGABYTE, ge=1, le=1 << 40, description="Bytes of a document over which it is turned away."
    )
    max_seconds: float = Field(
        default=30.0,
        ge=0.1,
        le=1e6,
        allow_inf_nan=False,
        description="Seconds of processor time that the rules may use for a document before it is turned away; a plain text of "
        "more than 500,000 bytes may use more, in proportion.",
    )
    max_memory: int = Field(
        default=2048 * MEGABYTE,
        ge=64 * MEGABYTE,
        le=1 << 44,
        description="Bytes of memory that the rules may use for a document before it is turned away.",
    )


class LockOptions(WaitOptions, HomeOptions):
    """What every job that takes the home's lock may be told."""


class RebuildOptions(WorkerOptions, HomeOptions):
    """What `rebuild` may be told."""


class RunOptions(ProcessOptions, HomeOptions):
    """What every job that processes documents may be told."""


class ReprocessOptions(RunOptions):
    """What `reprocess` may be told."""

    stage: Literal["all", "clean", "facts"] = Field(
        default="all",
        description="What must have changed since: clean for blocks and articles, facts for facts, all for anything.",
    )
    source: str | None = Field(default=None, description="Only documents of this source; all where it is left out.")
    since: Day | None = Field(default=None, description="Only documents received on this day or later: 2026-05-03, yesterday.")
    until: Day | None = Field(
        default=None, description="Only documents received on this day or earlier: 2026-05-03, yesterday."
    )


class RequeueOptions(RunOptions):
    """What `requeue` may be told. What was rejected once may well be rejected again: no share of it fails the run."""

    max_rejects: Share = 1.0
    reason: str | None = Field(
        default=None,
        description="Only rejects of this reason, or that broke this expectation; all where it is left out.",
    )
    source: str | None = Field(default=None, description="Only rejects of this source; all where it is left out.")


KINDS = {
    "int": "whole number",
    "float": "number",
    "finite": "number",
    "tuple": "list of texts",
    "string": "text",
    "path": "path",
    "bool": "true or false",
    "list": "list of texts",
    "dict": "table of names",
}
"""What values of a type are called, by the first word of Pydantic's name of the error."""


def told(error: ValidationError, model: type[BaseModel], origin_of: Callable[[str], str]) -> str:
    """What is wrong with the first of the values that a model refuses: where it comes from, the value, what is allowed.

    `origin_of` gives the flag, variable, file or field that a name comes from. Passwords in values are not shown.
    """
    from copydesk.warehouse.passwords import HIDDEN, without_passwords

    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    origin, kind = origin_of(name), first["type"]
    field = model.model_fields.get(name)
    shown = without_passwords(repr(first["input"])) if field is None or field.repr else HIDDEN
    if kind == "missing":
        return f"{origin} is missing."
    if kind == "value_error":
        return f"{origin}: {without_passwords(str(first['ctx']['error']))}."
    if kind in ("greater_than_equal", "less_than_equal") and field is not None:
        low, high = bounds(field)
        allowed = f"from {low}" if high is None else f"from {low} to {high}"
        return f"{origin} is {shown}; it must be {allowed}."
    if kind == "string_pattern_mismatch" and field is not None:
        return f"{origin} is {shown}; it must be such as {' or '.join(field.examples or [first['ctx']['pattern']])}."
    if kind == "literal_error":
        return f"{origin} is {shown}; it must be {first['ctx']['expected']}."
    if kind == "string_unicode":
        return f"{origin}: {first['input']} has a name that is no UTF-8, and DuckDB opens no such file. Rename it."
    called = KINDS.get(kind.partition("_")[0])
    return f"{origin}: {shown} is no {called}." if called else f"{origin}: {shown}: {first['msg']}."


def bounds(field: FieldInfo) -> tuple[Any, Any]:
    """The least and the greatest value of a field; None where there is no bound."""
    low = next((one.ge for one in field.metadata if isinstance(one, Ge)), None)
    high = next((one.le for one in field.metadata if isinstance(one, Le)), None)
    return low, high


def flag(name: str) -> str:
    """The option of the command line that gives a value.

    >>> flag("max_rejects")
    '--max-rejects'
    """
    return f"--{name.replace('_', '-')}"
