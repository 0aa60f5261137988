"""What must hold for every row of sentences."""

from copydesk.expectations.suite import between, holds, not_null

SUITE = (
    not_null("sentence_id", "every sentence has an id"),
    not_null("text", "a sentence has words"),
    between("span_start", 0, None, "offsets count from 0"),
    holds("at_span", "articles.text[span_start:span_end] is the sentence to the letter"),
)
