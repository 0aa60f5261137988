"""`copydesk fact` and `copydesk document`: what people say of claims and documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

PAST = {"confirm": "Confirmed", "reject": "Rejected", "correct": "Corrected", "undo": "Took back the review of"}

Why = Annotated[str, Parameter(metavar="TEXT", allow_leading_hyphen=True, help="Why, for those who come after.")]


def run_fact(  # an argument of the command each
    action: Annotated[Literal["confirm", "reject", "correct", "undo", "add"], Parameter(help="What to say.")],
    identity: Annotated[
        str, Parameter(name="id", help="Id of a fact or claim, or its beginning; of the article of a claim to add.")
    ],
    /,
    *,
    why: Why,
    changed: Annotated[
        tuple[str, ...], Parameter(name="--set", metavar="NAME=VALUE", help="What to correct: --set value_low=14.")
    ] = (),
    unset: Annotated[tuple[str, ...], Parameter(metavar="NAME", help="A field whose correction is taken back.")] = (),
    words: Annotated[
        str | None,
        Parameter(metavar="TEXT", allow_leading_hyphen=True, help="The words of a claim to add, as the article prints them."),
    ] = None,
    kind: Annotated[Literal["figure", "quote", "statement"] | None, Parameter(help="The kind of a claim to add.")] = None,
    after: Annotated[
        int, Parameter(metavar="N", help="Where the words stand more than once: those past this character of the text.")
    ] = 0,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import only_row, open_warehouse
    from copydesk.flows.jobs.review import check_order, corrections, review_claim

    settings = settings_of(options)
    if (action == "add") != bool(words and kind) or (action != "add" and (words or kind or after)):
        raise PermanentError('A claim to add has words and a kind, and nothing else does: --words "ten boats" --kind figure')
    if action == "add":
        return _add(settings, identity, kind=str(kind), words=str(words), after=after, fields=corrections(changed), why=why)
    db = open_warehouse(settings)
    fact = only_row(db, "facts", ("claim_id", "fact_id"), identity)
    db.close()
    if fact is None:
        raise PermanentError(f"There is no fact or claim {identity!r} in this home.")
    changes = corrections(changed)
    if changes:
        check_order(fact, changes)
    review_claim(settings, fact["claim_id"], action, why, changes, unset)
    say(f"{PAST[action]} {fact['kind']} {fact['text']!r} (claim {fact['claim_id']}).")
    return 0


def _add(settings: Settings, identity: str, *, kind: str, words: str, after: int, fields: Mapping[str, Any], why: str) -> int:
    """Records a claim that the rules missed. Raises PermanentError where there is no such article, or no such words in it."""
    from copydesk.flows.commands.reading import only_row, open_warehouse
    from copydesk.flows.jobs.adding import add_claim, span_of

    db = open_warehouse(settings)
    article = only_row(db, "articles", ("article_id", "document_id", "source_uri"), identity)
    db.close()
    if article is None:
        raise PermanentError(f"There is no article {identity!r} in this home.")
    if not 0 <= after <= len(article["text"]):
        raise PermanentError(f"--after {after} is no place in the text: it has {len(article['text'])} characters.")
    claim_id = add_claim(settings, article, kind, span_of(article["text"], words, after), fields, why)
    say(f"Added {kind} {words!r} (claim {claim_id}) to {article['title'] or article['article_id']!r}.")
    return 0


def run_document(
    action: Annotated[Literal["withdraw", "restore", "purge"], Parameter(help="What to do.")],
    identity: Annotated[str, Parameter(name="id", help="Id of a document or article, or its address, or its beginning.")],
    /,
    *,
    why: Why,
    yes: Annotated[bool, Parameter(help="Let purge erase its bytes for good.")] = False,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import only_row, open_warehouse
    from copydesk.flows.jobs.review import restore, withdraw

    settings = settings_of(options)
    db = open_warehouse(settings)
    document = only_row(db, "documents", ("document_id", "article_id", "source_uri"), identity)
    db.close()
    if document is None:
        raise PermanentError(f"There is no document {identity!r} in this home.")
    if action == "purge":
        return _purge(settings, document, why, yes)
    (withdraw if action == "withdraw" else restore)(settings, document["document_id"], why)
    say(f"{'Withdrew' if action == 'withdraw' else 'Restored'} {document['source_uri']}.")
    return 0


def _purge(settings: Settings, document: dict[str, Any], why: str, sure: bool) -> int:
    from copydesk.flows.jobs.purge import purge

    if not sure:
        raise PermanentError(
            f"This erases the bytes of {document['source_uri']} and all that was made of them, for good. To do it: --yes"
        )
    done = purge(settings, document["document_id"], why)
    told = "Purged" if done.run.tally.counts["purged"] else "Purged already:"
    say(f"{told} {document['source_uri']}. Its hash, {document['sha256']}, and that it was there stay in the log.")
    for uri in done.elsewhere:
        say(f"The same bytes are still held as {uri}.")
    for line in done.remains:
        say(line)
    return 0
