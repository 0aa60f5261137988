"""The rows of a query as CSV, JSON or a workbook, written as they are read: memory does not grow with their number."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from copydesk.flows.site.desk.base import HEADERS
from copydesk.flows.site.desk.reader import Published
from copydesk.flows.site.exports.workbook import MOST_ROWS, write_rows

PIECE = 1 << 16
"""Bytes of a workbook that are sent at a time."""


def as_csv(published: Published, sql: str) -> Iterator[str]:
    """A head with the names, then a line a row; None is an empty field, a list is joined by `; `. See `_field` for formulas."""
    for number, (names, rows) in enumerate(published.lots(sql)):
        out = io.StringIO()
        writer = csv.writer(out)
        if number == 0:
            writer.writerow(names)
        writer.writerows([[_field(value) for value in row] for row in rows])
        yield out.getvalue()


def as_json(published: Published, sql: str) -> Iterator[str]:
    """An array of objects."""
    before = "[\n"
    for names, rows in published.lots(sql):
        told = [json.dumps(dict(zip(names, row, strict=True)), default=str, ensure_ascii=False) for row in rows]
        if told:
            yield before + ",\n".join(told)
            before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def as_xlsx(published: Published, sql: str) -> Iterator[bytes]:
    """A workbook of one sheet: its first rows, as many as a sheet holds. No text in it is taken for a formula."""
    with tempfile.TemporaryFile() as file:
        write_rows(published.lots(f"{sql}\nLIMIT {MOST_ROWS}"), file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet takes for a formula, and would run."""


def _field(value: Any) -> Any:
    """A value as a cell: an apostrophe before a text that would be run, so that it is read as text. Numbers stay numbers.

    >>> _field("=HYPERLINK(A1)"), _field(-4.5), _field(["-1", "two"])
    ("'=HYPERLINK(A1)", -4.5, "'-1; two")
    """
    told = "; ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{told}" if isinstance(told, str) and told.startswith(FORMULA) else told


WRITERS: Mapping[str, Callable[[Published, str], Iterator[str] | Iterator[bytes]]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_of(published: Published, sql: str, name: str, kind: str) -> Response:
    """The rows of a query as a file that is written while it is read."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(WRITERS[kind](published, sql), media_type=MEDIA[kind], headers=headers)
