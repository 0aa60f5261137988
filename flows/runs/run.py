"""A run: it holds the home's lock from its first step to its last."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from copydesk.flows.runs.storage import home_lock, open_log
from copydesk.flows.runs.tally import Tally
from copydesk.flows.settings import Settings
from copydesk.flows.settings.program import program_version
from copydesk.flows.wiring import rule_set
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.errors import CopydeskError, PermanentError
from copydesk.warehouse.events import Event, RunFinished, RunStarted
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import Holder, Say, process_name
from copydesk.warehouse.log import EventLog, RunWriter, utc_now
from copydesk.warehouse.passwords import secrets_of, without_passwords
from copydesk.warehouse.state import State

LOT = 500
"""Events in one transaction, where there may be any number of events."""

REJECTED = (
    "SELECT source_uri, reason, detail, size, decided_at FROM documents "
    "WHERE status = 'rejected' AND decided_at >= ? ORDER BY position LIMIT 200"
)


class TooManyRejects(CopydeskError):
    """More documents of a run were rejected than its share allows. What passed is kept; `run` has the counts."""

    exit_code = 3

    def __init__(self, message: str, run: Run) -> None:
        super().__init__(message)
        self.run = run


class Progress:
    """Shows people how far a run is; this one shows nothing."""

    def say(self, message: str) -> None:
        """A line for people."""

    def batch(self, done: int, total: int, rejected: int) -> None:
        """Of `total` documents of this pass `done` are decided, and `rejected` of them rejected."""

    def close(self) -> None:
        """The run is over."""


@dataclass(kw_only=True)
class Run:
    """A run in progress: the parts that it works with. What it counts is its `tally`."""

    settings: Settings
    rules: RuleSet
    home: Home
    log: EventLog
    state: State
    writer: RunWriter
    kind: str
    parameters: Mapping[str, Any]
    started_at: datetime
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    published: bool = False
    pool: ProcessPoolExecutor | None = None
    """Workers that load what they need while documents are still being received."""

    def warm_up(self) -> None:
        """Starts the workers of this machine, where there are to be any; they end with the run."""
        if self.pool is None and self.settings.workers > 1 and not self.settings.executor:
            from copydesk.flows.workers.executors import warm_pool

            self.pool = warm_pool(self.settings.workers, self.rules)

    def let_workers_go(self) -> None:
        """Ends the workers that were started, once they are done with what they have."""
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)

    @property
    def run_id(self) -> str:
        return self.writer.run_id

    def append(self, *events: Event, redacted: Mapping[int, bytes] | None = None) -> None:
        """Appends events in one transaction and folds them; the run's first append says that it started.

        `redacted` holds new states of earlier events by position, which a purge puts in place in the same transaction.
        """
        if not self.writer.started:
            pid, host = process_name()
            start = RunStarted(
                run_id=self.run_id,
                kind=self.kind,
                rules=self.rules.name,
                program=program_version(),
                host=host,
                pid=pid,
                parameters=self.parameters,
            )
            events = (start, *events)
        self.writer.append(*events, redacted=redacted)
        self.state.catch_up(self.log)

    def append_all(self, events: Iterable[Event]) -> int:
        """Appends any number of events, `LOT` in a transaction; returns how many there were."""
        appended = 0
        source = iter(events)
        while lot := list(islice(source, LOT)):
            self.append(*lot)
            appended += len(lot)
        return appended

    def finish(self, outcome: str, detail: str | None = None) -> None:
        """Appends the run's end; a run without news appends this and nothing else."""
        tally = self.tally
        counts = {name: number for name, number in sorted(tally.counts.items()) if number}
        if tally.skipped:
            counts["skipped"] = sum(tally.skipped.values())
        tally.rejected_rows = [dict(row) for row in self.state.rows(REJECTED, self.started_at.astimezone(UTC).isoformat())]
        end = RunFinished(
            run_id=self.run_id,
            kind=self.kind,
            outcome=outcome,
            started_at=self.started_at,
            counts=counts,
            sources=tuple(tally.sources),
            detail=detail,
        )
        self.writer.append(end)
        self.state.catch_up(self.log)


@contextlib.contextmanager
def open_run(
    settings: Settings,
    kind: str,
    parameters: Mapping[str, Any],
    progress: Progress,
    clock: Callable[[], datetime] = utc_now,
    sweeping: bool = True,
    cut: bool = False,
    rules: RuleSet | None = None,
) -> Iterator[Run]:
    """Takes the home's lock, brings its state up to date, puts away what dead runs left, and gives a run.

    An error or Ctrl-C inside ends the run in the log as failed or interrupted; what was committed stays.

    Args:
        settings: of the home and of the run.
        kind: what the log calls the run.
        parameters: what was asked for, recorded with the run.
        progress: shows people how far the run is.
        clock: gives the time at which the run starts.
        sweeping: whether files that no event names are deleted first.
        cut: whether a log whose end is missing is taken as it is.
        rules: the rules that the run applies; without them those that the settings name.

    Raises HomeLocked, and PermanentError where the log holds less than was seen of it.
    """
    with _held(settings, kind, progress.say, cut) as (home, log, state, writer):
        run = Run(
            settings=settings,
            rules=rules or rule_set(settings.pipeline),
            home=home,
            log=log,
            state=state,
            writer=writer,
            kind=kind,
            parameters={**settings.recorded, **parameters},
            started_at=clock(),
            progress=progress,
        )
        with contextlib.closing(progress), _ended(run):
            put_away(run, state.open_runs(), progress.say, sweeping)
            yield run


@contextlib.contextmanager
def _held(settings: Settings, kind: str, say: Say, cut: bool) -> Iterator[tuple[Home, EventLog, State, RunWriter]]:
    """Holds a home's lock: gives the home, its log, its state brought up to date, and what writes a new run into the log."""
    run_id = str(uuid.uuid4())
    home = settings.place.prepared()
    holder = Holder(run_id, *process_name(), kind)
    with home_lock(settings, home, holder, say), contextlib.closing(open_log(settings, home)) as log:
        # The turn is taken before the state is read: a run that lost the lock and begins in between overtakes this one.
        writer = log.writer(run_id)
        with contextlib.closing(open_state(home, log, cut)) as state:
            yield home, log, state, writer


@contextlib.contextmanager
def _ended(run: Run) -> Iterator[None]:
    """Lets a run's workers go at its end, and writes the end of one that an error or Ctrl-C stops."""
    try:
        yield
    except BaseException as error:
        _end_badly(run, error)
        raise
    finally:
        run.let_workers_go()


def put_away(run: Run, dead: list[str], say: Say, sweeping: bool) -> None:
    """Abandons dead runs, sweeps the files that no event names, publishes what they committed and did not publish."""
    from copydesk.warehouse.files import sweep

    for run_id in dead:
        say(f"taking over from run {run_id[:8]}, which ended without saying so")
        run.log.abandon(run_id, run.run_id)
    if dead:
        run.state.catch_up(run.log)
    swept = sweep(run.home, run.state.named_files()) if sweeping else []
    if swept:
        say(f"swept {len(swept)} files that no event names")
    if sweeping and run.state.news:
        publish_if_new(run)


def publish_if_new(run: Run) -> None:
    """Publishes where the log holds more than readers see."""
    from copydesk.warehouse.published import published_position

    if published_position(run.home) < run.state.news or (run.state.news == 0 and not run.home.warehouse.exists()):
        from copydesk.warehouse.publish import publish

        publish(run.home, run.log, run.state)
        run.published = True


def open_state(home: Home, log: EventLog, cut: bool = False) -> State:
    """The folded state of a home, kept in its cache, brought up to date; folded anew where the cache is no good.

    Raises PermanentError where the cache has seen more of the log than there is, unless `cut` says that this is known.
    """
    path = home.cache / "state.sqlite"
    state = State.open(path)
    if state.position > log.position():
        state.close()
        if not cut:
            raise PermanentError(
                f"The log of {home} ends at position {log.position()}, but more of it was seen: its end was cut off. "
                "Restore it from a backup, or go on without what is missing: copydesk verify --repair --yes"
            )
        path.unlink()
        state = State.open(path)
    return state.catch_up(log)


def _end_badly(run: Run, error: BaseException) -> None:
    """Writes the end of a run that an error or Ctrl-C stopped, if the log still takes it and the run had begun."""
    if not run.writer.started:
        return
    outcome = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
    with contextlib.suppress(Exception):
        run.finish(outcome, without_passwords(f"{type(error).__name__}: {error}", secrets_of(run.settings.log))[:2000])
