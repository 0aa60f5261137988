"""Runs tasks on workers and gives their manifests in the order of the tasks."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain
from multiprocessing import active_children, get_context, parent_process
from typing import Any

from copydesk.flows.workers.clusters import Cluster, Work, WorkersDied, connected
from copydesk.flows.workers.guard import Guard
from copydesk.flows.workers.task import Manifest, Task, made_by
from copydesk.flows.workers.worker import make, ready, work_elsewhere, work_on
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.errors import PermanentError

AHEAD = 2
"""Tasks handed out beyond one a worker, so that none waits; the rest stay unread, so that memory stays flat."""

OLDER = "an older copydesk"
"""The program of a worker whose manifest does not say."""

PRELOADED = "copydesk.flows.runs.preloaded"
"""The module that the process imports from which workers are forked."""


def in_process(tasks: Iterable[Task]) -> Iterator[tuple[Task, Manifest]]:
    """One task after the other, judged in this process and read in one child: the quickest way for a handful of documents."""
    source = iter(tasks)
    for first in source:
        with Guard(first.limits, first.rule_set) as guard:
            for task in chain((first,), source):
                yield task, make(task, guard)


def on_processes(
    tasks: Iterable[Task], jobs: int, work: Work = work_on, pool: ProcessPoolExecutor | None = None
) -> Iterator[tuple[Task, Manifest]]:
    """Tasks on a pool of processes, in order. A batch whose worker died is tried again, alone, then halved.

    A document that kills its worker when it is alone is rejected unread, as `crashed_worker`. A `pool` that is given is
    left to whoever gave it.
    """
    lent, pool = pool, pool or _pool(jobs)
    waiting: deque[tuple[Task, Future[Manifest]]] = deque()
    source = iter(tasks)
    try:
        while True:
            while len(waiting) < jobs + AHEAD and (task := next(source, None)) is not None:
                waiting.append((task, _submitted(pool, work, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield task, future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=True, cancel_futures=True)
                yield from _one_by_one(task, work)
                pool = _pool(jobs)
                waiting = deque((unfinished, _submitted(pool, work, unfinished)) for unfinished, _ in waiting)
    finally:
        for _, future in waiting:
            future.cancel()
        if pool is not lent:
            pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Work, task: Task) -> Future[Manifest]:
    """Gives a task to a pool. Where a worker of the pool has died meanwhile, the task counts as the one that it died of."""
    try:
        return _begun(pool, work, task)
    except BrokenProcessPool as error:
        failed: Future[Manifest] = Future()
        failed.set_exception(error)
        return failed


def _begun(pool: ProcessPoolExecutor, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """A call handed to a pool. Where the machine has no memory for a pool, its processes are ended before the error goes on.

    They would print an error of their own each, once they miss their parent.
    """
    try:
        return pool.submit(call, *arguments)
    except BrokenProcessPool:
        raise
    except (RuntimeError, MemoryError, OSError):
        for process in active_children():
            process.kill()
        raise


def on_cluster(tasks: Iterable[Task], address: str, work: Work = work_elsewhere) -> Iterator[tuple[Task, Manifest]]:
    """Tasks on the workers of a Dask or Ray cluster, in order; the same function, writing to the home that all of them share.

    A task whose worker died is given to another, so that it may run more than once: its files have new names each time.
    One that kills its workers again and again is halved, until the guilty document is alone. Raises PermanentError where the
    cluster cannot be reached, or where a worker is of another program: the run takes nothing of what it made.
    """
    cluster = connected(address)
    try:
        ahead = 2 * max(1, cluster.width()) + AHEAD
        waiting: deque[tuple[Task, Any]] = deque()
        source = iter(tasks)
        while True:
            while len(waiting) < ahead and (task := next(source, None)) is not None:
                waiting.append((task, cluster.submit(work, task)))
            if not waiting:
                return
            task, given = waiting.popleft()
            yield from _from_cluster(cluster, task, given, work)
    finally:
        cluster.close()


def _from_cluster(cluster: Cluster, task: Task, given: Any, work: Work) -> Iterator[tuple[Task, Manifest]]:
    try:
        yield task, _checked(cluster.result(given))
    except WorkersDied:
        if len(task.documents) == 1:
            yield task, work(replace(task, crashed=True))
            return
        for half in _halves(task):
            yield from _from_cluster(cluster, half, cluster.submit(work, half), work)


def _checked(manifest: Manifest) -> Manifest:
    """What a worker of a cluster made. Raises PermanentError where it runs another program than this process."""
    theirs, ours = getattr(manifest, "program", OLDER), made_by()
    if theirs != ours:
        raise PermanentError(
            f"A worker runs {theirs}, and this run {ours}: nothing of what it made is taken. Install the same copydesk on all "
            "machines, start the workers again, and run this again."
        )
    return manifest


def _halves(task: Task) -> Iterator[Task]:
    middle = len(task.documents) // 2
    for part, documents in (("a", task.documents[:middle]), ("b", task.documents[middle:])):
        yield replace(task, batch_id=task.batch_id + part, documents=documents)


def _one_by_one(task: Task, work: Work) -> Iterator[tuple[Task, Manifest]]:
    """A task whose worker died: again in a pool of its own, then in halves until the guilty document is alone."""
    pool = _pool(1)
    try:
        yield task, _begun(pool, work, task).result()
    except BrokenProcessPool:
        if len(task.documents) == 1:
            yield task, work(replace(task, crashed=True))
            return
        for half in _halves(task):
            yield from _one_by_one(half, work)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def warm_pool(jobs: int, rule_set: RuleSet) -> ProcessPoolExecutor:
    """A pool of `jobs` processes that load the rules and the judge from now on."""
    pool = _pool(jobs)
    for _ in range(jobs):
        _begun(pool, ready, rule_set)
    return pool


def _pool(jobs: int) -> ProcessPoolExecutor:
    """A pool whose processes are forked, on Linux, from one that has loaded the rules and the judge, and starts no thread.

    So they are loaded once, not once a worker, and a worker that takes a dead one's place begins at once. It takes no part of
    this process's memory. Elsewhere a fork is not safe with what the libraries load, and each worker loads them itself.
    """
    if sys.platform != "linux":
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_quiet)
    context = get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Leaves Ctrl-C to the coordinator, which lets workers finish what they have. A worker ends with its coordinator."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
