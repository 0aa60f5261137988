"""Claims that people added where the rules found none, as rows of facts: they stand in today's text, or nowhere."""

from __future__ import annotations

from copydesk.warehouse.fact_columns import FACTS
from copydesk.warehouse.scans import SQL_TYPES

EXTRACTOR = "person"
"""What stands as the extractor of a claim that a person added."""

KNOWN = {
    "fact_id": "d.output_id || '-a' || left(d.claim_id, 10)",
    "claim_id": "d.claim_id",
    "article_id": "d.article_id",
    "sentence_id": "s.sentence_id",
    "kind": "d.kind",
    "text": "d.text",
    "span_start": "d.place",
    "span_end": "d.place + length(d.text)",
    "confidence": "1.0",
    "rule": "'added by a person'",
    "extractor": f"'{EXTRACTOR}'",
    "extractor_version": "'1'",
    "output_id": "d.output_id",
}
"""Columns of a fact that its words and its place give."""


def added_facts() -> str:
    """The query of the claims that were added to articles that stand, each where its words stand in the text of now.

    Where the text is another than when it was marked, its words are looked for; a claim whose words are gone is left out.
    """
    columns = ", ".join(
        f"CAST({_value(one.name, one.correctable)} AS {SQL_TYPES[one.kind]}) AS {one.name}" for one in FACTS.columns
    )
    place = (
        "CASE WHEN substring(a.text, d.span_start + 1, length(d.text)) = d.text THEN d.span_start "
        "ELSE instr(a.text, d.text) - 1 END"
    )
    return (
        f"SELECT {columns} FROM (SELECT d.*, a.output_id, {place} AS place FROM internal.added_claims d "
        "JOIN internal.articles_live a ON a.article_id = d.article_id) d "
        "LEFT JOIN internal.sentences_live s "
        "ON s.article_id = d.article_id AND d.place >= s.span_start AND d.place < s.span_end "
        "WHERE d.place >= 0"
    )


def _value(name: str, correctable: bool) -> str:
    if name in KNOWN:
        return KNOWN[name]
    return f"json_extract_string(d.fields, '$.{name}')" if correctable else "NULL"
