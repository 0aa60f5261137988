"""Sources that no verb marks: the name under a quotation, and the speakers of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.transforms.facts.quoted_spans import Quoted

WORD = r"[A-Z][\w’'.-]*"
PERSON = rf"{WORD}(?: (?:{WORD}|de|van|von|al|bin)){{0,5}}"
SIGNED = re.compile(rf"[.,]?\s{{0,3}}[—–-]{{1,2}}\s*(?P<name>{PERSON}(?:, [^\n.;“”\"]{{2,80}})?)[.]?\s*(?=\n|$)")
TURN = re.compile(
    rf"(?:^|\n\n)(?P<name>(?:[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){{0,4}}|Q|A|(?:{WORD} ){{0,3}}{WORD})(?:, [^:\n]{{2,60}})?)"
    r"[:.]\s+(?=\S)"
)
LEAST_TURNS = 4
"""Fewer turns than this, or fewer than two speakers who take turns again, are no transcript."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker of a transcript says at text[start:end]."""

    speaker: str
    start: int
    end: int


def signature(text: str, run: Quoted) -> str | None:
    """The name that stands behind a quotation after a dash, to the end of its line; `None` where none does.

    >>> from copydesk.transforms.facts.quoted_spans import find_quoted
    >>> text = "“It must stop.”\\n\\n— Ida Ferrell, captain"
    >>> signature(text, find_quoted(text)[0])
    'Ida Ferrell, captain'
    """
    found = SIGNED.match(text, run.close)
    return found["name"].strip() if found else None


def turns(text: str) -> list[Turn]:
    """The turns of a transcript: paragraphs that open with `NAME:`, each to the next; none in other texts.

    >>> [turn.speaker for turn in turns("Q: Why?\\n\\nA: Rain.\\n\\nQ: When?\\n\\nA: In May.")]
    ['Q', 'A', 'Q', 'A']
    """
    found = [
        (match["name"], match.start("name"), match.end()) for match in TURN.finditer(text) if text[match.end("name")] == ":"
    ]
    speakers = Counter(name for name, _, _ in found)
    again = [name for name, count in speakers.items() if count > 1]
    if len(found) < LEAST_TURNS or len(speakers) < 2 or not again:
        return []
    return list(_between(text, found))


def _between(text: str, found: list[tuple[str, int, int]]) -> Iterator[Turn]:
    for number, (name, _, start) in enumerate(found):
        end = found[number + 1][1] if number + 1 < len(found) else len(text)
        yield Turn(name, start, start + len(text[start:end].rstrip()))
