"""What events about claims do to the folded state: what people say of them."""

from __future__ import annotations

import json
import sqlite3

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import ClaimAdded, ClaimReviewed
from copydesk.warehouse.projections.registry import on, replace_statement, time_of, values_of


@on(ClaimReviewed)
def claim_reviewed(db: sqlite3.Connection, event: ClaimReviewed, recorded: Recorded) -> None:
    """The last verdict on a claim stands. Corrections add up field by field, whatever the verdicts between them.

    `taken_back` names fields whose correction ends; `undone` ends all that was said of the claim. A claim of which a
    correction is all that was said, and no field of it is left, is as if nobody had reviewed it.
    """
    before = db.execute("SELECT corrections FROM reviews WHERE claim_id = ?", (event.claim_id,)).fetchone()
    merged = {**(json.loads(before[0]) if before else {}), **event.corrections}
    corrections = {name: value for name, value in merged.items() if name not in event.taken_back}
    if event.verdict == "undone" or (event.verdict == "corrected" and not corrections):
        db.execute("DELETE FROM reviews WHERE claim_id = ?", (event.claim_id,))
        return
    db.execute(
        "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?)",
        (event.claim_id, event.verdict, event.why, event.who, json.dumps(corrections), time_of(recorded)),
    )


ADD = replace_statement("added_claims", "claim_id article_id kind text span_start fields who why added_at")


@on(ClaimAdded)
def claim_added(db: sqlite3.Connection, event: ClaimAdded, recorded: Recorded) -> None:
    """A claim that a person found stands beside those of the rules, unless its words were purged."""
    if event.text:
        values = values_of(event, recorded, fields=json.dumps(dict(event.fields)))
        db.execute(ADD, {**values, "added_at": values["at"]})
