"""The one place that prints: what came from outside is shown as text and never does anything to a terminal."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""C0 but for tab and newline, DEL, C1: what a terminal obeys."""

DIRECTIONS = r"\u202a-\u202e\u2066-\u2069"
"""Marks that turn the direction of the letters around them, so that a line reads otherwise than it is."""

SURROGATES = r"\ud800-\udfff"
"""What stands in a name for a byte that is no UTF-8; it cannot be written to a terminal or a file."""

UNSEEN = re.compile(f"[{CONTROLS}{DIRECTIONS}{SURROGATES}]")
OBEYED = re.compile(f"[{CONTROLS}{SURROGATES}]")
JSON_UNSEEN = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: object) -> str:
    r"""Text with control characters written out, so that a terminal shows them instead of obeying them.

    Newline and tab stay. A byte of a file's name that is no UTF-8 is written as that byte.

    >>> visible("a\x1b[31mb\u202ec\udcff\n")
    'a\\x1b[31mb\\u202ec\\xff\n'
    """
    return UNSEEN.sub(_written_out, str(text))


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(text: object) -> str:
    r"""Text as `visible` shows it, in one line: a name with a line break in it forges no line of what is printed.

    >>> one_line("a\nb\tc")
    'a\\nb\\tc'
    """
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def first_line(detail: str | None) -> str:
    """The line of a detail that says most: the last of a traceback, the first of anything else."""
    lines = (detail or "").strip().splitlines() or [""]
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def say(text: object = "", flush: bool = False) -> None:
    """Prints a line to standard output."""
    print(visible(text), flush=flush)


def warn(text: object) -> None:
    """Prints a line to standard error, at once."""
    print(visible(text), file=sys.stderr, flush=True)


def write_out_what_has_no_code() -> None:
    """Lets letters that the encoding of standard output lacks be written out, instead of ending the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def say_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Prints rows as CSV. What a terminal obeys is always written out.

    Marks of direction belong to Arabic and Hebrew texts and stay where no terminal reads; `copydesk export` writes every byte.
    """
    import csv

    pattern = UNSEEN if sys.stdout.isatty() else OBEYED
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([visible(name) for name in names])
    for row in rows:
        writer.writerow(
            [
                pattern.sub(_written_out, value if isinstance(value, str) else str(value)) if value is not None else ""
                for value in row
            ]
        )


def say_json(rows: Iterable[Mapping[str, object]]) -> None:
    """Prints rows as a list in JSON; what cannot be seen stands in it as an escape, which reads back as it was."""
    import json

    plain = (sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8")
    text = json.dumps(list(rows), default=str, ensure_ascii=plain, indent=1)
    print(JSON_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
