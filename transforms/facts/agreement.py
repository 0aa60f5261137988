"""One report of what the words and what the parse say of a verb of saying, where they name two sources."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.reports import Report

FINITE = frozenset({"VBD", "VBZ", "VBP"})
PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you)", re.IGNORECASE)
BY = re.compile(r"\bby\s+(?:\w+ly\s+)?$")
IN_A_LIST = re.compile(r"[\w’'-]+(?:\s+[\w’'-]+){0,3},\s+")
"""What stands before a noun of a list: `Friends, ` of `Friends, keepers and old foes say`."""


def reconciled(read: Report | None, governed: Report | None, clauses: Clauses, text: str, *, hung: bool) -> Report | None:
    """One report of what the words (`read`) and the parse (`governed`) say: the words' where both name one source.

    `hung` where the verb is a participle without a subject of its own: the parse knows better what it is hung on.
    """
    if read is None or governed is None:
        return read or (governed if governed is not None and governed.clause is not None else None)
    parsed = replace(read, source_start=governed.source_start, source_end=governed.source_end, clause=governed.clause)
    if (hung and governed.clause is not None) or is_parsed_better(read, governed, clauses, text):
        return parsed
    if read.source_start < governed.source_end and governed.source_start < read.source_end:
        return replace(read, clause=governed.clause)
    return read


def is_parsed_better(read: Report, governed: Report, clauses: Clauses, text: str) -> bool:
    """Whether the source that the parse has is to be believed against another one that the words have.

    It is where that is the subject of a clause that tells of a noun (`the hard work she promised`), where a second verb is
    joined to its own (`whether Moss would go, Fisk shook her head and said`), and where the words have the end of a list alone.
    """
    verb = clauses.at(read.cue_start)
    if verb is None or read.inverted or governed.inverted:
        return False
    token = clauses.token(verb)
    if read.source_start < governed.source_end and governed.source_start < read.source_end:
        if governed.source_end == read.source_end and governed.source_start > read.source_start:
            return PRONOUN.fullmatch(text, governed.source_start, governed.source_end) is not None
        listed = text[read.source_start].islower() and governed.source_end == read.source_end
        listed = listed and " and " in text[read.source_start : read.source_end]
        return listed and IN_A_LIST.fullmatch(text, governed.source_start, read.source_start) is not None
    if governed.source_start < read.source_start:
        return _holds(clauses, governed, read)
    if BY.search(text, max(0, read.cue_start - 40), read.cue_start) is not None and token.tag == "VBG":
        return True
    joined = token.relation == "conj" and token.tag in FINITE
    return joined and not any(clauses.token(number).relation.startswith(("ccomp", "acl")) for number in clauses.up(verb))


def _holds(clauses: Clauses, governed: Report, read: Report) -> bool:
    """Whether one source stands within what is said of the other: `other keepers, such as Ida Fisk and Tom Barr`."""
    first, last = clauses.from_to(governed.source_start, governed.source_end)
    inner, _ = clauses.from_to(read.source_start, read.source_end)
    return any(first <= number < last for number in list(clauses.up(inner))[1:])
