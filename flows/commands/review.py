"""`copydesk fact` and `copydesk document`: what people say of claims and documents."""

from __future__ import annotations

import argparse
from typing import Any

from copydesk.flows.commands.reading import one_row, open_warehouse
from copydesk.flows.jobs.review import check_order, corrections, restore, review_claim, withdraw
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, load_settings
from copydesk.warehouse.errors import PermanentError

PAST = {"confirm": "Confirmed", "reject": "Rejected", "correct": "Corrected", "undo": "Took back the review of"}


def run_fact(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    fact = one_row(db, "facts", ("fact_id", "claim_id"), options.id)
    db.close()
    if fact is None:
        raise PermanentError(f"There is no fact or claim {options.id!r} in this home.")
    changes = corrections(options.set or ())
    if changes:
        check_order(fact, changes)
    settings = load_settings({"home": options.home, "wait": options.wait})
    review_claim(settings, fact["claim_id"], options.action, options.why, changes, options.unset or ())
    say(f"{PAST[options.action]} {fact['kind']} {fact['text']!r} (claim {fact['claim_id']}).")
    return 0


def run_document(options: argparse.Namespace) -> int:
    db = open_warehouse(options)
    document = one_row(db, "documents", ("document_id", "article_id", "source_uri"), options.id)
    db.close()
    if document is None:
        raise PermanentError(f"There is no document {options.id!r} in this home.")
    settings = load_settings({"home": options.home, "wait": options.wait})
    if options.action == "purge":
        return _purge(settings, document, options)
    (withdraw if options.action == "withdraw" else restore)(settings, document["document_id"], options.why)
    say(f"{'Withdrew' if options.action == 'withdraw' else 'Restored'} {document['source_uri']}.")
    return 0


def _purge(settings: Settings, document: dict[str, Any], options: argparse.Namespace) -> int:
    from copydesk.flows.jobs.purge import purge

    if not options.yes:
        raise PermanentError(
            f"This erases the bytes of {document['source_uri']} and all that was made of them, for good. To do it: --yes"
        )
    done = purge(settings, document["document_id"], options.why)
    told = "Purged" if done.run.tally.counts["purged"] else "Purged already:"
    say(f"{told} {document['source_uri']}. Its hash, {document['sha256']}, and that it was there stay in the log.")
    for uri in done.elsewhere:
        say(f"The same bytes are still held as {uri}.")
    for line in done.remains:
        say(line)
    return 0
