"""Runs of words between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“", "「": "」"}
OPENERS = re.compile(r"[“«„「\"]")
INCHES = re.compile(r"\d\"")
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Quoted:
    """Marks at `open` and `close`; the words are text[start:end]."""

    open: int
    start: int
    end: int
    close: int


def find_quoted(text: str) -> list[Quoted]:
    """Every run between double marks; one whose mark is re-opened after a blank line, not closed, is one run.

    >>> [("He said “It is.” So")[q.start:q.end] for q in find_quoted("He said “It is.” So")]
    ['It is.']
    """
    runs: list[Quoted] = []
    at = 0
    while (found := OPENERS.search(text, at)) is not None:
        mark = found.group()
        if mark == '"' and INCHES.fullmatch(text[max(0, found.start() - 1) : found.end()]):
            at = found.end()
            continue
        close = _close(text, found.end(), mark)
        if close is None:
            at = found.end()
            continue
        runs.append(Quoted(found.start(), found.end(), close, close + 1))
        at = close + 1
    return runs


def _close(text: str, start: int, mark: str) -> int | None:
    """Where the run that `mark` opened is closed; null where its paragraph ends without re-opening."""
    closer = PAIRS.get(mark, mark)
    at = start
    while True:
        stop = text.find("\n\n", at)
        stop = len(text) if stop < 0 else stop
        close = text.find(closer, at, stop)
        again = text.find(mark, at, stop) if closer != mark else -1
        if close >= 0 and (again < 0 or close < again or mark != "“"):
            return close if close - start <= LONGEST else None
        if close >= 0:
            return close if text.count(mark, at, close) == text.count(closer, at, close + 1) - 1 else None
        if not text.startswith(mark, stop + 2) or stop - start > LONGEST:
            return None
        at = stop + 3
