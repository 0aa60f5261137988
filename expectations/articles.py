"""What must hold for every row of articles."""

from copydesk.expectations.suite import Expectation, between, holds, matches, not_null, unique

SUITE = (
    not_null("article_id", "every article has an id"),
    unique("output_id", "an output is one article"),
    not_null("text", "an article has a body"),
    between("words", 25, None, "fewer than 25 words are no article"),
    Expectation(
        "title_short_enough",
        "expect_column_value_lengths_to_be_between",
        "title",
        "a headline of over 500 letters is a paragraph taken for one",
        {"min_value": 1, "max_value": 500},
    ),
    matches("language", "^[a-z]{2,3}$", "a language is an ISO 639 code"),
    Expectation(
        "text_clean",
        "expect_column_values_to_not_match_regex",
        "text",
        "control characters are no text",
        {"regex": "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"},
    ),
    holds("fields_clean", "control characters are no part of a title, a name, a place or an address"),
    holds("published_before_receipt", "a text is not published over a day after it was received"),
    holds("paragraphs_clean", "paragraphs are parted by one blank line and hold something"),
)
