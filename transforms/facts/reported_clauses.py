"""Reported clauses: what a source says, without the words that tell who said it."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.clause_ends import (
    HUNG_ON,
    TAG_END,
    clause_ahead,
    clause_behind,
    clause_beside,
    closes,
    end_of_clause,
    is_quotation,
)
from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.finite_clauses import FINITE, finite_clause, has_verb, is_open
from copydesk.transforms.facts.item_labels import label_of
from copydesk.transforms.facts.noun_reports import OWNED
from copydesk.transforms.facts.outer_clauses import clause_around
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.types import Sentence

OF = re.compile(r"\s+of\s+(?=[“\"]|(?:\w+ly\s+)?(?!(?:king|thing|spring|string|evening|morning)\b)[a-z]+ing\b)")

TO = re.compile(r"\s+(?P<denied>not\s+)?to\s+(?=[“\"a-z])(?!(?:the|an?|his|her|its|their|this|that|these|those|it|him|them)\b)")

ASKED = re.compile(r"(?:\s+(?!(?:for|to)\b)[\w’'.&-]+){0,6}?\s+(?=(?:whether|if)\s)")
"""What stands between a verb of asking and the question: `asked the harbour board whether`."""

PARTED = re.compile(r"[,;:?!”\"'’—–-]")
"""What parts what is said from who says it behind it; `The team won after Moss said goodbye` has none."""

TOLD = re.compile(
    r"\s+(?:(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+(?:(?:of|for|and|the)\s+)?[A-Z][\w’'.&-]*){0,4}|reporters|journalists|(?:the|an?)\s+[a-z]+)(?=[,.;]|\s+(?:on|in)\s|$)"
)

NOT_TO = re.compile(r"[,;”“]|\b(?:what|how|where|when|which|whether|why|guilty)$")
"""What stands between a verb and a `to` that opens nothing said: `told them what to do`."""

TOLD_CLAUSE = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should)\s")
"""What makes a clause of the words before a `to`: `told reporters this was the only chance to pass it`."""

GOES_ON_BEHIND = re.compile(rf"""(?:,|(?<=[,.]["”’]))\s+(?:{FINITE.pattern})""", re.VERBOSE | re.IGNORECASE)
"""Where the clause that `who` opens ends: `Moss, who says that it fell, was not there.`"""

FRONTED = re.compile(r"(?:in|on|at|by|with|for|from|after|before|during|since|under|despite|without|among)\b", re.IGNORECASE)
"""What opens words that stand before a whole clause: `After the vote, said Moss, the board will meet.`"""

WHO_SAYS = re.compile(r"\b(?:who|which)\s+(?:\w+\s+){0,3}$")

AND_MORE = re.compile(r",\s+(?:and|but)\s")
"""What joins a clause that is told, not said, to an act: `committed to closing the mill, and the board agreed`."""

ACT = re.compile(
    r"""
    (?:\s+(?:again|also|\w+ly))? \s+                                             # described again
    (?!(?:during|nothing|everything|something|anything|king|spring|string|thing)\b)
    (?=[a-z]+ing\b)                                                              # … falling
    """,
    re.VERBOSE,
)
"""What stands before an act that a verb states by its name alone: `she described falling into the harbour`."""

EXPECTED = re.compile(
    r"""
    \s+(?=
        (?: (?:the|an?|it|them|him|her|his|their|its|this|that|these|more|some|most|many|all|no)\b|[A-Z\d]  # the river
          | (?:[a-z][\w-]*\s+){0,4}[a-z][\w-]*                                      # tea output
            (?<!\bto)(?<!\bhow)(?<!\bthat)(?<!\bin)(?<!\bfrom)(?<!\bby)(?=\sto\s)
        )
        [^,;:“”"]{0,80}?\sto\s[a-z]                                               # … to rise
    )
    """,
    re.VERBOSE,
)
"""What stands before an expectation: `she expects the river to rise`."""

TO_REACH = 90
"""Characters behind a verb in which `to` opens what it says."""


def reported_clause(reading: Reading, source: Source, sentence: Sentence) -> tuple[int, int] | None:
    """Where the clause stands that the source is said to have said; `None` where a bare noun or a quotation follows."""
    found = _said(reading, source, sentence)
    report, clauses = source.report, reading.clauses.get(source.sentence)
    if found is None or clauses is None or report.verb is None or OWNED in report.verb.frames or report.inverted:
        return found
    start, end = found
    cut = clause_around(reading.text, clauses, report.cue_start, report.source_start, start, end)
    return start, end if reading.quoted_at(cut) else cut


def _said(reading: Reading, source: Source, sentence: Sentence) -> tuple[int, int] | None:
    """Where the clause stands by its words and its parse, though it may go on with a clause around the report."""
    report = source.report
    label = label_of(reading.text, min(report.source_start, report.cue_start))
    if label is not None and sentence.span_start < label.end <= sentence.span_end:
        sentence = replace(sentence, span_start=label.end)
    if report.verb is not None and OWNED in report.verb.frames:
        joined = AND_MORE.search(reading.text, report.content, sentence.span_end)
        end = joined.start() if joined is not None else sentence.span_end
        return report.clause or (report.content, end_of_clause(reading, report.content, end))
    found = _read_clause(reading, report, source.sentence, sentence)
    if found is not None or report.clause is None or report.verb is None or "that" not in report.verb.frames:
        return found
    if not report.that and _tags_quotation(reading, report, source.sentence):
        return None
    start, end = report.clause
    start = label.end if label is not None and start < label.end < end else start
    if not sentence.span_start <= start < end <= sentence.span_end or HUNG_ON.match(reading.text, start):
        return None
    clauses = reading.clauses[source.sentence]
    if start < report.cue_start:
        parted = PARTED.search(reading.text, max(start, end - 1), min(report.source_start, report.cue_start)) is not None
        return (start, end) if parted and has_verb(clauses, start, end) else None
    return (start, end_of_clause(reading, start, end)) if finite_clause(clauses, start, end) else None


def _read_clause(reading: Reading, report: Report, number: int, sentence: Sentence) -> tuple[int, int] | None:
    """Where the clause stands by the words around its report."""
    text = reading.text
    first, last = min(report.source_start, report.cue_start), max(report.source_end, report.cue_end)
    if report.verb is not None and "addressee" in report.verb.frames and (to := TOLD.match(text, last, sentence.span_end)):
        last = to.end()
    if (tag := TAG_END.match(text, last, sentence.span_end)) is not None:
        last = tag.end()
    if not report.that and closes(reading, number, last, sentence.span_end):
        sentence = replace(sentence, span_end=last)
    before = text[sentence.span_start : first].strip(" ,—-")
    after = text[last : sentence.span_end].strip(" .,—-")
    if report.verb is None:
        return clause_beside(reading, number, sentence, first, last, before=before, after=after)
    if report.inverted:
        return _turned(reading, report, number, sentence, last) if before else None
    if report.source_end < report.cue_start and WHO_SAYS.search(text, report.source_end, report.cue_start) is not None:
        behind = GOES_ON_BEHIND.search(text, report.content, sentence.span_end)
        sentence = replace(sentence, span_end=behind.start()) if behind is not None else sentence
        before, after = "", text[last : sentence.span_end].strip(" .,—-")
    if report.that:
        return report.content, end_of_clause(reading, report.content, sentence.span_end)
    if _tags_quotation(reading, report, number):
        return None
    if is_quotation(before) or after.startswith(("“", '"')):
        before = ""
    return (
        _asked(reading, report, sentence)
        or _object(reading, report, sentence)
        or _named(reading, report, number, sentence)
        or (clause_ahead(reading, sentence, first, last, after=after) if before and "that" in report.verb.frames else None)
        or clause_behind(reading, report, number, sentence, after)
    )


def _turned(reading: Reading, report: Report, number: int, sentence: Sentence, last: int) -> tuple[int, int]:
    """The clause before a source behind its verb, with what goes on behind: `The town, says Moss, lost 40 shops.`"""
    text, first = reading.text, min(report.source_start, report.cue_start)
    before, after = text[sentence.span_start : first].strip(" ,—-"), text[last : sentence.span_end].strip(" .,—-")
    parted = first < report.source_start and text[first - 2 : first] == ", " and text[last : last + 1] == ","
    goes_on = FINITE.match(after) is not None or FRONTED.match(before) is not None
    if parted and goes_on and is_open(reading, number, sentence.span_start, first):
        return sentence.span_start, end_of_clause(reading, last, sentence.span_end)
    return sentence.span_start, first


def _tags_quotation(reading: Reading, report: Report, number: int) -> bool:
    """Whether a report tells whose the quotation before it is: `“It fell,” Moss said, asked about it.`

    A second saying of the same source does not: `“It fell,” Moss said, noting it was old.`
    """
    first = min(report.source_start, report.cue_start)
    runs = reading.quoted_in(max(0, first - 3), first)
    if not any(first - run.close <= 2 and reading.text[run.end - 1] in ",?!…" for run in runs):
        return False
    others = [source.report for source in reading.sources_in(number)]
    return not any(one.source_start == report.source_start and one.cue_start < report.cue_start for one in others)


def _asked(reading: Reading, report: Report, sentence: Sentence) -> tuple[int, int] | None:
    """What somebody asks, with the word that makes it a question: `asked the board whether the pier would open`."""
    asks = report.verb is not None and "whether" in report.verb.frames and not report.inverted
    found = ASKED.match(reading.text, report.cue_end, sentence.span_end) if asks else None
    return (found.end(), end_of_clause(reading, found.end(), sentence.span_end)) if found is not None else None


def _object(reading: Reading, report: Report, sentence: Sentence) -> tuple[int, int] | None:
    """What a verb says by a preposition: `warned of a flood`, `told them to leave`; `None` where it takes none."""
    text, frames = reading.text, report.verb.frames if report.verb is not None else frozenset()
    found = OF.search(text, report.cue_end, sentence.span_end) if "of" in frames and "that" not in frames else None
    if found is None and "to" in frames:
        found = TO.search(text, report.cue_end, min(sentence.span_end, report.cue_end + TO_REACH))
        if found is not None and (
            NOT_TO.search(text, report.cue_end, found.start()) or TOLD_CLAUSE.search(text, report.cue_end, found.start())
        ):
            found = None
    if found is None:
        return None
    start = found.start("denied") if found.re is TO and found["denied"] else found.end()
    return start, end_of_clause(reading, start, sentence.span_end)


def _named(reading: Reading, report: Report, number: int, sentence: Sentence) -> tuple[int, int] | None:
    """What a verb says without a finite verb: `described falling`, `committed to building`, `expects the river to rise`."""
    frames = report.verb.frames if report.verb is not None else frozenset()
    found = EXPECTED.match(reading.text, report.cue_end, sentence.span_end) if "infinitive" in frames else None
    if found is None and "act" in frames:
        found = ACT.match(reading.text, report.cue_end, sentence.span_end)
        clauses = reading.clauses.get(number)
        act = clauses.at(found.end()) if found is not None and clauses is not None else None
        if act is not None and clauses is not None and clauses.token(act).relation in ("amod", "compound", "case"):
            found = None
        joined = AND_MORE.search(reading.text, found.end(), sentence.span_end) if found is not None else None
        sentence = replace(sentence, span_end=joined.start()) if joined is not None else sentence
    return (found.end(), end_of_clause(reading, found.end(), sentence.span_end)) if found is not None else None
