"""What generated pages are written with: their notice, tables and sentences."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence

NOTICE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def first_sentence(kind: type) -> str:
    """The first sentence of the docstring of a class."""
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *([_cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """A text in a cell of a Markdown table: bars are escaped, angle brackets outside code too.

    >>> _cell("a|b and `x|y`")
    'a\\\\|b and `x\\\\|y`'
    """
    parts = re.split(r"(`[^`]*`)", text.replace("|", "\\|"))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def sentence(text: str) -> str:
    """A text as a sentence: with a capital and one full stop."""
    return text[:1].upper() + text[1:].removesuffix(".") + "."
