"""Blocks with their roles in the margin, as `show` and `clean` print them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from copydesk.flows.printing import say

WIDTH = 90


def print_blocks(rows: Iterable[tuple[str, str, str]]) -> None:
    """Prints (role, reason, text) of every block, in order."""
    for role, reason, text in rows:
        first, *more = textwrap.wrap(text, WIDTH) or [""]
        say(f"{role:15}| {first}")
        for line in more:
            say(f"{'':15}| {line}")
        say(f"{'':15}  ({reason})")
