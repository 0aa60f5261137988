"""An article being read for facts: its sentences, quotations, reports, dates and numbers, found once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from copydesk.transforms.dates import DateSpan, find_dates
from copydesk.transforms.facts.names import alone, fullest, person
from copydesk.transforms.facts.quoted_spans import Quoted, find_quoted
from copydesk.transforms.facts.reporting_clauses import RESOLVED, Report, SpeechReader
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number, read_numbers
from copydesk.transforms.types import Article, Sentence

NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+(?:\s+(?:al-|bin\s+)?[A-Z][\w’'-]+){1,3}|\b[A-Z][a-z’'-]+\s+[A-Z][\w’'-]+")


MOST_KNOWN, MOST_BACK, FAR_BACK = 200, 100, 4000
"""How many names, reports and characters back a name is looked for.

Without these limits the time for a text without paragraphs would grow with the square of its length."""


LONGEST = 5000
"""A sentence of more characters than this is not read for reports: it is a list or a table without stops."""


@dataclass(frozen=True)
class Source:
    """A report with its source resolved: as written (pronouns made names) and alone."""

    report: Report
    attributed_to: str
    speaker: str
    sentence: int


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What every extractor needs of an article; offsets point into `text`."""

    article: Article
    text: str
    sentences: Sequence[Sentence]
    lexicon: Lexicon
    reference: date | None
    quoted: Sequence[Quoted]
    sources: Sequence[Source]
    dates: Sequence[DateSpan]
    numbers: Sequence[Number]
    starts: Sequence[int] = field(repr=False, default=())

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset` (or the last that begins before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sources_in(self, sentence: int) -> list[Source]:
        """The reports of a sentence."""
        first = bisect_left(self.sources, sentence, key=lambda source: source.sentence)
        last = bisect_right(self.sources, sentence, first, key=lambda source: source.sentence)
        return list(self.sources[first:last])

    def quoted_in(self, start: int, end: int) -> Sequence[Quoted]:
        """The quotations of which some part stands between two places."""
        first = bisect_right(self.quoted, start, key=lambda run: run.close)
        return self.quoted[first : bisect_left(self.quoted, end, first, key=lambda run: run.open)]

    def joined_by_quotation(self, number: int) -> Sentence:
        """A sentence with those before and after it that stand with it in one quotation in its paragraph, as one."""
        sentence = self.sentences[number]
        runs = self.quoted_in(sentence.span_start, sentence.span_end)
        numbers = [number, *(self.sentence_at(at) for run in runs for at in (run.open, run.close - 1))]
        joined = [self.sentences[one] for one in numbers if self.sentences[one].paragraph == sentence.paragraph]
        start, end = min(one.span_start for one in joined), max(one.span_end for one in joined)
        return replace(sentence, span_start=start, span_end=end)

    def quoted_at(self, offset: int) -> bool:
        """Whether the place is inside a quotation."""
        number = bisect_left(self.quoted, offset, key=lambda run: run.open) - 1
        return number >= 0 and offset < self.quoted[number].close


def read_article(article: Article, sentences: Sequence[Sentence], speech: SpeechReader, lexicon: Lexicon) -> Reading:
    """Reads an article once for all extractors. Relative dates count from its printed date alone."""
    text = article.text
    quoted = find_quoted(text)
    sources = _sources(text, sentences, quoted, speech)
    return Reading(
        article=article,
        text=text,
        sentences=sentences,
        lexicon=lexicon,
        reference=article.published_on,
        quoted=quoted,
        sources=sources,
        dates=find_dates(text, article.published_on),
        numbers=read_numbers(text),
        starts=tuple(sentence.span_start for sentence in sentences),
    )


def _sources(text: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], speech: SpeechReader) -> list[Source]:
    """The reports of every sentence, in order, with pronouns and surnames resolved to what was named before."""
    found: list[Source] = []
    known: list[str] = []
    cues = speech.cues(text)
    for sentence in sentences:
        if sentence.span_end - sentence.span_start > LONGEST:
            continue
        first = bisect_right(quoted, sentence.span_start, key=lambda q: q.close)
        inside = quoted[first : bisect_left(quoted, sentence.span_end, first, key=lambda q: q.open)]
        for report in speech.read(text, sentence.span_start, sentence.span_end, list(inside), cues):
            written = text[report.source_start : report.source_end].strip(" ,")
            if written.lower() in RESOLVED | {"who"}:
                written = _referent(text, sentences, sentence, report, found) or written
            speaker = fullest(alone(written), known)
            if speaker in known:
                known.remove(speaker)
            known.insert(0, speaker)
            del known[MOST_KNOWN:]
            found.append(Source(report, written, speaker, sentence.ordinal))
    return found


def _referent(text: str, sentences: Sequence[Sentence], sentence: Sentence, report: Report, found: list[Source]) -> str | None:
    """What a pronoun stands for: the last source of this paragraph or the one before, else the last person named there."""
    reach = sentence.paragraph - 1
    pronoun = text[report.source_start : report.source_end].lower()
    for source in reversed(found[-MOST_BACK:]):
        if sentences[source.sentence].paragraph < reach:
            break
        is_person = person(source.attributed_to) is not None
        if (
            source.attributed_to.lower() not in RESOLVED
            and (is_person or pronoun != "she")
            and not (is_person and pronoun == "it")
        ):
            return source.attributed_to
    if pronoun not in ("he", "she"):
        return None
    first = bisect_left(sentences, reach, key=lambda s: s.paragraph)
    window = max(sentences[first].span_start, report.source_start - FAR_BACK)
    people = [found.group() for found in NAME.finditer(text, window, report.source_start) if person(found.group())]
    return people[-1] if people else None
