"""The Parquet tables: every column with its type and what it holds. Views and docs are made from these."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from copydesk.transforms.vocabulary import (
    ClaimantKind,
    FactKind,
    Measure,
    Modality,
    NumberReason,
    PlaceFrom,
    Qualifier,
    Rate,
    RejectReason,
    Role,
    Scope,
    listed,
)

SCHEMA_VERSION = 3
"""Raised when a column is added; files of older versions are read with theirs."""

STAMP = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())


@dataclass(frozen=True)
class Column:
    """A column: `kind` is its Arrow type, `comment` says what it holds, with units."""

    name: str
    kind: pa.DataType
    comment: str
    since: int = 1
    """The schema version that brought it; in files of older ones its values are None."""

    of: frozenset[str] = frozenset()
    """For a column of facts: the kinds whose own view (figures, quotes, statements) has it."""

    correctable: bool = False
    """For a column of facts: whether a person may correct it. Where a claim stands and what it says are as printed."""

    shown: bool = False
    """For a column of facts: whether it is printed where one fact is shown."""


@dataclass(frozen=True)
class Table:
    """A Parquet table. `sort` names the columns that its rows are ordered by within a file."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([(column.name, column.kind) for column in self.columns])


def _columns(*rows: tuple[str, pa.DataType, str] | tuple[str, pa.DataType, str, int]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


CLAIM = frozenset(FactKind)
FIGURE = frozenset({FactKind.FIGURE})


def _claim(name: str, kind: pa.DataType, comment: str, shown: bool = False) -> Column:
    """A column of every claim that nobody corrects: where it stands, what it says."""
    return Column(name, kind, comment, of=CLAIM, shown=shown)


def _said(name: str, kind: pa.DataType, comment: str) -> Column:
    """A column of every claim: on whose word it is."""
    return Column(name, kind, comment, of=CLAIM, correctable=True, shown=True)


def _figure(name: str, kind: pa.DataType, comment: str) -> Column:
    """A column of figures alone."""
    return Column(name, kind, comment, of=FIGURE, correctable=True, shown=True)


OUTPUT = _columns(("output_id", pa.string(), "the output that the row belongs to: what one set of rules made of one receipt"))
TEXT, INT, REAL, DAY, FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()

RAW = Table(
    "raw",
    "The bytes of every document as received.",
    _columns(
        ("document_id", TEXT, "the document: a place that documents come from"),
        ("revision", INT, "which of its contents, from 1"),
        ("sha256", TEXT, "SHA-256 of the whole content, hex"),
        ("size", INT, "bytes of the whole content"),
        ("media_type", TEXT, "text/plain, text/markdown, text/html; +gzip where packed; charset where a server named one"),
        ("data", pa.binary(), "the content, or its first part where it was over the limit"),
    ),
)

ARTICLES = Table(
    "articles",
    "One article as it stands.",
    _columns(
        ("article_id", TEXT, "the article: a content; the same bytes elsewhere are a printing of it"),
        ("document_id", TEXT, "the document that it was first received as"),
        ("source", TEXT, "the source's name in this home"),
        ("source_uri", TEXT, "where it was received from"),
        ("url", TEXT, "its web address, where known"),
        ("outlet", TEXT, "who published it: as set for the source, by its address, else as printed"),
        ("outlet_printed", TEXT, "the outlet's name as the page prints it"),
        ("section", TEXT, "the outlet's section, where printed"),
        ("title", TEXT, "headline"),
        ("subtitle", TEXT, "standfirst"),
        ("authors", TEXTS, "names as printed, without `By`, agency or role"),
        ("agency", TEXT, "the wire agency that the text comes from"),
        ("published_on", DAY, "printed day of publication"),
        ("published_at", pa.timestamp("us"), "printed day and time of publication, as printed"),
        ("published_offset", TEXT, "its offset from UTC where a zone is printed, as +02:00", 2),
        ("modified_at", pa.timestamp("us"), "printed day and time of the last change, midnight where no time is printed", 3),
        ("dateline", TEXT, "the place that opens the text"),
        ("language", TEXT, "ISO 639-1 code"),
        ("text", TEXT, "the body: paragraphs joined by one blank line; spans count its code points from 0"),
        ("words", INT, "words of the body"),
        ("content_sha256", TEXT, "SHA-256 of the bytes it was made from, hex"),
        ("received_at", STAMP, "when the document was received"),
        ("ingested_at", STAMP, "when this output was made"),
        ("revision", INT, "which of the document's contents, from 1"),
        ("rules", TEXT, "the versions of the rules and of the text libraries behind them"),
        ("batch_id", TEXT, "the batch that it was made in"),
    )
    + OUTPUT,
)

BLOCKS = Table(
    "blocks",
    "One block of the source with its role.",
    _columns(
        ("document_id", TEXT, "the document"),
        ("article_id", TEXT, "the article, null where the document gave none"),
        ("ordinal", INT, "order in the document, from 0"),
        ("paragraph", INT, "blocks that were one paragraph share it"),
        ("role", TEXT, listed(Role, " ")),
        ("reason", TEXT, "slug of the rule that gave the role"),
        ("text", TEXT, "cleaned text of the block"),
        ("raw_start", INT, "offset into the decoded source, code points; null for HTML"),
        ("raw_end", INT, "end offset, exclusive; null for HTML"),
    )
    + OUTPUT,
)

SENTENCES = Table(
    "sentences",
    "One sentence of an article.",
    _columns(
        ("sentence_id", TEXT, "the sentence of this output"),
        ("article_id", TEXT, "the article"),
        ("ordinal", INT, "order in the article, from 0"),
        ("paragraph", INT, "paragraph of articles.text, from 0"),
        ("text", TEXT, "the sentence, to the letter"),
        ("span_start", INT, "offset into articles.text, code points"),
        ("span_end", INT, "end offset, exclusive"),
        ("raw_start", INT, "offset into the decoded source; null for HTML"),
        ("raw_end", INT, "end offset, exclusive; null for HTML"),
    )
    + OUTPUT,
)

FACTS = Table(
    "facts",
    "One claim: what the text states, who states it, where it stands.",
    (
        _claim("fact_id", TEXT, "the fact of this output"),
        _claim(
            "claim_id", TEXT, "the claim, whatever rules found it: hash of content, kind and raw span (else text and ordinal)"
        ),
        _claim("article_id", TEXT, "the article"),
        _claim("sentence_id", TEXT, "the sentence it begins in"),
        Column("kind", TEXT, "figure, quote or statement", shown=True),
        _claim("text", TEXT, "the words of the claim, to the letter"),
        _claim("span_start", INT, "offset into articles.text, code points"),
        _claim("span_end", INT, "end offset, exclusive"),
        _claim("raw_start", INT, "offset into the decoded source; null for HTML"),
        _claim("raw_end", INT, "end offset, exclusive; null for HTML"),
        _figure("measure", TEXT, f"what a figure counts: {listed(Measure, ' ')}"),
        _figure("value_low", REAL, "least value that the words allow, inclusive; null where open"),
        _figure("value_high", REAL, "greatest value that the words allow, inclusive; null where open"),
        _figure("qualifier", TEXT, listed(Qualifier)),
        _figure("hedge", TEXT, "the words that say so, as written"),
        _figure("unit", TEXT, "what one of it is: people, trucks, percent, kilometres, USD"),
        _figure("item", TEXT, "the counted noun phrase, as written"),
        _figure("modality", TEXT, listed(Modality)),
        _figure("rate", TEXT, f"{listed(Rate)}; null for no rate"),
        _figure("scope", TEXT, f"{listed(Scope)}; null where the text does not say"),
        _figure("place", TEXT, "the place as printed"),
        _figure("place_name", TEXT, "the place under its one name here"),
        Column("place_from", TEXT, f"what the place was taken from: {listed(PlaceFrom)}", of=FIGURE, shown=True),
        Column("country_code", TEXT, "ISO 3166 alpha-2 of the place", of=FIGURE),
        Column("latitude", REAL, "degrees north", of=FIGURE),
        Column("longitude", REAL, "degrees east", of=FIGURE),
        _figure("as_of_start", DAY, "first day that the figure is about"),
        _figure("as_of_end", DAY, "last day that the figure is about"),
        _figure("said_on", DAY, "day of the saying, where the text gives it"),
        _said("attributed_to", TEXT, "who stated it, as written; null where the outlet says it in its own voice"),
        _said("speaker", TEXT, "the person or body alone"),
        _said("cue", TEXT, "the attributing words"),
        _said("claimant_kind", TEXT, listed(ClaimantKind, " ")),
        _claim("confidence", REAL, "how sure the extractor is, 0..1", shown=True),
        Column("extractor", TEXT, "the rule set that found it", shown=True),
        Column("extractor_version", TEXT, "its version"),
        *OUTPUT,
    ),
)
"""The columns of facts. To add one: a field of `transforms.types.Fact`, a line here, and the rule that fills it.

The views of each kind, what can be corrected and what is printed of a fact follow from the line."""

NUMBERS = Table(
    "numbers",
    "Every numeral and number word of a body: the fact it became, or why it is none.",
    _columns(
        ("article_id", TEXT, "the article"),
        ("ordinal", INT, "order in the article, from 0"),
        ("text", TEXT, "the number with its hedge, to the letter"),
        ("span_start", INT, "offset into articles.text, code points"),
        ("span_end", INT, "end offset, exclusive"),
        ("value_low", REAL, "least value, null where open"),
        ("value_high", REAL, "greatest value, null where open"),
        ("fact_id", TEXT, "the fact that states it; null where it is none"),
        ("reason", TEXT, f"why it is no fact: {listed(NumberReason, ' ')}"),
    )
    + OUTPUT,
)

REJECTS = Table(
    "rejects",
    "What was turned away and why: documents, and rows that broke an expectation.",
    _columns(
        ("document_id", TEXT, "the document"),
        ("source", TEXT, "the source's name in this home"),
        ("source_uri", TEXT, "where it was received from"),
        ("stage", TEXT, "documents, articles, sentences, facts: what the rejected thing was to be a row of"),
        ("reason", TEXT, f"slug: {listed(RejectReason, ' ')}; a source may give others"),
        ("expectation", TEXT, "the expectation that the row broke"),
        ("detail", TEXT, "what happened, in words"),
        ("row", TEXT, "the rejected row as JSON; null for a whole document"),
        ("size", INT, "bytes of the document"),
        ("sha256", TEXT, "SHA-256 of its content, hex"),
        ("rejected_at", STAMP, "when"),
        ("rules", TEXT, "the rules that turned it away"),
        ("batch_id", TEXT, "the batch"),
    )
    + OUTPUT,
)

VALIDATIONS = Table(
    "validations",
    "Every expectation of every batch and how it came out.",
    _columns(
        ("run_id", TEXT, "the run"),
        ("batch_id", TEXT, "the batch"),
        ("suite", TEXT, "the table that was judged"),
        ("expectation", TEXT, "the expectation's name"),
        ("column_name", TEXT, "the column that it is about"),
        ("success", FLAG, "whether every row held"),
        ("evaluated", INT, "rows judged"),
        ("failed", INT, "rows that broke it"),
        ("examples", TEXTS, "up to five values that broke it"),
        ("validated_at", STAMP, "when"),
    ),
)

TABLES = {table.name: table for table in (RAW, ARTICLES, BLOCKS, SENTENCES, FACTS, NUMBERS, REJECTS, VALIDATIONS)}

EVENTS = Table(
    "events",
    "The whole log.",
    _columns(
        ("position", INT, "place in the log; rising, gaps allowed"),
        ("id", TEXT, "id of the event"),
        ("type", TEXT, "what happened: run.started document.received batch.committed …"),
        ("subject", TEXT, "id of what it is about"),
        ("time", STAMP, "when it was appended"),
        ("run_id", TEXT, "the run that appended it"),
        ("specversion", TEXT, "version of CloudEvents"),
        ("dataschema", TEXT, "the shape of `data`"),
        ("data", TEXT, "what it says, as JSON"),
    ),
)

DOCUMENTS = Table(
    "documents",
    "Every source document and what became of it.",
    _columns(
        ("document_id", TEXT, "the document: a place that documents come from"),
        ("source", TEXT, "the source's name in this home"),
        ("source_uri", TEXT, "where it was received from"),
        ("url", TEXT, "its web address, where known"),
        ("outlet", TEXT, "who published it, where known"),
        ("media_type", TEXT, "kind of content"),
        ("size", INT, "bytes of its latest content"),
        ("sha256", TEXT, "SHA-256 of its latest content, hex"),
        ("revision", INT, "how many contents it has had"),
        ("status", TEXT, "pending, ingested, rejected, duplicate, withdrawn, purged"),
        ("reason", TEXT, "why it was rejected, as a slug"),
        ("detail", TEXT, "why, in words"),
        ("article_id", TEXT, "the article that it prints"),
        ("first_received_at", STAMP, "when its first content was received"),
        ("received_at", STAMP, "when its latest content was received"),
        ("decided_at", STAMP, "when that was ingested, rejected or found a duplicate"),
        ("position", INT, "place in the log of what was decided last"),
    ),
)

RUNS = Table(
    "runs",
    "Every run.",
    _columns(
        ("run_id", TEXT, "the run"),
        ("kind", TEXT, "ingest, publish, …"),
        ("outcome", TEXT, "completed, failed, abandoned; null while it goes on"),
        ("started_at", STAMP, "when it began"),
        ("finished_at", STAMP, "when it ended"),
        ("seconds", REAL, "how long it took"),
        ("received", INT, "new or changed documents"),
        ("ingested", INT, "documents that became articles"),
        ("rejected", INT, "documents turned away"),
        ("duplicates", INT, "documents whose bytes were known"),
        ("unchanged", INT, "documents seen again as they were"),
        ("skipped", INT, "hidden files, links that lead out, files of other kinds"),
        ("sentences", INT, "sentences made"),
        ("facts", INT, "facts made"),
        ("detail", TEXT, "why it failed"),
        ("sources", TEXTS, "sources that it read"),
        ("rules", TEXT, "the rules that it applied"),
        ("program", TEXT, "version of copydesk"),
        ("position", INT, "place in the log of its last event"),
    ),
)

COPIES = Table(
    "copies",
    "Near copies: articles that print mostly the words of an earlier one.",
    _columns(
        ("copy_output_id", TEXT, "the later article's output"),
        ("duplicate_of", TEXT, "the earliest article that it is like"),
        ("similarity", REAL, "estimated share of runs of four words in common, 0..1"),
        ("position", INT, "place in the log"),
    ),
)

EXPORTS = {table.name: table for table in (DOCUMENTS, RUNS, COPIES)}
"""Tables of the folded state that are exported from it in segments."""
