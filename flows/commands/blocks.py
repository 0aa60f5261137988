"""Blocks with their roles in the margin, as `show` and `clean` print them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

WIDTH = 90


def print_blocks(rows: Iterable[tuple[str, str, str]]) -> None:
    """Prints (role, reason, text) of every block, in order."""
    for role, reason, text in rows:
        first, *more = textwrap.wrap(text, WIDTH) or [""]
        print(f"{role:15}| {first}")
        for line in more:
            print(f"{'':15}| {line}")
        print(f"{'':15}  ({reason})")
