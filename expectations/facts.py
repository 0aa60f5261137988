"""Facts."""

from copydesk.expectations.suite import between, holds, not_null, one_of

MEASURES = (
    "killed injured missing displaced sheltering detained held freed affected personnel military_units attacks "
    "weapons buildings aid money share duration measurement other"
).split()

QUALIFIERS = ["exact", "at_least", "at_most", "about", "range"]
MODALITIES = ["actual", "needed", "planned", "possible", "denied"]
CLAIMANTS = (
    "government military armed_group health_authority un_body aid_group media witness expert police company other".split()
)
WORDS = {
    "measure": list(MEASURES),
    "qualifier": QUALIFIERS,
    "modality": MODALITIES,
    "rate": ["hour", "day", "week", "month", "year"],
    "scope": ["total", "new"],
    "claimant_kind": CLAIMANTS,
}
"""Columns that hold one of a few words, with these words."""

SUITE = (
    not_null("fact_id", "every fact has an id"),
    not_null("claim_id", "every fact is somebody's claim or the outlet's"),
    one_of("kind", ["figure", "quote", "statement"], "the kind is figure, quote or statement: see docs/facts.md"),
    holds("at_span", "articles.text[span_start:span_end] is the fact's text to the letter"),
    between("confidence", 0, 1, "confidence is a share"),
    one_of("measure", MEASURES, "the measure is one of those in docs/facts.md"),
    one_of("qualifier", QUALIFIERS, "the qualifier is one of those in docs/facts.md"),
    one_of("modality", MODALITIES, "the modality is one of those in docs/facts.md"),
    holds("figure_whole", "a figure has a measure, a unit and at least one bound"),
    holds("bounds_ordered", "the lower bound is not above the upper"),
    holds("dates_ordered", "the first day is not after the last"),
    holds("claimed", "a quotation or a statement has somebody who said it"),
)
