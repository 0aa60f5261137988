"""`copydesk sql`: a query, or a prompt with completion, history and examples; it reads live files and writes nothing."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.commands.reading import open_warehouse, run_query
from copydesk.flows.site.queries import EXAMPLES
from copydesk.warehouse.errors import CopydeskError

if TYPE_CHECKING:
    import duckdb

HISTORY = Path("~/.copydesk_history")
MOST_COLUMNS = 12
"""Rows of more columns than this are printed one under the other."""

VIEWS = "SELECT view_name AS view, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY 1"
NAMES = (
    "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal "
    "UNION SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal "
    "UNION SELECT keyword_name FROM duckdb_keywords() UNION SELECT DISTINCT function_name FROM duckdb_functions() "
    "WHERE function_name SIMILAR TO '[a-z_0-9]+'"
)


def run(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    if options.query is not None:
        answer(*run_query(db, options.query), options.format)
        return 0
    return _prompt(db, options.format)


def answer(names: list[str], rows: list[tuple[object, ...]], form: str) -> None:
    """Prints rows as a table, CSV or JSON."""
    if form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows(rows)
    elif form == "json":
        print(json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str, ensure_ascii=False, indent=1))
    elif len(names) > MOST_COLUMNS:
        _records(names, rows)
    else:
        _table(names, rows)


def _records(names: list[str], rows: list[tuple[object, ...]]) -> None:
    """Rows one under the other, a line a value: what is too wide for a table."""
    wide = max(map(len, names))
    for number, row in enumerate(rows, 1):
        print(f"-- {number}")
        for name, value in zip(names, row, strict=True):
            if value is not None:
                print(f"{name:{wide}}  {value}")
    print(f"{len(rows)} rows")


def _table(names: list[str], rows: list[tuple[object, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "160"))
    Console(width=width).print(table)
    print(f"{len(rows)} rows")


def _prompt(db: duckdb.DuckDBPyConnection, form: str) -> int:
    """Reads queries to a semicolon; names are completed by Tab, history is kept between sessions."""
    import readline

    history = HISTORY.expanduser()
    if history.exists():
        readline.read_history_file(history)
    readline.set_completer(_completer(db))
    readline.set_completer_delims(" \t\n,()=<>;.")
    readline.parse_and_bind("tab: complete")
    print("End a query with ; and leave with Ctrl-D. Tab completes names; .views lists the views, .examples some queries.")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("copydesk> " if not lines else "     ...> "))
        except EOFError:
            print()
            break
        query = "\n".join(lines).strip()
        if query.startswith(".") or query.endswith(";"):
            lines.clear()
            try:
                _said(db, query, form)
            except CopydeskError as error:
                print(error, file=sys.stderr)
    try:
        readline.write_history_file(history)
    except OSError as error:
        print(f"copydesk: the history was not kept: {error}", file=sys.stderr)
    return 0


def _said(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    """Answers a query, or a word that begins with a dot."""
    word, _, number = query.rstrip(";").partition(" ")
    if word == ".views":
        answer(*run_query(db, VIEWS), form)
    elif word == ".examples" and number.strip().isdecimal() and 0 < int(number) <= len(EXAMPLES):
        print(EXAMPLES[int(number) - 1][1] + ";")
        answer(*run_query(db, EXAMPLES[int(number) - 1][1]), form)
    elif word == ".examples":
        for place, (title, sql) in enumerate(EXAMPLES, 1):
            print(f"{place}. {title}\n{textwrap.indent(sql, '   ')};\n")
        print("To run one: .examples 1")
    elif query.startswith("."):
        print(f"There is no {word}. There are .views and .examples, and SQL that ends with ;", file=sys.stderr)
    else:
        answer(*run_query(db, query), form)


def _completer(db: duckdb.DuckDBPyConnection) -> Callable[[str, int], str | None]:
    """Completes views, their columns, DuckDB's functions and keywords."""
    _, rows = run_query(db, NAMES)
    names = sorted({str(row[0]) for row in rows} | {".views", ".examples"})

    def complete(text: str, state: int) -> str | None:
        found = [name for name in names if name.casefold().startswith(text.casefold())] if text else names
        return found[state] if state < len(found) else None

    return complete
