"""Records what people say of claims and documents, as events: they survive every reprocess, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from copydesk.expectations.facts import WORDS
from copydesk.flows.jobs.person import person_name, reason
from copydesk.flows.printing import visible
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude, decide_pending
from copydesk.flows.settings import Settings
from copydesk.transforms.numbers.number import GREATEST
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import ClaimReviewed, DocumentRequeued, DocumentWithdrawn
from copydesk.warehouse.views import CORRECTABLE

VERDICTS = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected", "undo": "undone"}


def review_claim(
    settings: Settings,
    claim_id: str,
    action: str,
    why: str,
    changes: Mapping[str, Any],
    taken_back: Sequence[str] = (),
    who: str | None = None,
) -> Run:
    """Records what a person says of a claim: confirm, reject, correct or undo.

    A place as printed that is corrected alone is its one name too: views ask for figures by that.

    Corrections add to those before them, field by field; `taken_back` names fields whose correction ends. Undo ends all
    that was said of the claim. `who` says it; the person who is logged in on this machine where it is None.

    Raises PermanentError for a correction that changes nothing, a field to be taken back that nobody corrected, and an undo
    of what nobody reviewed.
    """
    if (action == "correct") != bool(changes or taken_back):
        raise PermanentError("A correction names what it changes, and nothing else does: --set value_low=14")
    with open_run(settings, "review", {"claim": claim_id, "action": action}, Progress()) as run:
        corrected = _check_said(run, claim_id, action, taken_back)
        changes, taken_back = _with_its_name(corrected, changes, taken_back)
        said = ClaimReviewed(
            claim_id=claim_id,
            verdict=VERDICTS[action],
            why=reason(why),
            who=who or person_name(),
            corrections=dict(changes),
            taken_back=tuple(taken_back),
        )
        run.append(said)
        run.tally.counts["reviewed"] += 1
        conclude(run)
    return run


def _check_said(run: Run, claim_id: str, action: str, taken_back: Sequence[str]) -> Mapping[str, Any]:
    """What was corrected of a claim so far. Raises PermanentError for what cannot be taken back."""
    reviews = run.state.rows("SELECT corrections FROM reviews WHERE claim_id = ?", claim_id)
    if action == "undo" and not reviews:
        raise PermanentError(f"Nobody reviewed the claim {claim_id}: there is nothing to take back.")
    corrected: dict[str, Any] = json.loads(reviews[0]["corrections"]) if reviews else {}
    for name in taken_back:
        if name not in corrected:
            raise PermanentError(f"--unset {name}: nobody corrected it. Corrected are: {', '.join(corrected) or 'no fields'}.")
    return corrected


def _with_its_name(
    corrected: Mapping[str, Any], changes: Mapping[str, Any], taken_back: Sequence[str]
) -> tuple[Mapping[str, Any], Sequence[str]]:
    """A correction of a place, with the name that follows it unless a person gave or gives another.

    >>> _with_its_name({}, {"place": "Rafah"}, ())
    ({'place': 'Rafah', 'place_name': 'Rafah'}, ())
    >>> _with_its_name({"place_name": "North Port"}, {"place": "the port"}, ())
    ({'place': 'the port'}, ())
    >>> _with_its_name({"place": "Rafah", "place_name": "Rafah"}, {}, ("place",))
    ({}, ('place', 'place_name'))
    """
    follows = "place_name" not in corrected or corrected["place_name"] == corrected.get("place", "")
    if not follows or "place_name" in changes or "place_name" in taken_back:
        return changes, taken_back
    if "place" in changes:
        return {**changes, "place_name": changes["place"]}, taken_back
    if "place" in taken_back and "place_name" in corrected:
        return changes, (*taken_back, "place_name")
    return changes, taken_back


def corrections(pairs: Sequence[str]) -> dict[str, Any]:
    """The corrections of `NAME=VALUE` pairs, typed as the facts table has them; an empty value is `None`.

    >>> corrections(["value_low=14", "measure=injured", "place="])
    {'value_low': 14.0, 'measure': 'injured', 'place': None}
    """
    typed: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if name not in CORRECTABLE:
            raise PermanentError(f"{name!r} cannot be corrected. What can be: {', '.join(CORRECTABLE)}.")
        if not equals:
            raise PermanentError(
                f"--set {name}: there is no value. Give it as --set {name}=VALUE; --set {name}= empties the field."
            )
        if name in typed:
            raise PermanentError(f"--set {name} is given twice. Which value is right?")
        typed[name] = None if value == "" else _typed(name, value)
    return typed


KINDS = {"DOUBLE": "number such as 14 or 2.5", "DATE": "day such as 2026-05-03"}
"""What a value of each type must be, for a person."""


def _typed(name: str, value: str) -> Any:
    """A value as its column has it. Raises PermanentError where it is of another type, or none of the words it may be."""
    kind, words = CORRECTABLE[name], WORDS.get(name)
    try:
        if kind == "DOUBLE":
            number = float(value)
            if not abs(number) <= GREATEST:
                raise ValueError(value)
            return number
        if kind == "DATE":
            return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PermanentError(f"{name}: {value!r} is no {KINDS[kind]}.") from None
    if words and value not in words:
        raise PermanentError(f"{name}: {value!r} is none of its words: {', '.join(words)}.")
    if visible(value) != value or value != value.strip():
        raise PermanentError(
            f"{name}: {value!r} holds characters that cannot be seen, or blanks around it. Give it without them."
        )
    return value


def check_order(fact: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """Checks a fact as it would be after a correction.

    Raises PermanentError where a lower bound is above the upper, a first day after the last, or a figure loses its measure,
    its unit or both bounds.
    """
    after = {**fact, **changes}
    for low, high in (("value_low", "value_high"), ("as_of_start", "as_of_end")):
        first, last = after[low], after[high]
        if first is not None and last is not None and (str(first) > str(last) if low.startswith("as_of") else first > last):
            raise PermanentError(f"{low} would be {first} and {high} {last}: that is the wrong way round. Correct both.")
    if fact["kind"] == "figure" and (
        after["measure"] is None or after["unit"] is None or (after["value_low"] is None and after["value_high"] is None)
    ):
        raise PermanentError("A figure keeps a measure, a unit and at least one of value_low and value_high.")


def withdraw(settings: Settings, document_id: str, why: str) -> Run:
    """Takes a document out: its article goes unless another document prints it; its bytes and history stay.

    Raises PermanentError where there is no such document, or it is withdrawn already.
    """
    with open_run(settings, "withdraw", {"document": document_id}, Progress()) as run:
        document = document_of(run, document_id)
        if document["status"] == "withdrawn":
            raise PermanentError(
                f"{document['source_uri']} is withdrawn already. To take it back: copydesk document restore",
                document_id=document_id,
            )
        run.append(DocumentWithdrawn(document_id, why, person_name()))
        run.tally.counts["withdrawn"] += 1
        conclude(run)
    return run


def restore(settings: Settings, document_id: str, why: str, rules: RuleSet | None = None) -> Run:
    """Takes a withdrawn document back: it is decided again, from its bytes, by today's rules.

    Raises PermanentError where there is no such document, or it is not withdrawn.
    """
    with open_run(settings, "restore", {"document": document_id}, Progress(), rules=rules) as run:
        document = document_of(run, document_id)
        if document["status"] != "withdrawn":
            raise PermanentError(
                f"{document['source_uri']} is not withdrawn; it is {document['status']}.", document_id=document_id
            )
        run.append(DocumentRequeued(document_id, f"restored by {person_name()}: {why}"))
        decide_pending(run)
        conclude(run)
    return run


def document_of(run: Run, document_id: str) -> Mapping[str, Any]:
    """A document of the run's home. Raises PermanentError where there is none of that id."""
    document = run.state.document(document_id)
    if document is None:
        raise PermanentError(
            f'There is no document {document_id!r} in {run.home}. See: copydesk sql "from documents"', document_id=document_id
        )
    return document
