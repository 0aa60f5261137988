"""What people say of claims and documents: events like all others, that survive every reprocess and can be undone."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude, decide_pending
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import ClaimReviewed, DocumentRequeued, DocumentWithdrawn
from copydesk.warehouse.views import CORRECTABLE

VERDICTS = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected", "undo": "undone"}


def who() -> str:
    """The name of the person at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def review_claim(settings: Settings, claim_id: str, action: str, why: str, changes: Mapping[str, Any]) -> Run:
    """Records what a person says of a claim: confirm, reject, correct or undo.

    Raises PermanentError for a correction that changes nothing, or something that is not to be corrected.
    """
    if (action == "correct") != bool(changes):
        raise PermanentError("A correction names what it changes, and nothing else does: --set value_low=14")
    with open_run(settings, "review", {"claim": claim_id, "action": action}, Progress()) as run:
        run.append(ClaimReviewed(claim_id, VERDICTS[action], why, who(), dict(changes)))
        run.tally.counts["reviewed"] += 1
        conclude(run)
    return run


def corrections(pairs: Sequence[str]) -> dict[str, Any]:
    """The corrections of `NAME=VALUE` pairs, typed as the facts table has them; an empty value is null.

    >>> corrections(["value_low=14", "measure=injured", "place="])
    {'value_low': 14.0, 'measure': 'injured', 'place': None}
    """
    made: dict[str, Any] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name not in CORRECTABLE:
            raise PermanentError(f"{name!r} cannot be corrected. What can be: {', '.join(CORRECTABLE)}.")
        try:
            made[name] = None if value == "" else _typed(CORRECTABLE[name], value)
        except ValueError as error:
            raise PermanentError(f"{name}: {value!r} is no {CORRECTABLE[name].lower()}.") from error
    return made


def _typed(kind: str, value: str) -> Any:
    if kind == "DOUBLE":
        return float(value)
    return date.fromisoformat(value).isoformat() if kind == "DATE" else value


def withdraw(settings: Settings, document_id: str, why: str) -> Run:
    """Takes a document out: its article goes unless another document prints it; its bytes and history stay.

    Raises PermanentError where there is no such document, or it is withdrawn already.
    """
    with open_run(settings, "withdraw", {"document": document_id}, Progress()) as run:
        document = document_of(run, document_id)
        if document["status"] == "withdrawn":
            raise PermanentError(f"{document['source_uri']} is withdrawn already. To take it back: copydesk document restore")
        run.append(DocumentWithdrawn(document_id, why, who()))
        run.tally.counts["withdrawn"] += 1
        conclude(run)
    return run


def restore(settings: Settings, document_id: str, why: str) -> Run:
    """Takes a withdrawn document back: it is decided again, from its bytes, by today's rules.

    Raises PermanentError where there is no such document, or it is not withdrawn.
    """
    with open_run(settings, "restore", {"document": document_id}, Progress()) as run:
        document = document_of(run, document_id)
        if document["status"] != "withdrawn":
            raise PermanentError(f"{document['source_uri']} is not withdrawn; it is {document['status']}.")
        run.append(DocumentRequeued(document_id, f"restored by {who()}: {why}"))
        decide_pending(run)
        conclude(run)
    return run


def document_of(run: Run, document_id: str) -> Mapping[str, Any]:
    """A document of the run's home. Raises PermanentError where there is none of that id."""
    document = run.state.document(document_id)
    if document is None:
        raise PermanentError(f'There is no document {document_id!r} in {run.home}. See: copydesk sql "from documents"')
    return document
