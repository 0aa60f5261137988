"""Making again what older rules made, and deciding again what was turned away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.flows.jobs.read_again import read_again
from copydesk.flows.runs.dispatch import make
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude, learn, process
from copydesk.flows.settings import Settings
from copydesk.flows.wiring import rules
from copydesk.transforms.pipeline import STAGES, outdated
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

    def holds(self, document: Mapping[str, Any]) -> bool:
        received = date.fromisoformat(document["received_at"][:10])
        return (
            (self.source is None or document["source"] == self.source)
            and (self.since is None or received >= self.since)
            and (self.until is None or received <= self.until)
        )


def reprocess(settings: Settings, selection: Selection, progress: Progress, seen: list[Run] | None = None) -> Run:
    """Makes again, by today's rules, what older rules made: outputs supersede each other whole.

    What dead runs left pending is finished first. `seen` is given the run as soon as it begins.
    Raises TooManyRejects, HomeLocked, Overtaken, PermanentError.
    """
    parameters = {name: str(value) for name, value in vars(selection).items() if value is not None}
    with open_run(settings, "reprocess", parameters, progress) as run:
        if seen is not None:
            seen.append(run)
        remake(run, selection)
        conclude(run)
    return run


def remake(run: Run, selection: Selection) -> None:
    """The steps of a reprocess between the start of a run and its conclusion."""
    _known_source(run, selection.source)
    older = [name for name in run.state.rules() if outdated(name, rules(), selection.stage)]
    made = sum(map(selection.holds, run.state.outdated(older)))
    if older:
        _put_back(run, filter(selection.holds, run.state.rejected_by(older)), "the rules have changed")
    if made or run.state.has_pending:
        learn(run)
        make(run, filter(selection.holds, run.state.outdated(older)), made)
        process(run)


def _put_back(run: Run, documents: Iterable[Mapping[str, Any]], why: str) -> None:
    """Puts rejects back into the queue, with why."""
    run.counts["requeued"] += run.append_all(DocumentRequeued(document["document_id"], why) for document in documents)


def requeue(
    settings: Settings,
    reason: str | None,
    source: str | None,
    progress: Progress,
    seen: list[Run] | None = None,
) -> Run:
    """Decides again what was turned away: every reject, or those of a reason (or of a broken expectation) and a source.

    What could not be fetched or read is fetched or read again.
    Raises TooManyRejects, HomeLocked, Overtaken, PermanentError.
    """
    parameters = {name: value for name, value in (("reason", reason), ("source", source)) if value}
    with open_run(settings, "requeue", parameters, progress) as run:
        if seen is not None:
            seen.append(run)
        put_back(run, reason, source)
        if run.state.has_pending:
            learn(run)
            process(run)
        conclude(run)
    return run


def put_back(run: Run, reason: str | None, source: str | None) -> None:
    """Puts the rejects of a reason and a source back into the queue; what could not be read is read from its source again."""
    _known_source(run, source)
    chosen = [
        document
        for document in run.state.rejected()
        if (source is None or document["source"] == source)
        and (reason is None or document["reason"] == reason or (document["detail"] or "").startswith(f"{reason}:"))
    ]
    read = [document for document in chosen if document["problem"] is None]
    _put_back(run, read, f"requeued by hand: {reason or 'every reject'}")
    read_again(run, [document for document in chosen if document["problem"] is not None])


def _known_source(run: Run, source: str | None) -> None:
    if source is None:
        return
    known = [row[0] for row in run.state.rows("SELECT DISTINCT source FROM documents ORDER BY source")]
    if source not in known:
        raise PermanentError(f"There is no source {source!r} in {run.home}. The sources are: {', '.join(known) or 'none'}.")
