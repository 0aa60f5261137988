"""Processes documents again: those that older rules made articles of, and those that were rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.flows.jobs.read_again import read_again
from copydesk.flows.runs.dispatch import dispatch
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import Do, conclude, decide_pending, directly, learn, process
from copydesk.flows.settings import Settings
from copydesk.flows.sources.bounds import Bounds
from copydesk.transforms.pipeline import STAGES, outdated
from copydesk.transforms.reject_reasons import RejectReason
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import DocumentRequeued


@dataclass(frozen=True)
class Selection:
    """Which documents: of a stage whose rules have changed, of a source, received from a day to a day (inclusive)."""

    stage: str = "all"
    source: str | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.stage not in STAGES:
            raise PermanentError(f"There is no stage {self.stage!r}. The stages are {', '.join(STAGES)}.")
        if self.since and self.until and self.since > self.until:
            raise PermanentError(f"The range ends on {self.until}, before it begins on {self.since}. Turn the dates round.")

    @property
    def parameters(self) -> dict[str, str]:
        """What was asked for, as it is recorded with the run."""
        return {name: str(value) for name, value in vars(self).items() if value is not None}

    def holds(self, document: Mapping[str, Any]) -> bool:
        received = date.fromisoformat(document["received_at"][:10])
        return (
            (self.source is None or document["source"] == self.source)
            and (self.since is None or received >= self.since)
            and (self.until is None or received <= self.until)
        )


def reprocess(settings: Settings, selection: Selection, progress: Progress, rules: RuleSet | None = None) -> Run:
    """Makes again, by today's rules, what older rules made: outputs supersede each other whole.

    What dead runs left pending is decided too.
    Raises TooManyRejects (which carries the run), HomeLocked, Overtaken, PermanentError.
    """
    with open_run(settings, "reprocess", selection.parameters, progress, rules=rules) as run:
        reprocess_steps(run, selection)
    return run


def reprocess_steps(run: Run, selection: Selection, do: Do = directly) -> None:
    """The steps in their order; `do` calls each of them."""
    do(process_outdated, run, selection)
    do(conclude, run)


def process_outdated(run: Run, selection: Selection) -> None:
    """Makes what older rules made of the selected documents, and decides again what they rejected."""
    _known_source(run, selection.source)
    older = [name for name in run.state.rules() if outdated(name, run.rules.name, selection.stage)]
    count = sum(map(selection.holds, run.state.outdated(older)))
    if older:
        _put_back(run, filter(selection.holds, run.state.rejected_by(older)), "the rules have changed")
    if count or run.state.has_pending:
        learn(run)
        dispatch(run, filter(selection.holds, run.state.outdated(older)), count)
        process(run)


def _put_back(run: Run, documents: Iterable[Mapping[str, Any]], why: str) -> None:
    """Puts rejects back into the queue, with why."""
    run.tally.counts["requeued"] += run.append_all(DocumentRequeued(document["document_id"], why) for document in documents)


@dataclass(frozen=True)
class Rejects:
    """Which rejects: of a reason, or of a broken expectation, and of a source; None stands for all."""

    reason: str | None = None
    source: str | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """What was asked for, as it is recorded with the run."""
        return {name: value for name, value in vars(self).items() if value is not None}


def requeue(settings: Settings, rejects: Rejects, progress: Progress, rules: RuleSet | None = None) -> Run:
    """Decides again what was rejected; what could not be fetched or read is fetched or read again.

    Raises TooManyRejects (which carries the run), HomeLocked, Overtaken, PermanentError.
    """
    with open_run(settings, "requeue", rejects.parameters, progress, rules=rules) as run:
        requeue_steps(run, rejects)
    return run


def requeue_steps(run: Run, rejects: Rejects, do: Do = directly, bounds: Bounds | None = None) -> None:
    """The steps in their order; `do` calls each of them. With `bounds` files are read again within them alone."""
    do(put_back, run, rejects, bounds)
    decide_pending(run, do)
    do(conclude, run)


def put_back(run: Run, rejects: Rejects, bounds: Bounds | None = None) -> None:
    """Puts the chosen rejects back into the queue; what could not be read is read from its source again, within `bounds`."""
    reason, source = rejects.reason, rejects.source
    _known_source(run, source)
    chosen = [
        document
        for document in run.state.rejected()
        if (source is None or document["source"] == source)
        and (reason is None or document["reason"] == reason or (document["detail"] or "").startswith(f"{reason}:"))
    ]
    if reason is not None and not chosen:
        _known_reason(run, reason)
    read = [document for document in chosen if document["problem"] is None]
    _put_back(run, read, f"requeued by hand: {reason or 'every reject'}")
    read_again(run, [document for document in chosen if document["problem"] is not None], bounds)


def _known_reason(run: Run, reason: str) -> None:
    """Raises PermanentError for a reason that no reject can have, with those that the home's rejects have."""
    if reason in set(RejectReason):
        return
    had = Counter(_named_reason(document) for document in run.state.rejected())
    told = ", ".join(f"{name} ({number})" for name, number in sorted(had.items())) or "none"
    raise PermanentError(f"There is no reason {reason!r} for which anything was turned away. In {run.home} there are: {told}.")


def _named_reason(document: Mapping[str, Any]) -> str:
    """The reason of a reject as `requeue` takes it: of one by an expectation its name, with which the detail begins."""
    if document["reason"] == RejectReason.EXPECTATION:
        return str(document["detail"] or "").partition(":")[0]
    return str(document["reason"])


def _known_source(run: Run, source: str | None) -> None:
    if source is None:
        return
    known = [row[0] for row in run.state.rows("SELECT DISTINCT source FROM documents ORDER BY source")]
    if source not in known:
        raise PermanentError(f"There is no source {source!r} in {run.home}. The sources are: {', '.join(known) or 'none'}.")
