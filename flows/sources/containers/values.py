"""Values of columns to text: what no text can be made of is refused, never printed as a program's object."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.types import Verdict

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile("[\udc80-\udcff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
DEEPEST = 12
FEW = 0.4
"""Text in the Latin alphabet has a smaller share of bytes beyond ASCII than this, even in a title."""

PIECES = ("headline", "title", "lead", "summary", "paragraphs", "text", "body", "content", "value", "sections", "html")
"""The keys of a structure that holds an article in pieces, in the order in which they are read: fundus, schema.org."""

NAME_KEYS = ("name", "title", "full_name", "uri", "url")
"""The keys of a structure that holds a person or an outlet."""

MISSING = frozenset(("", "nan", "none", "null", "n/a", "nat", "<na>", "undefined"))
"""What writers of tables print where there is nothing; asked of short values only, never of a text."""

BOUNDARY = re.compile(r"\s*(?:;|\||\n)\s*")
BYLINE = re.compile(r"^by\s+", re.IGNORECASE)
LISTED = re.compile(r"""^\[\s*(['"]).*\1\s*,?\s*\]$""", re.DOTALL)
QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


class BadValue(ValueError):
    """A value that no text can be made of. `reason` is the slug of the reject."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def body_text(value: Any) -> str:
    """The text of a value: paragraphs of a list or of a structure, parted by a blank line; empty where there is none.

    Raises BadValue where bytes are in no encoding, or the value is a structure with no piece that is known.

    >>> body_text(["One.", None, "Two."]), body_text(float("nan"))
    ('One.\\n\\nTwo.', '')
    >>> body_text({"summary": [], "sections": [{"headline": ["H"], "paragraphs": ["P."]}]})
    'H\\n\\nP.'
    """
    if isinstance(value, str):
        return mended(value)
    return "\n\n".join(piece for piece in _pieces(value, DEEPEST) if piece.strip())


def _pieces(value: Any, deepest: int) -> Iterator[str]:
    if deepest == 0:
        raise BadValue("broken_row", "holds a structure that is nested too deeply.")
    if isinstance(value, str | bytes | bytearray | memoryview):
        yield mended(value) if isinstance(value, str) else decoded(bytes(value))
    elif _missing(value):
        return
    elif isinstance(value, tuple):
        raise BadValue("broken_row", "holds a map of names to values, which is no text.")
    elif isinstance(value, Mapping):
        yield from _structure(value, deepest)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _pieces(one, deepest - 1)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield str(value)
    else:
        raise BadValue("broken_row", f"holds a {type(value).__name__}, which is no text.")


def _structure(value: Mapping[Any, Any], deepest: int) -> Iterator[str]:
    known = [key for key in PIECES if key in value]
    if not known:
        keys = ", ".join(str(key)[:40] for key in list(value)[:10]) or "nothing"
        raise BadValue("broken_row", f"holds a structure of {keys}, of which none is known to hold text.")
    for key in known:
        yield from _pieces(value[key], deepest - 1)


def short_text(value: Any) -> str | None:
    """A value of one line, as a title or an address is; None where it says nothing or is no such value.

    >>> short_text(float("nan")), short_text(b"Storm"), short_text({"name": "Courier"}), short_text(["a", "b"])
    (None, 'Storm', 'Courier', 'a')
    """
    if isinstance(value, Mapping):
        return next((text for key in NAME_KEYS if (text := short_text(value.get(key)))), None)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return next((text for one in value if not isinstance(one, tuple) and (text := short_text(one))), None)
    try:
        text = CONTROL.sub(" ", body_text(value)).strip() if not isinstance(value, date | time) else value.isoformat()
    except BadValue:
        return None
    return None if text.casefold() in MISSING else text


def people(value: Any) -> tuple[str, ...]:
    """The names in a column of authors: a list, or one text that parts them by semicolons, bars or lines; `By` is left out.

    >>> people("By Nora Castell; Ida Brandt"), people([{"name": "Nora Castell"}]), people("['Nora Castell', 'Ida Brandt']")
    (('Nora Castell', 'Ida Brandt'), ('Nora Castell',), ('Nora Castell', 'Ida Brandt'))
    >>> people([17, "Ida Brandt"])
    ('Ida Brandt',)
    >>> people("Nora Castell, Ida Brandt and Ulf Lind")
    ('Nora Castell', 'Ida Brandt', 'Ulf Lind')
    """
    if isinstance(value, str) and LISTED.match(value.strip()):
        value = [found[1] or found[2] for found in QUOTED.finditer(value)]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        names: list[str | None] = [short_text(one) for one in value]
    elif isinstance(value, str):
        names = [short_text(one) for part in BOUNDARY.split(value) for one in _persons(BYLINE.sub("", part.strip()))]
    else:
        names = [short_text(value)]
    return tuple(dict.fromkeys(BYLINE.sub("", name) for name in names if name and any(map(str.isalpha, name))))


def _persons(text: str) -> list[str]:
    """The persons of `A, B and C`: parted only where every part is a name of two words or more, so that `Lind, Tove` stays."""
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+", text)
    return parts if all(2 <= len(part.split()) <= 4 for part in parts) else [text]


def mended(text: str) -> str:
    """A text without half letters: bytes that were no UTF-8 are read by their likely encoding, the others become U+FFFD.

    >>> mended("Sk" + chr(0xDCE5) + "ne"), mended("a" + chr(0xD800))
    ('Skåne', 'a�')
    """
    if not SURROGATE.search(text):
        return text
    if ESCAPED.search(text):
        try:
            raw = text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return SURROGATE.sub("\ufffd", text)
        if not any("\x7f" < letter < "\ud800" or letter > "\udfff" for letter in text):
            return _western(raw) if sum(byte > 0x7F for byte in raw) < FEW * len(raw) else decoded(raw)
    return SURROGATE.sub("\ufffd", text)


def _western(raw: bytes) -> str:
    """Bytes of which few are beyond ASCII, as Windows-1252, where that knows them all."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return decoded(raw)


def decoded(raw: bytes) -> str:
    """The text of bytes.

    Raises BadValue where they are text in no encoding.
    """
    if not raw.strip():
        return ""
    text = decode(raw)
    if isinstance(text, Verdict):
        raise BadValue(text.reason, f"holds bytes that are no text: {text.detail}")
    return text


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float | Decimal) and math.isnan(value))


def moment(value: Any) -> bool:
    """Whether a value is a day or a moment already, as Parquet gives them."""
    return isinstance(value, date | datetime)
