"""An article being read for facts: its sentences, quotations, reports, dates and numbers, found once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from transforms.dates import DateSpan, find_dates
from transforms.facts.names import alone, fullest, person
from transforms.facts.quotations import Quoted, find_quoted
from transforms.facts.speech import RESOLVED, Report, SpeechReader
from transforms.lexicon import Lexicon
from transforms.numbers import Number, read_numbers
from transforms.types import Article, Sentence

NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+(?:\s+(?:al-|bin\s+)?[A-Z][\w’'-]+){1,3}|\b[A-Z][a-z’'-]+\s+[A-Z][\w’'-]+")


@dataclass(frozen=True)
class Source:
    """A report with its source resolved: as written (pronouns made names) and alone."""

    report: Report
    attributed_to: str
    speaker: str
    sentence: int


@dataclass(frozen=True)
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
        return [source for source in self.sources if source.sentence == sentence]


def read_article(article: Article, sentences: Sequence[Sentence], speech: SpeechReader, lexicon: Lexicon) -> Reading:
    """Reads an article once for all extractors. Relative dates count from its printed date alone."""
    text = article.text
    quoted = find_quoted(text)
    sources = _sources(text, sentences, quoted, speech)
    return Reading(
        article,
        text,
        sentences,
        lexicon,
        article.published_on,
        quoted,
        sources,
        find_dates(text, article.published_on),
        read_numbers(text),
        tuple(s.span_start for s in sentences),
    )


def _sources(text: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], speech: SpeechReader) -> list[Source]:
    """The reports of every sentence, in order, with pronouns and surnames resolved to what was named before."""
    found: list[Source] = []
    known: list[str] = []
    for sentence in sentences:
        inside = [q for q in quoted if q.open < sentence.span_end and q.close > sentence.span_start]
        for report in speech.read(text, sentence.span_start, sentence.span_end, inside):
            written = text[report.source_start : report.source_end].strip(" ,")
            if written.lower() in RESOLVED | {"who"}:
                written = _referent(text, sentences, sentence, report, found) or written
            speaker = fullest(alone(written), known)
            known.insert(0, speaker)
            found.append(Source(report, written, speaker, sentence.ordinal))
    return found


def _referent(text: str, sentences: Sequence[Sentence], sentence: Sentence, report: Report, found: list[Source]) -> str | None:
    """What a pronoun stands for: the last source of this paragraph or the one before, else the last person named there."""
    reach = sentence.paragraph - 1
    pronoun = text[report.source_start : report.source_end].lower()
    for source in reversed(found):
        if sentences[source.sentence].paragraph < reach:
            break
        is_person = person(source.attributed_to) is not None
        if (
            source.attributed_to.lower() not in RESOLVED
            and (is_person or pronoun != "she")
            and not (is_person and pronoun == "it")
        ):
            return source.attributed_to
    window_start = next((s.span_start for s in sentences if s.paragraph >= reach), 0)
    names = [m.group() for m in NAME.finditer(text, window_start, report.source_start)] if pronoun in ("he", "she") else []
    people = [name for name in names if person(name)]
    return people[-1] if people else None
