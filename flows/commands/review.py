"""`copydesk fact` and `copydesk document`: what people say of claims and documents."""

from __future__ import annotations

import argparse

from flows.commands.reading import one_row, open_warehouse
from flows.review import corrections, restore, review_claim, withdraw
from flows.settings import load_settings
from warehouse.errors import PermanentError

PAST = {"confirm": "Confirmed", "reject": "Rejected", "correct": "Corrected", "undo": "Took back the review of"}


def run_fact(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    fact = one_row(db, "facts", ("fact_id", "claim_id"), options.id)
    db.close()
    if fact is None:
        raise PermanentError(f"There is no fact or claim {options.id!r} in this home.")
    changes = corrections(options.set or ())
    review_claim(
        load_settings({"home": options.home, "wait": options.wait}), fact["claim_id"], options.action, options.why, changes
    )
    print(f"{PAST[options.action]} {fact['kind']} {fact['text']!r} (claim {fact['claim_id']}).")
    return 0


def run_document(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    document = one_row(db, "documents", ("document_id", "article_id", "source_uri"), options.id)
    db.close()
    if document is None:
        raise PermanentError(f"There is no document {options.id!r} in this home.")
    settings = load_settings({"home": options.home, "wait": options.wait})
    (withdraw if options.action == "withdraw" else restore)(settings, document["document_id"], options.why)
    print(f"{'Withdrew' if options.action == 'withdraw' else 'Restored'} {document['source_uri']}.")
    return 0
