"""Persons who stand in a source only as those whose it is: `lawyers for Ola Fisk`, `President Ola Fisk’s office`."""

from __future__ import annotations

import re

from copydesk.transforms.names.heads import PERSON, SPEAKS, WORK
from copydesk.transforms.names.kinds import ClaimantWords

BEHIND = re.compile(r"[’']s?\s+(?P<rest>\S.*)$", re.DOTALL)
"""What somebody has, behind the name: `’s sister`."""

BEFORE = re.compile(
    r"""
    ^(?P<whose>.*\S)\s(?:of|for|to|near|with|representing|supporting|backing)\s(?:the\s(?:late|then|former)\s)?   # lawyers for
    (?P<title>(?:[A-Z][\w.-]*\s){0,2})$                                           # Prime Minister
    """,
    re.VERBOSE | re.DOTALL,
)
"""What stands before the name of somebody whose the source is."""

VOICE = re.compile(r"\b(?:spokes\w+|press\s+secretar(?:y|ies))$")
"""Offices that give the word of whom they speak for."""


def is_owner(written: str, name: str, words: ClaimantWords) -> bool:
    """Whether a person named in a source is only the one whose it is, and says nothing in it.

    What somebody wrote is that person’s word, and a spokesman gives it: `a letter from Ola Fisk`, `Ola Fisk’s spokesman`.
    """
    at = written.rfind(name)
    if at < 0:
        return False
    behind = BEHIND.match(written, at + len(name))
    if behind is not None:
        return _says_itself(behind["rest"], words)
    before = BEFORE.match(written[:at])
    if before is None or (before["title"] and not words.ends_with_office(before["title"].strip())):
        return False
    return not _is_charge(before, words) and _says_itself(before["whose"], words)


def _says_itself(phrase: str, words: ClaimantWords) -> bool:
    """Whether a phrase names people or a body of their own, and neither a work nor a spokesman."""
    office = words.describe(phrase)
    return office is not None and office.part != WORK and VOICE.search(office.head) is None


def _is_charge(before: re.Match[str], words: ClaimantWords) -> bool:
    """Whether the title before the name belongs to an office that opens the source: `Chief of Staff General Ola Fisk`."""
    title = before["title"].split()
    if len(title) < 2:
        return False
    office = words.describe(before.string[: before.start("title") + len(title[0])], True)
    return office is not None and office.part in (PERSON, SPEAKS) and " of " in office.head
