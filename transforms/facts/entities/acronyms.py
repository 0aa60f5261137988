"""The names that the acronyms of an article stand for."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.transforms.facts.entities.runs import RUN, without_starters

BRACKETED = re.compile(
    rf"""
    (?P<full>{RUN.pattern})                                                       # Brell Risk Council
    (?: \s\((?:the\s|or\s|known\sas\s)?[“\"‘']?(?P<short>[A-Z][A-Za-z&.-]{{1,11}})[”\"’']?\)   # (BRC)
      | ,\s(?:also\s|better\s|commonly\s|widely\s)?(?:known|abbreviated|called)\s     # , known as the BRC
        (?:as\s|by\s[^,.;()]{{0,40}}?\s)?(?:the\s)?(?P<called>[A-Z]{{2,8}})\b
      | ,\sor\s(?:the\s)?(?P<other>[A-Z]{{2,8}})(?=,)                               # , or BRC,
    )
    """,
    re.VERBOSE,
)
"""A name with its acronym behind it."""


APPOSED = re.compile(rf"\b(?P<short>[A-Z]{{2,8}}),\sthe\s(?P<full>{RUN.pattern})")
"""A name behind its acronym: `BRC, the Brell Risk Council`."""


def acronyms(text: str, is_listed: Callable[[str], bool]) -> dict[str, str]:
    """The full name of each acronym: printed in brackets beside it, else the only name with these initials.

    The initials of the words before `of` count where `is_listed` says that a table has the name as a body's.
    """
    found: dict[str, str] = {}
    for match in BRACKETED.finditer(text):
        full = without_starters(match.group("full"))
        short = (match.group("short") or match.group("called") or match.group("other")).replace(".", "")
        if full and (_stands_for(short, full) or (len(full.split()) > 2 and is_listed(full))):
            found.setdefault(short, _tail_of(short, full) if _stands_for(short, full) else full)
    shorts = {run for run in re.findall(r"\b[A-Z]{2,8}\b", text) if run not in found}
    for match in APPOSED.finditer(text):
        short, full = match.group("short"), without_starters(match.group("full"))
        if short not in found and _stands_for(short, full) and _initials(full) == short:
            found[short] = full
    for match in RUN.finditer(text):
        full = without_starters(match.group())
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", full) if word[0].isupper())
        opening = "".join(word[0] for word in full.split(" of ")[0].split() if word[0].isupper())
        if initials in shorts and len(full.split()) > 1:
            found.setdefault(initials, full)
        elif opening in shorts and len(opening) > 1 and is_listed(full):
            found.setdefault(opening, full)
        elif (tail := _without_owner(full)) is not None and _initials(tail) in shorts and is_listed(tail):
            found.setdefault(_initials(tail), tail)
    return found


def _initials(name: str) -> str:
    """The initials of the words of a name that have a capital."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


def _without_owner(name: str) -> str | None:
    """A name without the country or people before it: `Relief Forces` of `Kesh’s Relief Forces`, `Kesh Relief Forces`."""
    rest = name.partition(" ")[2]
    return rest if len(rest.split()) > 1 and rest[:1].isupper() else None


def _stands_for(short: str, full: str) -> bool:
    """Whether an acronym in brackets may stand for the name before it: its first letter opens one of the name’s words."""
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", full)]
    capitals = [letter for letter in short if letter.isupper()]
    shared = sum(letter in initials for letter in capitals)
    return bool(initials) and bool(capitals) and shared * 2 >= len(capitals)


def _tail_of(short: str, full: str) -> str:
    """The part of a name that its acronym stands for: from the last word but so many that begins with its first letter."""
    words = full.split()
    fitting = [at for at, word in enumerate(words) if word[:1] == short[0].upper()]
    if fitting and fitting[0] and len(words) - fitting[0] >= max(2, len([c for c in short if c.isupper()]) - 1):
        return " ".join(words[fitting[0] :])
    return full
