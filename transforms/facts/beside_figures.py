"""A figure beside the one before it: a part of it, a member of its list, or a number without a noun of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import Measure

INHERITS = re.compile(
    r"\b(?:including|among them|of them|of whom|comprising|mostly)(?:\s+(?:some|about|at least|more than|nearly))?\s*$",
    re.IGNORECASE,
)

TOLD_APART = re.compile(r"\s*(?:[-–—]|:)\s+$")
NEXT_PART = re.compile(r",?\s+and\s+$|,\s+$")
"""What stands before the first and a further part of persons: `four people – two guards and two cooks`."""

ADDED = re.compile(r"\b(?:in\s+addition\s+to|besides|on\s+top\s+of|as\s+well\s+as|apart\s+from)\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before a number of the same as the one before: `900 slept in the gym, in addition to 300 at the church`."""

OF_THEM = re.compile(r"\s+of\s+(?:them|whom|those)\b", re.IGNORECASE)

JOINED = re.compile(r"\s*,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
"""What joins two members of a list: `the bodies of 12 men, six women and five children`."""

OR = re.compile(r"\s*,?\s+or\s+")
"""What stands between two counts of the same: `350 evacuees, or 70 families, were moved`."""

PLACED = re.compile(r"\s+(?:in|at|near)\s+(?:the\s+)?[A-Z][^.;:()\d]{1,40}?,?\s+and\s+(?:another\s+)?")
PLACED_TOO = re.compile(r"\s+(?:in|at|near)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3}(?:[,.;]|\s+and\b|$)")
"""What stands around two counts of one verb, each of its place: `killed 34 people in Sarn and three people in Tolm, while`."""

CLAUSE_STOP = re.compile(r"[.;!?](?:\s|$)")
BEFALLS = frozenset({Measure.KILLED, Measure.INJURED, Measure.DISPLACED, Measure.SHELTERING, Measure.DETAINED, Measure.FREED})
UNTOLD = frozenset({Measure.OTHER, Measure.PERSONNEL, Measure.MISSING})
"""Measures that a member of a list has where nothing beside it tells what befell it, or the rubble it lay under does."""

GROUPS = frozenset({"people", "families", "households"})


def beside_the_last(reading: Reading, fact: Fact, facts: list[Fact], own: bool) -> Fact:
    """The figure as the one before it in its sentence completes it: a part of it, or a number without a noun of its own."""
    if not facts:
        return fact
    last = facts[-1]
    if last.sentence != fact.sentence:
        them = last.sentence == fact.sentence - 1 and OF_THEM.match(reading.text, fact.span_end)
        told = them and fact.measure == Measure.OTHER and last.unit == "people" == fact.unit
        return replace(fact, measure=last.measure, part_of=len(facts) - 1) if told else fact
    persons = last.unit == "people" == fact.unit or last.unit == fact.unit
    part = INHERITS.search(reading.text, last.span_end, fact.span_start) or OF_THEM.match(reading.text, fact.span_end)
    part = part or OF_THEM.search(fact.text)
    apart = TOLD_APART if last.part_of is None else NEXT_PART
    if part is None and fact.unit == "people":
        part = apart.fullmatch(reading.text, last.span_end, fact.span_start)
    if persons and part:
        inherited = last.measure if fact.measure in (Measure.OTHER, Measure.PERSONNEL) else fact.measure
        return replace(fact, measure=inherited, part_of=len(facts) - 1)
    if (shared := _shared_with(reading, last, fact)) is not None:
        return replace(fact, measure=shared)
    added = str(fact.rule).startswith("neighbour") and ADDED.search(reading.text, last.span_end, fact.span_start)
    if not own and (persons or GROUPS.issuperset((last.unit, fact.unit))) and (fact.measure == Measure.OTHER or added):
        return replace(fact, measure=last.measure)
    return fact


def _shared_with(reading: Reading, last: Fact, fact: Fact) -> str | None:
    """The measure that persons of a list have of the one before: no verb stands between them, nor behind the last."""
    if last.measure not in BEFALLS or fact.measure not in UNTOLD or fact.unit not in GROUPS or last.unit not in GROUPS:
        return None
    text = reading.text
    if fact.measure == Measure.MISSING:
        if "missing" in fact.text.casefold():
            return None
        return (
            last.measure if last.measure == Measure.KILLED and JOINED.fullmatch(text, last.span_end, fact.span_start) else None
        )
    bracketed = text[last.span_end : fact.span_start].strip() == "(" and text[fact.span_end : fact.span_end + 1] == ")"
    if bracketed or OR.fullmatch(text, last.span_end, fact.span_start):
        return last.measure
    if PLACED.fullmatch(text, last.span_end, fact.span_start) and PLACED_TOO.match(text, fact.span_end):
        return last.measure
    clauses = reading.clauses.get(fact.sentence or 0)
    if clauses is None:
        return None
    stop = CLAUSE_STOP.search(text, fact.span_end)
    end = stop.start() if stop is not None else len(text)
    between = clauses.tokens[slice(*clauses.from_to(last.span_end, end))]
    told = any(token.pos in ("VERB", "AUX") and token.relation not in ("amod", "case", "acl") for token in between)
    return None if told else last.measure
