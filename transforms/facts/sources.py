"""The sources of an article: its reporting clauses with pronouns and surnames resolved to what was named before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.quote_tags import TagReader
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.facts.referents import People
from copydesk.transforms.facts.reporting_clauses import SpeechReader
from copydesk.transforms.facts.reports import Report, is_inscribed
from copydesk.transforms.facts.resolver import Resolver, Source
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Sentence

LONGEST = 5000
"""A sentence of more characters than this is not read for reports: it is a list or a table without stops."""

ADDRESSED = frozenset(("told", "tells"))
"""Verbs behind which no source stands but who was spoken to: `“…,” the mayor told Harbour Radio`."""

NESTED = re.compile(
    r"(?:he|she|they|it|i|we|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)\s+(?:\w+ly\s+)?(?:said|says|say|added|adds|told\s\w+|tells\s\w+|claimed"
    r"|believes|thinks|noted|wrote)\s+(?:that\s+)?(?P<inner>(?:he|she|they|it|i|we|you|the\s.+|[A-Z].*))$",
    re.IGNORECASE,
)
"""`She said he` before another verb of saying: who says that is `he`."""

JOINED = re.compile(r"(?P<subject>he|she|they|it)\s+(?!and\b)\w+\b.*\band$", re.IGNORECASE | re.DOTALL)
"""`He pays for the pier and` before a verb of saying: who says that is `he`."""

SPAN_OF_TIME = re.compile(
    r"(?:the\s+)?(?:past|last|next|recent|previous|coming)\s.*\b(?:days|weeks|months|years|hours)$", re.IGNORECASE
)
TIMED = re.compile(
    r"""
    (?<![’']s),?\s+
    (?: (?:earlier\s+|late\s+|later\s+)?(?:today|yesterday|tonight)
      | (?:earlier\s+|late\s+)?(?:last|this)\s+(?:week|month|year|night|morning|evening|afternoon|spring|summer|autumn)
      | earlier | later | recently
    )$
    """,
    re.VERBOSE,
)
"""When a source spoke, between it and its verb: `The Orlan Co today said`."""

AUXILIARY = re.compile(r"\s(?:has|have|had)\s+(?:over|in|during|within|for)\s*$")


def find_sources(
    text: str,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    speech: SpeechReader,
    tags: TagReader,
    lexicon: Lexicon,
    clauses: Mapping[int, Clauses],
) -> list[Source]:
    """The reports of every sentence and the tags of its quotations, in order, each with its source."""
    reports = [
        (sentence, _mended(text, sentence, report))
        for sentence, report in _reports(text, sentences, quoted, speech, tags, clauses)
    ]
    said = {name for _, report in reports if (name := person(text[report.source_start : report.source_end].strip(" ,")))}
    resolver = Resolver(text, sentences, People(text, sentences, quoted, lexicon, said), lexicon)
    return [resolver.resolved(sentence, report) for sentence, report in reports]


def _reports(
    text: str,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    speech: SpeechReader,
    tags: TagReader,
    clauses: Mapping[int, Clauses],
) -> Iterator[tuple[Sentence, Report]]:
    cues = speech.cues(text)
    for sentence in sentences:
        if sentence.span_end - sentence.span_start > LONGEST:
            continue
        first = bisect_right(quoted, sentence.span_start, key=lambda q: q.close)
        inside = quoted[first : bisect_left(quoted, sentence.span_end, first, key=lambda q: q.open)]
        read = speech.read(text, sentence.span_start, sentence.span_end, list(inside), cues, clauses.get(sentence.ordinal))
        reports = [report for report in read if not (report.inverted and report.cue in ADDRESSED)]
        beside = quoted[first - 1 : first] if first and sentence.span_start - quoted[first - 1].close < 3 else []
        found = [*reports, *tags.read(text, sentence, [*beside, *inside], reports)]
        if not found and (announced := tags.announced(text, sentence)) is not None:
            found = [announced]
        for report in sorted(found, key=lambda report: report.cue_start):
            if not is_inscribed(text, report):
                yield sentence, report


HALF_BRACKET = re.compile(r"\s*\([^()]*$")
OTHER_LETTERS = re.compile(r"\s*\([^()A-Za-z]{1,20}\)$")
"""A name in other letters behind it: `Chen Yu-lin (陳玉林)`."""


def _mended(text: str, sentence: Sentence, report: Report) -> Report:
    """The report with its source cut to the one that speaks: a pronoun takes no verb with it, a span of time says nothing."""
    written = text[report.source_start : report.source_end]
    if HALF_BRACKET.search(written) and text[report.source_end : report.source_end + 1] == ")":
        report = replace(report, source_end=report.source_end + 1)
        written = text[report.source_start : report.source_end]
    if (other := OTHER_LETTERS.search(written)) is not None and other.start() > 1:
        return replace(report, source_end=report.source_start + other.start())
    if (joined := JOINED.fullmatch(written)) is not None:
        return replace(report, source_end=report.source_start + joined.end("subject"))
    if (nested := NESTED.fullmatch(written)) is not None:
        return replace(report, source_start=report.source_start + nested.start("inner"))
    if (timed := TIMED.search(written)) is not None and timed.start() > 2:
        return replace(report, source_end=report.source_start + timed.start())
    if SPAN_OF_TIME.fullmatch(written):
        lead = AUXILIARY.search(text, sentence.span_start, report.source_start)
        if lead is not None and "," not in text[sentence.span_start : lead.start()]:
            return replace(report, source_start=sentence.span_start, source_end=lead.start())
    return report
