"""From one raw document to all that the rules make of it."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from copydesk.transforms.cleaning.decode import decode_document
from copydesk.transforms.cleaning.html import clean_markup
from copydesk.transforms.cleaning.language import detect_language
from copydesk.transforms.cleaning.plain_text import Cleaned, clean_plain
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.facts import EXTRACTORS, FactReader
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.sentences import split_sentences
from copydesk.transforms.types import Article, Extraction, RawDocument, Sentence, Verdict
from copydesk.transforms.words.signature import signature

CLEANING = "11"
"""The version of the rules that clean; raised whenever they change what they make."""

PROBLEMS = {
    "too_large": "The file is larger than the limit; its first part is kept. Raise max_bytes to take it.",
    "unreadable": "The file could not be read. Check its permissions and drop it in again.",
    "vanished": "The file was listed and then gone before it was read.",
}
UNKNOWN_PROBLEM = "The source could not deliver the document."


class Transformer:
    """Applies the rules to documents; built once from a lexicon and a reader of facts, then called for each document."""

    def __init__(self, lexicon: Lexicon, facts: FactReader) -> None:
        self._lexicon = lexicon
        self._dates = DateReader(lexicon)
        self._facts = facts

    def transform(self, raw: RawDocument, limit: int, repeated: frozenset[str] = frozenset()) -> Extraction:
        """All outputs for a document, or the verdict that turned it away.

        `limit` bounds what gzip data may unpack to, in bytes. `repeated` are the folded lines
        learnt to repeat over the document's site.
        """
        text = self._decoded(raw, limit)
        if isinstance(text, Verdict):
            return Extraction(verdict=text)
        cleaned = self._cleaned(text, raw, repeated)
        if cleaned.article is None:
            detail = "Nothing in it reads as an article: fewer than 25 words of running text."
            return Extraction(blocks=cleaned.blocks, verdict=Verdict("no_article", detail))
        article = _told(cleaned.article, raw)
        sentences = sentences_of(article)
        found = self._facts.find(article, sentences)
        return Extraction(
            blocks=cleaned.blocks,
            article=article,
            sentences=tuple(sentences),
            facts=tuple(found.facts),
            numbers=tuple(found.numbers),
            mentions=tuple(found.mentions),
            signature=signature(article.text),
        )

    def _decoded(self, raw: RawDocument, limit: int) -> str | Verdict:
        if raw.problem is not None:
            return Verdict(raw.problem, raw.problem_detail or PROBLEMS.get(raw.problem, UNKNOWN_PROBLEM))
        return decode_document(raw.data, raw.media_type, limit)

    def _cleaned(self, text: str, raw: RawDocument, repeated: frozenset[str]) -> Cleaned:
        clean = clean_markup if raw.media_type.startswith("text/html") else clean_plain
        return clean(text, raw, self._lexicon, self._dates, repeated)


def _told(article: Article, raw: RawDocument) -> Article:
    """The article with what its source said of it: language, headline, authors, day and moment of publication."""
    day = raw.published or article.published_on
    return replace(
        article,
        language=raw.language or detect_language(article.text),
        title=raw.title or article.title,
        published_on=day,
        published_at=raw.published_at or (article.published_at if day == article.published_on else None),
        authors=raw.authors or article.authors,
    )


def sentences_of(article: Article) -> list[Sentence]:
    """The sentences of an article, with their paragraphs and their places in the source."""
    text = article.text
    breaks = [found.start() for found in re.finditer("\n\n", text)]
    out = []
    for ordinal, span in enumerate(split_sentences(text, article.language or "en")):
        raw_start, raw_end = article.offsets.raw(span.start, span.end)
        out.append(
            Sentence(
                ordinal=ordinal,
                paragraph=bisect_right(breaks, span.start),
                text=text[span.start : span.end],
                span_start=span.start,
                span_end=span.end,
                raw_start=raw_start,
                raw_end=raw_end,
            )
        )
    return out


STAGES = ("all", "clean", "facts")


def outdated(made_by: str, today: str, stage: str) -> bool:
    """Whether rules named `made_by` differ from today's in a stage: `clean`, `facts`, or `all` with the libraries and tables.

    >>> old, new = "cleaning-1 quotes-1 tables-ab sentencex-1", "cleaning-1 quotes-2 tables-ab sentencex-1"
    >>> outdated(old, new, "facts"), outdated(old, new, "clean"), outdated(old, new, "all")
    (True, False, True)
    """
    if stage == "all":
        return made_by != today
    ours = ("cleaning",) if stage == "clean" else (*EXTRACTORS, "pipeline")
    return any(_part(made_by, name) != _part(today, name) for name in ours)


def _part(rules: str, name: str) -> str | None:
    return next((part for part in rules.split() if part.rpartition("-")[0] == name), None)


def rules_version(libraries: Sequence[tuple[str, str]], tables: Sequence[str], pipeline: str) -> str:
    """The name of a set of rules: our versions, the pipeline, the text libraries behind them, the tables' hash.

    >>> rules_version([("trafilatura", "2.3.1")], ["a,b"], "en_news_1.0_5f1c09aa")
    'cleaning-11 quotes-10 statements-10 figures-10 names-7 pipeline-en_news_1.0_5f1c09aa tables-1eb7c54d trafilatura-2.3.1'
    """
    digest = hashlib.sha256("\0".join(tables).encode()).hexdigest()[:8]
    ours = [f"cleaning-{CLEANING}", *(f"{name}-{version}" for name, version in EXTRACTORS.items())]
    return " ".join([*ours, f"pipeline-{pipeline}", f"tables-{digest}", *(f"{name}-{version}" for name, version in libraries)])
