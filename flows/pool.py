"""Runs tasks on workers and gives their manifests in the order of the tasks."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context, parent_process

from flows.worker import Manifest, Task, work

AHEAD = 2
"""Tasks handed out beyond one a worker, so that none waits; the rest stay unread, so that memory stays flat."""

Work = Callable[[Task], Manifest]


def in_process(tasks: Iterable[Task], work: Work = work) -> Iterator[tuple[Task, Manifest]]:
    """One task after the other in this process: the quickest way for a handful of documents."""
    for task in tasks:
        yield task, work(task)


def on_processes(tasks: Iterable[Task], jobs: int, work: Work = work) -> Iterator[tuple[Task, Manifest]]:
    """Tasks on a pool of processes, in order. A batch whose worker died is tried again, alone, then halved.

    A document that kills its worker when it is alone is rejected unread, as `crashed_worker`.
    """
    pool = _pool(jobs)
    waiting: deque[tuple[Task, Future[Manifest]]] = deque()
    source = iter(tasks)
    try:
        while True:
            while len(waiting) < jobs + AHEAD and (task := next(source, None)) is not None:
                waiting.append((task, pool.submit(work, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield task, future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=True, cancel_futures=True)
                yield from _one_by_one(task, work)
                pool = _pool(jobs)
                waiting = deque((other, pool.submit(work, other)) for other, _ in waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one_by_one(task: Task, work: Work) -> Iterator[tuple[Task, Manifest]]:
    """A task whose worker died: again in a pool of its own, then in halves until the guilty document is alone."""
    pool = _pool(1)
    try:
        yield task, pool.submit(work, task).result()
    except BrokenProcessPool:
        if len(task.documents) == 1:
            yield task, work(replace(task, crashed=True))
            return
        middle = len(task.documents) // 2
        for part, documents in (("a", task.documents[:middle]), ("b", task.documents[middle:])):
            yield from _one_by_one(replace(task, batch_id=task.batch_id + part, documents=documents), work)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is the coordinator's: workers finish what they have and are told to stop. They end with it, however it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
