"""The rows of a query as CSV or JSON, written as they are read: memory does not grow with their number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from copydesk.flows.site.desk.reader import Published

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def as_csv(published: Published, sql: str) -> Iterator[str]:
    """A head with the names, then a line a row; None is an empty field, a list is joined by `; `."""
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


def _field(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


WRITERS = {"csv": as_csv, "json": as_json}
