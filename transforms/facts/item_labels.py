"""The label of a list item or a paragraph: `* NORDALE: the shipbuilder said …`, `INDIA: Two boats sank.`"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = r"[A-Z][\w’'.&-]*"
LABEL = re.compile(rf"(?:[*•▪–—-]\s+)?(?P<name>{WORD}(?:[ ](?:(?:of|and|the|de)[ ])?{WORD}){{0,5}}):\s+(?=\S)")
DEFINITE = re.compile(r"the\s+(?:[\w’'.&-]+\s+){0,5}[a-z][a-z-]+$")
"""Who is meant by what it is, not by a name: `the Kestrel brewer`."""

PARAGRAPH = "\n"


@dataclass(frozen=True, slots=True)
class Label:
    """The name that a label holds, and where in the article what it heads begins."""

    name: str
    end: int


def label_of(text: str, start: int) -> Label | None:
    """The label that opens the paragraph in which text[start:] stands; `None` where none does.

    >>> label_of("* NORDALE: the shipbuilder said it would grow.", 20)
    Label(name='NORDALE', end=11)
    """
    found = LABEL.match(text, text.rfind(PARAGRAPH, 0, start) + 1)
    return Label(found["name"], found.end()) if found is not None and found.end() <= start else None


def labelled(text: str, start: int, end: int) -> Label | None:
    """The label that names the source at text[start:end]: `the shipbuilder` or `it` in the item of NORDALE.

    >>> text = "* NORDALE: the shipbuilder said it would grow."
    >>> labelled(text, 11, 26).name
    'NORDALE'
    """
    label = label_of(text, start)
    if label is None:
        return None
    written = text[start:end]
    opens = start == label.end and DEFINITE.match(written) is not None
    return label if opens or written.casefold() == "it" else None
