"""The names that the acronyms of an article stand for."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.facts.entities.runs import RUN, without_starters

BRACKETED = re.compile(
    rf"""
    (?P<full>{RUN.pattern})                                                       # Brell Risk Council
    \s\((?:the\s|or\s|known\sas\s)?[“\"‘']?(?P<short>[A-Z][A-Za-z&.-]{{1,11}})[”\"’']?\)   # (BRC)
    """,
    re.VERBOSE,
)
"""A name with its acronym behind it."""


def acronyms(text: str, is_listed: Callable[[str], bool]) -> dict[str, str]:
    """The full name of each acronym: printed in brackets beside it, else the only name with these initials.

    The initials of the words before `of` count where `is_listed` says that a table has the name as a body's.
    """
    found: dict[str, str] = {}
    for match in BRACKETED.finditer(text):
        full, short = without_starters(match.group("full")), match.group("short").replace(".", "")
        if full and (_stands_for(short, full) or (len(full.split()) > 2 and is_listed(full))):
            found.setdefault(short, _tail_of(short, full) if _stands_for(short, full) else full)
    shorts = {run for run in re.findall(r"\b[A-Z]{2,8}\b", text) if run not in found}
    for match in RUN.finditer(text):
        full = without_starters(match.group())
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", full) if word[0].isupper())
        opening = "".join(word[0] for word in full.split(" of ")[0].split() if word[0].isupper())
        if initials in shorts and len(full.split()) > 1:
            found.setdefault(initials, full)
        elif opening in shorts and len(opening) > 1 and is_listed(full):
            found.setdefault(opening, full)
    return found


def _stands_for(short: str, full: str) -> bool:
    """Whether an acronym in brackets may stand for the name before it: its first letter opens one of the name’s words."""
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", full)]
    capitals = [letter for letter in short if letter.isupper()]
    shared = sum(letter in initials for letter in capitals)
    return bool(initials) and bool(capitals) and shared * 2 >= len(capitals)


def _tail_of(short: str, full: str) -> str:
    """The part of a name that its acronym stands for: from the last word but so many that begins with its first letter."""
    words = full.split()
    fitting = [at for at, word in enumerate(words) if word[:1].upper() == short[0]]
    if fitting and fitting[0] and len(words) - fitting[0] >= max(2, len([c for c in short if c.isupper()]) - 1):
        return " ".join(words[fitting[0] :])
    return full
