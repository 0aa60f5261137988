"""The tables that are exported from the log and from its folded state, so that readers need neither."""

from __future__ import annotations

from copydesk.warehouse.columns import INT, REAL, STAMP, TEXT, TEXTS, Table, columns_of

EVENTS = Table(
    "events",
    "The whole log.",
    columns_of(
        [
            ("position", INT, "place in the log; rising, gaps allowed"),
            ("id", TEXT, "id of the event"),
            ("type", TEXT, "what happened: run.started document.received batch.committed …"),
            ("subject", TEXT, "id of what it is about"),
            ("time", STAMP, "when it was appended"),
            ("run_id", TEXT, "the run that appended it"),
            ("specversion", TEXT, "version of CloudEvents"),
            ("dataschema", TEXT, "the shape of `data`"),
            ("data", TEXT, "what it says, as JSON"),
        ]
    ),
)

DOCUMENTS = Table(
    "documents",
    "Every source document and what became of it.",
    columns_of(
        [
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
        ]
    ),
)

RUNS = Table(
    "runs",
    "Every run.",
    columns_of(
        [
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
        ]
    ),
)

COPIES = Table(
    "copies",
    "Near copies: articles that print mostly the words of an earlier one.",
    columns_of(
        [
            ("copy_output_id", TEXT, "the later article's output"),
            ("duplicate_of", TEXT, "the earliest article that it is like"),
            ("similarity", REAL, "estimated share of runs of four words in common, 0..1"),
            ("position", INT, "place in the log"),
        ]
    ),
)

TELLINGS = Table(
    "tellings",
    "Articles with the story that each is of, and the agencies that their texts name.",
    columns_of(
        [
            ("telling_output_id", TEXT, "the article's output"),
            ("story_id", TEXT, "the story"),
            ("agency_id", TEXT, "the agency that the text comes from, where it says so"),
            ("agency_from", TEXT, "what says so: agency line, dateline, credit"),
            ("quotes", TEXTS, "where it quotes an agency, in code points, and which: `120 coastalwire.example`"),
            ("position", INT, "place in the log"),
        ]
    ),
)

EXPORTS = {table.name: table for table in (DOCUMENTS, RUNS, COPIES, TELLINGS)}
"""Tables of the folded state that are exported from it in segments."""
