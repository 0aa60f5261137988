"""Parsing a sentence without the words that hedge its numbers, which treebanks hardly have: `as many as 400 drowned`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copydesk.transforms.numbers import Number
from copydesk.transforms.syntax import Parse
from copydesk.transforms.types import Sentence


def plain(sentence: Sentence, numbers: Sequence[Number]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without the hedges before its numbers, and what was cut: (place in the shorter text, characters)."""
    text, parts, cuts, at, gone = sentence.text, [], [], 0, 0
    for number in numbers:
        start, end = number.start - sentence.span_start, number.at - sentence.span_start
        if start < at or end <= start or end > len(text):
            continue
        parts.append(text[at:start])
        gone += end - start
        cuts.append((end - gone, end - start))
        at = end
    parts.append(text[at:])
    return "".join(parts), cuts


def restored(parse: Parse, cuts: Sequence[tuple[int, int]]) -> Parse:
    """The parse with the places of its tokens in the whole sentence."""
    if not cuts:
        return parse
    out = []
    for token in parse:
        shift = sum(size for place, size in cuts if token.start >= place)
        out.append(replace(token, start=token.start + shift, end=token.end + shift))
    return tuple(out)
