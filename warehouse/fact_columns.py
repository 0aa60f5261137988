"""The table of facts: every column of a claim, whether a person may correct it and where it is shown."""

from __future__ import annotations

import pyarrow as pa

from copydesk.transforms.vocabulary import (
    ClaimantKind,
    FactKind,
    Measure,
    Modality,
    PlaceFrom,
    PlaceKind,
    Qualifier,
    Rate,
    Scope,
    listed,
)
from copydesk.warehouse.columns import DAY, INT, OUTPUT, REAL, TEXT, Column, Table

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
