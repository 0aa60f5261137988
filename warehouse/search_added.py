"""Puts the claims that people added into the search index, each where its words stand in the text of now."""

from __future__ import annotations

import json
from typing import Any

from copydesk.warehouse.search_rows import FOUND, Index
from copydesk.warehouse.search_tables import ORDINALS, text_of
from copydesk.warehouse.state import State

ADDED = "SELECT claim_id, article_id, kind, text, span_start, fields FROM added_claims ORDER BY claim_id"
SENTENCE = "SELECT name FROM sentences WHERE id >= ? AND id < ? AND span_start <= ? AND span_end > ?"


def follow_added(index: Index, state: State) -> None:
    """Puts in the added claims that are not there: new ones, and those of articles that were made again."""
    for row in state.rows(ADDED):
        if index.db.execute("SELECT 1 FROM facts WHERE claim_id = ?", (row["claim_id"],)).fetchone() is None:
            _put(index, dict(row))


def _put(index: Index, added: dict[str, Any]) -> None:
    article = index.db.execute("SELECT id, output_id FROM articles WHERE article_id = ?", (added["article_id"],)).fetchone()
    if article is None:
        return
    number, output_id = article
    text, words, start = text_of(index.db, number), added["text"], added["span_start"]
    if text[start : start + len(words)] != words:
        start = text.find(words)
    if start < 0:
        return
    ids = number << ORDINALS, (number + 1) << ORDINALS
    sentence = index.db.execute(SENTENCE, (*ids, start, start)).fetchone()
    fields = json.loads(added["fields"])
    fact = {
        "output_id": output_id,
        "fact_id": f"{output_id}-a{added['claim_id'][:10]}",
        "claim_id": added["claim_id"],
        "kind": added["kind"],
        "span_start": start,
        "span_end": start + len(words),
        "sentence_id": sentence[0] if sentence else "",
    }
    index.put_fact({**fact, **{name: fields.get(name) for name in FOUND}})
