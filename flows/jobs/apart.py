"""Runs a job in a process of its own: what it loads is gone with it, it can be stopped, and it ends with its beginner."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from copydesk.flows.jobs.trial import told_of
from copydesk.warehouse.errors import PermanentError


def _run(told: Connection, job: Callable[..., Any], arguments: tuple[Any, ...], lives: Connection) -> None:
    threading.Thread(target=_end_with, args=(lives,), daemon=True).start()
    try:
        answer = job(*arguments)
    except Exception as error:  # noqa: BLE001  # told to the one who asked
        told.send((False, told_of(error)))
    else:
        told.send((True, answer))
    told.close()


def _end_with(lives: Connection) -> None:
    """Ends this process as soon as the one that began it is gone, however that ended: its end of the pipe is shut then."""
    with contextlib.suppress(EOFError, OSError):
        lives.recv()
    os.kill(os.getpid(), signal.SIGTERM)


class Apart:
    """A job in a process of its own.

    Args:
        job: A function of a module
        arguments: What it is called with; they are sent to the process
    """

    def __init__(self, job: Callable[..., Any], *arguments: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self._answer, told = context.Pipe(duplex=False)
        lives, self._lives = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(told, job, arguments, lives))
        self._process.start()
        told.close()
        lives.close()
        self._known: tuple[bool, Any] | None = None
        self._asking = threading.Lock()

    def answered(self, within: float) -> bool:
        """Waits up to so many seconds; gives whether the job is done."""
        with self._asking:
            if self._known is None and self._answer.poll(within):
                try:
                    self._known = self._answer.recv()
                except EOFError:
                    self._known = False, "The process ended before it was done. See the lists of runs and of rejects."
                self._process.join()
            return self._known is not None

    def answer(self, within: float) -> Any:
        """What the job gave. Raises PermanentError with what it raised; it is stopped after so many seconds."""
        if not self.answered(within):
            self.stop()
            raise PermanentError(f"There was no answer within {within:g} seconds.")
        done, told = self._known or (False, "")
        if not done:
            raise PermanentError(str(told))
        return told

    def stop(self) -> None:
        """Stops the process."""
        self._process.terminate()
        self._process.join()
