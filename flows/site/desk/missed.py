"""The form by which a reader adds a claim that the rules missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.expectations.facts import WORDS
from copydesk.flows.jobs.adding import add_claim, span_of
from copydesk.flows.jobs.review import corrections
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.base import said_who, said_why
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.transforms.vocabulary import FactKind, values

FIELDS = (
    "measure",
    "value_low",
    "value_high",
    "unit",
    "place",
    "as_of_start",
    "as_of_end",
    "scope",
    "attributed_to",
    "claimant_kind",
)
"""The fields that the form asks for."""

SENTENCE = "SELECT span_start FROM sentences WHERE article_id = $1 AND ordinal = $2"


def offered() -> dict[str, Any]:
    """What the form offers: its fields, each with the words to choose from, and the kinds of claims."""
    return {"fields": [(name, WORDS.get(name)) for name in FIELDS], "kinds": values(FactKind)}


def add(settings: Settings, published: Published, article: Row, form: Mapping[str, str]) -> str:
    """Records the claim that a form tells; gives its claim_id.

    Raises HomeLocked where a run has the home for longer than the settings wait, PermanentError for what cannot be a claim.
    """
    given = [f"{name}={form[f'set_{name}'].strip()}" for name in FIELDS if form.get(f"set_{name}", "").strip()]
    at = form.get("sentence", "")
    sentence = (
        published.one(SENTENCE, [article["article_id"], int(at)]) if at.isascii() and at.isdigit() and len(at) < 7 else None
    )
    span = span_of(article["text"], form.get("words", ""), sentence["span_start"] if sentence else 0)
    return add_claim(settings, article, form.get("kind", ""), span, corrections(given), said_why(form), who=said_who(form))
