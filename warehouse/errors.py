"""What can go wrong with a home. Every message names the value, and what to do next.

    CopydeskError                 the base; a command ends with its exit code, 1
    ├── TransientError            trying again may help
    │   └── HomeLocked            another run holds the home's lock (exit code 4)
    ├── PermanentError            stays until somebody acts
    │   ├── Overtaken             this run lost the lock, and another took over (exit code 5)
    │   ├── UnknownEvent          the log is newer than this program
    │   └── OverBound             a container is larger than its bound (flows.sources.containers.bounds)
    └── TooManyRejects            a run rejected more than its share; what passed is kept (flows.runs.run, exit code 3)

An error carries what it concerns where that is known: `document_id`, and `stage`, the step of a run in which it came up.
What is wrong with one document is no error: it becomes a reject, with a reason (transforms.reject_reasons).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class CopydeskError(Exception):
    """The base of all errors that a person is told. `exit_code` is what the command line ends with."""

    exit_code = 1

    def __init__(self, message: str, *, document_id: str | None = None, stage: str | None = None) -> None:
        super().__init__(message)
        self.document_id = document_id
        self.stage = stage


class TransientError(CopydeskError):
    """Something that trying again may cure."""


class PermanentError(CopydeskError):
    """Something that stays wrong until somebody acts."""


class HomeLocked(TransientError):
    """Another run holds the home's lock."""

    exit_code = 4


class Overtaken(PermanentError):
    """This run lost the lock and another took over; it commits nothing more."""

    exit_code = 5


class UnknownEvent(PermanentError):
    """The log holds an event that this program is too old to read."""


@contextlib.contextmanager
def in_stage(name: str) -> Iterator[None]:
    """Names the stage in errors that come out of it and name none.

    >>> with in_stage("receive"):
    ...     raise PermanentError("There is no such folder.")
    Traceback (most recent call last):
    copydesk.warehouse.errors.PermanentError: There is no such folder.
    """
    try:
        yield
    except CopydeskError as error:
        error.stage = error.stage or name
        raise
