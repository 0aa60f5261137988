"""The Parquet tables of data: every column with its type and what it holds. Views and docs are made from these."""

from __future__ import annotations

import pyarrow as pa

from copydesk.transforms.reject_reasons import RejectReason
from copydesk.transforms.vocabulary import ClaimantKind, FactSupport, NumberReason, Role, listed
from copydesk.warehouse.columns import DAY, FLAG, INT, OUTPUT, REAL, STAMP, TEXT, TEXTS, Table, columns_of
from copydesk.warehouse.fact_columns import FACTS

SCHEMA_VERSION = 7
"""Raised when a column is added; files of older versions are read with theirs."""

RAW = Table(
    "raw",
    "The bytes of every document as received.",
    columns_of(
        [
            ("document_id", TEXT, "the document: a place that documents come from"),
            ("revision", INT, "which of its contents, from 1"),
            ("sha256", TEXT, "SHA-256 of the whole content, hex"),
            ("size", INT, "bytes of the whole content"),
            ("media_type", TEXT, "text/plain, text/markdown, text/html; +gzip where packed; charset where a server named one"),
            ("data", pa.binary(), "the content, or its first part where it was over the limit"),
        ]
    ),
)

ARTICLES = Table(
    "articles",
    "One article as it stands.",
    columns_of(
        [
            ("article_id", TEXT, "the article: a content; the same bytes elsewhere are a printing of it"),
            ("document_id", TEXT, "the document that it was first received as"),
            ("source", TEXT, "the source's name in this home"),
            ("source_uri", TEXT, "where it was received from"),
            ("url", TEXT, "its web address, where known"),
            (
                "outlet",
                TEXT,
                "who published it, under one name: by its address, by its printed name, as set for the source, else as printed",
            ),
            ("outlet_id", TEXT, "the outlet as a thing: a row of outlets", 5),
            ("outlet_country", TEXT, "ISO 3166 alpha-2 of the outlet, where the table of outlets has it", 5),
            ("outlet_kind", TEXT, "paper, broadcaster, agency, site, magazine, official; where the table of outlets has it", 5),
            ("outlet_printed", TEXT, "the outlet's name as the page prints it"),
            ("section", TEXT, "the outlet's section, where printed"),
            ("title", TEXT, "headline"),
            ("subtitle", TEXT, "standfirst"),
            ("authors", TEXTS, "names as printed, without `By`, agency or role"),
            ("agency", TEXT, "the wire agency that the text comes from"),
            ("published_on", DAY, "printed day of publication"),
            ("published_at", pa.timestamp("us"), "printed day and time of publication, as printed"),
            ("published_offset", TEXT, "its offset from UTC where a zone is printed, as +02:00", 2),
            (
                "modified_at",
                pa.timestamp("us"),
                "printed day and time of the last change, midnight where no time is printed",
                3,
            ),
            ("dateline", TEXT, "the place that opens the text"),
            ("language", TEXT, "ISO 639-1 code"),
            (
                "facts",
                TEXT,
                f"whether facts are looked for in its language: {listed(FactSupport)}; null in rows of earlier versions",
                4,
            ),
            ("text", TEXT, "the body: paragraphs joined by one blank line; spans count its code points from 0"),
            ("words", INT, "words of the body"),
            ("content_sha256", TEXT, "SHA-256 of the bytes it was made from, hex"),
            ("received_at", STAMP, "when the document was received"),
            ("ingested_at", STAMP, "when this output was made"),
            ("revision", INT, "which of the document's contents, from 1"),
            ("rules", TEXT, "the versions of the rules and of the text libraries behind them"),
            ("batch_id", TEXT, "the batch that it was made in"),
        ]
    )
    + OUTPUT,
)

BLOCKS = Table(
    "blocks",
    "One block of the source with its role.",
    columns_of(
        [
            ("document_id", TEXT, "the document"),
            ("article_id", TEXT, "the article, null where the document gave none"),
            ("ordinal", INT, "order in the document, from 0"),
            ("paragraph", INT, "blocks that were one paragraph share it"),
            ("role", TEXT, listed(Role, " ")),
            ("reason", TEXT, "slug of the rule that gave the role"),
            ("text", TEXT, "cleaned text of the block"),
            ("raw_start", INT, "offset into the decoded source, code points; null for HTML"),
            ("raw_end", INT, "end offset, exclusive; null for HTML"),
        ]
    )
    + OUTPUT,
)

SENTENCES = Table(
    "sentences",
    "One sentence of an article.",
    columns_of(
        [
            ("sentence_id", TEXT, "the sentence of this output"),
            ("article_id", TEXT, "the article"),
            ("ordinal", INT, "order in the article, from 0"),
            ("paragraph", INT, "paragraph of articles.text, from 0"),
            ("text", TEXT, "the sentence, to the letter"),
            ("span_start", INT, "offset into articles.text, code points"),
            ("span_end", INT, "end offset, exclusive"),
            ("raw_start", INT, "offset into the decoded source; null for HTML"),
            ("raw_end", INT, "end offset, exclusive; null for HTML"),
        ]
    )
    + OUTPUT,
)

MENTIONS = Table(
    "mentions",
    "Every person and body that a body of text names.",
    columns_of(
        [
            ("article_id", TEXT, "the article"),
            ("ordinal", INT, "order in the article, from 0"),
            ("text", TEXT, "the name as printed, to the letter"),
            ("span_start", INT, "offset into articles.text, code points"),
            ("span_end", INT, "end offset, exclusive"),
            ("entity_id", TEXT, "who is named: a row of entities"),
            ("name", TEXT, "its one name here"),
            ("form", TEXT, "person or body"),
            ("kind", TEXT, listed(ClaimantKind, " ")),
            ("country", TEXT, "ISO 3166 alpha-2, where its name or the table tells it"),
            ("body_id", TEXT, "of a person: the body spoken for, where the article tells it"),
        ]
    )
    + OUTPUT,
)

NUMBERS = Table(
    "numbers",
    "Every numeral and number word of a body: the fact it became, or why it is none.",
    columns_of(
        [
            ("article_id", TEXT, "the article"),
            ("ordinal", INT, "order in the article, from 0"),
            ("text", TEXT, "the number with its hedge, to the letter"),
            ("span_start", INT, "offset into articles.text, code points"),
            ("span_end", INT, "end offset, exclusive"),
            ("value_low", REAL, "least value, null where open"),
            ("value_high", REAL, "greatest value, null where open"),
            ("unit", TEXT, "what one of it is, plural: of figures, times (`years`) and ages", 7),
            ("fact_id", TEXT, "the fact that states it; null where it is none"),
            ("reason", TEXT, f"why it is no fact: {listed(NumberReason, ' ')}"),
        ]
    )
    + OUTPUT,
)

REJECTS = Table(
    "rejects",
    "What was turned away and why: documents, and rows that broke an expectation.",
    columns_of(
        [
            ("document_id", TEXT, "the document"),
            ("source", TEXT, "the source's name in this home"),
            ("source_uri", TEXT, "where it was received from"),
            ("stage", TEXT, "documents, articles, sentences, facts: what the rejected thing was to be a row of"),
            ("reason", TEXT, f"slug: {listed(RejectReason, ' ')}"),
            ("expectation", TEXT, "the expectation that the row broke"),
            ("detail", TEXT, "what happened, in words"),
            ("row", TEXT, "the rejected row as JSON; null for a whole document"),
            ("size", INT, "bytes of the document"),
            ("sha256", TEXT, "SHA-256 of its content, hex"),
            ("rejected_at", STAMP, "when"),
            ("rules", TEXT, "the rules that turned it away"),
            ("batch_id", TEXT, "the batch"),
        ]
    )
    + OUTPUT,
)

VALIDATIONS = Table(
    "validations",
    "Every expectation of every batch and how it came out.",
    columns_of(
        [
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
        ]
    ),
)

TABLES = {table.name: table for table in (RAW, ARTICLES, BLOCKS, SENTENCES, FACTS, NUMBERS, MENTIONS, REJECTS, VALIDATIONS)}
