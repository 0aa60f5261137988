"""Makes again, from the raw bytes and the log, what the installed rules made, and compares both row by row."""

from __future__ import annotations

import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.runs.dispatch import FEW
from copydesk.flows.runs.run import Progress
from copydesk.flows.runs.storage import existing, home_lock, open_log
from copydesk.flows.settings import Settings
from copydesk.flows.wiring import rule_set
from copydesk.flows.workers.executors import in_process, on_processes
from copydesk.flows.workers.task import Task
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.compare import Comparison, Difference
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import Holder, process_name
from copydesk.warehouse.log import utc_now
from copydesk.warehouse.origins import Batch, Origin, batches
from copydesk.warehouse.state import State
from copydesk.warehouse.story_check import story_difference
from copydesk.warehouse.verify import Finding, changed_files

BY_CHANCE = ("timed_out", "crashed_worker")
"""Reasons that depend on the machine and the hour; what was rejected for one of them is not made again."""


@dataclass(frozen=True)
class Rebuilt:
    """What came of a rebuild."""

    remade: int
    """Outputs made again."""

    differences: tuple[Difference, ...]
    decided: tuple[str, ...]
    """Outputs with another decision than the log's: accepted instead of rejected, another reason, or another id."""

    older: Mapping[str, int]
    """Outputs by the older rules that made them: they are kept, and their files' hashes were checked."""

    left_out: int
    """Outputs that are not made again: rejected for a reason that depends on the machine, or purged."""

    damaged: tuple[Finding, ...]

    @property
    def equal(self) -> bool:
        return not self.decided and not self.damaged and all(difference.equal for difference in self.differences)


def rebuild(settings: Settings, progress: Progress, size: int | None = None, rules: RuleSet | None = None) -> Rebuilt:
    """Makes again what the rules made, and compares; writes nothing into the home.

    Args:
        settings: of the home.
        progress: shows how many outputs are made again.
        size: outputs in a batch, where the work is to be cut into other batches than the log's.
        rules: the rules that are applied, without them those that the settings name; what others made is counted as older.

    Raises HomeLocked, PermanentError.
    """
    home = existing(settings)
    rules = rules or rule_set(settings.pipeline)
    holder = Holder(str(uuid.uuid4()), *process_name(), "rebuild")
    with (
        home_lock(settings, home, holder, progress.say),
        closing(open_log(settings, home)) as log,
        closing(State.open()) as state,
        tempfile.TemporaryDirectory(prefix="copydesk-") as scratch,
    ):
        state.catch_up(log)
        scratch_home = Home(Path(scratch) / "home").prepared()
        counts: Counter[str] = Counter()
        older: Counter[str] = Counter()
        decided: list[str] = []
        with closing(Comparison(home, scratch_home, Path(scratch))) as comparison:
            chosen = _chosen(batches(log, state), rules.name, older, counts)
            expected = _Expected()
            tasks = (
                task_of(settings, home, batch, scratch_home, rules)
                for batch in expected.seen(_cut(chosen, size) if size else chosen)
            )
            total = state.rows("SELECT count(*) FROM outputs")[0][0]
            for task, manifest in (
                on_processes(tasks, settings.workers) if settings.workers > 1 and total > FEW else in_process(tasks)
            ):
                decided += expected.otherwise(task.batch_id, [(result.output_id, result.reason) for result in manifest.results])
                comparison.remade((result.output_id, task.batch_id) for result in manifest.results)
                counts["remade"] += len(manifest.results)
                progress.batch(counts["remade"], total, 0)
            differences = tuple(comparison.differences(state, size is None and not counts["partial"]))
        damaged = tuple(changed_files(home, state))
        if not damaged and (stories := story_difference(home, state)) is not None:
            differences = (*differences, stories)
        return Rebuilt(counts["remade"], differences, tuple(decided), dict(older), counts["left_out"], damaged)


class _Expected:
    """What the log says came of each output of the batches that are being made again."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[str, str | None]] = {}

    def seen(self, chosen: Iterable[Batch]) -> Iterator[Batch]:
        for batch in chosen:
            self._waiting[batch.batch_id] = {origin.output_id: origin.reason for origin in batch.origins}
            yield batch

    def otherwise(self, batch_id: str, results: list[tuple[str, str | None]]) -> list[str]:
        """The outputs whose decision differs."""
        decided = dict(results)
        wanted = self._waiting.pop(batch_id, {})
        return sorted(name for name in wanted.keys() | decided.keys() if wanted.get(name, "none") != decided.get(name, "none"))


def _chosen(log_batches: Iterable[Batch], rules: str, older: Counter[str], counts: Counter[str]) -> Iterator[Batch]:
    """The parts of batches that today's rules made and that can be made again."""
    for batch in log_batches:
        repeatable = tuple(origin for origin in batch.origins if exactly_again(origin, rules))
        older.update(origin.rules for origin in batch.origins if origin.rules != rules)
        counts["left_out"] += sum(origin.rules == rules and not exactly_again(origin, rules) for origin in batch.origins)
        counts["partial"] += 0 < len(repeatable) < len(batch.origins)
        if repeatable:
            yield Batch(batch.batch_id, batch.run_id, batch.time, repeatable)


def exactly_again(origin: Origin, rules: str) -> bool:
    """Whether the rules of that name made an output, from bytes that are still there, and would make it again."""
    return origin.rules == rules and origin.reason not in BY_CHANCE and origin.document["raw_file"] is not None


def _cut(log_batches: Iterable[Batch], size: int) -> Iterator[Batch]:
    """Other batches, of at most `size` outputs each, of different documents."""
    waiting: dict[str, Origin] = {}
    number = 0
    for batch in log_batches:
        for origin in batch.origins:
            if len(waiting) == size or origin.document["document_id"] in waiting:
                yield Batch(f"cut-{number}", batch.run_id, batch.time, tuple(waiting.values()))
                number, waiting = number + 1, {}
            waiting[origin.document["document_id"]] = origin
    if waiting:
        yield Batch(f"cut-{number}", "", utc_now(), tuple(waiting.values()))


def task_of(settings: Settings, home: Home, batch: Batch, into: Home, rule_set: RuleSet) -> Task:
    """The task that makes a batch again, from the receipts and the knowledge that it was made of."""
    return Task(
        home=home,
        run_id=batch.run_id,
        batch_id=batch.batch_id,
        documents=[origin.document for origin in batch.origins],
        rules=rule_set.name,
        rule_set=rule_set,
        limits=settings.limits,
        now=batch.time,
        knowledge={origin.knowledge or "": (origin.knowledge, origin.lines) for origin in batch.origins},
        sites={origin.document["document_id"]: origin.knowledge or "" for origin in batch.origins},
        into=into,
    )
