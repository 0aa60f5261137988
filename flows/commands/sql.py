"""`copydesk sql`: a query, or a prompt; it reads live files and writes nothing."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, RowFormat
from copydesk.flows.commands.reading import open_warehouse, run_queries, run_query
from copydesk.flows.printing import say, say_csv, say_json, visible, warn
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.flows.site.queries import EXAMPLES
from copydesk.warehouse.errors import CopydeskError

if TYPE_CHECKING:
    import duckdb

MOST_COLUMNS = 12
"""Rows of more columns than this are printed one under the other."""

VIEWS_WORDS = (".views", ".tables")
QUIT_WORDS = (".quit", ".exit", "quit", "exit")
"""Words of the prompts of sqlite3 and duckdb are understood as well."""

VIEWS = "SELECT view_name AS view, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY 1"


def _no_option(kind: object, query: str | None) -> None:
    """Raises ValueError for a mistyped option; a query that begins with a comment has blanks."""
    if query and query.startswith("-") and len(query.split()) == 1:
        raise ValueError(f"There is no option {query}.")


def run(
    query: Annotated[
        str | None,
        Parameter(allow_leading_hyphen=True, validator=_no_option, help="A query over the warehouse's views."),
    ] = None,
    /,
    *,
    form: RowFormat = "table",
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    settings = settings_of(options)
    db = open_warehouse(settings)
    _add_search(db, settings)
    if query is not None:
        _answer_each(db, query, form)
        return 0
    if sys.stdin.isatty():
        from copydesk.flows.commands.sql_prompt import prompted

        _answer_all(db, prompted(db), form)
        return 0
    return int(_answer_all(db, _statements(sys.stdin), form) > 0)


def _add_search(db: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Lets questions say `FROM search('words')`; the index is made when it is first asked for and not there."""
    from copydesk.flows.jobs.search import search
    from copydesk.warehouse.search_sql import add_search

    add_search(db, lambda wanted: search(settings, wanted))


def answer(names: list[str], rows: list[tuple[object, ...]], form: str) -> None:
    """Prints rows as a table, CSV or JSON."""
    if form == "csv":
        say_csv(names, rows)
    elif form == "json":
        say_json(dict(zip(names, row, strict=True)) for row in rows)
    elif len(names) > MOST_COLUMNS:
        _records(names, rows)
    else:
        _table(names, rows)


def _records(names: list[str], rows: list[tuple[object, ...]]) -> None:
    """Rows one under the other, a line a value: what is too wide for a table."""
    wide = max(map(len, names))
    for number, row in enumerate(rows, 1):
        say(f"-- {number}")
        for name, value in zip(names, row, strict=True):
            if value is not None:
                say(f"{name:{wide}}  {value}")
    say(f"{len(rows)} rows")


def _table(names: list[str], rows: list[tuple[object, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, header_style="bold")
    for name in names:
        table.add_column(Text(visible(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else visible(value)) for value in row))
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "160"))
    Console(width=width).print(table)
    say(f"{len(rows)} rows")


def _statements(lines: Iterator[str]) -> Iterator[str]:
    """What comes from a file or a pipe, cut where a line ends with a semicolon; the last needs none."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if line.rstrip().endswith(";") or (len(held) == 1 and (line.startswith(".") or line.strip() in QUIT_WORDS)):
            yield "".join(held).strip()
            held = []
    if rest := "".join(held).strip():
        yield rest


def _answer_all(db: duckdb.DuckDBPyConnection, queries: Iterator[str], form: str) -> int:
    """Answers one query after the other; one that fails is told and stops no other. Returns how many failed."""
    failed = 0
    for query in queries:
        if query.rstrip(";") in QUIT_WORDS:
            break
        try:
            _said(db, query, form)
        except CopydeskError as error:
            warn(error)
            failed += 1
    return failed


def _said(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    """Answers a query, or a word that begins with a dot."""
    word, _, number = query.rstrip(";").partition(" ")
    if word in VIEWS_WORDS:
        answer(*run_query(db, VIEWS), form)
    elif word == ".examples" and number.strip().isdecimal() and 0 < int(number) <= len(EXAMPLES):
        say(EXAMPLES[int(number) - 1][1] + ";")
        answer(*run_query(db, EXAMPLES[int(number) - 1][1]), form)
    elif word == ".examples":
        for place, (title, sql) in enumerate(EXAMPLES, 1):
            say(f"{place}. {title}\n{textwrap.indent(sql, '   ')};\n")
        say("To run one: .examples 1")
    elif query.startswith("."):
        warn(f"There is no {word}. There are .views, .examples and .quit, and SQL that ends with ;")
    else:
        _answer_each(db, query, form)


def _answer_each(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    """Answers the questions of a line, all of them."""
    for names, rows in run_queries(db, query):
        answer(names, rows, form)
