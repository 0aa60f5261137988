"""What a form of review says of a claim: the event that `copydesk fact` writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.expectations.facts import WORDS
from copydesk.flows.jobs.review import VERDICTS, check_order, corrections, review_claim
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.base import said_who, said_why
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.views import CORRECTABLE

SAID = {"confirm": "Right", "reject": "Wrong", "correct": "Corrected", "undo": "Taken back"}
"""What each action is called once it is done."""


COMPLETED = {"place_name": "places", "place": "places", "claimant_name": "names", "speaker": "names", "attributed_to": "names"}
"""Fields that are completed while one types, and with what."""


def fields_of(fact: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a fact that can be corrected: name, kind of input, value as it is typed, words to choose from."""
    return [
        {
            "name": name,
            "type": {"DATE": "date"}.get(kind, "text"),
            "decimal": kind == "DOUBLE",
            "value": typed(fact[name]),
            "words": WORDS.get(name),
        }
        for name, kind in CORRECTABLE.items()
    ]


def typed(value: Any) -> str:
    """A value as a person types it.

    >>> from datetime import date
    >>> typed(14.0), typed(None), typed(date(2026, 5, 3))
    ('14', '', '2026-05-03')
    """
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def changed(form: Mapping[str, str]) -> list[str]:
    """What a form changes, as `NAME=VALUE`: what is typed in its fields and is not what they held when it was written.

    >>> changed({"was_value_low": "14", "set_value_low": "15", "was_place_name": "", "set_place_name": ""})
    ['value_low=15']
    """
    return [
        f"{name}={form[f'set_{name}'].strip()}"
        for name in CORRECTABLE
        if f"set_{name}" in form and form[f"set_{name}"].strip() != form.get(f"was_{name}", "")
    ]


def say(settings: Settings, fact: Mapping[str, Any], form: Mapping[str, str]) -> None:
    """Records what a form says of a fact.

    Raises HomeLocked where a run has the home for longer than the settings wait, PermanentError for what cannot be said.
    """
    action = form.get("action", "")
    if action not in VERDICTS:
        raise PermanentError("Say whether the claim is right, wrong, or what to correct.")
    changes = corrections(changed(form)) if action == "correct" else {}
    if action == "correct" and not changes:
        raise PermanentError("Nothing was changed. Change the field that is wrong, then press Correct.")
    if changes:
        check_order(fact, changes)
    review_claim(
        settings,
        fact["claim_id"],
        action,
        said_why(form),
        changes,
        who=said_who(form),
    )
