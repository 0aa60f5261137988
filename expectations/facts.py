"""What must hold for every row of facts."""

from copydesk.expectations.suite import between, holds, not_null, one_of
from copydesk.transforms.vocabulary import ClaimantKind, FactKind, Measure, Modality, Qualifier, Rate, Scope, listed, values

WORDS = {
    "measure": values(Measure),
    "qualifier": values(Qualifier),
    "modality": values(Modality),
    "rate": values(Rate),
    "scope": values(Scope),
    "claimant_kind": values(ClaimantKind),
}
"""Columns that hold one of a few words, with these words."""

SUITE = (
    not_null("fact_id", "every fact has an id"),
    not_null("claim_id", "every fact is somebody's claim or the outlet's"),
    one_of("kind", values(FactKind), f"a fact is one of: {listed(FactKind)}"),
    holds("at_span", "articles.text[span_start:span_end] is the fact's text to the letter"),
    between("confidence", 0, 1, "confidence is a share"),
    one_of("measure", values(Measure), f"a measure is one of: {listed(Measure)}"),
    one_of("qualifier", values(Qualifier), f"a qualifier is one of: {listed(Qualifier)}"),
    one_of("modality", values(Modality), f"a modality is one of: {listed(Modality)}"),
    holds("figure_whole", "a figure has a measure, a unit and at least one bound"),
    holds("bounds_ordered", "the lower bound is not above the upper"),
    holds("dates_ordered", "the first day is not after the last"),
    holds("claimed", "a quotation or a statement has somebody who said it"),
)
