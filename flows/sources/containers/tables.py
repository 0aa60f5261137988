"""Tables: a document a row, from JSON Lines, CSV or Parquet. A bad row is a reject of its own, the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.flows.sources.containers.columns import Columns, no_text
from copydesk.flows.sources.containers.member import Member, Reading
from copydesk.flows.sources.containers.row import Row, member_of
from copydesk.warehouse.errors import PermanentError

HELD = 100
"""Where this many rows from the first have no column of text, the others are not read."""


def read_table(reading: Reading) -> Iterator[Member]:
    """The rows of a table.

    Raises PermanentError where no row, or none of the first HELD, has a column of text.
    """
    columns = Columns(reading.options.columns)
    held: list[Row] = []
    names: dict[str, None] = {}
    seen = False
    for row in _rows(reading, columns):
        if not seen and row.record is not None and not columns.has_text(row.record):
            held.append(row)
            names.update(dict.fromkeys(map(str, row.record)))
            if len(held) == HELD:
                raise PermanentError(f"{reading.path}: {no_text(columns, list(names))}")
            continue
        seen = seen or row.record is not None
        if seen:
            yield from (member_of(one, columns, reading) for one in held)
            held.clear()
        yield member_of(row, columns, reading)
    if held:
        raise PermanentError(f"{reading.path}: {no_text(columns, list(names))}")


def _rows(reading: Reading, columns: Columns) -> Iterator[Row]:
    name = reading.path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        from copydesk.flows.sources.containers.parquet import read_parquet

        return read_parquet(reading, columns)
    if name.endswith((".jsonl", ".ndjson")):
        from copydesk.flows.sources.containers.jsonl import read_jsonl

        return read_jsonl(reading)
    from copydesk.flows.sources.containers.delimited import read_delimited

    return read_delimited(reading, columns)
