"""What must hold for every received document."""

from copydesk.expectations.suite import Expectation, between, matches, not_null, unique

SUITE = (
    not_null("document_id", "every document has an id"),
    unique("document_id", "a batch holds a document once"),
    not_null("source_uri", "every document came from somewhere"),
    matches("sha256", "^[0-9a-f]{64}$", "the content's hash is a SHA-256"),
    between("size", 0, None, "a size is no negative number"),
    between("revision", 1, None, "revisions count from 1"),
    Expectation(
        "media_type_known",
        "expect_column_values_to_match_regex",
        "media_type",
        "only kinds that the rules read are received, and what could not be opened",
        {"regex": r"^(text/(plain|markdown|html)(\+gzip)?(; charset=[A-Za-z0-9_.:-]+)?|application/octet-stream)$"},
    ),
)
