"""`copydesk sql`: a query, or a prompt: DuckDB's own where it is installed, else a plain one with history."""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands.reading import open_warehouse, run_query
from flows.settings import load_settings
from warehouse.errors import CopydeskError

if TYPE_CHECKING:
    import duckdb

HISTORY = Path("~/.copydesk_history")


def run(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    if options.query is not None:
        answer(*run_query(db, options.query), options.format)
        return 0
    if (shell := shutil.which("duckdb")) is not None:
        db.close()
        home = load_settings({"home": options.home}).place
        return subprocess.call([shell, "-readonly", str(home.warehouse.resolve())])  # noqa: S603
    return _prompt(db, options.format)


def answer(names: list[str], rows: list[tuple[object, ...]], form: str) -> None:
    """Prints rows as a table, CSV or JSON."""
    if form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows(rows)
    elif form == "json":
        print(json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str, ensure_ascii=False, indent=1))
    else:
        _table(names, rows)


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
    """Reads queries to a semicolon; history is kept between sessions."""
    import readline

    history = HISTORY.expanduser()
    if history.exists():
        readline.read_history_file(history)
    print("Views: articles facts figures quotes statements figure_series figure_conflicts rejects …")
    print("End a query with ; and leave with Ctrl-D.")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("copydesk> " if not lines else "     ...> "))
        except EOFError:
            print()
            break
        query = "\n".join(lines).strip()
        if query.endswith(";"):
            lines.clear()
            try:
                answer(*run_query(db, query), form)
            except CopydeskError as error:
                print(error, file=sys.stderr)
    try:
        readline.write_history_file(history)
    except OSError as error:
        print(f"copydesk: the history was not kept: {error}", file=sys.stderr)
    return 0
