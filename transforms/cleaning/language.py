"""The language of a text, by py3langid, whose model is in its package."""

from __future__ import annotations

import re

import py3langid

SAMPLE = 1000
"""Characters that tell a language."""

LINES = 4 * SAMPLE
"""Characters in which lines of one script are looked for."""

LATIN = re.compile(r"[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]")
OTHER = re.compile(r"[^\W\d_A-Za-z\u00AA\u00BA\u00C0-\u024F\u1E00-\u1EFF]")
"""A letter of another script than the Latin one."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; `None` for fewer than three words.

    Where lines in two scripts stand together, those of the script that most letters have tell it: the rules of a site in
    Korean below an English article say nothing of the article.

    >>> detect_language("Der Minister sagte am Montag, die Lage bleibe schwierig.")
    'de'
    """
    if len(text.split()) < 3 and len(text) < 12:
        return None
    return str(py3langid.classify(_sample(text))[0])


def _sample(text: str) -> str:
    """The beginning of a text, of the lines in its main script where it has two."""
    if not OTHER.search(text, 0, SAMPLE) or not LATIN.search(text, 0, SAMPLE):
        return text[:SAMPLE]
    counted = [(len(LATIN.findall(line)), len(OTHER.findall(line)), line) for line in text[:LINES].split("\n")]
    latin = sum(one for one, _, _ in counted) > sum(other for _, other, _ in counted)
    return "\n".join(line for one, other, line in counted if one == other or (one > other) == latin)[:SAMPLE]
