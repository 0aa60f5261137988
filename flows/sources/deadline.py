"""The time that is left for one answer of the web."""

from __future__ import annotations

from collections.abc import Callable


class OutOfTime(Exception):
    """The time that was given for an answer is over."""


class Deadline:
    """The seconds left for one answer, by a clock that is passed in."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, and `most` at most.

        Raises OutOfTime where there are none.
        """
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise OutOfTime(f"it was not there in whole after {self._seconds:g} seconds")
        return seconds if most is None else min(seconds, most)

    @property
    def over(self) -> bool:
        """Whether none are left."""
        return self._end <= self._clock()

    def pause(self, seconds: float) -> None:
        """Time that is waited on purpose counts for nothing."""
        self._end += seconds
