"""Runs a command and measures it with all the processes it starts: wall and CPU seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.1
"""Seconds between two looks at the processes."""

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True)
class Measured:
    """Seconds of wall and CPU, and the greatest sum of the resident memory of all processes at once, in MB."""

    wall: float
    cpu: float
    peak: float
    told: str


class Tree(threading.Thread):
    """Watches a process and its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self._seconds: dict[int, float] = {}
        self.peak = 0.0

    def run(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, self._look())

    def stop(self) -> float:
        """CPU seconds that were seen."""
        self._over.set()
        self.join()
        return sum(self._seconds.values())

    def _look(self) -> float:
        """Notes each process's CPU seconds; returns the megabytes of all."""
        parents: dict[int, int] = {}
        facts: dict[int, tuple[float, float]] = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            facts[int(entry.name)] = ((int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * PAGE_MB)
        ours = {self._pid}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        self._seconds.update({pid: facts[pid][0] for pid in ours if pid in facts})
        return sum(facts[pid][1] for pid in ours if pid in facts)


def measured(command: Sequence[str | Path], check: bool = True) -> Measured:
    """Runs a command in the checkout. CPU is what the system counted, or what was seen where children were not waited for."""
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    tree = Tree(process.pid)
    tree.start()
    told, _ = process.communicate()
    wall = time.perf_counter() - began
    seen = tree.stop()
    after = os.times()
    if check and process.returncode not in (0, 3):
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{told[-3000:]}")
    waited = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, max(seen, waited), tree.peak, told)


def ours(*arguments: str | Path) -> Measured:
    """A command of this checkout's program."""
    return measured([sys.executable, "-m", "copydesk.flows.cli", *arguments])
