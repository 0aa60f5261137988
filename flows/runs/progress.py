"""How a run shows its progress: a bar on a terminal, one line a batch elsewhere."""

from __future__ import annotations

import sys
from typing import Any

from copydesk.flows.printing import visible, warn
from copydesk.flows.runs.run import Progress


class LineProgress(Progress):
    """One line a batch, on standard error."""

    def say(self, message: str) -> None:
        warn(f"copydesk: {message}")

    def batch(self, done: int, total: int, rejected: int) -> None:
        self.say(f"{done} of {total} documents decided, {rejected} rejected")


class BarProgress(Progress):
    """A progress bar, on standard error."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def say(self, message: str) -> None:
        if self._bar is None:
            warn(f"copydesk: {message}")
        else:
            self._bar.console.print(visible(f"copydesk: {message}"), markup=False, highlight=False)

    def batch(self, done: int, total: int, rejected: int) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as RichProgress

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("documents", total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total, description=f"documents, {rejected} rejected")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def progress_for_terminal() -> Progress:
    """A bar where a person is looking, lines elsewhere."""
    return BarProgress() if sys.stderr.isatty() else LineProgress()
