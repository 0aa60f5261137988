"""Parquet: read a few rows at a time, by how large they are once unpacked, before anything becomes a Python object."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from copydesk.flows.sources.containers.bounds import MEBIBYTE
from copydesk.flows.sources.containers.columns import Columns, no_text
from copydesk.flows.sources.containers.member import Reading, sentence
from copydesk.flows.sources.containers.row import Row
from copydesk.flows.sources.containers.text_lines import LONGEST_LINE
from copydesk.warehouse.errors import PermanentError

BATCH_ROWS, BATCH_BYTES = 256, 8 * MEBIBYTE
"""Rows that are read together, fewer where the rows of a row group are large."""

LARGEST_PAGE = 256 * MEBIBYTE
"""A column of a row group that unpacks to more than this and more than DEEPEST_RATIO times its size is not unpacked."""

PACKED_RATIO = 1000
MOST_ITEMS = 20_000_000
"""Items of a nested column in one row group: a handful of bytes can say that there are thousands of millions."""


def read_parquet(reading: Reading, columns: Columns) -> Iterator[Row]:
    """The rows of a Parquet file; a row group that is damaged or over a bound is one reject, and the next is read.

    Raises PermanentError where the file has no column of text.
    """
    import pyarrow.parquet as pq

    with closing(pq.ParquetFile(reading.path)) as file:
        names = list(file.schema_arrow.names)
        wanted = columns.wanted(names)
        if not columns.has_text(dict.fromkeys(wanted)):
            raise PermanentError(f"{reading.path}: {no_text(columns, names)}")
        strings = [name for name in wanted if _is_text(file.schema_arrow.field(name).type)]
    with closing(
        pq.ParquetFile(
            reading.path, read_dictionary=strings, pre_buffer=False, memory_map=False, page_checksum_verification=True
        )
    ) as file:
        number = 0
        for group in range(file.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            yield from _group(reading, file, group, number, wanted)
            number += count


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind))


def _group(reading: Reading, file: Any, group: int, before: int, wanted: list[str]) -> Iterator[Row]:
    rows = file.metadata.row_group(group).num_rows
    done = 0
    try:
        size = _checked(file, group, wanted)
        at_once = max(1, min(BATCH_ROWS, BATCH_BYTES * max(1, rows) // max(1, size)))
        for batch in file.iter_batches(batch_size=at_once, row_groups=[group], columns=wanted, use_threads=False):
            for index in range(batch.num_rows):
                yield _row(reading, batch, index, before + done + 1)
                done += 1
    except _GroupTooLarge as error:
        yield _lost(before + done, before + rows, "too_large", str(error))
    except (OSError, ValueError, MemoryError, ArithmeticError) as error:  # pyarrow's errors are of these
        yield _lost(before + done, before + rows, "broken_row", f"cannot be read: {sentence(error)}. Write the file again.")


class _GroupTooLarge(Exception):
    """A row group that would unpack to far more bytes than the file has of it; the other groups are read."""


def _lost(before: int, last: int, reason: str, told: str) -> Row:
    """One reject for the rows of a row group that are not read."""
    if last <= before + 1:
        return Row(number=before + 1, problem=reason, detail=told)
    return Row(number=before + 1, problem=reason, detail=f"to row {last} {told}", fragment=f"{before + 1}-{last}")


def _checked(file: Any, group: int, wanted: list[str]) -> int:
    """The bytes of the wanted columns of a row group, unpacked.

    Raises _GroupTooLarge where they are too many for the bytes that the file has of them.
    """
    meta = file.metadata.row_group(group)
    total = 0
    for place in range(meta.num_columns):
        column = meta.column(place)
        if column.path_in_schema.partition(".")[0] not in wanted:
            continue
        unpacked, packed = column.total_uncompressed_size, max(1, column.total_compressed_size)
        nested = "." in column.path_in_schema
        if unpacked > LARGEST_PAGE and unpacked > PACKED_RATIO * packed:
            raise _GroupTooLarge(f"would unpack to {unpacked:,} bytes of {packed:,}. Write the file again.")
        if nested and column.num_values > MOST_ITEMS:
            raise _GroupTooLarge(f"hold lists of {column.num_values:,} items. Write the file again.")
        total += unpacked
    return total


def _row(reading: Reading, batch: Any, index: int, number: int) -> Row:
    """A row, each of its values looked at for its size before it becomes a Python object."""
    record = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        cell = column[index]
        size = _size(cell)
        if size > LONGEST_LINE:
            told = f"has {size:,} bytes in its column {name}; the limit is {LONGEST_LINE:,}. Take it out."
            return Row(number=number, problem="too_large", detail=told)
        reading.budget.spend(size)
        try:
            value = cell.as_py()
            record[name] = value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
        except (ValueError, OverflowError, ArithmeticError) as error:
            if not isinstance(error, UnicodeDecodeError):
                record[name] = None
                continue
            record[name] = bytes(error.object)
    return Row(number=number, record=record)


def _size(cell: Any) -> int:
    """The bytes of a value: of a string at once, of a list by its items."""
    import pyarrow as pa

    kind = cell.type
    if not cell.is_valid:
        return 0
    if pa.types.is_dictionary(kind):
        cell, kind = cell.value, kind.value_type
    if hasattr(cell, "as_buffer"):
        buffer = cell.as_buffer()
        return buffer.size if buffer is not None else 0
    if pa.types.is_nested(kind):
        values = getattr(cell, "values", None)
        return int(values.nbytes) if values is not None and hasattr(values, "nbytes") else 0
    return 8
