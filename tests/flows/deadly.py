"""Work that kills its worker where one document is among those it is given; as a program, the command with such workers.

Each worker loads this module: it imports nothing that a worker has not loaded.
"""

from __future__ import annotations

import os
import signal

from copydesk.flows.workers.task import Manifest, Task
from copydesk.flows.workers.worker import work

GUILTY = "00007.txt"


def deadly(task: Task) -> Manifest:
    """Kills its worker where one document is among those it is given."""
    if not task.crashed and any(document["source_uri"].endswith(GUILTY) for document in task.documents):
        os._exit(9)
    return work(task)


def clumsy(task: Task) -> Manifest:
    """Kills the first worker that is given anything, once."""
    with open(task.home.cache / "died", "a+", encoding="utf-8") as died:
        died.seek(0)
        if not died.read():
            died.write("once")
            died.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


def main() -> None:
    """The command, where one document kills its workers."""
    from copydesk.flows.cli import main as command
    from copydesk.flows.workers import executors

    whole = executors.on_cluster
    executors.on_cluster = lambda tasks, address: whole(tasks, address, deadly)  # type: ignore[assignment, misc]
    command()


if __name__ == "__main__":
    main()
