"""Clusters that take tasks, Dask's and Ray's, behind one port: give one, wait for it, learn that its worker died of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from copydesk.flows.workers.task import Manifest, Task
from copydesk.warehouse.errors import PermanentError

CONNECTS_WITHIN = 20
"""Seconds in which a cluster must answer."""

AGAIN = 1
"""Times that Ray gives a task to another worker where one died of it; Dask does so by its own settings."""

Work = Callable[[Task], Manifest]


class WorkersDied(Exception):
    """The workers that had a task died, as often as the cluster tries."""


class Cluster(Protocol):
    """The workers of some machines."""

    def width(self) -> int:
        """Tasks that are made at once."""
        ...

    def submit(self, work: Work, task: Task) -> Any:
        """Gives a task to a worker; what is returned stands for what comes of it."""
        ...

    def result(self, given: Any) -> Manifest:
        """Waits for what was given. Raises WorkersDied, or what the work raised."""
        ...

    def close(self) -> None:
        """Leaves the cluster."""
        ...


def connected(address: str) -> Cluster:
    """The cluster at `dask://HOST:PORT` or `ray://HOST:PORT`.

    Raises PermanentError with the remedy where the library is missing or nothing answers.
    """
    kind: Callable[[str], Cluster] = _Ray if address.startswith("ray://") else _Dask
    return kind(address)


class _Dask:
    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ImportError as error:
            raise PermanentError("A Dask cluster needs the extra dask of copydesk: pip install 'copydesk[dask]'") from error
        connect: Any = Client
        try:
            self._client = connect(address.replace("dask://", "tcp://"), timeout=CONNECTS_WITHIN, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise PermanentError(f"No Dask scheduler answers at {address}: {error}. Is it running?") from error
        self._died = KilledWorker

    def width(self) -> int:
        return sum(self._client.nthreads().values())

    def submit(self, work: Work, task: Task) -> Any:
        return self._client.submit(work, task, pure=False)

    def result(self, given: Any) -> Manifest:
        try:
            manifest: Manifest = given.result()
        except self._died as error:
            raise WorkersDied from error
        return manifest

    def close(self) -> None:
        self._client.close()


class _Ray:
    def __init__(self, address: str) -> None:
        try:
            import ray
        except ImportError as error:
            raise PermanentError("A Ray cluster needs the extra ray of copydesk: pip install 'copydesk[ray]'") from error
        self._ray: Any = ray
        try:
            self._client = self._ray.init(address, log_to_driver=False, allow_multiple=True)
        except (OSError, RuntimeError, ImportError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise PermanentError(f"No Ray cluster answers at {address}: {reason}. Is its client server running?") from error

    def width(self) -> int:
        with self._client:
            return int(self._ray.cluster_resources().get("CPU", 1))

    def submit(self, work: Work, task: Task) -> Any:
        with self._client:
            return self._ray.remote(num_cpus=1, max_retries=AGAIN)(work).remote(task)

    def result(self, given: Any) -> Manifest:
        errors = self._ray.exceptions
        try:
            with self._client:
                manifest: Manifest = self._ray.get(given)
        except errors.RayTaskError as error:
            raise error.cause from error
        except (errors.WorkerCrashedError, errors.OutOfMemoryError, errors.NodeDiedError) as error:
            raise WorkersDied from error
        return manifest

    def close(self) -> None:
        self._client.disconnect()
