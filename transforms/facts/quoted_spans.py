"""Runs of words between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

CLOSERS = {
    "“": re.compile(r'[”"]'),
    '"': re.compile(r'["”]'),
    "«": re.compile("»"),
    "„": re.compile("[“”]"),
    "「": re.compile("」"),
    "''": re.compile("''"),
    "``": re.compile("''"),
}
OPENED = {"“": '“"', '"': '"“', "«": "«»", "„": "„", "「": "「", "''": ("''",), "``": ("``",)}
"""What may open a paragraph in which a run goes on."""

OPENERS = re.compile(r"[“«„「\"]|''|``")
INCHES = re.compile(r"\d\"")
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Quoted:
    """Everything at text[open:close], marks included; the words are text[start:end]."""

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
        end = close + len(mark)
        runs.append(Quoted(found.start(), found.end(), close, end))
        at = end
    return runs


def _close(text: str, start: int, mark: str) -> int | None:
    """Where the run that `mark` opened is closed; `None` where its paragraph ends without re-opening.

    Curly and straight marks close each other: texts that went through several hands mix them.
    """
    closers = CLOSERS[mark]
    at = start
    edge = min(len(text), start + LONGEST + 1)
    while True:
        stop = text.find("\n\n", at, edge)
        until = edge if stop < 0 else stop
        found = closers.search(text, at, until)
        again = text.find(mark, at, until) if mark == "“" else -1
        if found is not None and (again < 0 or found.start() < again):
            return found.start()
        reopened = stop >= 0 and text[stop + 2 : stop + 3] in tuple(OPENED[mark])
        if found is not None or not reopened:
            return None
        at = stop + 3
