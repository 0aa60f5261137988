"""How much one container may unpack to: whatever it says of itself, reading it ends, in bounded memory."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import IO, Any

from copydesk.warehouse.errors import PermanentError

MEBIBYTE = 1024 * 1024
FLOOR = 64 * MEBIBYTE
DEEPEST_RATIO = 200
"""A container, and a member of an archive, may unpack to so many times its packed size; any container to FLOOR bytes."""

MOST_MEMBERS = 1_000_000
SECONDS, SECONDS_A_MEBIBYTE = 120.0, 5.0
"""Processor time for one container, and for each mebibyte of it: what a sound file of that size never needs."""

STEP = 64 * 1024
LINE_COST, MEMBER_COST = 256, 8192
"""What a line of a table and a member of a TAR take off the budget beside their bytes: empty ones cost time as well."""


class OverBound(PermanentError):
    """A container that holds more than may be taken of one. `reason` is the slug of the reject."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Budget:
    """What is left of the bytes, members and processor time that one container may take."""

    def __init__(self, size: int, most_members: int = MOST_MEMBERS) -> None:
        self.most = max(FLOOR, DEEPEST_RATIO * size)
        self._left = self.most
        self._most_members = self._members_left = most_members
        self._seconds = SECONDS + SECONDS_A_MEBIBYTE * size / MEBIBYTE
        self._began = time.thread_time()
        self._asked = self._left

    def spend(self, count: int) -> None:
        """Takes bytes off what is left.

        Raises OverBound where the bytes or the time are used up.
        """
        self._left -= count
        if self._left < 0:
            raise OverBound(
                "too_large",
                f"it unpacks to more than {self.most:,} bytes, {DEEPEST_RATIO} times its size; what came before is kept. "
                "Unpack it yourself and take its folder in, if it is sound.",
            )
        if self._asked - self._left < MEBIBYTE:
            return
        self._asked = self._left
        if time.thread_time() - self._began > self._seconds:
            raise OverBound(
                "too_slow",
                f"reading it took more than {self._seconds:.0f} seconds of processor time; what came before is kept. "
                "Unpack it yourself and take its folder in, if it is sound.",
            )

    def count_member(self) -> None:
        """Takes one off the members that are left.

        Raises OverBound where there is none left.
        """
        self._members_left -= 1
        if self._members_left < 0:
            raise OverBound(
                "too_many_members",
                f"it has more than {self._most_members:,} members; the first ones are kept. Divide it into several files.",
            )


class Metered(io.RawIOBase):
    """A stream that takes every byte it gives off a budget."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream, self._budget = stream, budget
        self._failed: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._failed is not None:
            raise self._failed
        data = self._some(min(len(buffer), STEP))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def _some(self, count: int) -> bytes:
        """At most so many bytes. What was unpacked before damage is given first, and the error at the next call."""
        data = bytearray()
        piece_of: Callable[[int], bytes] = getattr(self._stream, "read1")  # noqa: B009  # gzip, bz2, lzma and files have it
        try:
            while len(data) < count and (piece := piece_of(count - len(data))):
                data += piece
        except Exception as error:  # whatever a library raises is raised again
            if not data:
                raise
            self._failed = error
        return bytes(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
