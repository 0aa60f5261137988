"""The parses of an article's sentences, read without the words that hedge their numbers.

Treebanks hardly have `as many as 400 drowned`: without the hedge a parser reads it right more often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.syntax import Parse, Parser
from copydesk.transforms.numbers import Number
from copydesk.transforms.types import Sentence

LONGEST = 5000
"""A sentence of more characters than this is not parsed: it is a list or a table without stops."""


def parsed(
    sentences: Sequence[Sentence], parser: Parser, places: Sequence[int], numbers: Sequence[Number]
) -> dict[int, Clauses]:
    """The clauses of the sentences in which one of some places stands, by their number; `numbers` are those of the article."""
    ordered = sorted(places)
    chosen = []
    for sentence in sentences:
        first = bisect_left(ordered, sentence.span_start)
        holds = first < len(ordered) and ordered[first] < sentence.span_end
        if holds and sentence.span_end - sentence.span_start <= LONGEST:
            chosen.append(sentence)
    shorter = [plain(sentence, _inside(numbers, sentence)) for sentence in chosen]
    parses = parser.parse([text for text, _ in shorter])
    return {
        sentence.ordinal: Clauses(restored(parse, cuts), sentence.span_start)
        for sentence, (_, cuts), parse in zip(chosen, shorter, parses, strict=True)
        if parse
    }


def _inside(numbers: Sequence[Number], sentence: Sentence) -> Sequence[Number]:
    """The numbers of a sentence."""
    first = bisect_left(numbers, sentence.span_start, key=lambda number: number.start)
    return numbers[first : bisect_left(numbers, sentence.span_end, first, key=lambda number: number.start)]


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
        out.append(replace(token, start=token.start + shift, end=token.end + shift) if shift else token)
    return tuple(out)
