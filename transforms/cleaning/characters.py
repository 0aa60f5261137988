"""Cleans a run of source text and keeps the way back to its offsets."""

from __future__ import annotations

import re

import ftfy

Run = tuple[int, int, int]

MARKS = re.compile(
    r"(?P<hyphen>(?<=[a-zß-ÿ])-[^\S\n]*\n[^\S\n]*(?=[a-zß-ÿ]))"
    r"|(?P<space>(?:[^\S ]| (?=\s))\s*)"
    r"|(?P<drop>[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]+)"
    r"|(?P<link>!?\[(?P<label>[^\]\[\n]*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s\"[^\"\n]*\")?\))"
    r"|(?P<bold>(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<![\w_])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?![\w_]))"
    r"|(?P<garbled>(?:[ÂÃâÅÄÐÑ][\u0080-\u017f\u2010-\u203a\u20ac\u2122]{1,3})+)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!-]))"
)
SUSPECT = re.compile(r"[^\S ]|  |[\[*_\\ÂÃâÅÄÐÑ\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]")
"""Without one of these a text has no marks: looking for it is much the faster."""

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
"""What a terminal obeys and no reader sees."""

HEADING = re.compile(r"\s*#{1,6}\s+")


def without_controls(text: str) -> str:
    r"""A short text, such as a title, a name or an address, without control characters.

    A page's title may hold a terminal's escape, which would name the window of whoever lists it.

    >>> without_controls("Bridge\x1b]0;owned\x07 to open")
    'Bridge]0;owned to open'
    """
    return CONTROLS.sub("", text)


def clean(raw: str, start: int, end: int, keep_lines: bool = False) -> tuple[str, list[Run]]:
    """The words of raw[start:end] without Markdown marks and invisible characters, white space collapsed.

    A word that a margin broke at a hyphen is joined; letters garbled by a wrong decoding are mended by
    ftfy and have no run. Returns the text and its runs (offset in the text, offset in `raw`, length), letter for letter.

    >>> clean("told *Haaretz*.\\nHe  said", 0, 24)
    ('told Haaretz. He said', [(0, 0, 5), (5, 6, 7), (12, 14, 5), (17, 20, 4)])
    """
    pieces: list[str] = []
    runs: list[Run] = []
    size = 0

    def put(text: str, at: int) -> None:
        nonlocal size
        if not text:
            return
        pieces.append(text)
        if runs and runs[-1][1] + runs[-1][2] == at:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + len(text))
        else:
            runs.append((size, at, len(text)))
        size += len(text)

    heading = HEADING.match(raw, start, end) if raw[start : start + 1] in "# \n\t" else None
    at = heading.end() if heading else start
    if SUSPECT.search(raw, at, end) is None:
        if at < end and raw[at] != " " != raw[end - 1]:
            return raw[at:end], [(0, at, end - at)]
        return _trimmed(raw[at:end], [(0, at, end - at)] if end > at else [])
    emphasis = _paired(raw, at, end)
    for mark in MARKS.finditer(raw, at, end):
        if mark.start() < at:
            continue
        if mark.lastgroup == "bold" and mark.start() not in emphasis:
            continue
        put(raw[at : mark.start()], at)
        at = mark.end()
        if mark.group("garbled") is not None:
            mended = ftfy.fix_encoding(mark.group("garbled"))
            if mended == mark.group("garbled"):
                put(mended, mark.start())
            else:
                pieces.append(mended)
                size += len(mended)
            continue
        if mark.group("space") is not None:
            put("\n" if keep_lines and "\n" in mark.group() else " ", mark.start())
        elif mark.group("link") is not None:
            put(mark.group("label"), mark.start("label"))
    put(raw[at:end], at)
    return _trimmed("".join(pieces), runs)


def _paired(raw: str, start: int, end: int) -> set[int]:
    """Where emphasis marks stand that have a partner: a lone asterisk is a footnote mark, not Markdown."""
    found: dict[str, list[int]] = {}
    for mark in MARKS.finditer(raw, start, end):
        if mark.group("bold") is not None:
            found.setdefault(mark.group(), []).append(mark.start())
    return {at for places in found.values() for at in places[: len(places) // 2 * 2]}


def _trimmed(text: str, runs: list[Run]) -> tuple[str, list[Run]]:
    left = len(text) - len(text.lstrip())
    kept = text.strip()
    shifted = []
    for at, raw_at, length in runs:
        cut = max(0, left - at)
        kept_length = min(length, left + len(kept) - at) - cut
        if kept_length > 0:
            shifted.append((at + cut - left, raw_at + cut, kept_length))
    return kept, shifted


def squeezed(raw: str) -> str:
    """`clean` of a whole string, the text alone."""
    return clean(raw, 0, len(raw))[0]
