"""Reported speech: the clause that somebody is said to have said."""

from __future__ import annotations

import re

from copydesk.transforms.facts.clause_ends import LEAD
from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.names import alone, fullest
from copydesk.transforms.facts.noun_reports import OWNED
from copydesk.transforms.facts.reported_clauses import reported_clause
from copydesk.transforms.facts.speaker_labels import turns
from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import FactKind

EXTRACTOR = "statements"
DATELINE = re.compile(
    r"""
    (?: [A-Z][A-Z’'.-]{2,}(?:\s[A-Z’'.-]{2,}){0,3}                                 # SOLLM
      | (?:[A-Z][\w’'-]+\s){0,2}[A-Z][\w’'-]+(?=\s*\()                            # Sollm (Harbour Wire)
    )
    (?:,\s+[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}?(?:\s+\d{1,2})?){0,2}          # , Veldania, Nov 22
    (?: (?:\s*\([^()]{2,30}\))?\s+[–—-]{1,2}\s+                                  # (Harbour Wire) —
      | (?:\s*\([^()]{2,30}\)|(?<=[a-z]))\s+(?=(?:[A-Z][a-z]*|\d[\d,]*)\s+[a-z])   # Fourteen men
    )
    """,
    re.VERBOSE,
)
"""A dateline that stands in the first sentence of a paragraph: `SOLLM, Veldania — `, `Sollm (Harbour Wire) `."""

AND_THAT = re.compile(r",?\s+and\s+that\s+(?=[\w“\"])")

SHORTEST, SHORTEST_ACT = 3, 2
"""Fewer words than this are no clause; `seek shelter` behind `urged them to` is one."""


def find_statements(reading: Reading) -> list[Fact]:
    """A fact for every reported clause, nested ones each their own."""
    facts = []
    for source in reading.sources:
        span = reported_clause(reading, source, reading.joined_by_quotation(source.sentence))
        if span is None or _is_owned(reading, source, span[0]):
            continue
        shortest = SHORTEST_ACT if reading.text.endswith(" to ", 0, span[0]) else SHORTEST
        shortest += 1 if reading.text.startswith("not to ", span[0]) else 0
        for start, end in _parts(reading, _behind_dateline(reading, span[0]), span[1]):
            if len(reading.text[start:end].split()) >= shortest and not _whole_quotation(reading, start, end):
                facts.append(_fact(reading, source, start, end))
    return _distinct([*facts, *_turns(reading)])


def _behind_dateline(reading: Reading, start: int) -> int:
    """Where what is said begins: behind the dateline of its paragraph, if it begins there."""
    found = DATELINE.match(reading.text, start) if not start or reading.text[start - 1] == "\n" else None
    return found.end() if found is not None else start


def _is_owned(reading: Reading, source: Source, start: int) -> bool:
    """Whether what is said is the saying of somebody, named by its noun: `he repeated his claim that …`."""
    return any(
        other is not source
        and other.report.verb is not None
        and OWNED in other.report.verb.frames
        and start <= other.report.source_start <= start + 4 <= other.report.cue_start
        for other in reading.sources_in(source.sentence)
    )


def _turns(reading: Reading) -> list[Fact]:
    """What the speakers of a transcript say, sentence by sentence: reported speech that neither marks nor verbs mark."""
    facts = []
    for turn in turns(reading.text):
        first, last = reading.sentence_at(turn.start), reading.sentence_at(max(turn.start, turn.end - 1))
        for sentence in reading.sentences[first : last + 1]:
            start, end = _trimmed(reading.text, max(turn.start, sentence.span_start), min(turn.end, sentence.span_end))
            if len(reading.text[start:end].split()) >= SHORTEST:
                facts.append(
                    Fact(
                        kind=FactKind.STATEMENT,
                        text=reading.text[start:end],
                        span_start=start,
                        span_end=end,
                        sentence=sentence.ordinal,
                        extractor=EXTRACTOR,
                        confidence=round(reading.lexicon.rates("statement", "speaker_label"), 2),
                        rule="speaker_label",
                        attributed_to=turn.speaker,
                        speaker=fullest(alone(turn.speaker), [source.speaker for source in reading.sources]),
                    )
                )
    return facts


def _fact(reading: Reading, source: Source, start: int, end: int) -> Fact:
    rule = "that" if source.report.that else "according" if source.report.verb is None else "clause"
    return Fact(
        kind=FactKind.STATEMENT,
        text=reading.text[start:end],
        span_start=start,
        span_end=end,
        sentence=source.sentence,
        extractor=EXTRACTOR,
        confidence=round(reading.lexicon.rates("statement", rule), 2),
        rule=rule,
        attributed_to=source.attributed_to,
        speaker=source.speaker,
        cue=source.report.cue,
    )


def _parts(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """A clause, or each of those that `and that` joins, trimmed."""
    parts, at = [], start
    for found in AND_THAT.finditer(reading.text, start, end):
        if not reading.quoted_at(found.start()):
            parts.append((at, found.start()))
            at = found.end()
    return [_trimmed(reading.text, *part) for part in [*parts, (at, end)]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, a leading joint, a final stop; a closing mark keeps the stop inside it."""
    while start < end and text[start] in " ,:;—–-\n":
        start += 1
    if lead := LEAD.match(text[start:end]):
        start += lead.end()
    while end > start and text[end - 1] in " ,.;:—–\n":
        if text[end - 1] == "." and text[max(start, end - 4) : end].count(".") > 1:
            break
        end -= 1
    return start, end


def _whole_quotation(reading: Reading, start: int, end: int) -> bool:
    """Whether the clause is one quotation and nothing else."""
    return any(
        (run.open <= start + 1 and run.close >= end - 1) or (run.open <= start and run.close > start and end - run.close < 2)
        for run in reading.quoted_in(start - 1, end + 1)
    )


def _distinct(facts: list[Fact]) -> list[Fact]:
    seen: set[tuple[int, int]] = set()
    out = []
    for fact in facts:
        key = (fact.span_start, fact.span_end)
        if key not in seen:
            seen.add(key)
            out.append(fact)
    return out
