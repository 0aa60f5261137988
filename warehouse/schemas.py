"""The Parquet tables of data: every column with its type and what it holds. Views and docs are made from these."""

from __future__ import annotations

import pyarrow as pa

from copydesk.transforms.reject_reasons import RejectReason
from copydesk.transforms.vocabulary import (
    ClaimantKind,
    FactKind,
    FactSupport,
    Measure,
    Modality,
    NumberReason,
    PlaceFrom,
    PlaceKind,
    Qualifier,
    Rate,
    Role,
    Scope,
    listed,
)
from copydesk.warehouse.columns import DAY, FLAG, INT, REAL, STAMP, TEXT, TEXTS, Column, Table, columns_of

SCHEMA_VERSION = 6
"""Raised when a column is added; files of older versions are read with theirs."""

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


def slug_sql(name: str) -> str:
    """SQL that folds a printed name as it stands in ids: `the Harbour Board` is `harbour-board`."""
    return (
        f"trim(regexp_replace(regexp_replace(lower(strip_accents({name})), '^(the|a|an) |[’'']s?\\b|[.]', '', 'g'), "
        "'[^\\w]+', '-', 'g'), '-')"
    )


WHO = "coalesce(speaker, attributed_to)"
"""A source as files of earlier versions name it."""

OUTPUT = columns_of([("output_id", TEXT, "the output that the row belongs to: what one set of rules made of one receipt")])

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
        Column("place_id", INT, "the place's GeoNames id; null where the gazetteer has none", 5, of=FIGURE, shown=True),
        Column("place_precision", TEXT, f"what kind of place it is: {listed(PlaceKind)}", 5, of=FIGURE, shown=True),
        Column(
            "place_candidates",
            TEXT,
            "where its name may be that of another place too: those, the likeliest first, as JSON [{place_id, name, admin1, "
            "country_code}]",
            6,
            of=FIGURE,
            shown=True,
        ),
        Column("country_code", TEXT, "ISO 3166 alpha-2 of the place", of=FIGURE),
        Column("admin1", TEXT, "the state or province that the place lies in or is", 5, of=FIGURE, shown=True),
        Column("admin2", TEXT, "the district or county that the place lies in or is", 5, of=FIGURE, shown=True),
        Column("latitude", REAL, "degrees north", of=FIGURE),
        Column("longitude", REAL, "degrees east", of=FIGURE),
        _figure("as_of_start", DAY, "first day that the figure is about"),
        _figure("as_of_end", DAY, "last day that the figure is about"),
        _figure("said_on", DAY, "day of the saying, where the text gives it"),
        _said("attributed_to", TEXT, "who stated it, as written; null where the outlet says it in its own voice"),
        _said("speaker", TEXT, "the person or body alone"),
        _said("cue", TEXT, "the attributing words"),
        _said("claimant_kind", TEXT, listed(ClaimantKind, " ")),
        Column(
            "claimant_id",
            TEXT,
            "the source as a thing: a row of entities; null for the outlet's own voice and sources that are no one thing",
            5,
            of=CLAIM,
            shown=True,
            before=f"{slug_sql(WHO)} || '.' || coalesce(claimant_kind, 'other')",
        ),
        Column(
            "claimant_name",
            TEXT,
            "its one name here: fullest in the article, or the table's",
            5,
            of=CLAIM,
            shown=True,
            before=WHO,
        ),
        Column(
            "claimant_country",
            TEXT,
            "ISO 3166 alpha-2 of the body, where its name or the table tells it",
            5,
            of=CLAIM,
            shown=True,
        ),
        Column("speaker_id", TEXT, "the person who speaks: a row of entities; null where a body does", 5, of=CLAIM, shown=True),
        Column("body_id", TEXT, "the body that the claimant is or speaks for: a row of entities", 5, of=CLAIM, shown=True),
        Column("part_of", TEXT, "the fact_id of the whole, of a part of it: including 12 guards", 4, of=FIGURE, shown=True),
        _claim("confidence", REAL, "how sure measure, value, unit and source are right together, 0..1", shown=True),
        Column("confidence_place", REAL, "how sure the place is right, 0..1; null without one", 4, of=FIGURE, shown=True),
        Column("confidence_as_of", REAL, "how sure the dates are right, 0..1; null without one", 4, of=FIGURE, shown=True),
        Column(
            "rule",
            TEXT,
            "the rules that found it: what told the measure or the clause, and the source",
            4,
            of=CLAIM,
            shown=True,
        ),
        Column("extractor", TEXT, "the rule set that found it", shown=True),
        Column("extractor_version", TEXT, "its version"),
        *OUTPUT,
    ),
)
"""The columns of facts. To add one: a field of `transforms.types.Fact`, a line here, and the rule that fills it.

The views of each kind, what can be corrected and what is printed of a fact follow from the line."""

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
