"""Excel workbooks: a sheet a view, and a sheet that says what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from copydesk.flows.site.exports.rows import columns_of, comment_of, records
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

MOST_ROWS = 1_048_575
"""Rows that a sheet holds under its header."""

MOST_CHARACTERS = 32_767
"""Characters that a cell holds; what is longer is cut, and ends with `…`."""

EXPLAINED = "columns"
"""The name of the sheet of explanations."""

Written = tuple[int, int]
"""Rows, and how many cells were cut."""


def write_workbook(db: duckdb.DuckDBPyConnection, shown: list[str], path: Path) -> Written:
    """Writes a workbook of these views. No text in it is ever taken for a formula or a link.

    Raises PermanentError where a view has more rows than a sheet holds.
    """
    import xlsxwriter

    for view in shown:
        row = db.execute(f'SELECT count(*) FROM w."{view}"').fetchone()
        if row and row[0] > MOST_ROWS:
            raise PermanentError(f"{view} has {row[0]} rows; a sheet holds {MOST_ROWS}. Write it to .parquet or .csv.")
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    rows = cut = 0
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for view in shown:
            sheet = book.add_worksheet(view)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns_of(db, view)):
                sheet.write_string(0, place, column.name, bold)
            for number, record in enumerate(records(db, f'SELECT * FROM w."{view}"'), 1):
                cut += sum(_write(sheet, number, place, value, days) for place, value in enumerate(record.values()))
                rows += 1
        _explain(db, shown, book.add_worksheet(EXPLAINED), bold)
    return rows, cut


def write_rows(lots: Iterable[tuple[Sequence[str], Sequence[Sequence[object]]]], file: IO[bytes]) -> None:
    """Writes a workbook of one sheet: a head, then the rows, which come in lots with their names."""
    import xlsxwriter

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("rows")
        sheet.freeze_panes(1, 0)
        number = 0
        for names, rows in lots:
            if number == 0:
                for place, name in enumerate(names):
                    sheet.write_string(0, place, name, bold)
                number = 1
            for row in rows:
                for place, value in enumerate(row):
                    _write(sheet, number, place, value, days)
                number += 1


def _explain(db: duckdb.DuckDBPyConnection, shown: list[str], sheet: Any, bold: Any) -> None:
    lines = [("sheet", "column", "what it holds")]
    for view in shown:
        lines.append((view, "", comment_of(db, view)))
        lines += [(view, column.name, column.comment) for column in columns_of(db, view)]
    sheet.freeze_panes(1, 0)
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, None if number else bold)


def _write(sheet: Any, number: int, place: int, value: object, days: Any) -> bool:
    """Writes one cell; gives whether its text was cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(number, place, value)
    elif isinstance(value, datetime):
        # A sheet knows no zones: moments are written in UTC, printed times as they are.
        naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        _write_moment(sheet, number, place, naive, None)
    elif isinstance(value, date):
        _write_moment(sheet, number, place, value, days)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) < 2**53):
        sheet.write_number(number, place, value)
    else:
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        long = len(text) > MOST_CHARACTERS
        sheet.write_string(number, place, text[: MOST_CHARACTERS - 1] + "…" if long else text)
        return long
    return False


def _write_moment(sheet: Any, number: int, place: int, value: date, form: Any) -> None:
    """A day or time; what lies before 1900, which a sheet does not count, is written as text."""
    if value.year < 1900:
        sheet.write_string(number, place, value.isoformat())
    else:
        sheet.write_datetime(number, place, value, form)
