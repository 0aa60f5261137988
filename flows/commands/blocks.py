"""Blocks with their roles in the margin, and the lines left out with their evidence, as `show` and `clean` print them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from copydesk.flows.printing import say

if TYPE_CHECKING:
    from copydesk.transforms.cleaning.evidence import LeftOut

WIDTH = 90


def print_blocks(rows: Iterable[tuple[str, str, str]]) -> None:
    """Prints (role, reason, text) of every block, in order."""
    for role, reason, text in rows:
        first, *more = textwrap.wrap(text, WIDTH) or [""]
        say(f"{role:15}| {first}")
        for line in more:
            say(f"{'':15}| {line}")
        say(f"{'':15}  ({reason})")


def print_left_out(lines: Iterable[LeftOut]) -> None:
    """Prints every line that an article does not hold: its role and text, the rule, and what was seen of the line."""
    for line in lines:
        print_blocks([(line.role, line.reason, line.text)])
        say(f"{'':17}{line.rule}; {', '.join(line.evidence)}")
