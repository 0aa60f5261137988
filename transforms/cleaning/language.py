"""The language of a text, by py3langid, whose model is in its package."""

from __future__ import annotations

import py3langid

SAMPLE = 1000


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; `None` for fewer than three words.

    >>> detect_language("Der Minister sagte am Montag, die Lage bleibe schwierig.")
    'de'
    """
    if len(text.split()) < 3 and len(text) < 12:
        return None
    return str(py3langid.classify(text[:SAMPLE])[0])
