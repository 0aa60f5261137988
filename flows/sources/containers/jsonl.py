"""JSON Lines: an object a line. A line that is none is a reject, and the next one is read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from copydesk.flows.sources.containers.member import Reading, sentence
from copydesk.flows.sources.containers.row import Row
from copydesk.flows.sources.containers.text_lines import LONGEST_LINE, lines, opened
from copydesk.warehouse.errors import PermanentError


def read_jsonl(reading: Reading) -> Iterator[Row]:
    """The rows of JSON Lines, numbered without the blank ones.

    Raises PermanentError where the file is packed and the packing is damaged.
    """
    number = 0
    with opened(reading) as (stream, _, _):
        try:
            for place, line in enumerate(lines(stream, reading.budget), 1):
                if line is None or line.strip():
                    number += 1
                    yield _row(number, place, line)
        except (EOFError, OSError, zlib.error) as error:
            raise PermanentError(
                f"{reading.path}: it is damaged or cut after row {number}: {sentence(error)}. What came before is kept. "
                "Fetch the file again."
            ) from error


def _row(number: int, place: int, line: str | None) -> Row:
    if line is None:
        detail = f"has more than {LONGEST_LINE:,} characters. Take it out, or give it as a file of its own."
        return Row(number=number, line=place, problem="too_large", detail=detail)
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        told = "it is nested too deeply" if isinstance(error, RecursionError) else sentence(error)
        return Row(number=number, line=place, detail=f"is no JSON: {told}. Mend the line or take it out.")
    if not isinstance(record, dict):
        return Row(number=number, line=place, detail="is no object with named values. Mend the line or take it out.")
    return Row(number=number, line=place, record=record)
