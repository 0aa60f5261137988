"""CSV and similar files: the mark between fields is given or found out, and every row must have the fields of the header."""

from __future__ import annotations

import csv
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from copydesk.flows.sources.containers.bounds import LINE_COST, Budget
from copydesk.flows.sources.containers.columns import Columns, no_text
from copydesk.flows.sources.containers.member import Reading, sentence
from copydesk.flows.sources.containers.row import Row
from copydesk.flows.sources.containers.text_lines import LONGEST_LINE, lines, opened
from copydesk.warehouse.errors import PermanentError

MARKS = ",;\t|"
SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)
SNIFFED = 50
MOST_LINES = 20_000
"""Lines of one row; a quotation mark that is never closed would take in all that follow."""

BAD_ROW_COST = 16 * 1024
PLAIN: Mapping[str, Any] = {"strict": True}
ESCAPED: Mapping[str, Any] = {**PLAIN, "escapechar": "\\", "doublequote": True}
WITH_BLANKS: Mapping[str, Any] = {**PLAIN, "skipinitialspace": True}
ESCAPED_WITH_BLANKS: Mapping[str, Any] = {**ESCAPED, "skipinitialspace": True}
OPENED_BEHIND_BLANK = re.compile(r' "')
Fields = list[str]


class _TooLong(Exception):
    """A row has more characters or lines than a row may have."""


class _Lines:
    """The lines of a file, of which some may be looked at before they are taken."""

    def __init__(self, source: Iterable[str | None], budget: Budget) -> None:
        self._source, self._budget = iter(source), budget
        self._ahead: deque[str | None] = deque()
        self.number = 1
        """The number in the file of the line that comes next."""

    def peek(self, offset: int) -> str | None:
        """A line that is ahead; None for one that is too long.

        Raises StopIteration at the end of the file.
        """
        while len(self._ahead) <= offset:
            self._ahead.append(next(self._source))
        return self._ahead[offset]

    def take(self, count: int) -> None:
        """Passes over `count` lines."""
        for _ in range(count):
            self._ahead.popleft()
        self.number += count

    def pay(self, cost: int) -> None:
        """Takes off the budget what a broken row costs beside its bytes: it is read more than once."""
        self._budget.spend(cost)

    def parsed(self, dialect: Mapping[str, Any]) -> tuple[Fields, int]:
        """The next row and how many lines it takes; nothing is taken.

        Raises csv.Error where it is broken, _TooLong, StopIteration at the end of the file.
        """
        used = 0

        def feed() -> Iterator[str]:
            nonlocal used
            size = 0
            while True:
                try:
                    line = self.peek(used)
                except StopIteration:
                    return
                used += 1
                size += len(line or "")
                if line is None or size > LONGEST_LINE or used > MOST_LINES:
                    raise _TooLong
                if used > 1:
                    self._budget.spend(len(line) // 4)  # a row that is not closed is read again from each of its lines
                yield line

        fields = next(csv.reader(feed(), **dialect))
        return fields, used


def read_delimited(reading: Reading, columns: Columns) -> Iterator[Row]:
    """The rows of a CSV under its header, numbered without the blank ones.

    Raises PermanentError where the header has no column of text, or the file is packed and the packing is damaged.
    """
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    with opened(reading) as (stream, sample, encoding):
        ahead = _Lines(lines(stream, reading.budget), reading.budget)
        try:
            mark = _told_mark(ahead) or reading.options.delimiter
            mark = mark or found_mark(sample.decode(encoding, "replace"), columns, reading.path.name)
            names = _header(ahead, mark, reading)
            if names is None:
                return
            if not columns.has_text(dict.fromkeys(names)):
                raise PermanentError(f"{reading.path}: {no_text(columns, names)}")
            for row in _rows(ahead, mark, names, columns):
                number = row.number
                yield row
        except (EOFError, OSError, zlib.error) as error:
            raise PermanentError(
                f"{reading.path}: it is damaged or cut after row {number}: {sentence(error)}. What came before is kept. "
                "Fetch the file again."
            ) from error


def _told_mark(ahead: _Lines) -> str | None:
    """The mark that a line `sep=;` above the header names, as Excel writes it; the line is passed over."""
    try:
        found = SEP_LINE.match(ahead.peek(0) or "")
    except StopIteration:
        return None
    if found:
        ahead.take(1)
    return found[1] if found else None


def found_mark(sample: str, columns: Columns, name: str) -> str:
    """The mark between the fields, by the first rows: that under which a column of text is named, then that with the most
    columns that all rows have alike; a comma, or a tab by the file's ending, where nothing speaks for another.

    >>> found_mark("title;text\\nA, B;C, D\\n", Columns({}), "a.csv")
    ';'
    """
    ending = "\t" if name.lower().removesuffix(".gz").endswith((".tsv", ".tab")) else ","
    ranked = [ending, *(mark for mark in MARKS if mark != ending)]
    text = SEP_LINE.sub("", sample, count=1)
    return max(ranked, key=lambda mark: (*_fit(text, mark, columns), -ranked.index(mark)))


def _fit(text: str, mark: str, columns: Columns) -> tuple[bool, float]:
    rows: list[Fields] = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=mark, skipinitialspace=True):
            if row:
                rows.append(row)
            if len(rows) == SNIFFED:
                break
    except csv.Error:
        pass
    if not rows or len(rows[0]) < 2:
        return bool(rows) and columns.has_text(dict.fromkeys(rows[0])), 0.0
    alike = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
    return columns.has_text(dict.fromkeys(rows[0])), alike + min(len(rows[0]), 50) / 1000


def _header(ahead: _Lines, mark: str, reading: Reading) -> Fields | None:
    """The names of the columns; None where the file has nothing in it."""
    while True:
        try:
            fields, used = ahead.parsed({"delimiter": mark, "skipinitialspace": True})
        except StopIteration:
            return None
        except _TooLong:
            raise PermanentError(
                f"{reading.path}: its first row has more than {LONGEST_LINE:,} characters: it is no header."
            ) from None
        ahead.take(used)
        if any(field.strip() for field in fields):
            return [field.strip().strip("\ufeff").strip() for field in fields]


def _rows(ahead: _Lines, mark: str, names: Sequence[str], columns: Columns) -> Iterator[Row]:
    number = 0
    while True:
        line = ahead.number
        try:
            fields, used, problem = _next(ahead, mark, len(names))
        except StopIteration:
            return
        ahead.take(used)
        if fields is not None and not any(field.strip() for field in fields):
            continue
        number += 1
        if fields is None:
            ahead.pay(BAD_ROW_COST)
            last = _passed_over(ahead, mark, len(names)) if used == 1 else 0
            lines_told = f"to line {last}, " if last > line else ""
            yield Row(number=number, line=line, problem=problem[0], detail=lines_told + problem[1])
            continue
        record = _record(names, fields)
        if len(fields) < len(names) and not columns.has_text(record):
            told = f"has {len(fields)} fields where the header names {len(names)}, none of them the text. Mend the row."
            yield Row(number=number, line=line, detail=told)
        else:
            yield Row(number=number, line=line, record=record)


def _passed_over(ahead: _Lines, mark: str, width: int) -> int:
    """Takes the lines up to the next whole row: what is left of a row that cannot be read is no row. The last line taken."""
    while True:
        try:
            fields, used, _ = _next(ahead, mark, width)
        except StopIteration:
            return ahead.number - 1
        quoted = (ahead.peek(0) or "").startswith('"')  # in a table of one column any line looks like a row
        if fields is not None and len(fields) == width and (width > 1 or quoted):
            return ahead.number - 1
        ahead.take(used)
        ahead.pay(LINE_COST * 8)


def _next(ahead: _Lines, mark: str, width: int) -> tuple[Fields | None, int, tuple[str, str]]:
    """The next row, or why it is none, and how many lines it takes.

    Read strictly, with quotation marks doubled, then with marks escaped by a backslash, both with and without blanks
    before a quotation mark, and where all fail, as a row of one line whose marks stand anywhere. A row that cannot be read
    takes one line, so that the one after it is not lost.
    """
    first = ahead.peek(0)
    problem = ("too_large", f"has more than {LONGEST_LINE:,} characters. Take it out.")
    wrong: tuple[Fields, int] | None = None
    blanks = first is None or OPENED_BEHIND_BLANK.search(first) is not None
    for dialect in (WITH_BLANKS, PLAIN, ESCAPED_WITH_BLANKS, ESCAPED) if blanks else (PLAIN, ESCAPED):
        try:
            fields, used = ahead.parsed({"delimiter": mark, **dialect})
        except _TooLong:
            continue
        except csv.Error as error:
            problem = _broken(error)
            continue
        fields = _without_empty_end(fields, width)
        if len(fields) <= width:
            return fields, used, problem
        wrong = wrong or (fields, used)
    loose = _loosely(first, mark) if first is not None and first.count('"') % 2 == 0 else None
    if loose is not None and len(loose) == width:
        return loose, 1, problem
    if wrong is None:
        return None, 1, problem
    told = f"has {len(wrong[0])} fields where the header names {width}"
    return None, wrong[1], ("broken_row", f"{told}: a mark {mark!r} inside a field wants quotation marks around it.")


def _broken(error: csv.Error) -> tuple[str, str]:
    if "end of data" in str(error) or "expected after" in str(error):
        return "broken_row", (
            'opens a quotation mark that is not closed before the next field: a " inside a field is written "". '
            "Mend the row; those after it are read."
        )
    return "broken_row", f"cannot be read: {sentence(error)}. Mend the row; those after it are read."


def _without_empty_end(fields: Fields, width: int) -> Fields:
    """The fields without empty ones beyond the header's last, which a mark at the end of each line makes."""
    while len(fields) > width and not fields[-1].strip():
        fields = fields[:-1]
    return fields


def _loosely(line: str, mark: str) -> Fields | None:
    try:
        return next(csv.reader([line], delimiter=mark), None)
    except csv.Error:
        return None


def _record(names: Sequence[str], fields: Fields) -> dict[str, str]:
    """Named values; of columns of one name the first that holds something."""
    record: dict[str, str] = {}
    for name, field in zip(names, fields, strict=False):
        if not record.get(name, "").strip():
            record[name] = field
    return record
