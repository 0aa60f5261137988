"""What a source may be told: of these classes the lines of `sources.toml`, the options of a command and a form are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from copydesk.flows.options import Options
from copydesk.flows.sources.containers.columns import NAMES

Kind = Literal["folder", "glob", "archive", "rows", "warc", "urls", "feed", "sitemap"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAME = "^[a-z0-9][a-z0-9_-]{0,62}$"
MOST = 500
NAMED_COLUMNS = f"{', '.join([*NAMES][:-1])} or {[*NAMES][-1]}"
"""What columns of tables are asked for, as a sentence lists them."""


def cron_expression(value: Any) -> Any:
    """A cron expression, without outer blanks. Raises ValueError that shows one where it is none."""
    if not isinstance(value, str) or not value.strip():
        return value
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=value.strip())
    except ValueError:
        raise ValueError(f"{value!r} is no cron expression. For every quarter of an hour: */15 * * * *") from None
    return value.strip()


def single_mark(value: Any) -> Any:
    """The mark between the fields of a CSV. Raises ValueError for what is no single mark.

    >>> single_mark("tab")
    '\\t'
    """
    mark = {"tab": "\t", "\\t": "\t"}.get(str(value).lower(), value)
    if mark in (None, "") or (isinstance(mark, str) and len(mark) == 1 and mark not in '"\\\r\n\0' and not mark.isalnum()):
        return mark
    raise ValueError(f'{value!r} is no mark between fields; it must be one mark, as ";" or "|", or "tab"')


def proxy_address(value: Any) -> Any:
    """The address of a proxy. Raises ValueError for what is no address."""
    if value is not None:
        from copydesk.flows.sources.addresses import BadAddress, parse_address

        try:
            parse_address(str(value))
        except BadAddress as error:
            raise ValueError(f"this is no address such as http://proxy.example:3128: {error}") from None
    return value


def known_columns(value: Any) -> Any:
    """The columns of a table. Raises ValueError for a name of what no column is asked for."""
    if isinstance(value, Mapping) and set(value) - set(NAMES):
        raise ValueError(f"a column can be named for {', '.join(NAMES)}")
    return value


class SourceOptions(Options):
    """What a source is told by the command and by the form that add it."""

    kind: Kind = Field(
        description="What lies there: files (folder, glob, archive, rows, warc) or pages of the web (urls, feed, sitemap)."
    )
    location: str = Field(min_length=1, description="Folder, pattern, file, s3:// or web address.")
    schedule: Annotated[str | None, BeforeValidator(cron_expression)] = Field(
        default=None,
        pattern=r"^$|^\s*(\S+\s+){4}\S+\s*$",
        description="When it is read, as a cron expression such as */15 * * * *; by hand where it is left out.",
    )
    outlet: str | None = Field(default=None, description="Outlet that publishes it, where it is one.")
    language: str | None = Field(
        default=None,
        pattern="^([a-z]{2})?$",
        description="Its language as ISO 639-1, such as en, where it is one.",
        examples=["en"],
    )
    delimiter: Annotated[str | None, BeforeValidator(single_mark)] = Field(
        default=None,
        description='Mark between the fields of a CSV, such as ";", or tab; found out by its first rows where it is left out.',
    )
    most: int = Field(default=MOST, ge=1, le=100_000, description="Pages of the web fetched in one run.")
    allow: tuple[str, ...] = Field(
        default=(), description="Hosts with private addresses that may be fetched, as HOST or HOST:PORT."
    )


class Spec(SourceOptions):
    """A source as `sources.toml` has it."""

    name: str = Field(pattern=NAME)
    location: str
    language: str | None = None
    most: int = Field(default=MOST, ge=1)
    columns: Annotated[Mapping[str, str | tuple[str, ...]], BeforeValidator(known_columns)] = Field(default_factory=dict)
    """For tables of rows: text, title, date, time, url, authors, language and outlet to the names of their columns."""

    proxy: Annotated[str | None, BeforeValidator(proxy_address)] = None
    """The address of a proxy through which pages are fetched; those that the environment names are not used."""

    confined: bool = False
    """Whether it was added from the Prefect UI: a run from there reads of it what the operator allowed, and no more."""

    @property
    def shown(self) -> str:
        """The location for people to see, without logins and keys."""
        from copydesk.flows.sources.addresses import printable

        return printable(self.location)
