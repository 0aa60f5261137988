"""Records a claim that a person found in an article where the rules found none, as an event: it survives every reprocess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from copydesk.flows.jobs.person import person_name, reason
from copydesk.flows.jobs.review import check_order
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings
from copydesk.transforms.identity import claim_id_of
from copydesk.transforms.vocabulary import FactKind, Modality, Qualifier, listed, values
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import ClaimAdded
from copydesk.warehouse.fact_columns import FACTS

LONGEST = 2_000
"""Characters of a claim."""


def add_claim(
    settings: Settings,
    article: Mapping[str, Any],
    kind: str,
    span: tuple[int, int],
    fields: Mapping[str, Any],
    why: str,
    who: str | None = None,
) -> str:
    """Records a claim that the words at a span of an article's text make; gives its claim_id.

    Args:
        settings: Of the home
        article: A row of the view `articles`
        kind: figure, quote or statement
        span: Where the words stand in the article's text, in code points
        fields: What the claim says, by the names of the columns of facts that can be corrected, typed as these are
        why: Why, for those who come after
        who: Who says so; the person who is logged in on this machine where it is None

    Raises PermanentError where the claim cannot be, or was added already; HomeLocked where a run has the home.
    """
    if kind not in values(FactKind):
        raise PermanentError(f"{kind!r} is no kind of claim. The kinds: {listed(FactKind)}.")
    why = reason(why)
    start, end = span
    told = _complete(kind, fields)
    claim = ClaimAdded(
        claim_id=claim_id_of(article["content_sha256"], kind, ("added", start, end)),
        article_id=article["article_id"],
        kind=kind,
        text=article["text"][start:end],
        span_start=start,
        fields=told,
        why=why,
        who=who or person_name(),
    )
    _record(settings, claim)
    return claim.claim_id


def _record(settings: Settings, claim: ClaimAdded) -> None:
    """Records a claim in a run of its own, and publishes it. Raises PermanentError where it was added already."""
    with open_run(settings, "review", {"claim": claim.claim_id, "action": "add"}, Progress()) as run:
        if _is_added(run, claim.claim_id):
            raise PermanentError("This claim was added already.")
        run.append(claim)
        run.tally.counts["reviewed"] += 1
        conclude(run)


def _complete(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a claim says, with what follows from it. Raises PermanentError where something is missing or cannot be."""
    told = {name: value for name, value in fields.items() if value is not None}
    foreign = [column.name for column in FACTS.columns if column.name in told and kind not in column.of]
    if foreign:
        raise PermanentError(f"A {kind} has no {foreign[0]}. Leave it out, or say that it is a figure.")
    if kind == FactKind.FIGURE:
        told = {"modality": str(Modality.ACTUAL), "qualifier": _qualifier(told), **told}
        if "place" in told:
            told.setdefault("place_name", told["place"])
    empty = {column.name: None for column in FACTS.columns}
    check_order({**empty, "kind": kind}, told)
    return told


def _qualifier(told: Mapping[str, Any]) -> str:
    """How a figure's bounds hold: by which of them it has."""
    low, high = told.get("value_low"), told.get("value_high")
    if high is None:
        return str(Qualifier.AT_LEAST)
    if low is None:
        return str(Qualifier.AT_MOST)
    return str(Qualifier.EXACT if low == high else Qualifier.RANGE)


def _is_added(run: Run, claim_id: str) -> bool:
    return bool(run.state.rows("SELECT 1 FROM added_claims WHERE claim_id = ?", claim_id))


def span_of(text: str, words: str, after: int = 0) -> tuple[int, int]:
    """Where words stand in a text, from a place on, whatever blanks are between them.

    Raises PermanentError where they do not stand there.

    >>> span_of("Four people.\\n\\nFour  people died.", "Four people", after=13)
    (14, 26)
    """
    if not words.split() or len(words) > LONGEST:
        raise PermanentError(f"Mark the words of the claim in the article: up to {LONGEST} characters.")
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = pattern.search(text, after) or pattern.search(text)
    if found is None:
        raise PermanentError("These words do not stand in the article to the letter. Mark them there, or copy them.")
    return found.span()
