"""What can go wrong with a home; every message says what to do next."""

from __future__ import annotations


class CopydeskError(Exception):
    """The base of all errors that a person is told. `exit_code` is what the command line ends with."""

    exit_code = 1


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
