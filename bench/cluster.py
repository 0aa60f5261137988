"""A run on 1, 2 and 4 Dask workers of this machine: how quick, what the coordinator does, what goes between them.

    python -m bench.cluster [--documents 1000] [--workers 1 2 4] [--lose] [--scratch DIR]

With `--lose` a worker is killed while the last run goes on. Seconds are of processor time, since workers share the cores with
whatever else runs; bytes are those of tasks and manifests as they are pickled. Needs the extra `dask`.
"""

from __future__ import annotations

import argparse
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bench.corpora import texts
from bench.measure import TICKS
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.workers.clusters import _Dask
from copydesk.flows.workers.task import Manifest, Task


@dataclass
class Moved:
    """What went between the coordinator and the workers."""

    sent: int = 0
    received: int = 0
    tasks: int = 0


@contextmanager
def counted() -> Iterator[Moved]:
    """Counts what the coordinator gives to a cluster and gets back."""
    moved, dask = Moved(), cast(Any, _Dask)
    submit, result = dask.submit, dask.result

    def submitted(cluster: _Dask, work: Any, task: Task) -> Any:
        moved.sent += len(pickle.dumps(task))
        moved.tasks += 1
        return submit(cluster, work, task)

    def answered(cluster: _Dask, given: Any) -> Manifest:
        manifest: Manifest = result(cluster, given)
        moved.received += len(pickle.dumps(manifest))
        return manifest

    dask.submit, dask.result = submitted, answered
    try:
        yield moved
    finally:
        dask.submit, dask.result = submit, result


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and its workers, each a process with one thread: the address, and the workers."""
    address = f"127.0.0.1:{free_port()}"
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard"]
    worker = ["dask_worker", f"tcp://{address}", "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    with ExitStack() as ends:

        def started(module: str, *flags: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{module}", *flags]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ends.callback(process.wait)
            ends.callback(process.kill)
            return process

        started(*scheduler)
        made = [started(*worker) for _ in range(workers)]
        from distributed import Client

        client: Any = Client
        with client(f"tcp://{address}", timeout=300, set_as_default=False) as asked:
            asked.wait_for_workers(workers, timeout=300)
        yield f"dask://{address}", made


def seconds(process: subprocess.Popen[bytes]) -> float:
    """The processor time of a process so far, with that of its readers that have ended."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def lose_one(home: Path, workers: list[subprocess.Popen[bytes]]) -> None:
    """Kills a worker once the first batch is there."""
    while not any((home / "data" / "articles").glob("*.parquet")):
        time.sleep(0.1)
    workers[0].kill()


def measured(source: Path, home: Path, workers: int, documents: int, lose: bool) -> str:
    """Takes the documents in on so many workers; gives the row of the table."""
    with cluster(workers) as (address, processes), counted() as moved:
        if lose:
            threading.Thread(target=lose_one, args=(home, processes), daemon=True).start()
        began, own, before = time.perf_counter(), time.process_time(), sum(map(seconds, processes))
        settings = Settings(home=home, executor=address, max_rejects=1.0)
        run = ingest(settings, FolderSource("texts", [source]), {}, Progress())
        wall, own = time.perf_counter() - began, time.process_time() - own
        theirs = sum(map(seconds, processes[1:] if lose else processes)) - (0 if lose else before)
    told = f"{workers}, one lost" if lose else str(workers)
    share = 100 * own / (own + theirs)
    return (
        f"| {told} | {run.tally.counts['ingested']:,} | {wall:.1f} | {theirs:.1f} | {own:.1f} | {share:.0f} | {moved.tasks} | "
        f"{moved.sent / documents / 1000:.1f} | {moved.received / documents / 1000:.1f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--lose", action="store_true")
    parser.add_argument("--scratch", type=Path)
    options = parser.parse_args()
    print("| workers | articles | wall s | workers, CPU s | coordinator, CPU s | its share, % | tasks | kB sent | kB back |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        scratch = Path(folder)
        texts(scratch / "texts", options.documents)
        for workers in options.workers:
            print(measured(scratch / "texts", scratch / f"home-{workers}", workers, options.documents, False), flush=True)
        if options.lose:
            print(measured(scratch / "texts", scratch / "lost", max(options.workers), options.documents, True), flush=True)


if __name__ == "__main__":
    main()
