"""What is made once for a key, and kept up to a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


def remembered(memory: dict[Key, Made], key: Key, make: Callable[[Key], Made], most: int) -> Made:
    """What `make` gives for a key, made once; over `most` keys a memory begins anew.

    >>> memory = {}
    >>> [remembered(memory, word, str.upper, 2) for word in ("a", "b", "c", "c")], memory
    (['A', 'B', 'C', 'C'], {'c': 'C'})
    """
    if key not in memory:
        if len(memory) >= most:
            memory.clear()
        memory[key] = make(key)
    return memory[key]
